package org.jetbackup.engine.instance;

import java.util.IdentityHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How often each database and each table is open, so that nobody removes one that is in use.
 *
 * <p>The lock keeps somebody from opening what another is removing: both hold it. It comes after
 * that of a session and before that for administration. Thread-safe.
 */
final class Handles {

  private final ReentrantLock lock = new ReentrantLock();
  private final IdentityHashMap<Object, Integer> counts =
      new IdentityHashMap<>(); // guarded by the lock

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  void opened(Object thing) {
    lock.lock();
    try {
      counts.merge(thing, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  void closed(Object thing) {
    lock.lock();
    try {
      counts.computeIfPresent(thing, (key, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether a thing is open; the lock is held, so that the answer stays true} */
  boolean isOpen(Object thing) {
    return counts.containsKey(thing);
  }
}
