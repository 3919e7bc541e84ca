package org.jetbackup.engine.instance;

import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.backup.StreamingBackup;
import org.jspecify.annotations.Nullable;

/**
 * The backup that an instance is busy with, as those see it who stop it or wait for its end.
 *
 * <pre>{@code
 *   FREE --reserve--> DRIVEN   a thread is inside of backup(), or begins a backup for an application
 *     ^                 | |
 *     +------ end ------+ +--hold--> HELD   the application ends it when it likes; so does terminate
 *     +---------- the held one has ended -----+
 * }</pre>
 *
 * <p>The monitor comes after that of the instance, and is a leaf. Thread-safe.
 */
final class BackupSlot {

  private @Nullable Thread driver; // guarded by this
  private @Nullable StreamingBackup running; // guarded by this

  /** With what the driven backup is to fail that is only being prepared; guarded by this. */
  private @Nullable JetErr stop;

  /**
   * Takes the slot for the calling thread, which calls {@link #end} in any case.
   *
   * @throws JetException {@link JetErr#BACKUP_IN_PROGRESS}
   */
  synchronized void reserve() {
    if (isBusy()) {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    }
    driver = Thread.currentThread();
    running = null;
    stop = null;
  }

  /** Says what the driver drives. */
  synchronized void drive(StreamingBackup backup) {
    running = backup;
    JetErr requested = stop;
    if (requested != null) {
      backup.stop(requested);
    }
  }

  /** The driver is done: with a backup that has ended, or one that is held from now on. */
  synchronized void end() {
    driver = null;
    notifyAll();
  }

  synchronized boolean isBusy() {
    StreamingBackup here = running;
    return driver != null || (here != null && !here.hasEnded());
  }

  /** {@return whether the calling thread is inside of the backup, called back by it} */
  synchronized boolean isMine() {
    return driver == Thread.currentThread();
  }

  /** Makes the backup fail before its next step; without one, nothing happens. */
  synchronized void stop(JetErr error) {
    StreamingBackup here = running;
    if (here != null) {
      here.stop(error);
    } else if (driver != null) {
      stop = error;
    }
  }

  /**
   * Makes room for a termination.
   *
   * @throws JetException {@link JetErr#BACKUP_IN_PROGRESS} if a backup runs and the mode does not
   *     end it
   */
  synchronized void prepare(TermGrbit grbit) {
    if (!isBusy()) {
      return;
    }
    boolean stops = grbit.contains(TermGrbit.STOP_BACKUP);
    if (!stops && !grbit.contains(TermGrbit.ABRUPT) && !grbit.contains(TermGrbit.DIRTY)) {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    }
    stop(stops || driver == null ? JetErr.BACKUP_ABORT_BY_SERVER : JetErr.TERM_IN_PROGRESS);
  }

  /** Returns when nothing runs any more: waits for who drives, and ends what is held. */
  void awaitEnd() {
    StreamingBackup held;
    boolean interrupted = false;
    synchronized (this) {
      while (driver != null) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // it was told to end, and will
        }
      }
      held = running;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (held != null) {
      held.close();
    }
  }
}
