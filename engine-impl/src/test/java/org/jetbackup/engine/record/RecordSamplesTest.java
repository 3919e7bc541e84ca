package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyBuilder.Order;
import org.junit.jupiter.api.Test;

/** Records of user tables that the original engine wrote. */
class RecordSamplesTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final long TABLE = SystemCatalog.FIRST_USER_ID;

  @Test
  void fixedColumnsOfAllTypesHaveTheKnownValues() {
    List<Row> rows = new Table("basic").rows();
    assertEquals(2, rows.size());
    Row first = rows.get(0);
    assertEquals(List.of(213L), first.get("UnsignedByte"));
    assertEquals(List.of(-1337L), first.get("Short"));
    assertEquals(List.of(1.0f), first.get("IEEESingle"));
    assertEquals(List.of(new BigDecimal("133713371337.1337")), first.get("Currency"));
    Row second = rows.get(1);
    assertEquals(List.of(255L), second.get("UnsignedByte"));
    assertEquals(List.of(1339L), second.get("Short"));
    assertEquals(List.of(-2.0f), second.get("IEEESingle"));
    for (String name : List.of("UnsignedLong", "LongLong", "GUID", "UnsignedShort")) {
      assertEquals(List.of(), second.get(name), name);
    }
  }

  @Test
  void compressedAndSeparatedBytesComeBackAsThePlainOnes() {
    Row row = new Table("binary").rows().get(0);
    assertEquals(
        "test long binary data " + "a".repeat(1000), latin(row.get("LongBinary").get(0)));
    assertEquals(
        "test long compressed binary data " + "a".repeat(1000),
        latin(row.get("LongCompressedBinary").get(0)));
    assertEquals(
        "test max long binary data " + "a".repeat(900),
        latin(row.get("MaxLongBinary").get(0)));
    assertEquals(
        "test max long compressed binary data " + "a".repeat(900),
        latin(row.get("MaxLongCompressedBinary").get(0)));
    assertEquals(List.of(), row.get("NullableBinary"));
  }

  @Test
  void manyValuesComeBackInEveryForm() {
    List<Row> rows = new Table("multi").rows();
    Row first = rows.get(0);
    assertEquals(List.of(0L, 0xFFFFFFFFL), first.get("UnsignedLong"));
    String binary = "Some binary data that has multiple values, this is value ";
    assertEquals(
        List.of(binary + 1, binary + 2, binary + 3),
        first.get("Binary").stream().map(RecordSamplesTest::latin).toList());
    List<Object> plain = first.get("LongUnicode");
    List<Object> compressed = first.get("LongCompressedUnicode");
    assertEquals(3, plain.size());
    for (int i = 0; i < plain.size(); i++) {
      String start = "Some very long Unicode text that has multiple values, this is value ";
      assertEquals(start + (i + 1), ((String) plain.get(i)).substring(0, start.length() + 1));
      assertEquals(plain.get(i), ((String) compressed.get(i)).replace("compressed ", ""));
    }
    Row second = rows.get(1);
    assertEquals(List.of("Tiny ASCII 1", "Tiny ASCII 2"), second.get("LongASCII"));
  }

  @Test
  void theIndexesOfTheOriginalHaveOurKeys() {
    Table table = new Table("index");
    SampleEntries.Entry row = SampleEntries.entries("index", TABLE).get(0);
    RecordView view = table.view(row);
    int compared = 0;
    for (CatalogRow.Index index : table.indexes) {
      Column column = table.column(index.columns().get(0).columnId());
      if (column.codePage() == Column.UNICODE) {
        continue; // their order belongs to the operating system
      }
      byte[] value = table.raw(view, row.buffer(), column).get(0);
      byte[] key =
          new KeyBuilder(index.keyMost()).value(column, Order.ASCENDING, value).toBytes();
      SampleEntries.Entry entry = SampleEntries.entries("index", index.id()).get(0);
      assertEquals(entry.key(), Bytes.of(key), index.name());
      compared++;
    }
    assertEquals(17, compared);
  }

  /** The values of each column by its name. */
  private record Row(Map<String, List<Object>> columns) {

    List<Object> get(String name) {
      return Optional.ofNullable(columns.get(name)).orElseThrow();
    }
  }

  private static String latin(Object bytes) {
    return new String(((Bytes) bytes).toArray(), StandardCharsets.ISO_8859_1);
  }

  /** The only user table of a sample. */
  private static final class Table {

    private final String sample;
    private final Map<Integer, Column> columns = new TreeMap<>();
    private final List<CatalogRow.Index> indexes = new ArrayList<>();
    private final Map<Bytes, Bytes> longValues = new HashMap<>();

    Table(String sample) {
      this.sample = sample;
      for (SampleEntries.Entry entry : SampleEntries.entries(sample, SystemCatalog.CATALOG_ID)) {
        CatalogRow row = new CatalogReader(SIZE, entry.place())
            .read(entry.buffer(), 0, entry.data().length());
        if (row.tableId() == TABLE) {
          add(row);
        }
      }
    }

    private void add(CatalogRow row) {
      if (row instanceof CatalogRow.TableColumn column) {
        columns.put(column.column().id(), column.column());
      } else if (row instanceof CatalogRow.Index index) {
        indexes.add(index);
      } else if (row instanceof CatalogRow.LongValueTree tree) {
        SampleEntries.entries(sample, tree.id()).forEach(e -> longValues.put(e.key(), e.data()));
      }
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (SampleEntries.Entry entry : SampleEntries.entries(sample, TABLE)) {
        RecordView view = view(entry);
        Map<String, List<Object>> row = new HashMap<>();
        for (Column column : columns.values()) {
          List<Object> values = new ArrayList<>();
          for (byte[] raw : raw(view, entry.buffer(), column)) {
            values.add(ColumnValue.decode(column, little(raw), 0, raw.length, entry.place()));
          }
          row.put(column.name(), values);
        }
        rows.add(new Row(row));
      }
      return rows;
    }

    Column column(int id) {
      return Optional.ofNullable(columns.get(id)).orElseThrow();
    }

    RecordView view(SampleEntries.Entry entry) {
      FixedLayout layout = FixedLayout.of(columns.values(), entry.place());
      return new RecordView(layout, SIZE, entry.place())
          .moveTo(entry.buffer(), 0, entry.data().length());
    }

    /** The values of a column as plain bytes. */
    List<byte[]> raw(RecordView view, ByteBuffer bytes, Column column) {
      int id = column.id();
      return switch (column.kind()) {
        case FIXED ->
          !view.isFixedPresent(id) || view.isFixedNull(id)
              ? List.of()
              : List.of(copy(bytes, view.fixedOffset(id), view.fixedLength(id)));
        case VARIABLE ->
          !view.isVariablePresent(id) || view.isVariableNull(id)
              ? List.of()
              : List.of(copy(bytes, view.variableOffset(id), view.variableLength(id)));
        case TAGGED -> tagged(view.tagged(), bytes, column);
      };
    }

    private List<byte[]> tagged(TaggedView view, ByteBuffer bytes, Column column) {
      List<byte[]> values = new ArrayList<>();
      int i = view.find(column.id());
      for (int n = 0; i != TaggedView.NOT_FOUND && n < view.values(i); n++) {
        byte[] stored = copy(bytes, view.valueOffset(i, n), view.valueLength(i, n));
        if (view.isSeparated(i, n)) {
          values.add(longValue(view.longValueId(i, n)));
        } else {
          values.add(view.isCompressed(i, n) ? expand(stored) : stored);
        }
      }
      return values;
    }

    private byte[] longValue(long id) {
      byte[] rootKey = new byte[LongValues.ROOT_KEY_BYTES];
      LongValues.rootKey(rootKey, 0, id);
      byte[] root = stored(rootKey);
      long size = LongValues.readRoot(little(root), 0, root.length, Hex.PLACE).size();
      ByteBuffer whole = ByteBuffer.allocate((int) size);
      int chunkBytes = LongValues.chunkBytes(SIZE);
      for (int at = 0; at < size; at += chunkBytes) {
        byte[] key = new byte[LongValues.CHUNK_KEY_BYTES];
        LongValues.chunkKey(key, 0, id, at);
        byte[] chunk = stored(key);
        whole.put(chunk.length < Math.min(chunkBytes, size - at) ? expand(chunk) : chunk);
      }
      assertEquals(0, whole.remaining());
      return whole.array();
    }

    private byte[] stored(byte[] key) {
      return Optional.ofNullable(longValues.get(Bytes.of(key))).orElseThrow().toArray();
    }

    private static byte[] expand(byte[] compressed) {
      return Decompression.expand(little(compressed), 0, compressed.length, Hex.PLACE);
    }

    private static byte[] copy(ByteBuffer bytes, int at, int length) {
      return Bytes.of(bytes, at, length).toArray();
    }

    private static ByteBuffer little(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
