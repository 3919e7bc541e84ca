package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/**
 * The turn, and blocks. There is one of it in an instance.
 *
 * <p>The turn is a lock: who has it may change pages and append. What is appended within a block is
 * redone together or not at all, and since only one thread has the turn, the records of a block
 * stand in the log one behind the other.
 *
 * <pre>
 *   beginBlock -> OPEN: records belong to the block
 *                   | endWithNext, then a record with the flag, or endBlock: the record END
 *                   v
 *                 none: each record is a block of its own
 * </pre>
 *
 * <p>Thread-safe: everything but {@link #blockBegin}, {@link #isHeld} and {@link #log} needs the
 * turn.
 */
public final class Journal {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Log log;
  private final ReentrantLock turn = new ReentrantLock();

  /** Guarded by the turn. */
  private boolean isOpen;

  private boolean endsWithNext;

  /** Whether the open block has a record. */
  private boolean isUsed;

  /** Written with the turn, read by the checkpoint without. */
  private volatile long blockBegin;

  /**
   * Begins without a block.
   *
   * @param log that is written to
   */
  public Journal(Log log) {
    this.log = log;
  }

  /** Takes the turn, waiting for it; it may be taken again by the thread that has it. */
  public void enter() {
    turn.lock();
  }

  /** Gives the turn back. */
  public void leave() {
    turn.unlock();
  }

  /** {@return whether the calling thread has the turn} */
  public boolean isHeld() {
    return turn.isHeldByCurrentThread();
  }

  /**
   * Checks that no block was left open: one that could be neither finished nor taken back. What
   * would be appended now would belong to it, and be taken back by recovery.
   *
   * @throws JetException {@link JetErr#INSTANCE_UNAVAILABLE} if there is one
   * @throws IllegalStateException without the turn
   */
  public void requireNoBlock() {
    requireTurn();
    if (isOpen) {
      throw JetException.of(JetErr.INSTANCE_UNAVAILABLE);
    }
  }

  /**
   * Begins a block.
   *
   * @throws IllegalStateException if one is open, or without the turn
   */
  public void beginBlock() {
    requireTurn();
    if (isOpen) {
      throw new IllegalStateException("a block is open");
    }
    isOpen = true;
    isUsed = false;
    blockBegin = log.end();
  }

  /**
   * Makes the next record the last of the open block.
   *
   * @throws IllegalStateException if none is open, or without the turn
   */
  public void endWithNext() {
    requireTurn();
    if (!isOpen) {
      throw new IllegalStateException("no block is open");
    }
    endsWithNext = true;
  }

  /**
   * Ends the block if it is still open. One without records leaves nothing in the log.
   *
   * @throws IllegalStateException without the turn
   */
  public void endBlock() {
    requireTurn();
    if (isOpen && isUsed) {
      endsWithNext = true;
      append(RecordKind.END, NOTHING);
    }
    close();
  }

  /**
   * Appends a record to the open block, or a block of this one record.
   *
   * @param kind what it is about
   * @param payload the record, from position to limit, which do not change
   * @return the address behind it
   * @throws IllegalStateException without the turn
   */
  public long append(RecordKind kind, ByteBuffer payload) {
    requireTurn();
    boolean ends = !isOpen || endsWithNext;
    long behind = log.append(kind, ends, payload);
    isUsed = true;
    if (ends) {
      close();
    }
    return behind;
  }

  /** {@return where the open block begins, which the checkpoint must not pass; 0 if none is open} */
  public long blockBegin() {
    return blockBegin;
  }

  /** {@return the log} */
  public Log log() {
    return log;
  }

  private void close() {
    isOpen = false;
    endsWithNext = false;
    blockBegin = 0;
  }

  private void requireTurn() {
    if (!turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("the turn is another's");
    }
  }
}
