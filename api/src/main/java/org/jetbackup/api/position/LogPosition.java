package org.jetbackup.api.position;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/**
 * A place in the log stream, what the engine calls an {@code lgpos}: a generation, a sector in its
 * file, a byte in the sector.
 *
 * <p>Positions of one sequence are totally ordered: a smaller one was written earlier. The sector
 * counts from the start of the file, header included, in units of the instance's log sector size;
 * the byte counts from the start of the sector.
 *
 * <p>Immutable and thread-safe. Source: the public page <i>jet-lgpos-structure</i>; the
 * meaning of the parts is known from the original's source only.
 *
 * @param generation the log file
 * @param sector the sector in that file, 0 to {@value #MAX_PART}
 * @param offset the byte in that sector, 0 to {@value #MAX_PART}
 */
public record LogPosition(LogGeneration generation, int sector, int offset)
    implements Comparable<LogPosition> {

  /** The largest sector and the largest byte that fit the 16 bits each has on disk. */
  public static final int MAX_PART = 0xFFFF;

  private static final Comparator<LogPosition> ORDER = Comparator.comparing(LogPosition::generation)
      .thenComparingInt(LogPosition::sector)
      .thenComparingInt(LogPosition::offset);

  /**
   * Checks the parts.
   *
   * @param generation the log file
   * @param sector the sector in that file
   * @param offset the byte in that sector
   * @throws IllegalArgumentException if the sector or the byte lies outside 0 to {@value #MAX_PART}
   */
  public LogPosition {
    Objects.requireNonNull(generation, "generation");
    Range.require("log sector", sector, 0, MAX_PART);
    Range.require("byte in log sector", offset, 0, MAX_PART);
  }

  /**
   * The beginning of a log file.
   *
   * @param generation the log file
   * @return the position of its first byte
   */
  public static LogPosition startOf(LogGeneration generation) {
    return new LogPosition(generation, 0, 0);
  }

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }

  /**
   * Returns the three parts in hexadecimal with 8, 4 and 4 digits, for example {@code
   * 00000005:001A:0003}. Within one sequence the text sorts like the positions.
   */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%08X:%04X:%04X", generation.value(), sector, offset);
  }
}
