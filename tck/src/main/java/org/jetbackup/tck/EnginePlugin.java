package org.jetbackup.tck;

import java.nio.file.Path;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.param.Parameters;

/**
 * The one class to write: it tells the kit which engine to judge and what that engine offers.
 *
 * <p>It needs a public constructor without parameters for the command line. The kit may call every
 * method more than once and from more than one thread.
 */
public abstract class EnginePlugin {

  /** For subclasses. */
  protected EnginePlugin() {}

  /** The engine to judge; a new one or always the same. */
  public abstract JetEngine engine();

  /** What the engine offers beyond the core; implied capabilities may be left out. */
  public abstract Set<Capability> capabilities();

  /**
   * What a file of the engine is. With an answer (and {@link Capability#FILE_KINDS} declared) the kit
   * asks for exact error codes when it damages a file; without one it accepts every documented code.
   *
   * @param file a file below the log directory, beside a database, or below a backup directory
   */
  public FileKind kindOf(Path file) {
    return FileKind.OTHER;
  }

  /**
   * Adds the parameters that the engine needs beyond those that the kit sets. The kit asks for small
   * files, so that its tests are quick.
   *
   * @param parameters what the kit wants; returned as it is by default
   */
  public Parameters tune(Parameters parameters) {
    return parameters;
  }
}
