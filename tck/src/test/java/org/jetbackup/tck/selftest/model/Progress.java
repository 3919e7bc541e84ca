package org.jetbackup.tck.selftest.model;

import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snprog;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/**
 * What a status callback hears of one operation: Begin, Progress in percent, then Complete or Fail.
 *
 * <p>A callback that throws before the end aborts the operation; at the end it is too late for
 * that.
 */
final class Progress {

  private static final long TOTAL = 100;

  private final Snp snp;
  private final StatusCallback callback;
  private final Decisions decisions;
  private boolean begun;
  private long done;

  Progress(Snp snp, StatusCallback callback, Decisions decisions) {
    this.snp = snp;
    this.callback = callback;
    this.decisions = decisions;
  }

  void begin() {
    begun = true;
    send(Snt.BEGIN);
  }

  /** A file is done: of a part of the work that lies between two percentages, so much. */
  void step(long from, long to, long part, long parts) {
    done = decisions.progress(done, Math.max(done, from + (to - from) * part / parts), TOTAL);
    send(Snt.PROGRESS);
  }

  void complete() {
    done = TOTAL;
    sendQuietly(Snt.COMPLETE);
  }

  void fail() {
    if (begun) {
      sendQuietly(decisions.reportOfFailure());
    }
  }

  private void sendQuietly(Snt snt) {
    try {
      send(snt);
    } catch (JetException ignored) {
      done = TOTAL; // nobody listens any more
    }
  }

  private void send(Snt snt) {
    if (!decisions.reports(snp, snt)) {
      return;
    }
    try {
      callback.onStatus(snp, snt, new Snprog(done, TOTAL));
    } catch (RuntimeException | Error thrown) {
      if (decisions.abortsWhenCallbackThrows()) {
        throw JetException.of(JetErr.CALLBACK_FAILED, thrown);
      }
    }
  }
}
