package org.jetbackup.engine.restore;

import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snprog;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/**
 * What the callback hears of a restore: Begin, Progress, then Complete or Fail. The unit is a
 * share of the whole, because how much live log there is turns out on the way. For one thread.
 */
final class RestoreProgress {

  private static final long TOTAL = 10_000;

  private final StatusCallback callback;
  private long done;

  /** The part of the work that is being done: from where to where, and how much it is. */
  private long from;

  private long to;
  private long units;
  private long unitsDone;

  RestoreProgress(StatusCallback callback) {
    this.callback = callback;
  }

  /** Throws CALLBACK_FAILED if the callback does; so do the others, but for the last two. */
  void begin() {
    send(Snt.BEGIN);
  }

  /** A part of the work begins, which ends at so many hundredths of the whole. */
  void beginPart(int hundredths, long itsUnits) {
    from = done;
    to = TOTAL * hundredths / 100;
    units = Math.max(1, itsUnits);
    unitsDone = 0;
  }

  /** More of the part is done; what is done beyond its units counts nothing. */
  void add(long moreUnits) {
    unitsDone = Math.min(units, unitsDone + moreUnits);
    done = from + (long) ((to - from) * ((double) unitsDone / units));
    send(Snt.PROGRESS);
  }

  /** All is done; nothing can fail any more. */
  void complete() {
    done = TOTAL;
    sendQuietly(Snt.COMPLETE);
  }

  void fail() {
    sendQuietly(Snt.FAIL);
  }

  private void sendQuietly(Snt kind) {
    try {
      send(kind);
    } catch (JetException ignored) {
      // Whoever throws now has nothing to stop any more.
    }
  }

  private void send(Snt kind) {
    try {
      callback.onStatus(Snp.RESTORE, kind, new Snprog(done, TOTAL));
    } catch (RuntimeException | Error thrown) {
      throw JetException.of(JetErr.CALLBACK_FAILED, thrown);
    }
  }
}
