package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DirectWriter;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several threads use one database with a small cache. Each writer has keys of its own, so what
 * must be there in the end is known; readers check what must hold at any time.
 *
 * <p>A key is {@code number writer}, a value {@code number version noise}, its noise made from
 * both. Keys whose number is a multiple of {@value #KEPT} are never deleted once they were
 * inserted.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // not a verdict: a hang shall not last for ever
class ThreadsTest {

  private static final int KEPT = 8;
  private static final int NUMBERS = 300;
  private static final int WRITERS = 4;
  private static final int SCANS_MIN = 3;

  private static final int STEPS = Integer.getInteger("jetbackup.threads.steps", 1500);

  @TempDir
  Path directory;

  private final AtomicBoolean writing = new AtomicBoolean(true);

  @ParameterizedTest
  @CsvSource({"1, 64, 1", "1, 100, 2", "3, 64, 3", "3, 100, 4"})
  void allOfThemFindAndLeaveWhatTheyShould(int tables, int cachePages, long seed, TestInfo info) {
    try (Filled filled =
        Filled.create(directory.resolve("threads.edb"), PageSize.KIB_4, cachePages)) {
      List<Filled.Content> contents = new ArrayList<>();
      for (int i = 0; i < tables; i++) {
        contents.add(filled.table("t" + i));
      }
      List<NavigableMap<byte[], byte[]>> written = run(filled.database(), contents, seed, info);
      for (int i = 0; i < tables; i++) {
        contents.get(i).rows().putAll(written.get(i));
      }
      filled.assertSame();
      filled.closeAndCheck();
    }
  }

  private List<NavigableMap<byte[], byte[]>> run(
      Database database, List<Filled.Content> contents, long seed, TestInfo info) {
    List<Table> tables = contents.stream().map(Filled.Content::table).toList();
    ExecutorService pool = Executors.newCachedThreadPool();
    List<Future<List<NavigableMap<byte[], byte[]>>>> writers = new ArrayList<>();
    List<Future<?>> others = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(pool.submit(() -> new Writer(tables, writer, seed * 31 + writer).run()));
      }
      for (int i = 0; i < 2; i++) {
        Table table = tables.get(i % tables.size());
        boolean forward = i == 0;
        others.add(pool.submit(() -> scans(table, forward)));
      }
      others.add(pool.submit(() -> flushes(database)));
      others.add(pool.submit(() -> tablesComeAndGo(database.catalog())));
      List<NavigableMap<byte[], byte[]>> all = new ArrayList<>();
      tables.forEach(table -> all.add(new TreeMap<>(Arrays::compareUnsigned)));
      for (Future<List<NavigableMap<byte[], byte[]>>> writer : writers) {
        List<NavigableMap<byte[], byte[]>> part = get(writer, seed, info);
        for (int i = 0; i < part.size(); i++) {
          all.get(i).putAll(part.get(i));
        }
      }
      writing.set(false);
      others.forEach(other -> get(other, seed, info));
      return all;
    } finally {
      writing.set(false);
      pool.shutdownNow();
    }
  }

  private static <T> T get(Future<T> future, long seed, TestInfo info) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed + " of " + info.getDisplayName(), e.getCause());
    } catch (InterruptedException e) {
      StringBuilder threads = new StringBuilder("seed " + seed + " hangs\n");
      Thread.getAllStackTraces().forEach((thread, stack) -> {
        threads.append(thread).append('\n');
        for (StackTraceElement element : stack) {
          threads.append("  ").append(element).append('\n');
        }
      });
      throw new AssertionError(threads.toString(), e);
    }
  }

  /** Changes the rows that are its own, and nobody else's. */
  private static final class Writer {
    private final List<DirectWriter> writers = new ArrayList<>();
    private final List<TableCursor> cursors = new ArrayList<>();
    private final List<NavigableMap<byte[], byte[]>> rows = new ArrayList<>();
    private final int number;
    private final Random random;

    Writer(List<Table> tables, int number, long seed) {
      for (Table table : tables) {
        writers.add(DirectWriter.of(table));
        cursors.add(table.cursor());
        rows.add(new TreeMap<>(Arrays::compareUnsigned));
      }
      this.number = number;
      this.random = new Random(seed);
    }

    List<NavigableMap<byte[], byte[]>> run() {
      for (int step = 0; step < STEPS; step++) {
        int table = random.nextInt(writers.size());
        int at = random.nextInt(NUMBERS);
        // For a while more is removed than added, so that trees shrink too.
        boolean shrinking = step % 500 > 350;
        change(writers.get(table), rows.get(table), at, step, shrinking);
        if (step % 7 == 0) {
          byte[] key = key(random.nextInt(NUMBERS), number);
          byte[] value = cursors.get(table).get(key).orElse(null);
          assertArrayEquals(rows.get(table).get(key), value);
        }
      }
      return rows;
    }

    private void change(
        DirectWriter writer,
        NavigableMap<byte[], byte[]> model,
        int at,
        int step,
        boolean shrinking) {
      byte[] key = key(at, number);
      byte[] value = value(at, step, random);
      boolean there = model.containsKey(key);
      if (there && at % KEPT != 0 && (shrinking || random.nextInt(3) == 0)) {
        assertTrue(writer.delete(key));
        model.remove(key);
      } else if (there) {
        assertTrue(writer.replace(key, value));
        model.put(key, value);
      } else if (!shrinking) {
        writer.insert(key, value);
        model.put(key, value);
      } else {
        assertFalse(writer.delete(key));
      }
    }
  }

  private Void scans(Table table, boolean forward) {
    TableCursor kept = table.cursor();
    TableCursor cursor = table.cursor();
    for (int scan = 0; scan < SCANS_MIN || writing.get(); scan++) {
      List<byte[]> before = new ArrayList<>();
      while (kept.next()) {
        if (numberOf(kept.key()) % KEPT == 0) {
          before.add(kept.key());
        }
      }
      byte[] last = null;
      int found = 0;
      while (forward ? cursor.next() : cursor.previous()) {
        byte[] key = cursor.key();
        int order = last == null ? 1 : Arrays.compareUnsigned(key, last);
        assertTrue(last == null || (forward ? order > 0 : order < 0), "keys in order");
        last = key;
        requireConsistent(cursor);
        int wanted = forward ? found : before.size() - 1 - found;
        if (found < before.size() && Arrays.equals(key, before.get(wanted))) {
          found++;
        }
      }
      assertEquals(before.size(), found, "rows that were there all the time");
    }
    return null;
  }

  private static void requireConsistent(TableCursor cursor) {
    byte[] value;
    try {
      value = cursor.value();
    } catch (JetException e) {
      assertEquals(JetErr.RECORD_DELETED, e.error());
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value);
    int number = bytes.getInt();
    int version = bytes.getInt();
    assertEquals(numberOf(cursor.key()), number);
    byte[] noise = new byte[value.length - 8];
    new Random(number * 31L + version).nextBytes(noise);
    assertArrayEquals(noise, Arrays.copyOfRange(value, 8, value.length));
  }

  private Void flushes(Database database) {
    while (writing.get()) {
      database.flush();
    }
    return null;
  }

  private Void tablesComeAndGo(Catalog catalog) {
    for (int round = 0; round < 2 || writing.get(); round++) {
      String name = "passing " + round % 3;
      DirectWriter writer = DirectWriter.of(catalog.create(name));
      for (int row = 0; row < 40; row++) {
        writer.insert(key(row, round), new byte[row % 10 == 0 ? 5000 : 90]);
      }
      catalog.drop(name);
      JetException gone =
          assertThrows(JetException.class, () -> writer.put(key(1, 1), new byte[5000]));
      assertEquals(JetErr.OBJECT_NOT_FOUND, gone.error());
    }
    return null;
  }

  private static byte[] key(int number, int writer) {
    return ByteBuffer.allocate(8).putInt(number).putInt(writer).array();
  }

  private static int numberOf(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  private static byte[] value(int number, int version, Random random) {
    int length = random.nextInt(20) == 0 ? 3000 + random.nextInt(9000) : random.nextInt(400);
    byte[] noise = new byte[length];
    new Random(number * 31L + version).nextBytes(noise);
    return ByteBuffer.allocate(8 + length)
        .putInt(number)
        .putInt(version)
        .put(noise)
        .array();
  }
}
