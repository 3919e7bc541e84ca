package org.jetbackup.engine.durable;

/**
 * How far an exploration goes.
 *
 * @param combinations up to how many at one point none is left out
 * @param states how many are judged of each workload, sector and profile
 * @param seconds of how many of them recovery is crashed, too
 * @param secondStates how many states of each such crash are judged
 * @param thirds of how many of those recovery is crashed once more
 */
record Pace(int combinations, int states, int seconds, int secondStates, int thirds) {

  /** A minute for everything. */
  static final Pace QUICK = new Pace(16, 36, 3, 5, 1);

  /**
   * Ten minutes on two idle cores. More combinations cost much and prove little more: up to 64 at
   * one point, 14 points of 15 are exhaustive; up to 1,024 it is 19 of 20, with nine times the
   * states.
   */
  static final Pace FULL = new Pace(64, 2_200, 10, 12, 2);

  /** To find a bug. */
  static final Pace HUNT = new Pace(24, 60, 4, 8, 1);

  /** The one that {@code -Djetbackup.crashes=full} asks for, or the quick one. */
  static Pace asked() {
    return "full".equals(System.getProperty("jetbackup.crashes")) ? FULL : QUICK;
  }
}
