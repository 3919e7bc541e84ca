package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.PageWriter;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.CatalogRow;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.TableFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of real databases, and of ours. */
class RowReaderTest {

  private static final PageNumber USER_ROOT = new PageNumber(31);
  private static final int FREE_PAGE = 100;

  @TempDir
  Path directory;

  @ParameterizedTest
  @CsvSource({
    "basic, 87, 7, 7, basic, 2, 13",
    "binary, 87, 8, 7, binary, 1, 12",
    "index, 112, 26, 8, index, 1, 19",
    "multi, 97, 8, 7, multi, 2, 22",
    "synthetic-min-8192, 76, 7, 7, kv, 3, 2"
  })
  void everySampleHasItsTablesColumnsAndRows(
      String sample, int objects, int ids, int locales, String table, int rows, int columns) {
    try (Database database = SampleDatabases.open(SampleDatabases.copy(sample, directory))) {
      List<String> found = new ArrayList<>();
      for (TableDefinition definition : database.catalog().tables()) {
        RowReader reader = RowReader.open(database, definition);
        while (reader.next()) {
          assertEquals(definition.columns().size(), reader.cells().size());
        }
        assertFalse(reader.next());
        found.add(
            definition.name() + " " + reader.rows() + " " + definition.columns().size());
      }
      assertEquals(
          List.of(
              "MSysObjects " + objects + " 28",
              "MSysObjectsShadow " + objects + " 28",
              "MSysObjids " + ids + " 3",
              "MSysLocales " + locales + " 3",
              table + " " + rows + " " + columns),
          found);
    }
  }

  @Test
  void columnsOfEveryFixedTypeHaveTheirValues() {
    List<List<CellValue>> rows = rows("basic");
    assertEquals(
        Stream.of(
                1L,
                false,
                213L,
                -1337L,
                -13371337L,
                new BigDecimal("133713371337.1337"),
                1.0f,
                13371337.13371337,
                LocalDateTime.of(1999, 3, 1, 0, 0),
                13371337L,
                -13371337L,
                UUID.fromString("3f360af1-6766-46dc-9af2-0dacf295c2a1"),
                1337L)
            .map(CellValue.Single::new)
            .toList(),
        rows.get(0));
    List<CellValue> second = rows.get(1);
    assertEquals(new CellValue.Single(true), second.get(1));
    assertEquals(new CellValue.Single(new BigDecimal("-133913391339.1339")), second.get(5));
    assertEquals(new CellValue.Single(-2.0f), second.get(6));
    assertEquals(
        List.of(CellValue.none(), CellValue.none(), CellValue.none(), CellValue.none()),
        second.subList(9, 13));
  }

  @Test
  void bytesOutsideTheRecordAndCompressedOnesAreWhole() {
    List<CellValue> row = rows("binary").get(0);
    assertEquals(CellValue.none(), row.get(2));
    assertEquals(CellValue.none(), row.get(4));
    assertEquals(CellValue.none(), row.get(7));
    assertEquals(latin("test long binary data " + "a".repeat(1000)), row.get(8));
    assertEquals(latin("test long compressed binary data " + "a".repeat(1000)), row.get(9));
    assertEquals(latin("test max long binary data " + "a".repeat(900)), row.get(10));
    assertEquals(latin("test max long compressed binary data " + "a".repeat(900)), row.get(11));
  }

  @Test
  void textsOutsideTheRecordAreWhole() {
    List<CellValue> row = rows("index").get(0);
    assertEquals(new CellValue.Single("Simple Unicode text \ud83e\udd8a"), row.get(15));
    assertEquals(new CellValue.Single("Long ASCII text " + "a".repeat(1024)), row.get(17));
    assertEquals(
        new CellValue.Single("Long Unicode text \ud83e\udd8a " + "a".repeat(1024)), row.get(18));
  }

  @Test
  void manyValuesAreThereInEveryForm() {
    List<List<CellValue>> rows = rows("multi");
    List<CellValue> first = rows.get(0);
    assertEquals(many(false, true), first.get(1));
    assertEquals(many(0L, 4294967295L), first.get(18));
    List<Object> plain = new ArrayList<>();
    List<Object> compressed = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String tail = "text that has multiple values, this is value " + i + " ";
      String filler = "a".repeat(1024);
      plain.add("Some very long ASCII " + tail + filler);
      compressed.add("Some very long compressed ASCII " + tail + filler);
    }
    assertEquals(many(plain.toArray()), first.get(14));
    assertEquals(many(compressed.toArray()), first.get(16));
    List<CellValue> second = rows.get(1);
    assertEquals(CellValue.none(), second.get(1));
    assertEquals(many("Tiny ASCII 1", "Tiny ASCII 2"), second.get(14));
    assertEquals(many("a".repeat(41), "b".repeat(40), "c".repeat(35)), second.get(16));
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void valuesOfManyChunksAreReadUpToTheLimit(PageSize size) {
    Path path = directory.resolve("long.edb");
    byte[] value = new byte[100_000];
    new Random(7).nextBytes(value);
    try (Database database = Database.create(
        SampleDatabases.cache(size), path, new DatabaseOptions(size, 34, 8), environment())) {
      DirectWriter.of(database.catalog().create("kv")).put(new byte[] {1}, value);
    }
    try (Database database = SampleDatabases.open(path)) {
      TableDefinition table = SampleDatabases.table(database, "kv");
      for (int limit : new int[] {0, 1, 4014, 50_000, 99_999, 100_000, Integer.MAX_VALUE}) {
        RowReader reader = RowReader.open(database, table, limit);
        assertTrue(reader.next());
        Bytes begin = Bytes.of(ByteBuffer.wrap(value), 0, Math.min(limit, value.length));
        assertEquals(
            limit < value.length
                ? new CellValue.Cut(begin, value.length)
                : new CellValue.Single(begin),
            reader.cell(SampleDatabases.column(table, "Value")));
      }
    }
  }

  @Test
  void aDatabaseThatIsOpenForWritingIsRefused() {
    Path path = directory.resolve("new.edb");
    PageSize size = PageSize.KIB_4;
    try (Database database = Database.create(
        SampleDatabases.cache(size), path, new DatabaseOptions(size, 34, 8), environment())) {
      TableDefinition table = database.catalog().tables().get(0);
      assertThrows(IllegalArgumentException.class, () -> RowReader.open(database, table));
    }
  }

  @Test
  void tablesWhoseRecordsCannotBeTakenApartAreNotAvailable() {
    try (Database database = SampleDatabases.open(SampleDatabases.copy("basic", directory))) {
      TableDefinition table = SampleDatabases.table(database, "basic");
      CatalogRow.Table row = table.table();
      CatalogRow.Table derived = new CatalogRow.Table(
          row.tableId(), row.rootPage(), row.density(), TableFlags.DERIVED, 1, row.name());
      List<Column> fewer = new ArrayList<>(table.columns());
      fewer.remove(SampleDatabases.column(table, "Short"));
      for (TableDefinition other : List.of(
          new TableDefinition(
              derived, table.columns(), table.indexes(), table.longValues(), List.of()),
          new TableDefinition(row, fewer, table.indexes(), table.longValues(), List.of()),
          new TableDefinition(
              row, table.columns(), table.indexes(), table.longValues(), List.of(deleted(row))))) {
        JetException refusal =
            assertThrows(JetException.class, () -> RowReader.open(database, other));
        assertEquals(JetErr.FEATURE_NOT_AVAILABLE, refusal.error());
      }
    }
  }

  private static CatalogRow.Other deleted(CatalogRow.Table table) {
    return new CatalogRow.Other(table.tableId(), 2, 127, "gone", Bytes.EMPTY);
  }

  @Test
  void cellsAreThereOnARowOnly() {
    try (Database database = SampleDatabases.open(SampleDatabases.copy("basic", directory))) {
      TableDefinition table = SampleDatabases.table(database, "basic");
      RowReader reader = RowReader.open(database, table);
      assertEquals(
          JetErr.NO_CURRENT_RECORD,
          assertThrows(JetException.class, reader::cells).error());
      assertTrue(reader.next());
      Column foreign =
          SampleDatabases.column(SampleDatabases.table(database, "MSysObjids"), "objid");
      assertThrows(IllegalArgumentException.class, () -> reader.cell(foreign));
    }
  }

  /**
   * The tree allows equal keys in pages that say so; two such leaves can name each other for ever.
   */
  @Test
  void leavesInACircleAreAFailureThatStays() throws IOException {
    Path path = SampleDatabases.copy("basic", directory);
    Samples.Sample sample = Samples.read("basic");
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (Map.Entry<PageNumber, ByteBuffer> page : circle(sample).entrySet()) {
        file.write(page.getValue(), sample.size().offsetOf(page.getKey()));
      }
    }
    try (Database database = SampleDatabases.open(path)) {
      TableDefinition table = SampleDatabases.table(database, "basic");
      RowReader reader = RowReader.open(database, table);
      assertTrue(reader.next());
      assertEquals(new CellValue.Single(1L), reader.cell(SampleDatabases.column(table, "Id")));
      JetException first = assertThrows(JetException.class, reader::next);
      assertEquals(first, assertThrows(JetException.class, reader::next));
      assertEquals(1, reader.rows());
      List<String> lines = DatabaseSummary.of(database).lines();
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("basic is damaged after 1 rows")));
    }
  }

  /** The root of the user's table above two leaves with its first row each. */
  private static Map<PageNumber, ByteBuffer> circle(Samples.Sample sample) {
    PageSize size = sample.size();
    PageView old = sample.view(USER_ROOT.value());
    byte[] head = new byte[old.tagSize(0)];
    sample.page(USER_ROOT.value()).get(old.tagOffset(0), head);
    NodeView node = new NodeView().moveTo(old, 1);
    byte[] key = new byte[node.keyLength()];
    byte[] data = new byte[node.dataLength()];
    node.copyKey(key, 0);
    node.copyData(data, 0);
    int kept = old.flags().bits() & ~(PageFlags.ROOT | PageFlags.LEAF);
    Map<PageNumber, ByteBuffer> pages = new HashMap<>();
    PageFlags leaf = new PageFlags(kept | PageFlags.LEAF | PageFlags.NON_UNIQUE_KEYS);
    for (int i = 0; i < 2; i++) {
      ByteBuffer page = size.newBuffer();
      PageWriter writer =
          PageWriter.withoutPrefix(page, size, new PageNumber(FREE_PAGE + i), old.objectId(), leaf);
      writer.add(0, 0, key, data);
      writer.finish(old.dbtime(), FREE_PAGE + 1 - i, FREE_PAGE + 1 - i);
      pages.put(new PageNumber(FREE_PAGE + i), page);
    }
    ByteBuffer root = size.newBuffer();
    PageFlags above = new PageFlags(kept | PageFlags.ROOT | PageFlags.PARENT_OF_LEAVES);
    PageWriter writer = new PageWriter(root, size, USER_ROOT, old.objectId(), above, head);
    byte[] child =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(FREE_PAGE).array();
    writer.add(0, 0, new byte[0], child);
    writer.finish(old.dbtime(), 0, 0);
    pages.put(USER_ROOT, root);
    return pages;
  }

  private List<List<CellValue>> rows(String sample) {
    try (Database database = SampleDatabases.open(SampleDatabases.copy(sample, directory))) {
      RowReader reader = RowReader.open(database, SampleDatabases.table(database, sample));
      List<List<CellValue>> rows = new ArrayList<>();
      while (reader.next()) {
        rows.add(reader.cells());
      }
      return rows;
    }
  }

  private static CellValue latin(String text) {
    return new CellValue.Single(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static CellValue many(Object... values) {
    List<CellValue.One> list = new ArrayList<>();
    for (Object value : values) {
      list.add(new CellValue.Single(value));
    }
    return new CellValue.Many(list);
  }

  private static Environment environment() {
    return Environment.standard();
  }
}
