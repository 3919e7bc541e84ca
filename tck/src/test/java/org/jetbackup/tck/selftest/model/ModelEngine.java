package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.tck.Capability;

/**
 * The model engine; with the {@link Decisions} of its maker, the one that gets everything right.
 */
public final class ModelEngine implements JetEngine {

  private final Decisions decisions;

  /** An engine that honours the contract. */
  public ModelEngine() {
    this(new Decisions());
  }

  /**
   * An engine that decides otherwise.
   *
   * @param decisions what it decides
   */
  public ModelEngine(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public JetInstance createInstance(String name, Parameters parameters, Environment environment) {
    parameters.get(SystemParameter.SYSTEM_PATH); // -1003 without it
    requireIf(parameters.get(SystemParameter.CIRCULAR_LOG), Capability.CIRCULAR_LOGGING);
    requireIf(!parameters.isLogging(), Capability.LOGGING_OFF);
    requireIf(parameters.get(SystemParameter.CREATE_PATH_IF_NOT_EXIST), Capability.CREATE_PATH);
    return new ModelInstance(name, version(), Context.of(parameters, environment, decisions));
  }

  private void requireIf(boolean used, Capability capability) {
    if (used && !decisions.offers(capability)) {
      throw decisions.refusal(capability.word());
    }
  }

  @Override
  public BackupSet verifyBackup(Path directory) {
    requireIf(true, Capability.VERIFY_SET);
    try {
      Chain chain = BackupDirectory.open(new Disk(decisions), directory).chain();
      long bytes = decisions.verifiesSets() ? chain.read().bytes() : 0;
      return new BackupSet(
          chain.manifest().databases().stream()
              .map(Manifest.Database::origin)
              .sorted()
              .toList(),
          new LogGeneration(chain.manifest().firstGeneration()),
          new LogGeneration(chain.logs().lastKey()),
          chain.increments().size(),
          bytes);
    } catch (IOException broken) {
      throw Disk.failure(broken);
    }
  }

  @Override
  public List<RestoreMoment> restoreMoments(Path directory) {
    requireIf(true, Capability.LIST_MOMENTS);
    try {
      return BackupDirectory.open(new Disk(decisions), directory).chain().moments();
    } catch (IOException broken) {
      throw Disk.failure(broken);
    }
  }
}
