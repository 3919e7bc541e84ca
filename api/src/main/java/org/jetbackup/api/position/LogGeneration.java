package org.jetbackup.api.position;

import java.util.Locale;

/**
 * The number of one log file in the sequence of an instance.
 *
 * <p>Numbers start at 1, grow by one with every roll of the log, and are never used again within
 * one sequence. The bound is the original's: an engine that reaches it must start a new sequence
 * ({@code -519}).
 *
 * <p>Immutable, thread-safe, ordered by number. Source: the public page
 * <i>extensible-storage-engine-files</i>; the bound is known from the original's source only.
 *
 * @param value the number, {@value #MIN} to {@value #MAX}
 */
public record LogGeneration(long value) implements Comparable<LogGeneration> {

  /**
   * The first generation of every sequence; zero stands for "none" on disk and is not a generation.
   */
  public static final long MIN = 1;

  /** The last generation of a sequence, {@code 0x7FFFF800}. */
  public static final long MAX = 0x7FFF_F800L;

  /** The first generation of every sequence. */
  public static final LogGeneration FIRST = new LogGeneration(MIN);

  /**
   * Checks the number.
   *
   * @param value the number
   * @throws IllegalArgumentException if it lies outside {@value #MIN} to {@value #MAX}
   */
  public LogGeneration {
    Range.require("log generation", value, MIN, MAX);
  }

  /**
   * Counts up.
   *
   * @return the generation that follows this one
   * @throws IllegalArgumentException at {@value #MAX}
   */
  public LogGeneration next() {
    return new LogGeneration(value + 1);
  }

  /**
   * Counts down.
   *
   * @return the generation before this one
   * @throws IllegalArgumentException at {@value #MIN}
   */
  public LogGeneration previous() {
    return new LogGeneration(value - 1);
  }

  /**
   * {@return the number in upper-case hexadecimal with at least 5 digits, as people compare it with
   * the names of log files}
   */
  public String toHex() {
    return String.format(Locale.ROOT, "%05X", value);
  }

  @Override
  public int compareTo(LogGeneration other) {
    return Long.compare(value, other.value);
  }

  /** {@return the number in decimal; see also {@link #toHex()}} */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
