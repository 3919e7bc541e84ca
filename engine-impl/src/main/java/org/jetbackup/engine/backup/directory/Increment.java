package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.Objects;
import org.jetbackup.api.position.LogGeneration;

/**
 * A published incremental backup. Immutable.
 *
 * @param directory in which its generations lie, under the names of closed log files
 * @param genLow the first generation
 * @param genHigh the last generation
 */
public record Increment(Path directory, LogGeneration genLow, LogGeneration genHigh) {

  /**
   * Checks the order.
   *
   * @param directory of its generations
   * @param genLow the first generation
   * @param genHigh the last generation
   * @throws IllegalArgumentException if the first lies after the last
   */
  public Increment {
    Objects.requireNonNull(directory, "directory");
    if (genLow.compareTo(genHigh) > 0) {
      throw new IllegalArgumentException("generations " + genLow + " to " + genHigh);
    }
  }
}
