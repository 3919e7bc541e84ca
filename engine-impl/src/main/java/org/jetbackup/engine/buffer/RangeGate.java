package org.jetbackup.engine.buffer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the pages that somebody reads from a file apart from those that are being written into it,
 * so that no page is read half old and half new.
 *
 * <pre>{@code
 *   read   waits while a page of its range is being written, or another range is being read
 *   write  waits while one of its pages is being read
 * }</pre>
 *
 * <p>Ranges and batches that do not meet pass each other. One range and one batch at a time: a file
 * has one backup, and batches are written one after the other. Whoever reads holds the gate for one
 * read only, takes no other lock meanwhile, and so keeps nobody waiting for long. Thread-safe; the
 * lock is a leaf.
 */
final class RangeGate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The range that is being read; under the lock. */
  private long first;

  private long last;
  private boolean reading;

  /** The batch that is being written, in ascending order; under the lock. */
  private long[] batch = new long[0];

  private int count;

  /** Waits until a range may be read. */
  void beginRead(long from, long to) {
    lock.lock();
    try {
      while (reading || isWriting(from, to)) {
        changed.awaitUninterruptibly();
      }
      reading = true;
      first = from;
      last = to;
    } finally {
      lock.unlock();
    }
  }

  void endRead() {
    lock.lock();
    try {
      reading = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a batch may be written; the array belongs to the gate until the end. */
  void beginWrite(long[] pages, int pageCount) {
    lock.lock();
    try {
      while (count > 0 || (reading && contains(pages, pageCount, first, last))) {
        changed.awaitUninterruptibly();
      }
      batch = pages;
      count = pageCount;
    } finally {
      lock.unlock();
    }
  }

  void endWrite() {
    lock.lock();
    try {
      count = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isWriting(long from, long to) {
    return contains(batch, count, from, to);
  }

  private static boolean contains(long[] pages, int pageCount, long from, long to) {
    for (int i = 0; i < pageCount; i++) {
      if (pages[i] >= from && pages[i] <= to) {
        return true;
      }
    }
    return false;
  }
}
