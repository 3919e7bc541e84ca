package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** The turn, and blocks. One per instance. */
public final class Journal {

  private final Log log;
  private final ReentrantLock turn = new ReentrantLock();
  private boolean open;
  private boolean last;
  private boolean empty;
  private long begin;

  /**
   * Makes one.
   *
   * @param log the log
   */
  public Journal(Log log) {
    this.log = log;
  }

  /** Takes the turn. */
  public void enter() {
    turn.lock();
  }

  /** Gives it back. */
  public void leave() {
    turn.unlock();
  }

  /** {@return whether this thread has the turn} */
  public boolean isHeld() {
    return turn.isHeldByCurrentThread();
  }

  /** Opens a block. */
  public void beginBlock() {
    require(!open);
    open = true;
    last = false;
    empty = true;
    begin = log.end();
  }

  /** The next record ends the block. */
  public void endWithNext() {
    require(open);
    last = true;
  }

  /** Ends the block if it is open. */
  public void endBlock() {
    if (open && !empty) {
      last = true;
      append(RecordKind.END, ByteBuffer.allocate(0));
    }
    open = false;
  }

  /**
   * Appends a record.
   *
   * @param kind its kind
   * @param payload its content
   * @return the address behind it
   */
  public long append(RecordKind kind, ByteBuffer payload) {
    require(true);
    long address = log.append(kind, !open || last, payload);
    empty = false;
    open &= !last;
    return address;
  }

  /** {@return where the open block begins, 0 if none} */
  public long blockBegin() {
    return open ? begin : 0;
  }

  /** {@return the log} */
  public Log log() {
    return log;
  }

  private void require(boolean state) {
    if (!state || !isHeld()) {
      throw new IllegalStateException("the turn is not held, or the block is not as it should be");
    }
  }
}
