package org.jetbackup.engine.durable;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jetbackup.api.JetEngine;

/**
 * Who is judged.
 *
 * @param engine makes the instances
 * @param tidy demands what must be true of the files of an instance that has ended, given the root
 */
record Subject(JetEngine engine, Consumer<Path> tidy) {

  /** The engine as it is. */
  static Subject reference() {
    return new Subject(Lab.engine(), Lab::requireTidy);
  }
}
