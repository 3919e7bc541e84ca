package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnFlags;
import org.jetbackup.engine.record.ColumnType;
import org.jetbackup.engine.record.FixedLayout;
import org.jetbackup.engine.record.RecordPlace;
import org.jetbackup.engine.record.RecordView;
import org.jetbackup.engine.record.RecordWriter;
import org.jetbackup.engine.record.TaggedHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms of cells that no sample has. */
class CellReaderTest {

  private static final int ID = 300;
  private static final RecordPlace PLACE = RecordPlace.of(Path.of("x.edb"), new PageNumber(1));

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aColumnThatTheRecordLacksHasItsDefault(PageSize size) {
    byte[] record = new RecordWriter(size).toBytes();
    for (int id : new int[] {1, 128, ID}) {
      Column column = withDefault(id, 0, "2a000000");
      assertEquals(new CellValue.Single(42L), read(size, record, column));
      assertEquals(CellValue.none(), read(size, record, plain(id, ColumnType.LONG, 0)));
      Column callback = withDefault(id, ColumnFlags.USER_DEFINED_DEFAULT, "00");
      assertEquals(
          new CellValue.Unsupported("default that a callback gives"), read(size, record, callback));
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aNullInTheRecordHidesTheDefault(PageSize size) {
    byte[] record =
        new RecordWriter(size).fixedNull(4).variableNull().taggedNull(ID).toBytes();
    for (int id : new int[] {1, 128, ID}) {
      assertEquals(CellValue.none(), read(size, record, withDefault(id, 0, "2a000000")));
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void whatIsNotSupportedSaysSo(PageSize size) {
    assertUnsupported(size, "encrypted value", TaggedHeader.ENCRYPTED, "00");
    assertUnsupported(
        size, "long value with an id of 64 bits", TaggedHeader.SEPARATED, "0100000000000080");
    for (int method = 4; method <= 7; method++) {
      String value = HexFormat.of().toHexDigits((byte) (method << 3)) + "0102030405";
      assertUnsupported(size, "compression method " + method, TaggedHeader.COMPRESSED, value);
    }
    byte[] record = tagged(size, TaggedHeader.LONG_VALUE, "00");
    assertEquals(
        new CellValue.Unsupported("encrypted value"),
        read(size, record, plain(ID, ColumnType.LONG_BINARY, ColumnFlags.ENCRYPTED)));
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void anIdWithoutATreeAndNoIdAreDamage(PageSize size) {
    for (String id : new String[] {"00000000", "01000000"}) {
      byte[] record = tagged(size, TaggedHeader.LONG_VALUE | TaggedHeader.SEPARATED, id);
      JetException failure = assertThrows(
          JetException.class, () -> read(size, record, plain(ID, ColumnType.LONG_BINARY, 0)));
      assertEquals(JetErr.LV_CORRUPTED, failure.error());
    }
  }

  @Test
  void aTextIsCutBetweenCharacters() {
    PageSize size = PageSize.KIB_4;
    String text = "ab\ud83e\udd8ac";
    byte[] record = new RecordWriter(size)
        .variable(text.getBytes(StandardCharsets.UTF_16LE))
        .toBytes();
    Column column = Column.of(128, "c", ColumnType.TEXT, 255, 0, Column.UNICODE);
    int[] ends = {0, 0, 1, 1, 2, 2, 2, 2, 4, 4};
    for (int budget = 0; budget < ends.length; budget++) {
      CellReader reader = reader(size, record);
      reader.setBudget(budget);
      assertEquals(new CellValue.Cut(text.substring(0, ends[budget]), 10), reader.read(column));
      assertEquals(budget - 2 * ends[budget], reader.budget());
    }
    assertEquals(new CellValue.Single(text), read(size, record, column));
  }

  private static void assertUnsupported(PageSize size, String form, int header, String value) {
    byte[] record = tagged(size, TaggedHeader.LONG_VALUE | header, value);
    assertEquals(
        new CellValue.Unsupported(form), read(size, record, plain(ID, ColumnType.LONG_BINARY, 0)));
  }

  private static byte[] tagged(PageSize size, int header, String value) {
    return new RecordWriter(size)
        .tagged(ID, header, HexFormat.of().parseHex(value))
        .toBytes();
  }

  private static CellValue read(PageSize size, byte[] record, Column column) {
    return reader(size, record).read(column);
  }

  private static CellReader reader(PageSize size, byte[] record) {
    RecordView view = new RecordView(FixedLayout.ofWidths(4), size, PLACE);
    CellReader reader = new CellReader(view, PLACE, Optional.empty());
    reader.moveTo(ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN));
    reader.setBudget(1 << 20);
    return reader;
  }

  private static Column plain(int id, ColumnType type, int flags) {
    return Column.of(id, "c", type, 0, flags, Column.LATIN);
  }

  private static Column withDefault(int id, int flags, String value) {
    Bytes bytes = Bytes.of(HexFormat.of().parseHex(value));
    return new Column(id, "c", ColumnType.LONG, 4, flags, Column.LATIN, Optional.of(bytes));
  }
}
