package org.jetbackup.api.backup;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a status callback hears about an operation. Source: JET_SNT of the public interface;
 * specification clauses PROG-1, PROG-4, PROG-5 and PROG-6.
 *
 * <p>An operation sends {@link #BEGIN}, any number of {@link #PROGRESS}, and then either {@link
 * #COMPLETE} or {@link #FAIL}.
 *
 * <p>Immutable.
 */
public enum Snt {
  /** {@code JET_sntProgress}. */
  PROGRESS(0),
  /** {@code JET_sntFail}. */
  FAIL(3),
  /** {@code JET_sntBegin}. */
  BEGIN(5),
  /** {@code JET_sntComplete}. */
  COMPLETE(6);

  private final int number;

  Snt(int number) {
    this.number = number;
  }

  /** {@return the number in the original interface} */
  public int number() {
    return number;
  }

  /**
   * {@return the constant with that number, if there is one}
   *
   * @param number any number
   */
  public static Optional<Snt> ofNumber(int number) {
    return Arrays.stream(values()).filter(snt -> snt.number == number).findFirst();
  }
}
