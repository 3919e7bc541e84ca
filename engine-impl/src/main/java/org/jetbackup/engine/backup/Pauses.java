package org.jetbackup.engine.backup;

import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/**
 * How often a page is read again that could not be read or verified, and how long a backup waits
 * before each attempt. A device that is busy or just being repaired gets time; a page that is
 * damaged stays damaged. Immutable.
 *
 * @param milliseconds the pause before the first repetition; before the n-th it is n times as long
 */
record Pauses(int milliseconds) {

  /** Attempts after the first, as many as the original makes. */
  static final int REPETITIONS = 16;

  static Pauses of(Parameters parameters) {
    return new Pauses(parameters.get(SystemParameter.BACKUP_RETRY_PAUSE));
  }

  /** Waits before a repetition. An interrupt ends the wait, and stays for the caller to see. */
  void before(int repetition) {
    if (milliseconds == 0) {
      return;
    }
    try {
      Thread.sleep((long) milliseconds * repetition);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
