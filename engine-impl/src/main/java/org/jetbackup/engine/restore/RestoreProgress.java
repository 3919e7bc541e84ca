package org.jetbackup.engine.restore;

import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.engine.backup.Progress;

/**
 * What the callback hears of a restore: Begin, Progress, then Complete or Fail. The unit is a
 * share of the whole, because how much live log there is turns out on the way. For one thread.
 */
final class RestoreProgress {

  private static final long TOTAL = 10_000;

  private final Progress progress;

  /** The part of the work that is being done: from where to where, and how much it is. */
  private long from;

  private long to;
  private long units;
  private long unitsDone;

  RestoreProgress(StatusCallback callback) {
    this.progress = new Progress(Snp.RESTORE, callback);
  }

  /** Throws CALLBACK_FAILED if the callback does; so do the others, but for the last two. */
  void begin() {
    progress.begin(TOTAL);
  }

  /** A part of the work begins, which ends at so many hundredths of the whole. */
  void beginPart(int hundredths, long itsUnits) {
    from = progress.done();
    to = TOTAL * hundredths / 100;
    units = Math.max(1, itsUnits);
    unitsDone = 0;
  }

  /** More of the part is done; what is done beyond its units counts nothing. */
  void add(long moreUnits) {
    unitsDone = Math.min(units, unitsDone + moreUnits);
    progress.advanceTo(from + (long) ((to - from) * ((double) unitsDone / units)));
  }

  /** All is done; nothing can fail any more. */
  void complete() {
    progress.complete();
  }

  void fail() {
    progress.fail();
  }
}
