package org.jetbackup.tck.selftest;

import java.nio.file.Path;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;

/** A wrong engine that the command line can load: it acknowledges a commit before it is forced. */
public final class ForgetfulPlugin extends EnginePlugin {

  private final EnginePlugin wrong = WrongEngine.ACKNOWLEDGES_BEFORE_FORCE.plugin();

  @Override
  public JetEngine engine() {
    return wrong.engine();
  }

  @Override
  public Set<Capability> capabilities() {
    return wrong.capabilities();
  }

  @Override
  public FileKind kindOf(Path file) {
    return wrong.kindOf(file);
  }
}
