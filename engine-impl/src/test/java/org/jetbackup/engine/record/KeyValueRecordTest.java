package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.Allocation;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValueRecordTest {

  @ParameterizedTest
  @CsvSource({
    "KIB_8, k, '', 00 80 0400 | 0100 6b | 0001 0440 01",
    "KIB_4, k, first value, 00 80 0400 | 0100 6b | 0001 0440 01 66697273742076616c7565",
    "KIB_8, alpha, first value," + " 0080 0400 0500 616c706861 0001 0440 01 66697273742076616c7565",
    "KIB_16, k, v, 00 80 0400 | 0100 6b | 0001 0400 01 76",
    "KIB_32, k, '', 00 80 0400 | 0100 6b | 0001 0400 01"
  })
  void aRecordHasTheBytesOfTheSheetAndReadsBack(
      PageSize size, String key, String value, String record) {
    ByteBuffer target = size.newBuffer();
    byte[] keyBytes = Hex.ascii(key);
    byte[] valueBytes = Hex.ascii("-" + value);
    int written = KeyValueRecord.write(
        target, 100, size, keyBytes, 0, keyBytes.length, valueBytes, 1, value.length());
    assertEquals(Hex.plain(record), Hex.of(target, 100, written));
    assertEquals(KeyValueRecord.size(key.length(), value.length()), written);
    KeyValueView view = new KeyValueView(size, Hex.PLACE).moveTo(target, 100, written);
    assertEquals(Hex.of(keyBytes), Hex.of(target, view.keyOffset(), view.keyLength()));
    assertEquals(Hex.of(Hex.ascii(value)), Hex.of(target, view.valueOffset(), view.valueLength()));
    assertFalse(view.isSeparated());
    assertFalse(view.isValueNull());
    assertThrows(IllegalStateException.class, view::longValueId);
  }

  @ParameterizedTest
  @CsvSource({
    "KIB_8, 1, 00 80 0400 | 0100 6b | 0001 0440 05 01000000",
    "KIB_16, 4294967295, 00 80 0400 | 0100 6b | 0001 0400 05 ffffffff"
  })
  void aSeparatedValueLeavesItsIdInTheRecord(PageSize size, long id, String record) {
    ByteBuffer target = size.newBuffer();
    int written = KeyValueRecord.writeSeparated(target, 7, size, Hex.ascii("k"), 0, 1, id);
    assertEquals(Hex.plain(record), Hex.of(target, 7, written));
    assertEquals(KeyValueRecord.separatedSize(1), written);
    KeyValueView view = new KeyValueView(size, Hex.PLACE).moveTo(target, 7, written);
    assertTrue(view.isSeparated());
    assertEquals(id, view.longValueId());
    assertEquals(4, view.valueLength());
  }

  @ParameterizedTest
  @CsvSource({
    "KIB_8, 00 80 0400 0100 6b",
    "KIB_8, 00 80 0400 0100 6b 0001 0420",
    "KIB_32, 00 80 0400 0100 6b 0001 0400 21"
  })
  void aNullValueIsReadInEveryForm(PageSize size, String record) {
    ByteBuffer bytes = Hex.buffer(record);
    KeyValueView view = new KeyValueView(size, Hex.PLACE).moveTo(bytes, 0, bytes.limit());
    assertTrue(view.isValueNull());
    assertEquals(1, view.keyLength());
    assertEquals(0, view.valueLength());
  }

  @Test
  void theLargestRecordFollowsThePageSizeAndTheKeyLength() {
    assertEquals(3789, KeyValueRecord.largest(PageSize.KIB_4, 255));
    assertEquals(7885, KeyValueRecord.largest(PageSize.KIB_8, 255));
    assertEquals(7851, KeyValueRecord.largest(PageSize.KIB_8, KeyValueRecord.KEY_MOST));
    assertEquals(6140, KeyValueRecord.largest(PageSize.KIB_8, 2000));
    assertEquals(16384 - 80 - 12 - 289, KeyValueRecord.largest(PageSize.KIB_16, 289));
    assertEquals(7851 - 11 - 255, KeyValueRecord.largestInlineValue(PageSize.KIB_8, 255));
  }

  @ParameterizedTest
  @EnumSource
  void theLongestKeyWithTheLongestValueStillFitsANode(PageSize size) {
    int value = KeyValueRecord.largestInlineValue(size, 255);
    byte[] key = new byte[255];
    ByteBuffer target = size.newBuffer();
    int written = KeyValueRecord.write(target, 0, size, key, 0, 255, new byte[value], 0, value);
    assertEquals(KeyValueRecord.largest(size, KeyValueRecord.KEY_MOST), written);
    // Two tags, the length of the key, the key, the record. A root has 16 bytes less.
    int needed = size.pageHeaderBytes() + 4 + 4 + 2 + KeyValueRecord.KEY_MOST + written;
    assertTrue(needed <= size.bytes());
    KeyValueView view = new KeyValueView(size, Hex.PLACE).moveTo(target, 0, written);
    assertEquals(255, view.keyLength());
    assertEquals(value, view.valueLength());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00 80 0400 01",
        "01 80 0400 0100 6b",
        "00 7f 0400 0100 6b",
        "00 81 0600 0100 0100 6b",
        "00 80 0500 0100 6b",
        "00 80 0400 0000",
        "00 80 0400 0080",
        "00 80 0400 0200 6b",
        "00 80 0400 0100 6b 0001 04",
        "00 80 0400 0100 6b 0101 0440 01",
        "00 80 0400 0100 6b 0001 0400",
        "00 80 0400 0100 6b 0001 0540 01",
        "00 80 0400 0100 6b 0001 04c0 01",
        "00 80 0400 0100 6b 0001 0440",
        "00 80 0400 0100 6b 0001 0440 00 76",
        "00 80 0400 0100 6b 0001 0440 03 76",
        "00 80 0400 0100 6b 0001 0440 21",
        "00 80 0400 0100 6b 0001 0440 05 010000",
        "00 80 0400 0100 6b 0001 0440 05 00000000",
        "00 80 0400 0100 6b 0001 0440 05 0100000000"
      })
  void aRecordOfAnotherShapeIsRefusedWithItsPage(String record) {
    ByteBuffer bytes = Hex.buffer(record);
    KeyValueView view = new KeyValueView(PageSize.KIB_8, Hex.PLACE);
    JetException e = assertThrows(JetException.class, () -> view.moveTo(bytes, 0, bytes.limit()));
    assertEquals(JetErr.NODE_CORRUPTED, e.error());
    assertEquals(Hex.PLACE.subject(), e.subjects().get(0));
    assertEquals(0, view.keyLength() + view.valueLength());
  }

  @Test
  void aKeyOrAnIdOutsideItsBoundsIsTheCallersMistake() {
    ByteBuffer target = PageSize.KIB_8.newBuffer();
    byte[] key = new byte[256];
    for (int length : new int[] {0, 256}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> KeyValueRecord.write(target, 0, PageSize.KIB_8, key, 0, length, key, 0, 0));
    }
    for (long id : new long[] {0, -1, 1L << 32}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> KeyValueRecord.writeSeparated(target, 0, PageSize.KIB_8, key, 0, 1, id));
    }
  }

  @Test
  void writingAndReadingARecordAllocatesNothing() {
    PageSize size = PageSize.KIB_8;
    ByteBuffer page = size.newBuffer();
    KeyValueView view = new KeyValueView(size, Hex.PLACE);
    byte[] key = Hex.ascii("a key of twenty five byte");
    byte[] normalised = new byte[KeyValueRecord.KEY_MOST];
    Allocation.ofThisThread();
    int sum = roundTrip(page, size, view, key, normalised);
    long before = Allocation.ofThisThread();
    for (int pass = 0; pass < 1000; pass++) {
      sum += roundTrip(page, size, view, key, normalised);
    }
    long allocated = Allocation.ofThisThread() - before;
    assertTrue(allocated < 10_000, allocated + " bytes for 1000 records, " + sum);
  }

  private static int roundTrip(
      ByteBuffer page, PageSize size, KeyValueView view, byte[] key, byte[] normalised) {
    int length = KeyNormaliser.binary(key, 0, key.length, normalised, 0);
    int inline = KeyValueRecord.write(page, 40, size, key, 0, key.length, normalised, 0, length);
    int sum = view.moveTo(page, 40, inline).valueLength();
    int separated = KeyValueRecord.writeSeparated(page, 40, size, key, 0, key.length, 9);
    sum += (int) view.moveTo(page, 40, separated).longValueId();
    LongValues.chunkKey(normalised, 0, view.longValueId(), LongValues.chunkBytes(size));
    return sum + LongValues.rootKey(normalised, 0, view.longValueId());
  }
}
