package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.DirectWriter;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.foreign.ForeignComparison;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;

/** A database that is being filled, beside what it has to hold. For one thread. */
final class Filled implements AutoCloseable {

  private static final Environment ENVIRONMENT = Environment.standard();

  private final Path path;
  private final PageSize size;
  private final Database database;
  private final Map<String, Content> tables = new LinkedHashMap<>();
  private final Map<String, Long> roots = new LinkedHashMap<>();

  private Filled(Path path, PageSize size, int cachePages) {
    this.path = path;
    this.size = size;
    this.database = Database.create(
        new PageCache(size, (long) cachePages * size.bytes(), LogForce.NONE),
        path,
        new DatabaseOptions(size, DatabaseOptions.PAGES_MIN, 8),
        ENVIRONMENT);
  }

  static Filled create(Path path, PageSize size, int cachePages) {
    return new Filled(path, size, cachePages);
  }

  Database database() {
    return database;
  }

  Path path() {
    return path;
  }

  PageSize size() {
    return size;
  }

  /** Makes a table. */
  Content table(String name) {
    Content content = new Content(database.catalog().create(name));
    tables.put(name, content);
    roots.put(name, database.catalog().find(name).orElseThrow().table().rootPage());
    return content;
  }

  /** The root page of a table. */
  long rootOf(String name) {
    return Objects.requireNonNull(roots.get(name));
  }

  void drop(String name) {
    database.catalog().drop(name);
    tables.remove(name);
  }

  /** Compares all tables while the database is open. */
  void assertSame() {
    tables.forEach((name, content) -> content.assertSame(content.table, name));
  }

  @Override
  public void close() {
    database.close();
  }

  /** Closes the file, opens it, and compares; then asks the offline check. */
  VerifyReport closeAndCheck() {
    close();
    PageCache cache = new PageCache(size, 64L * size.bytes(), LogForce.NONE);
    try (Database again = Database.openReadOnly(cache, path)) {
      tables.forEach((name, content) -> content.assertSame(again.catalog().open(name), name));
    }
    return verify(path);
  }

  /** Asks readers that others wrote; skips the rest of the test if there are none. */
  void compareWithForeignReaders() {
    Map<String, NavigableMap<byte[], byte[]>> expected = new LinkedHashMap<>();
    tables.forEach((name, content) -> expected.put(name, content.rows));
    ForeignComparison.compareAll(
        path,
        expected,
        (key, value) -> value.length > KeyValueRecord.largestInlineValue(size, key.length));
  }

  /** Asks them for one table. */
  void compareWithForeignReaders(String name) {
    NavigableMap<byte[], byte[]> rows = Objects.requireNonNull(tables.get(name)).rows;
    ForeignComparison.compare(path, name, rows);
  }

  /** Nothing is wrong with a file, and it was closed in order. */
  static VerifyReport verify(Path path) {
    VerifyReport report =
        DatabaseVerifier.verify(path, VerifyOptions.DEFAULT.withCleanRequired(true));
    assertEquals(List.of(), report.findings(), report::describe);
    return report;
  }

  /** A table and the rows that it has to have. */
  static final class Content {
    private final Table table;
    private final DirectWriter writer;
    private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

    Content(Table table) {
      this.table = table;
      this.writer = DirectWriter.of(table);
    }

    Table table() {
      return table;
    }

    NavigableMap<byte[], byte[]> rows() {
      return rows;
    }

    void insert(byte[] key, byte[] value) {
      writer.insert(key, value);
      rows.put(key, value);
    }

    void put(byte[] key, byte[] value) {
      writer.put(key, value);
      rows.put(key, value);
    }

    void replace(byte[] key, byte[] value) {
      assertTrue(writer.replace(key, value));
      rows.put(key, value);
    }

    void delete(byte[] key) {
      assertTrue(writer.delete(key));
      rows.remove(key);
    }

    void deleteAll() {
      List.copyOf(rows.keySet()).forEach(this::delete);
    }

    void assertSame(Table shown, String name) {
      TableCursor cursor = shown.cursor();
      for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
        assertTrue(cursor.next(), name);
        assertArrayEquals(row.getKey(), cursor.key(), name);
        assertArrayEquals(row.getValue(), cursor.value(), name);
      }
      assertFalse(cursor.next(), name);
      for (byte[] key : rows.descendingKeySet()) {
        assertTrue(cursor.previous(), name);
        assertArrayEquals(key, cursor.key(), name);
      }
      assertFalse(cursor.previous(), name);
    }
  }
}
