package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.foreign.ForeignComparison;
import org.jetbackup.engine.format.PageSize;
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
      TableWriter writer = table.writer();
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
    ForeignComparison.compare(
        path, "kv", expected, value -> value.length > 0 && isSeparated(expected, value, size));
  }

  private static boolean isSeparated(
      SortedMap<byte[], byte[]> expected, byte[] value, PageSize size) {
    for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
      if (entry.getValue() == value) {
        return value.length
            > org.jetbackup.engine.record.KeyValueRecord.largestInlineValue(
                size, entry.getKey().length);
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
        catalog.create("table " + i).writer().put(bytes("key"), bytes("value " + i));
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
  }

  @Test
  void aScanGoesOnBehindALongValueThatIsGone() {
    try (Database database = small("scan.edb")) {
      Table table = database.catalog().create("kv");
      TableWriter writer = table.writer();
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
  }

  @Test
  void aLongValueForATableThatIsGoneIsRefusedAsAnyOther() {
    try (Database database = small("gone.edb")) {
      TableWriter writer = database.catalog().create("kv").writer();
      database.catalog().drop("kv");
      for (int length : new int[] {1, 10_000}) {
        JetException gone =
            assertThrows(JetException.class, () -> writer.put(bytes("a"), new byte[length]));
        assertEquals(JetErr.OBJECT_NOT_FOUND, gone.error());
      }
    }
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
