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

  /** Hours. */
  static final Pace FULL = new Pace(1_024, 20_000, 400, 40, 4);

  /** To find a bug. */
  static final Pace HUNT = new Pace(24, 60, 4, 8, 1);

  /** The one that {@code -Djetbackup.crashes=full} asks for, or the quick one. */
  static Pace asked() {
    return "full".equals(System.getProperty("jetbackup.crashes")) ? FULL : QUICK;
  }
}
