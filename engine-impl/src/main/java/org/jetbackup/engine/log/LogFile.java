package org.jetbackup.engine.log;

import java.nio.file.Path;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogFileHeader;

/**
 * A file of the log whose header was read. Immutable.
 *
 * @param path where it is
 * @param role what its name says that it is
 * @param header what it says of itself
 */
public record LogFile(Path path, Role role, LogFileHeader header) {

  /** What a file is, by its name. The generation is never taken from the name. */
  public enum Role {
    /** It has the name of a generation, which it only gets after its closing batch was forced. */
    CLOSED,
    /** It has the name of the file that is being written. */
    CURRENT,
    /**
     * It has the name of a prepared file and is the generation that follows the last one, and no
     * file is current: a roll was interrupted before its last rename. It has no batches yet.
     */
    UNNAMED
  }

  /** {@return its number} */
  public LogGeneration generation() {
    return header.facts().generation();
  }

  /**
   * {@return whether it is the generation behind another one, of the same sizes}
   *
   * @param before a file of the same sequence
   */
  public boolean continues(LogFile before) {
    LogFileFacts facts = header.facts();
    LogFileFacts previous = before.header.facts();
    return number() == before.number() + 1
        && facts.previousCreated().equals(previous.created())
        && facts.fileBytes() == previous.fileBytes()
        && facts.sectorBytes() == previous.sectorBytes();
  }

  /** The number as a number. */
  long number() {
    return header.facts().generation().value();
  }

  /** The address of the first byte behind the header. */
  long begin() {
    return LogAddress.of(number(), header.bytes());
  }
}
