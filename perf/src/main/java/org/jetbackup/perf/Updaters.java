package org.jetbackup.perf;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jspecify.annotations.Nullable;

/** Threads that give records new values until they are closed, each commit with one of them. */
final class Updaters implements Closeable {

  private final AtomicLong commits = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch begun;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  Updaters(BackupSubject subject, int count, long records) {
    begun = new CountDownLatch(count);
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      SplittableRandom own = random.split();
      Thread thread = new Thread(() -> run(subject, records, own), "updater-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** Returns when every thread has committed or failed. */
  void awaitFirst() throws InterruptedException {
    begun.await();
  }

  long commits() {
    return commits.get();
  }

  private void run(BackupSubject subject, long records, SplittableRandom random) {
    byte[] key = new byte[Records.KEY_BYTES];
    byte[] value = new byte[Records.VALUE_BYTES];
    boolean first = true;
    try (JetSession session = subject.session();
        JetTable table = subject.table(session)) {
      while (!closed) {
        random.nextBytes(value);
        table.put(BackupSubject.keyOf(random.nextLong(records), key), value);
        commits.incrementAndGet();
        if (first) {
          begun.countDown();
          first = false;
        }
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      begun.countDown();
    }
  }

  /**
   * Lets every thread finish its commit.
   *
   * @throws IllegalStateException if one has failed
   */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("an updater has failed", thrown);
    }
  }
}
