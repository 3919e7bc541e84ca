package org.jetbackup.tck.crash;

/**
 * A moment of a {@link Recording} at which the crash happens.
 *
 * @param events how many events had happened
 * @param inside how many sectors of the next write had been written, or 0 if it had not begun
 */
public record CrashPoint(int events, int inside) {

  /**
   * Checks the numbers.
   *
   * @param events not negative
   * @param inside not negative
   * @throws IllegalArgumentException if a number is negative
   */
  public CrashPoint {
    if (events < 0 || inside < 0) {
      throw new IllegalArgumentException("negative: " + events + " " + inside);
    }
  }
}
