package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link RecordWriter} and {@link RecordView} together. */
class RecordTest {

  private static final FixedLayout BYTE_AND_LONG = FixedLayout.ofWidths(1, 4);

  @Test
  void aRecordWithoutColumnsIsFourBytesLong() {
    byte[] record = new RecordWriter(PageSize.KIB_8).toBytes();
    assertEquals("007f0400", Hex.of(record));
    RecordView view = view(FixedLayout.NONE, PageSize.KIB_8, record);
    assertEquals(0, view.fixedLast());
    assertEquals(127, view.variableLast());
    assertEquals(0, view.tagged().count());
    assertFalse(view.isFixedPresent(1));
    assertFalse(view.isVariablePresent(128));
  }

  @Test
  void aRowOfTheTableOfLocalesHasTheBytesOfTheSheet() {
    byte[] record = new RecordWriter(PageSize.KIB_4)
        .fixed8(1)
        .fixed32(1)
        .variable(Hex.bytes("2e005300"))
        .toBytes();
    assertEquals(Hex.plain("02 80 0a00 | 01 01000000 | fc | 0400 | 2e005300"), Hex.of(record));
    RecordView view = view(BYTE_AND_LONG, PageSize.KIB_4, record);
    assertEquals(2, view.fixedLast());
    assertFalse(view.isFixedNull(2));
    assertEquals(5, view.fixedOffset(2));
    assertEquals(4, view.fixedLength(2));
    assertEquals(12, view.variableOffset(128));
    assertEquals(4, view.variableLength(128));
  }

  @ParameterizedTest
  @CsvSource({
    "KIB_4, 00 7f 0400 | 0001 0c00 0101 1000 0201 1400 | 08000000 08000000 0100",
    "KIB_16, 00 7f 0400 | 0001 0c00 0101 1100 0201 1600 | 00 08000000 00 08000000 00 0100"
  })
  void aRowOfTheTableOfObjectIdsHasTheBytesOfTheSheet(PageSize size, String hex) {
    byte[] record = new RecordWriter(size)
        .tagged(256, 0, Hex.bytes("08000000"))
        .tagged(257, 0, Hex.bytes("08000000"))
        .tagged(258, 0, Hex.bytes("0100"))
        .toBytes();
    assertEquals(Hex.plain(hex), Hex.of(record));
    TaggedView tagged = view(FixedLayout.NONE, size, record).tagged();
    assertEquals(3, tagged.count());
    assertEquals(2, tagged.find(258));
    assertEquals(1, tagged.values(2));
    assertEquals(record.length - 2, tagged.valueOffset(2, 0));
    assertEquals(2, tagged.valueLength(2, 0));
    assertEquals(TaggedView.NOT_FOUND, tagged.find(259));
  }

  @Test
  void nullColumnsBeforeTheLastOneKeepTheirPlace() {
    byte[] record = new RecordWriter(PageSize.KIB_8)
        .fixedNull(1)
        .fixed32(7)
        .variableNull()
        .variable()
        .variable((byte) 1)
        .toBytes();
    assertEquals(Hex.plain("02 82 0a00 | 2a 07000000 | fd | 0080 0000 0100 | 01"), Hex.of(record));
    RecordView view = view(BYTE_AND_LONG, PageSize.KIB_8, record);
    assertTrue(view.isFixedNull(1));
    assertTrue(view.isVariableNull(128));
    assertFalse(view.isVariableNull(129));
    assertEquals(0, view.variableLength(129));
    assertEquals(1, view.variableLength(130));
    assertEquals(record.length - 1, view.variableOffset(130));
    assertThrows(IllegalArgumentException.class, () -> view.variableLength(131));
    assertThrows(IllegalArgumentException.class, () -> view.fixedOffset(3));
  }

  @ParameterizedTest
  @EnumSource
  void valuesSeparatedNullAndManyAreToldApart(PageSize size) {
    byte[] record = new RecordWriter(size)
        .tagged(256, TaggedHeader.LONG_VALUE)
        .taggedNull(257)
        .tagged(258, TaggedHeader.LONG_VALUE | TaggedHeader.SEPARATED, Hex.bytes("05000000"))
        .tagged(
            259, TaggedHeader.MULTI_VALUES | TaggedHeader.TWO_VALUES, Hex.bytes("02 6161 626262"))
        .tagged(
            260,
            TaggedHeader.MULTI_VALUES | TaggedHeader.COMPRESSED,
            Hex.bytes("0600 0780 0b00 | 61 | 09000000 | 63"))
        .toBytes();
    TaggedView tagged = view(FixedLayout.NONE, size, record).tagged();
    assertEquals("1 0 1 2 3", values(tagged));
    assertEquals(0, tagged.valueLength(0, 0));
    assertTrue(tagged.isNull(1));
    assertTrue(tagged.isSeparated(2, 0));
    assertEquals(5, tagged.longValueId(2, 0));
    assertEquals(2, tagged.valueLength(3, 0));
    assertEquals(3, tagged.valueLength(3, 1));
    assertEquals('b', record[tagged.valueOffset(3, 1)]);
    assertTrue(tagged.isCompressed(4, 0));
    assertTrue(tagged.isSeparated(4, 1));
    assertEquals(9, tagged.longValueId(4, 1));
    assertFalse(tagged.isCompressed(4, 2));
    assertEquals('c', record[tagged.valueOffset(4, 2)]);
    assertThrows(IllegalArgumentException.class, () -> tagged.valueOffset(4, 3));
    assertThrows(IllegalArgumentException.class, () -> tagged.longValueId(4, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "KIB_8, 02 7f 0a",
    "KIB_8, 03 7f 0a00 01 01000000 fc",
    "KIB_8, 02 7e 0a00 01 01000000 fc",
    "KIB_8, 02 7f 0b00 01 01000000 fc 00",
    "KIB_8, 02 7f 0a00 01 01000000",
    "KIB_8, 02 80 0a00 01 01000000 fc 01",
    "KIB_8, 02 80 0a00 01 01000000 fc 0200 61",
    "KIB_8, 02 80 0a00 01 01000000 fc 0180 61",
    "KIB_8, 02 81 0a00 01 01000000 fc 0200 0100 6161",
    "KIB_8, 00 7f 0400 0001 04",
    "KIB_8, 00 7f 0400 0001 0000 01",
    "KIB_8, 00 7f 0400 0001 0500 01 01",
    "KIB_8, 00 7f 0400 0001 0800 01 01",
    "KIB_8, 00 7f 0400 0001 0440",
    "KIB_8, 00 7f 0400 ff00 0400 01",
    "KIB_8, 00 7f 0400 0001 0800 0001 0900 01 02",
    "KIB_8, 00 7f 0400 0001 0800 0101 0700 01 02",
    "KIB_8, 00 7f 0400 0001 0800 0101 0b00 01 02",
    "KIB_8, 00 7f 0400 0001 0440 05 0100",
    "KIB_8, 00 7f 0400 0001 0440 18",
    "KIB_8, 00 7f 0400 0001 0440 18 0261",
    "KIB_8, 00 7f 0400 0001 0440 08 02",
    "KIB_8, 00 7f 0400 0001 0440 08 0000 0000",
    "KIB_8, 00 7f 0400 0001 0440 08 0300 0000",
    "KIB_8, 00 7f 0400 0001 0440 08 0400 0300 61",
    "KIB_8, 00 7f 0400 0001 0440 08 0400 0700 61",
    "KIB_8, 00 7f 0400 0001 0440 08 0280 61",
    "KIB_8, 00 7f 0400 0001 0440 0c 0200 05000000",
    "KIB_8, 00 7f 0400 0001 0440 1c 0161",
    "KIB_8, 00 7f 0400 0001 0440 14 0161",
    "KIB_16, 00 7f 0400 0001 0400 1c 0161",
    "KIB_16, 00 7f 0400 0001 0400"
  })
  void aBrokenRecordIsRefusedWithItsPage(PageSize size, String hex) {
    ByteBuffer bytes = Hex.buffer(hex);
    RecordView view = new RecordView(BYTE_AND_LONG, size, Hex.PLACE);
    JetException e = assertThrows(JetException.class, () -> view.moveTo(bytes, 0, bytes.limit()));
    assertEquals(JetErr.NODE_CORRUPTED, e.error());
    assertEquals(Hex.PLACE.subject(), e.subjects().get(0));
    assertEquals(0, view.fixedLast() + view.tagged().count());
  }

  @Test
  void columnsOfATemplateMayRepeatAnId() {
    byte[] record = Hex.bytes("00 7f 0400 | 0001 0880 0001 0900 | 61 62");
    TaggedView tagged = view(FixedLayout.NONE, PageSize.KIB_8, record).tagged();
    assertTrue(tagged.isTemplate(0));
    assertEquals(1, tagged.find(256));
  }

  @Test
  void columnsOutOfOrderAreTheCallersMistake() {
    RecordWriter writer = new RecordWriter(PageSize.KIB_8).variable().tagged(257, 1);
    assertThrows(IllegalArgumentException.class, () -> writer.fixed8(1));
    assertThrows(IllegalArgumentException.class, () -> writer.variable());
    assertThrows(IllegalArgumentException.class, () -> writer.tagged(257, 1));
    assertThrows(IllegalArgumentException.class, () -> writer.taggedNull(256));
  }

  private static String values(TaggedView tagged) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tagged.count(); i++) {
      text.append(i == 0 ? "" : " ").append(tagged.values(i));
    }
    return text.toString();
  }

  private static RecordView view(FixedLayout layout, PageSize size, byte[] record) {
    ByteBuffer alone = Hex.buffer(Hex.of(record));
    return new RecordView(layout, size, Hex.PLACE).moveTo(alone, 0, record.length);
  }
}
