package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.foreign.ForeignComparison;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.record.SystemCatalog;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database keeps what was put into its tables, also when it was closed in between. */
class DatabaseTest {

  private static final Environment ENVIRONMENT = Environment.standard();

  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void whatWasPutIsThereAfterTheDatabaseWasClosedAndOpened(PageSize size) {
    Path path = directory.resolve("kv.edb");
    SortedMap<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
    Random random = new Random(42);
    try (Database database =
        Database.create(cache(size), path, new DatabaseOptions(size, 34, 8), ENVIRONMENT)) {
      Table table = database.catalog().create("kv");
      DirectWriter writer = DirectWriter.of(table);
      for (int i = 0; i < 2000; i++) {
        byte[] key = new byte[1 + random.nextInt(255)];
        byte[] value = new byte[random.nextInt(i % 50 == 0 ? 40_000 : 1200)];
        random.nextBytes(key);
        random.nextBytes(value);
        writer.put(key, value);
        expected.put(key, value);
      }
      for (byte[] key : expected.keySet().stream().filter(k -> k[0] % 3 == 0).toList()) {
        assertTrue(writer.delete(key));
        assertFalse(writer.delete(key));
        expected.remove(key);
      }
      assertSame(expected, table);
    }
    try (Database database = Database.open(cache(size), path, 8, ENVIRONMENT)) {
      assertSame(expected, database.catalog().open("KV"));
    }
    assertSound(path);
    ForeignComparison.compare(
        path, "kv", expected, value -> value.length > 0 && isSeparated(expected, value, size));
  }

  private static boolean isSeparated(
      SortedMap<byte[], byte[]> expected, byte[] value, PageSize size) {
    for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
      if (entry.getValue() == value) {
        return value.length > KeyValueRecord.largestInlineValue(size, entry.getKey().length);
      }
    }
    return false;
  }

  @Test
  void tablesComeAndGo() {
    Path path = directory.resolve("many.edb");
    try (Database database = Database.create(
        cache(PageSize.KIB_4), path, new DatabaseOptions(PageSize.KIB_4, 34, 8), ENVIRONMENT)) {
      Catalog catalog = database.catalog();
      for (int i = 0; i < 300; i++) {
        DirectWriter.of(catalog.create("table " + i)).put(bytes("key"), bytes("value " + i));
      }
      assertEquals(304, catalog.tables().size());
      JetException twice = assertThrows(JetException.class, () -> catalog.create("TABLE 7"));
      assertEquals(JetErr.TABLE_DUPLICATE, twice.error());
      Table gone = catalog.open("table 8");
      TableCursor cursor = gone.cursor();
      assertTrue(cursor.first());
      for (int i = 0; i < 300; i += 2) {
        catalog.drop("table " + i);
      }
      assertEquals(
          JetErr.OBJECT_NOT_FOUND,
          assertThrows(JetException.class, cursor::next).error());
      assertEquals(154, catalog.tables().size());
      assertArrayEquals(
          bytes("value 9"), catalog.open("table 9").cursor().get(bytes("key")).orElseThrow());
    }
    try (Database database = Database.openReadOnly(cache(PageSize.KIB_4), path)) {
      assertEquals(154, database.catalog().tables().size());
    }
    assertSound(path);
  }

  @Test
  void aScanGoesOnBehindALongValueThatIsGone() {
    try (Database database = small("scan.edb")) {
      Table table = database.catalog().create("kv");
      DirectWriter writer = DirectWriter.of(table);
      for (String key : new String[] {"a", "b", "c"}) {
        writer.put(bytes(key), new byte[10_000]);
      }
      TableCursor cursor = table.cursor();
      assertTrue(cursor.find(bytes("b")));
      assertTrue(writer.delete(bytes("b")));
      JetException gone = assertThrows(JetException.class, cursor::value);
      assertEquals(JetErr.RECORD_DELETED, gone.error());
      assertTrue(cursor.next());
      assertArrayEquals(bytes("c"), cursor.key());
    }
    assertSound(directory.resolve("scan.edb"));
  }

  @Test
  void aLongValueForATableThatIsGoneIsRefusedAsAnyOther() {
    try (Database database = small("gone.edb")) {
      DirectWriter writer = DirectWriter.of(database.catalog().create("kv"));
      database.catalog().drop("kv");
      for (int length : new int[] {1, 10_000}) {
        JetException gone =
            assertThrows(JetException.class, () -> writer.put(bytes("a"), new byte[length]));
        assertEquals(JetErr.OBJECT_NOT_FOUND, gone.error());
      }
    }
    assertSound(directory.resolve("gone.edb"));
  }

  @Test
  void anIndexOfAnotherFormHidesNoOtherTable() throws IOException {
    PageSize size = PageSize.KIB_8;
    Path path = directory.resolve("index.edb");
    try (Database database =
        Database.create(cache(size), path, new DatabaseOptions(size, 34, 8), ENVIRONMENT)) {
      DirectWriter.of(database.catalog().create("kv")).put(bytes("a"), bytes("1"));
      DirectWriter.of(database.catalog().create("other")).put(bytes("b"), bytes("2"));
    }
    shortenTheListOfColumns(path, size);
    try (Database database = Database.openReadOnly(cache(size), path)) {
      Catalog catalog = database.catalog();
      assertEquals(6, catalog.tables().size());
      TableDefinition table = catalog.find("kv").orElseThrow();
      assertEquals(List.of(), table.indexes());
      assertEquals("KeyIndex", table.others().get(0).name());
      RowReader rows = RowReader.open(database, table);
      assertTrue(rows.next());
      assertFalse(rows.next());
      JetException refusal = assertThrows(JetException.class, () -> catalog.open("kv"));
      assertEquals(JetErr.FEATURE_NOT_AVAILABLE, refusal.error());
      assertArrayEquals(
          bytes("2"), catalog.open("other").cursor().get(bytes("b")).orElseThrow());
    }
  }

  /** Takes the flag of a long list from the index of the table with object id 8. */
  private static void shortenTheListOfColumns(Path path, PageSize size) throws IOException {
    byte[] file = Files.readAllBytes(path);
    PageNumber root = new PageNumber(SystemCatalog.CATALOG_ROOT);
    ByteBuffer page = ByteBuffer.wrap(file)
        .slice((int) size.offsetOf(root), size.bytes())
        .order(ByteOrder.LITTLE_ENDIAN);
    byte[] row = {8, 0, 0, 0, 3, 0, 8, 0, 0, 0};
    int at = 0;
    while (page.slice(at, row.length).mismatch(ByteBuffer.wrap(row)) >= 0) {
      at++;
    }
    int flags = at + row.length + 2 * Integer.BYTES;
    assertEquals(0x10031, page.getInt(flags));
    page.putInt(flags, 0x31);
    PageChecksum.stamp(page, size, root);
    Files.write(path, file);
  }

  private static void assertSound(Path path) {
    VerifyReport report =
        DatabaseVerifier.verify(path, VerifyOptions.DEFAULT.withCleanRequired(true));
    assertEquals(List.of(), report.findings(), report::describe);
  }

  private Database small(String name) {
    return Database.create(
        cache(PageSize.KIB_4),
        directory.resolve(name),
        new DatabaseOptions(PageSize.KIB_4, 34, 8),
        ENVIRONMENT);
  }

  private static void assertSame(SortedMap<byte[], byte[]> expected, Table table) {
    TableCursor cursor = table.cursor();
    for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
      assertTrue(cursor.next());
      assertArrayEquals(entry.getKey(), cursor.key());
      assertArrayEquals(entry.getValue(), cursor.value());
    }
    assertFalse(cursor.next());
    for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
      assertArrayEquals(entry.getValue(), cursor.get(entry.getKey()).orElseThrow());
    }
  }

  private static PageCache cache(PageSize size) {
    return new PageCache(size, 128L * size.bytes(), LogForce.NONE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
