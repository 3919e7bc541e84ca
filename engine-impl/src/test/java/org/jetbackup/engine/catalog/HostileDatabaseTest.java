package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.format.Failures;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageDamage;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Small databases that were damaged in 1 to 20 places, with checksums that are right: whatever is
 * done with them ends in a JetException or in a result, after a bounded number of steps, with a
 * bounded file.
 *
 * <p>{@code -Djetbackup.hostile=N} makes it N percent of the rounds.
 */
class HostileDatabaseTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final int READ_ROUNDS = 20 * Failures.PERCENT;
  private static final int WRITE_ROUNDS = 10 * Failures.PERCENT;
  private static final long SEED = 20261126;
  private static final int STEPS_MAX = 20_000;
  private static final long FILE_BYTES_MAX = 16L << 20;
  private static final int CACHE_PAGES = 100;
  private static final int ROWS = 200;
  private static final Environment ENVIRONMENT = new Environment(
      Clock.fixed(Instant.parse("2026-11-26T06:00:00Z"), ZoneOffset.UTC),
      new Random(SEED),
      Runnable::run);

  private static final KitFileSystem FILES = KitFileSystem.inMemory();
  private static byte[] sound = {};

  /** Half of all damage is done to roots of trees, those of extents among them. */
  private static final List<PageNumber> ROOTS = new ArrayList<>();

  private final Path path = FILES.root().resolve("hostile.edb");
  private PageCache cache = newCache();
  private int refused;
  private int steps;

  @BeforeAll
  static void make() throws IOException {
    FILES.captureStacks(false);
    Path path = FILES.root().resolve("sound.edb");
    Random random = new Random(SEED);
    try (Database database =
        Database.create(newCache(), path, new DatabaseOptions(SIZE, 34, 4), ENVIRONMENT)) {
      DirectWriter other = DirectWriter.of(database.catalog().create("other"));
      DirectWriter writer = DirectWriter.of(database.catalog().create("kv"));
      for (int i = 0; i < ROWS; i++) {
        writer.put(key(i), value(random, i % 20 == 0 ? 3000 + random.nextInt(9000) : 200));
        other.put(key(i), value(random, 60));
      }
      for (int i = 0; i < ROWS; i += 3) {
        assertTrue(writer.delete(key(i)));
      }
    }
    sound = Files.readAllBytes(path);
    for (long number = 1; number <= sound.length / SIZE.bytes() - 2; number++) {
      PageNumber here = new PageNumber(number);
      if (new PageView(page(ByteBuffer.wrap(sound), here), SIZE, here, path).isRoot()) {
        ROOTS.add(here);
      }
    }
  }

  @AfterAll
  static void close() throws IOException {
    FILES.close();
  }

  @Test
  void whoReadsADamagedDatabaseGetsAnAnswerOrAJetException() {
    run(READ_ROUNDS, SEED, random -> {
      try (Database database = Database.openReadOnly(cache, path)) {
        read(database, random);
      }
    });
    assertTrue(steps > READ_ROUNDS, "only " + steps + " records were read");
  }

  @Test
  void whoWritesADamagedDatabaseGetsAnAnswerOrAJetException() {
    run(WRITE_ROUNDS, SEED + 1_000_000_000L, random -> {
      try (Database database = Database.open(cache, path, 4, ENVIRONMENT)) {
        write(database, random);
      }
      assertTrue(length() < FILE_BYTES_MAX, () -> "the file has " + length() + " bytes");
    });
  }

  @Test
  void theSoundDatabaseIsReadAndWrittenWithoutAFailure() {
    store(sound);
    try (Database database = Database.openReadOnly(cache, path)) {
      read(database, new Random(SEED));
    }
    assertEquals(0, refused);
    try (Database database = Database.open(cache, path, 4, ENVIRONMENT)) {
      write(database, new Random(SEED));
    }
    assertEquals(0, refused);
  }

  private void run(int rounds, long firstSeed, Consumer<Random> use) {
    Failures failures = new Failures();
    int damaged = 0;
    for (int round = 0; round < rounds; round++) {
      long seed = firstSeed + round;
      Random random = new Random(seed);
      byte[] bytes = sound.clone();
      int places = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4);
      for (int i = 0; i < places; i++) {
        damage(bytes, random);
      }
      store(bytes);
      int before = refused;
      try {
        use.accept(random);
      } catch (JetException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        failures.add(seed, e);
        cache = newCache(); // what is left in the old one is anything
      }
      damaged += refused > before ? 1 : 0;
    }
    failures.assertNone();
    assertTrue(damaged > rounds / 10, "only " + damaged + " of " + rounds + " were refused");
  }

  private static void damage(byte[] bytes, Random random) {
    int pages = bytes.length / SIZE.bytes() - 2;
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (random.nextInt(40) == 0) {
      damageHeader(bytes, random);
      return;
    }
    PageNumber number = random.nextBoolean()
        ? ROOTS.get(random.nextInt(ROOTS.size()))
        : new PageNumber(1 + random.nextInt(pages));
    ByteBuffer page = page(file, number);
    if (random.nextInt(12) == 0) { // another page in its place
      page.put(0, page(file, new PageNumber(1 + random.nextInt(pages))), 0, SIZE.bytes());
    } else if (PageChecksum.isBlank(page, SIZE)) {
      return;
    } else {
      new PageDamage(SIZE, random, pages).change(page, number);
    }
    if (!PageChecksum.isBlank(page, SIZE)) {
      PageChecksum.stamp(page, SIZE, number);
    }
  }

  /** Both copies alike, or the first one only. */
  private static void damageHeader(byte[] bytes, Random random) {
    int at = 8 + random.nextInt(random.nextBoolean() ? 240 : 660);
    byte value = (byte) (random.nextBoolean() ? -1 : random.nextInt());
    int copies = random.nextInt(4) == 0 ? 1 : 2;
    for (int copy = 0; copy < copies; copy++) {
      ByteBuffer header = ByteBuffer.wrap(bytes, copy * SIZE.bytes(), SIZE.bytes())
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN);
      header.put(at, value);
      int sum = 0x89AB_CDEF;
      for (int word = 4; word < SIZE.bytes(); word += 4) {
        sum ^= header.getInt(word);
      }
      header.putInt(0, sum);
    }
  }

  private static ByteBuffer page(ByteBuffer file, PageNumber number) {
    return file.slice((int) SIZE.offsetOf(number), SIZE.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void read(Database database, Random random) {
    Catalog catalog = database.catalog();
    attempt(catalog::tables);
    attempt(() -> catalog.find("other"));
    for (String name : new String[] {"kv", "other"}) {
      attempt(() -> {
        Table table = catalog.open(name);
        attempt(() -> scan(table.cursor(), true));
        attempt(() -> scan(table.cursor(), false));
        for (int i = 0; i < 10; i++) {
          byte[] key = key(random.nextInt(ROWS));
          attempt(() -> table.cursor().get(key));
          attempt(() -> table.cursor().seek(key));
          attempt(() -> table.cursor().seekBefore(key));
        }
      });
    }
  }

  private void scan(TableCursor cursor, boolean forward) {
    ByteBuffer part = ByteBuffer.allocate(5000);
    for (int step = 0; forward ? cursor.next() : cursor.previous(); step++) {
      assertTrue(step < STEPS_MAX, "a scan does not end");
      assertTrue(cursor.key().length < SIZE.bytes());
      attempt(() -> cursor.readValue(part.clear(), 10));
      steps++;
    }
  }

  private void write(Database database, Random random) {
    Catalog catalog = database.catalog();
    attempt(() -> {
      DirectWriter writer = DirectWriter.of(catalog.open("kv"));
      for (int i = 0; i < 40; i++) {
        byte[] key = key(random.nextInt(2 * ROWS));
        byte[] value = value(random, random.nextInt(8) == 0 ? 5000 : 300);
        attempt(() -> writer.put(key, value));
      }
      for (int i = 0; i < 60; i++) {
        byte[] key = key(random.nextInt(ROWS));
        attempt(() -> writer.delete(key));
      }
    });
    attempt(() -> DirectWriter.of(catalog.create("new")).put(key(1), value(random, 6000)));
    attempt(() -> deleteAll(catalog.open("other")));
    attempt(() -> catalog.drop("other"));
    attempt(() -> scan(catalog.open("kv").cursor(), true));
    attempt(() -> catalog.drop("kv"));
    attempt(catalog::tables);
    attempt(database::flush);
  }

  private void deleteAll(Table table) {
    DirectWriter writer = DirectWriter.of(table);
    for (int i = 0; i < ROWS; i++) {
      byte[] key = key(i);
      attempt(() -> writer.delete(key));
    }
  }

  private void attempt(Runnable call) {
    try {
      call.run();
    } catch (JetException e) {
      assertNotEquals(JetErr.INTERNAL_ERROR, e.error(), "a change broke off half way");
      refused++;
    }
  }

  private void store(byte[] bytes) {
    try {
      Files.write(path, bytes);
      Files.deleteIfExists(FileNames.doubleWriteOf(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long length() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PageCache newCache() {
    return new PageCache(SIZE, (long) CACHE_PAGES * SIZE.bytes(), LogForce.NONE);
  }

  private static byte[] key(int i) {
    byte[] key = new byte[60];
    Arrays.fill(key, (byte) 7);
    key[40] = (byte) (i * 37);
    key[59] = (byte) i;
    key[58] = (byte) (i >> 8);
    return key;
  }

  private static byte[] value(Random random, int length) {
    byte[] value = new byte[length];
    random.nextBytes(value);
    return value;
  }
}
