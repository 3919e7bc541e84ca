package org.jetbackup.engine.conformance;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;

/** Plugs the reference engine into the kit. */
public final class ReferencePlugin extends EnginePlugin {

  private static final int DISK_SECTOR = 4_096;

  /** For the kit. */
  public ReferencePlugin() {}

  @Override
  public JetEngine engine() {
    return new ReferenceEngine();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /**
   * Damaged pages stay damaged: there is nothing to wait for. The disk of the kit writes 4,096 bytes
   * as a whole: with smaller sectors of the log, a write that breaks off could take along what an
   * earlier one has put beside it.
   */
  @Override
  public Parameters tune(Parameters parameters) {
    return parameters
        .with(SystemParameter.BACKUP_RETRY_PAUSE, 0)
        .with(SystemParameter.LOG_SECTOR_SIZE, DISK_SECTOR);
  }

  @Override
  public FileKind kindOf(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".edb")) {
      return FileKind.DATABASE;
    }
    if (name.endsWith(".log")) {
      boolean isSpace = name.endsWith("tmp.log"); // for the next one, nothing of the log yet
      return isSpace ? FileKind.OTHER : FileKind.LOG;
    }
    return name.endsWith(".chk") ? FileKind.CHECKPOINT : FileKind.OTHER;
  }
}
