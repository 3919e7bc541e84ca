package org.jetbackup.engine.checkpoint;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.event.CheckpointEvent;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.LogAddress;

/**
 * Moves the checkpoint.
 *
 * <pre>{@code
 *   IDLE --half the depth written since the last one--> SCHEDULED --executor--> RUNNING --> IDLE
 *     |                                                                            ^
 *     +--twice the depth: the thread that commits runs it itself ------------------+
 *   RUNNING:  1 make the removals that are due
 *             2 take the turn, note the end of the log or the begin of an open block, and the oldest
 *               removal that is still to come, give it back; the checkpoint is the smaller of them
 *             3 force the log up to there: the end may be no more than appended
 *             4 write back what is changed in all databases, force them
 *             5 write and force the checkpoint file
 *             6 let the log discard what is before it, if it is circular
 *   a failure in 3 to 5: the checkpoint stays where it was
 * }</pre>
 *
 * <p>Step 1 is for removals that had to wait when the last commit came: where changes are refused
 * until the checkpoint moves, no other commit will come. Step 2 takes the turn, because a
 * transaction that is being applied would otherwise be cut in two: what it changed before would be
 * flushed, and recovery could not take it back. A removal that is made behind the end that was
 * noted counts as still to come, because its record may be lost. The lock for
 * administration keeps databases from coming and going meanwhile; it comes before the turn.
 * Thread-safe.
 */
public final class Checkpointer {

  /** The databases that are flushed. */
  public interface Databases {

    /** {@return all that may need the log, with the change times of now} */
    AttachmentList attachments();

    /** Writes back what is changed, durably. */
    void flush();
  }

  /** The removals that hold the checkpoint back. */
  public interface Removals {

    /** Makes those that are due, as far as that is possible; a failure is met again later. */
    void tryDue();

    /** {@return the address of the oldest one that is still to come, 0 if there is none} */
    long oldestAddress();
  }

  private final ReentrantLock administration;
  private final Journal journal;
  private final CheckpointFile file;
  private final Signature log;
  private final Databases databases;
  private final Removals removals;
  private final Executor executor;
  private final long depthMax;
  private final int generationsMax;
  private final Counters counters;
  private final Consumer<JetException> failed;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Where the log ended when all before it was last flushed; written under administration. */
  private volatile long flushed;

  /** The checkpoint; written under administration. */
  private volatile long checkpoint;

  private boolean closed; // under administration

  /**
   * Prepares for a log that was opened; nothing is written.
   *
   * @param administration the lock under which databases come and go
   * @param journal the turn and the log
   * @param file the checkpoint file
   * @param log the signature of the log
   * @param databases the databases
   * @param removals those that are still to come
   * @param executor runs checkpoints
   * @param depthMax how many bytes of log may lie behind the checkpoint before it is moved
   * @param generationsMax how many generations may lie behind it before changes are refused
   * @param counters count checkpoints
   * @param failed told of checkpoints that could not be made; the one before still holds
   */
  public Checkpointer(
      ReentrantLock administration,
      Journal journal,
      CheckpointFile file,
      Signature log,
      Databases databases,
      Removals removals,
      Executor executor,
      long depthMax,
      int generationsMax,
      Counters counters,
      Consumer<JetException> failed) {
    this.administration = administration;
    this.journal = journal;
    this.file = file;
    this.log = log;
    this.databases = databases;
    this.removals = removals;
    this.executor = executor;
    this.depthMax = depthMax;
    this.generationsMax = generationsMax;
    this.counters = counters;
    this.failed = failed;
    this.flushed = journal.log().end();
    this.checkpoint = flushed;
  }

  /** {@return the address at which recovery would begin} */
  public long checkpoint() {
    return checkpoint;
  }

  /**
   * Keeps the log from the checkpoint on, circular or not, until {@link
   * org.jetbackup.engine.log.Log#retainFrom} says otherwise.
   *
   * @return the first generation that is kept
   */
  public long retainLog() {
    administration.lock(); // a checkpoint that is being written discards what is before it
    try {
      long generation = LogAddress.generation(checkpoint);
      journal.log().retainFrom(generation);
      return generation;
    } finally {
      administration.unlock();
    }
  }

  /** Sees to it that the log behind the checkpoint stays short; called after a commit. */
  public void afterCommit() {
    long since = journal.log().sinceBytes(flushed);
    if (since <= depthMax / 2) {
      return;
    }
    if (since > 2 * depthMax && !administration.isHeldByCurrentThread()) {
      runQuietly(); // whoever writes faster than the disks can follow has to wait for them
      return;
    }
    if (scheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::runScheduled);
      } catch (RejectedExecutionException e) {
        runScheduled();
      }
    }
  }

  /**
   * Refuses changes while too many generations lie behind the checkpoint.
   *
   * @throws JetException {@link JetErr#CHECKPOINT_DEPTH_TOO_DEEP}
   */
  public void requireDepth() {
    if (generationsBehind() >= generationsMax) {
      runQuietly();
      if (generationsBehind() >= generationsMax) {
        throw JetException.of(
            JetErr.CHECKPOINT_DEPTH_TOO_DEEP,
            Subject.value("generations behind", generationsBehind(), "below " + generationsMax));
      }
    }
  }

  private long generationsBehind() {
    return LogAddress.generation(journal.log().end()) - LogAddress.generation(checkpoint);
  }

  private void runScheduled() {
    scheduled.set(false);
    runQuietly();
  }

  /** The commit that brought this about has succeeded; a failure is told, and tried again later. */
  private void runQuietly() {
    try {
      run();
    } catch (JetException e) {
      failed.accept(e);
    }
  }

  /**
   * Moves the checkpoint as far as it goes.
   *
   * @throws JetException if pages or the checkpoint file cannot be written; nothing is lost then
   */
  public void run() {
    administration.lock();
    try {
      if (!closed) {
        CheckpointEvent event = CheckpointEvent.started();
        long pages = counters.pagesWritten();
        removals.tryDue();
        Reached reached = reached();
        journal.log().force(reached.end());
        databases.flush();
        write(reached);
        counters.checkpointTaken();
        event.ended(LogAddress.generation(checkpoint), counters.pagesWritten() - pages);
      }
    } finally {
      administration.unlock();
    }
  }

  /** Ends all work; one that is running is waited for. Nothing is written. */
  public void close() {
    administration.lock();
    try {
      closed = true;
    } finally {
      administration.unlock();
    }
  }

  /** Up to where everything will be flushed, and from where recovery has to begin. */
  private record Reached(long end, long address) {}

  private Reached reached() {
    journal.enter();
    try {
      long block = journal.blockBegin(); // one that could not be taken back stays open
      long end = block == LogAddress.NONE ? journal.log().end() : block;
      long removal = removals.oldestAddress();
      return new Reached(end, removal == LogAddress.NONE ? end : Math.min(end, removal));
    } finally {
      journal.leave();
    }
  }

  private void write(Reached reached) {
    file.write(new Checkpoint(reached.address(), log, databases.attachments()));
    flushed = reached.end();
    checkpoint = reached.address();
    journal.log().discardBefore(reached.address());
  }
}
