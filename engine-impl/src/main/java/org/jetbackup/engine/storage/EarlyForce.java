package org.jetbackup.engine.storage;

import java.io.Closeable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jetbackup.api.error.JetException;

/**
 * Forces a long file piece by piece while it is being written, so that the disk works while the next
 * pieces are read and verified, and so that the force at the end has little left to do: one that has
 * it all makes every other force on the disk wait, those of commits too.
 *
 * <pre>{@code
 *   IDLE --16 MiB written since the last force--> SCHEDULED --executor--> FORCING --> IDLE
 *
 *   64 MiB written since then:  SCHEDULED  the writer forces
 *                               FORCING    it waits for the end of that
 *   force, close:               SCHEDULED  will do nothing
 *                               FORCING    is waited for
 * }</pre>
 *
 * <p>Nothing of this makes anything durable that anybody may rely on; {@link #force} does. An early
 * force that fails makes it fail: the file remembers. With an executor that runs its tasks at once
 * the forces are a function of what is written.
 *
 * <p>The methods are for one thread. The monitor keeps the executor's thread apart from the end of
 * the file; the one lock taken under it is that of the file's force.
 */
public final class EarlyForce implements Closeable {

  /** So much is forced early, at least. */
  static final long STEP_BYTES = 16 << 20;

  /** So much is never exceeded without a force, whatever the executor does. */
  static final long MOST_BYTES = 4 * STEP_BYTES;

  private final DataFile file;
  private final Executor executor;

  /** Whether a task is on its way or at work; set by the writer, cleared under the monitor. */
  private volatile boolean busy;

  /** What was written since the last force began, or was scheduled; of the writer alone. */
  private long waiting;

  private boolean ended; // guarded by this

  /**
   * Begins.
   *
   * @param file the file, nothing of it written
   * @param executor runs early forces
   */
  public EarlyForce(DataFile file, Executor executor) {
    this.file = file;
    this.executor = executor;
  }

  /**
   * Tells that the file has grown; called after each write.
   *
   * @param bytes by how much
   * @throws JetException if the writer had to force, and that failed
   */
  public void written(int bytes) {
    waiting += bytes;
    if (waiting >= MOST_BYTES) {
      keepUp();
    }
    if (waiting >= STEP_BYTES && !busy) {
      waiting = 0;
      schedule();
    }
  }

  /** With the monitor no task is at work: one that is still busy has not begun. */
  private synchronized void keepUp() {
    if (busy) {
      waiting = 0;
      file.force();
    }
  }

  private void schedule() {
    busy = true;
    try {
      executor.execute(this::forceEarly);
    } catch (RejectedExecutionException e) {
      forceEarly();
    }
  }

  private synchronized void forceEarly() {
    try {
      if (!ended) {
        file.force();
      }
    } catch (JetException e) {
      // The next write, and the last force, fail for the same reason.
    } finally {
      busy = false;
    }
  }

  /**
   * Makes durable what was written. No early force follows.
   *
   * @throws JetException if this, or an early force, has failed
   */
  public void force() {
    close();
    file.force();
  }

  /** Sees to it that no early force is at work any more. The file is then closed by its owner. */
  @Override
  public synchronized void close() {
    ended = true;
  }
}
