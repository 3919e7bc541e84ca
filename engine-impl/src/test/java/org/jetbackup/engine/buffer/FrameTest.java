package org.jetbackup.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a latch makes wait. */
// not a verdict: a hang shall not last for ever
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrameTest {

  private static final PageSize SIZE = PageSize.KIB_4;

  @Test
  void nobodyWaitsForAPageThatIsNotHere() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory();
        DataFile file = DataFile.open(files.root().resolve("a"), DataFile.Mode.CREATE)) {
      PagedFile paged = new PagedFile(file, null, SIZE, 1, 0);
      Frame frame = new Frame(SIZE.newBuffer());
      frame.own();
      frame.assign(paged, 7);
      assertFalse(frame.share(paged, 8));
      assertFalse(frame.own(paged, 8));
      frame.disown();
      assertFalse(frame.own(paged, 8));
      assertTrue(frame.share(paged, 7));
      assertTrue(frame.share(paged, 7));
    }
  }

  @Test
  void whoWaitsForAPageThatLeavesGoesAwayWithoutALatchAndWithItsInterrupt() throws Exception {
    try (KitFileSystem files = KitFileSystem.inMemory();
        DataFile file = DataFile.open(files.root().resolve("a"), DataFile.Mode.CREATE)) {
      PagedFile paged = new PagedFile(file, null, SIZE, 1, 0);
      Frame frame = new Frame(SIZE.newBuffer());
      frame.own();
      frame.assign(paged, 7);
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        AtomicReference<Thread> waiting = new AtomicReference<>();
        Future<Boolean> shared = pool.submit(() -> {
          waiting.set(Thread.currentThread());
          Thread.currentThread().interrupt();
          boolean there = frame.share(paged, 7);
          return there || !Thread.interrupted();
        });
        while (waiting.get() == null || waiting.get().getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        frame.assign(paged, 9); // as if it was evicted while that thread was on its way here
        assertEquals(false, shared.get());
        frame.disown();
        assertTrue(frame.own(paged, 9), "the thread has left a latch");
      } finally {
        pool.shutdownNow();
      }
    }
  }
}
