package org.jetbackup.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that commit one record after the other for a while. For one thread. */
final class Committers {

  private static final int TIMES_MAX = 1 << 20;

  private final CommitSubject subject;
  private final int threads;
  private final byte[] value;
  private final SplittableRandom random = new SplittableRandom(20_261_126);
  private final Samples slowest = new Samples();
  private long commits;

  Committers(CommitSubject subject, int threads, int valueBytes) {
    this.subject = subject;
    this.threads = threads;
    this.value = new byte[valueBytes];
    random.nextBytes(value);
  }

  /** Commits a second after the other until time is over; answers commits per second. */
  double perSecond(double seconds) throws Exception {
    AtomicLong done = new AtomicLong();
    CountDownLatch start = new CountDownLatch(1);
    long[][] times = new long[threads][];
    List<CompletableFuture<Void>> all = new ArrayList<>();
    long nanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    for (int i = 0; i < threads; i++) {
      int thread = i;
      SplittableRandom own = random.split();
      CompletableFuture<Void> end = new CompletableFuture<>();
      all.add(end);
      Runnable work = () -> {
        try {
          start.await();
          times[thread] = commitFor(nanos, thread, own);
          done.addAndGet(times[thread].length);
          end.complete(null);
        } catch (Throwable e) {
          end.completeExceptionally(e);
        }
      };
      new Thread(work, "committer-" + i).start();
    }
    long began = System.nanoTime();
    start.countDown();
    for (CompletableFuture<Void> end : all) {
      end.get();
    }
    double elapsed = (System.nanoTime() - began) / 1e9;
    commits += done.get();
    slowest.add(percentile99(times) / 1e3);
    return done.get() / elapsed;
  }

  /** Commits made so far. */
  long commits() {
    return commits;
  }

  /** Microseconds that 99 of 100 commits did not exceed, for each time. */
  Samples percentile99() {
    return slowest;
  }

  private long[] commitFor(long nanos, int thread, SplittableRandom own) {
    byte[] key = new byte[Records.KEY_BYTES];
    long[] times = new long[TIMES_MAX];
    int count = 0;
    long began = System.nanoTime();
    long now = began;
    while (now - began < nanos && count < TIMES_MAX) {
      own.nextBytes(key);
      try {
        subject.commit(thread, key, value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long after = System.nanoTime();
      times[count++] = after - now;
      now = after;
    }
    return Arrays.copyOf(times, count);
  }

  private static double percentile99(long[][] times) {
    long[] sorted = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
    return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)];
  }
}
