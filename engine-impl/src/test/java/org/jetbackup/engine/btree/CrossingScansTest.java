package org.jetbackup.engine.btree;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.space.BareDatabase;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two scans that meet wait for each other's leaf if they keep their own meanwhile: latches for
 * reading stand behind writers that came first.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // not a verdict: a hang shall not last for ever
class CrossingScansTest {

  /** Two records fill a leaf, and the third has one of its own. */
  private static final int DATA_BYTES = 1500;

  private static final int LAST = 2;

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aScanHoldsNoLeafWhileItWaitsForTheNext(boolean forward) throws Exception {
    try (BareDatabase database =
        BareDatabase.create(directory.resolve("bare.edb"), PageSize.KIB_4, 34, 8, 64)) {
      Tree tree = database.createTree(database.space().root(), 8, 0).tree();
      for (int i = 0; i <= LAST; i++) {
        tree.writer().insert(key(i), data());
      }
      long from = leafOf(tree, forward ? 0 : LAST);
      long to = leafOf(tree, forward ? LAST : 0);
      assertNotEquals(from, to);
      TreeCursor cursor = tree.cursor();
      assertTrue(cursor.find(key(forward ? 0 : LAST)));
      Change writer = new Change(database.cache(), database.file());
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        writer.begin();
        writer.own(to);
        AtomicReference<Thread> scanning = new AtomicReference<>();
        Future<?> scan = pool.submit(() -> {
          scanning.set(Thread.currentThread());
          scan(cursor, forward);
        });
        while (scanning.get() == null || scanning.get().getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        writer.own(from); // never, if the scan holds it
        writer.rollback();
        scan.get();
        assertFalse(cursor.isOnRecord());
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static void scan(TreeCursor cursor, boolean forward) {
    boolean there = true;
    while (there) {
      there = forward ? cursor.next() : cursor.previous();
    }
  }

  private static long leafOf(Tree tree, int number) {
    Frame leaf = tree.shareLeaf(key(number), new NodeView());
    long page = leaf.number();
    leaf.release();
    return page;
  }

  private static ByteBuffer key(int number) {
    return ByteBuffer.wrap(new byte[] {(byte) number}).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer data() {
    return ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
