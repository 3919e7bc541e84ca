package org.jetbackup.engine.instance;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.engine.backup.directory.SetVerifier;

/** The reference engine. Immutable and thread-safe. */
public final class ReferenceEngine implements JetEngine {

  private static final String NAME = "jetbackup";
  private static final String UNKNOWN_VERSION = "development";

  /** For the service loader. */
  public ReferenceEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    String version = ReferenceEngine.class.getPackage().getImplementationVersion();
    return version == null ? UNKNOWN_VERSION : version;
  }

  @Override
  public JetInstance createInstance(String name, Parameters parameters, Environment environment) {
    return new Instance(name, version(), Settings.of(parameters), environment);
  }

  @Override
  public BackupSet verifyBackup(Path directory) {
    return SetVerifier.verify(directory);
  }

  @Override
  public List<RestoreMoment> restoreMoments(Path directory) {
    return SetVerifier.moments(directory);
  }
}
