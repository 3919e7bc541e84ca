package com.example.acme;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.selftest.model.ModelEngine;

/** Tells the kit about the engine: the one class to write. */
public final class AcmePlugin extends EnginePlugin {

  @Override
  public JetEngine engine() {
    return new ModelEngine();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public FileKind kindOf(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".edb")) {
      return FileKind.DATABASE;
    }
    return name.endsWith(".log") ? FileKind.LOG : FileKind.OTHER;
  }
}
