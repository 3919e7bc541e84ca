package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.DirectWriter;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A call that fails because of the disk changes nothing, and succeeds when the disk is well again.
 */
class FaultsTest {

  private static final int STEPS = 260;
  private static final int CACHE_PAGES = 64;

  /** More rows than the cache has room for, so that every change has something to read. */
  private static final int ROWS = 900;

  /** What a run has made so far. */
  private record State(Table table, DirectWriter writer, NavigableMap<byte[], byte[]> model) {}

  @ParameterizedTest
  @CsvSource({"kv.edb, 0", "kv.edb, 5000", "**, 0"})
  void aFullDiskFailsCallsWholeAndTheSameCallsSucceedLater(String path, int bytes)
      throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      try (Database database = create(files)) {
        State state = begin(database);
        Random random = new Random(5);
        int failures = 0;
        for (int step = 0; step < 600; step++) {
          files.clearFaults();
          if (step % 60 >= 30) {
            files.inject(Fault.parse("write " + path + " #1 sticky disk-full-after " + bytes));
          }
          failures += attempt(files, state, random, step, JetErr.DISK_FULL) ? 0 : 1;
        }
        files.clearFaults();
        state.writer().finish();
        assertTrue(failures > 5, "calls that failed: " + failures);
        assertSame(state, "at the end");
      }
      Filled.verify(files.root().resolve("kv.edb"));
    }
  }

  /**
   * Tries a change; if it fails, nothing may have changed, and without the fault it must succeed.
   */
  private static boolean attempt(
      KitFileSystem files, State state, Random random, int step, JetErr error) {
    Consumer<State> change = change(random, step);
    try {
      change.accept(state);
      return true;
    } catch (JetException e) {
      assertEquals(error, e.error(), e.getMessage());
      files.clearFaults();
      assertSame(state, "after step " + step + " failed with " + e);
      change.accept(state);
      assertSame(state, "after step " + step + " was done again");
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"read", "write"})
  void aFailureOfTheDiskAtAnyMomentLosesNothing(String kind) throws IOException {
    Fault fault = Fault.parse(kind + " ** #1 once before-effect");
    boolean hit = true;
    long step = Long.getLong("jetbackup.faults.every", 7);
    for (long n = 1; hit; n += step) {
      hit = sweep(fault.at(n));
    }
  }

  private static boolean sweep(Fault fault) throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      boolean hit;
      try (Database database = create(files)) {
        State state = begin(database);
        files.inject(fault);
        Random random = new Random(6);
        boolean failed = false;
        for (int step = 0; step < STEPS; step++) {
          failed |= !attempt(files, state, random, step, JetErr.DISK_IO);
        }
        hit = failed || files.fired();
        files.clearFaults();
        state.writer().finish();
        assertSame(state, "with " + fault);
      }
      Filled.verify(files.root().resolve("kv.edb"));
      return hit;
    }
  }

  @Test
  void aMoveThatFailsLeavesACursorWhereItWas() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory();
        Database database = create(files)) {
      State state = begin(database);
      TableCursor cursor = state.table().cursor();
      int failures = 0;
      for (Map.Entry<byte[], byte[]> row : state.model().entrySet()) {
        files.inject(Fault.parse("read ** #1 sticky before-effect"));
        boolean there;
        try {
          there = cursor.next();
        } catch (JetException e) {
          failures++;
          files.clearFaults();
          there = cursor.next();
        }
        files.clearFaults();
        assertTrue(there);
        assertArrayEquals(row.getKey(), cursor.key());
      }
      assertFalse(cursor.next());
      assertTrue(failures > 10, "moves that failed: " + failures);
    }
  }

  private static Consumer<State> change(Random random, int step) {
    byte[] key = key(random.nextInt(ROWS));
    int kind = random.nextInt(step % 100 < 50 ? 4 : 8);
    byte[] value = new byte[random.nextInt(12) == 0 ? 6_000 : random.nextInt(700)];
    random.nextBytes(value);
    return state -> {
      if (kind < 4) {
        state.writer().put(key, value);
        state.model().put(key, value);
      } else {
        byte[] near = state.model().ceilingKey(key);
        if (near != null) {
          assertTrue(state.writer().delete(near));
          state.model().remove(near);
        }
      }
    };
  }

  private static State begin(Database database) {
    Table table = database.catalog().create("kv");
    State state = new State(table, DirectWriter.of(table), new TreeMap<>(Arrays::compareUnsigned));
    for (int row = 0; row < ROWS; row++) {
      byte[] value = new byte[row % 300];
      state.writer().insert(key(row), value);
      state.model().put(key(row), value);
    }
    return state;
  }

  private static void assertSame(State state, String when) {
    TableCursor cursor = state.table().cursor();
    for (Map.Entry<byte[], byte[]> row : state.model().entrySet()) {
      assertTrue(cursor.next(), when);
      assertArrayEquals(row.getKey(), cursor.key(), when);
      assertArrayEquals(row.getValue(), cursor.value(), when);
    }
    assertFalse(cursor.next(), when);
  }

  private static byte[] key(int number) {
    byte[] key = new byte[20];
    new Random(number).nextBytes(key);
    return key;
  }

  private static Database create(KitFileSystem files) {
    return Database.create(
        new PageCache(PageSize.KIB_4, (long) CACHE_PAGES * PageSize.KIB_4.bytes(), LogForce.NONE),
        files.root().resolve("kv.edb"),
        new DatabaseOptions(PageSize.KIB_4, DatabaseOptions.PAGES_MIN, 8),
        Environment.standard());
  }
}
