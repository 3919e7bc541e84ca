package org.jetbackup.tck.selftest;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.selftest.model.ModelEngine;

/** The model engine as it should be: it has every capability. */
public final class ModelPlugin extends EnginePlugin {

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
    return kind(file);
  }

  /** What a file of the model engine is, by its name. */
  static FileKind kind(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".edb")) {
      return FileKind.DATABASE;
    }
    return name.endsWith(".log") ? FileKind.LOG : FileKind.OTHER;
  }
}
