package org.jetbackup.engine.conformance;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;

/** Plugs the reference engine into the kit. */
public final class ReferencePlugin extends EnginePlugin {

  /** For the kit. */
  public ReferencePlugin() {}

  @Override
  public JetEngine engine() {
    return new ReferenceEngine();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.CIRCULAR_LOGGING,
        Capability.LOGGING_OFF,
        Capability.CREATE_PATH,
        Capability.EVENT_LOG,
        Capability.STOP_SERVICE,
        Capability.HEADER_INFORMATION,
        Capability.SEVERAL_DATABASES,
        Capability.FILE_KINDS,
        Capability.READS_GIVEN_FILE_SYSTEM,
        Capability.CONCURRENT_SESSIONS);
  }

  @Override
  public FileKind kindOf(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".edb")) {
      return FileKind.DATABASE;
    }
    if (name.endsWith(".log")) {
      return FileKind.LOG;
    }
    return name.endsWith(".chk") ? FileKind.CHECKPOINT : FileKind.OTHER;
  }
}
