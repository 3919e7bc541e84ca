package org.jetbackup.engine.backup;

import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snprog;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/**
 * Tells a callback how far an operation has come.
 *
 * <pre>{@code
 *   SILENT --begin--> TOLD --advance*--> TOLD --complete--> DONE
 *                       |                  +---fail-------> DONE
 *   the callback throws:  begin, advance: JET_errCallbackFailed with what it threw as the cause
 *                         complete, fail: ignored, nothing depends on them any more
 * }</pre>
 *
 * <p>What is done never goes back and never passes the total. For one thread.
 */
public final class Progress {

  private final Snp snp;
  private final StatusCallback callback;
  private long total;
  private long done;
  private boolean told;

  /**
   * Begins silent.
   *
   * @param snp the operation
   * @param callback the callback
   */
  public Progress(Snp snp, StatusCallback callback) {
    this.snp = snp;
    this.callback = callback;
  }

  /**
   * Tells that the operation begins.
   *
   * @param units how much there is to do, at least 0
   * @throws JetException {@link JetErr#CALLBACK_FAILED}
   */
  public void begin(long units) {
    total = Math.max(1, units);
    told = true;
    tell(Snt.BEGIN);
  }

  /** {@return how much is done} */
  public long done() {
    return done;
  }

  /** {@return how much there is to do} */
  public long total() {
    return total;
  }

  /**
   * Tells how far it has come.
   *
   * @param units how much is done in all; less than before counts as no change
   * @throws JetException {@link JetErr#CALLBACK_FAILED}
   */
  public void advanceTo(long units) {
    done = Math.max(done, Math.min(units, total));
    tell(Snt.PROGRESS);
  }

  /** Tells that all is done. */
  public void complete() {
    done = total;
    tellLast(Snt.COMPLETE);
  }

  /** Tells that it has failed, if it was ever told that it began. */
  public void fail() {
    if (told) {
      tellLast(Snt.FAIL);
    }
  }

  private void tell(Snt snt) {
    try {
      callback.onStatus(snp, snt, new Snprog(done, total));
    } catch (Throwable thrown) {
      throw JetException.of(JetErr.CALLBACK_FAILED, thrown);
    }
  }

  private void tellLast(Snt snt) {
    told = false;
    try {
      callback.onStatus(snp, snt, new Snprog(done, total));
    } catch (Throwable ignored) {
      // By contract: when it hears of this, nothing can fail any more.
    }
  }
}
