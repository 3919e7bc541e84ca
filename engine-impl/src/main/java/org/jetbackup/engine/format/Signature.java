package org.jetbackup.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What tells one database, or one sequence of logs, from all others. Immutable. Source: section
 * 3.2.
 *
 * @param random a number drawn at creation; all 32 bits count
 * @param created when
 * @param computer the name of the computer, at most 16 characters of Latin 1; empty in all files
 *     that were seen
 */
public record Signature(int random, LogTime created, String computer) {

  /** No signature. */
  public static final Signature NONE = new Signature(0, LogTime.UNSET, "");

  static final int COMPUTER_BYTES = 16;

  /**
   * Checks the name.
   *
   * @param random the number
   * @param created when it was drawn
   * @param computer the name of the computer
   * @throws IllegalArgumentException if the name does not fit
   */
  public Signature {
    Objects.requireNonNull(created, "created");
    boolean fits = computer.length() <= COMPUTER_BYTES
        && !computer.endsWith("\0")
        && StandardCharsets.ISO_8859_1.newEncoder().canEncode(computer);
    if (!fits) {
      throw new IllegalArgumentException(
          "computer = " + computer + ", allowed: 16 characters of Latin 1");
    }
  }

  /**
   * Makes a signature without the name of a computer.
   *
   * @param random a number drawn at creation
   * @param created when
   * @return the signature
   */
  public static Signature of(int random, LogTime created) {
    return new Signature(random, created, "");
  }
}
