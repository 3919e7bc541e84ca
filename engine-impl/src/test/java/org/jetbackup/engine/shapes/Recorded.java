package org.jetbackup.engine.shapes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.buffer.ChangeLog;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.DirectWriter;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * A database under a random load, every record of its log, and what its file held at some moments.
 */
final class Recorded implements AutoCloseable {

  static final int DATABASE_ID = 3;
  private static final int TABLES = 3;
  private static final int MOMENT_STEPS = 12;

  /** A file at a moment, its side file, and the first record that it may lack. */
  static final class Moment {
    final byte[] file;
    final byte[] side;
    final int record;

    Moment(byte[] file, byte[] side, int record) {
      this.file = file;
      this.side = side;
      this.record = record;
    }
  }

  final KitFileSystem files = KitFileSystem.inMemory();
  final PageSize size;
  final List<byte[]> records = new ArrayList<>();
  final List<Moment> moments = new ArrayList<>();
  final byte[] start;

  /** Each page as it was at a moment of its own; zero, or missing, if the file was too short. */
  private byte[] fuzzy;

  private final Database database;
  private final Random random;
  private int flushedRecords;
  private int seen;
  private final List<DirectWriter> writers = new ArrayList<>();
  int failures;

  Recorded(PageSize size, long seed, int cachePages) throws IOException {
    this.size = size;
    this.random = new Random(seed);
    ChangeLog log = record -> {
      byte[] copy = new byte[record.remaining()];
      record.duplicate().get(copy);
      records.add(copy);
      return records.size();
    };
    Environment environment = Environment.standard();
    this.database = Database.create(
        cache(size, cachePages),
        path(),
        new DatabaseOptions(size, DatabaseOptions.PAGES_MIN, 4),
        Database.newSignature(environment),
        environment,
        log,
        DATABASE_ID);
    this.start = Files.readAllBytes(path());
    this.fuzzy = start;
  }

  static PageCache cache(PageSize size, int pages) {
    return new PageCache(size, (long) pages * size.bytes(), LogForce.NONE);
  }

  Database database() {
    return database;
  }

  Path path() {
    return files.root().resolve("recorded.edb");
  }

  Recorded run(int steps) throws IOException {
    for (int step = 0; step < steps; step++) {
      boolean full = step % 100 >= 80;
      if (full) {
        files.inject(Fault.parse("write recorded.edb #1 sticky disk-full-after 9000"));
      }
      try {
        change(step % 300 >= 200);
      } catch (JetException e) {
        if (e.error() != JetErr.DISK_FULL && e.error() != JetErr.KEY_DUPLICATE) {
          throw e;
        }
        failures++;
      }
      files.clearFaults();
      if (random.nextInt(MOMENT_STEPS) == 0) {
        remember();
      }
    }
    return this;
  }

  private void change(boolean shrinking) {
    Catalog catalog = database.catalog();
    String name = "table " + random.nextInt(TABLES);
    if (catalog.find(name).isEmpty()) {
      catalog.create(name);
    }
    if (random.nextInt(shrinking ? 60 : 250) == 0) {
      catalog.drop(name);
      return;
    }
    Table table = catalog.open(name);
    DirectWriter writer = DirectWriter.of(table);
    writers.add(writer);
    int changes = 1 + random.nextInt(25);
    for (int i = 0; i < changes; i++) {
      byte[] key = key(random.nextInt(700));
      if (random.nextInt(10) < (shrinking ? 8 : 2)) {
        TableCursor cursor = table.cursor();
        if (cursor.next() && random.nextBoolean()) {
          key = cursor.key();
        }
        writer.delete(key);
      } else if (random.nextInt(20) == 0) {
        writer.insert(key, value(40));
      } else {
        writer.put(key, value(random.nextInt(30) == 0 ? 3 * size.bytes() : 600));
      }
    }
  }

  private byte[] value(int most) {
    byte[] value = new byte[random.nextInt(most)];
    random.nextBytes(value);
    return value;
  }

  private static byte[] key(int number) {
    byte[] key = new byte[1 + number % 60];
    new Random(number / 3).nextBytes(key);
    return key;
  }

  private void remember() throws IOException {
    if (random.nextInt(4) == 0) { // as a crash leaves it: some pages are newer than the last flush
      moments.add(moment());
    }
    database.flush();
    flushedRecords = records.size();
    byte[] now = Files.readAllBytes(path());
    seen++;
    if (random.nextInt(8) == 0) {
      moments.add(moment());
    }
    if (random.nextInt(3) == 0 && now.length > fuzzy.length) {
      fuzzy = Arrays.copyOf(fuzzy, now.length);
    }
    for (int page = 2; page < fuzzy.length / size.bytes(); page++) {
      if (random.nextInt(seen) == 0) {
        System.arraycopy(now, page * size.bytes(), fuzzy, page * size.bytes(), size.bytes());
      }
    }
  }

  private Moment moment() throws IOException {
    byte[] side = Files.readAllBytes(FileNames.doubleWriteOf(path()));
    return new Moment(Files.readAllBytes(path()), side, flushedRecords);
  }

  /** {@return the pages of different moments} */
  byte[] fuzzy() {
    return fuzzy.clone();
  }

  /** Ends the load. */
  byte[] end() throws IOException {
    writers.forEach(DirectWriter::finish);
    database.flush();
    byte[] end = Files.readAllBytes(path());
    database.closeFiles();
    return end;
  }

  ByteBuffer record(int number) {
    return ByteBuffer.wrap(records.get(number));
  }

  @Override
  public void close() throws IOException {
    database.closeFiles();
    files.close();
  }
}
