package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.UUID;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnValueTest {

  @Test
  void numbersAreDecodedWithTheSignOfTheirType() {
    assertEquals(true, decode(ColumnType.BIT, "ff"));
    assertEquals(false, decode(ColumnType.BIT, "00"));
    assertEquals(213L, decode(ColumnType.UNSIGNED_BYTE, "d5"));
    assertEquals(-1337L, decode(ColumnType.SHORT, "c7fa"));
    assertEquals(64199L, decode(ColumnType.UNSIGNED_SHORT, "c7fa"));
    assertEquals(-1L, decode(ColumnType.LONG, "ffffffff"));
    assertEquals(4294967295L, decode(ColumnType.UNSIGNED_LONG, "ffffffff"));
    assertEquals(-2L, decode(ColumnType.LONG_LONG, "feffffffffffffff"));
    assertEquals(
        BigInteger.ONE.shiftLeft(64).subtract(BigInteger.TWO),
        decode(ColumnType.UNSIGNED_LONG_LONG, "feffffffffffffff"));
    assertEquals(new BigDecimal("-0.0001"), decode(ColumnType.CURRENCY, "ffffffffffffffff"));
    assertEquals(1.0f, decode(ColumnType.IEEE_SINGLE, "0000803f"));
    assertEquals(1.0, decode(ColumnType.IEEE_DOUBLE, "000000000000f03f"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1899-12-30T00:00",
    "2.5, 1900-01-01T12:00",
    "-1.25, 1899-12-29T06:00",
    "36220, 1999-03-01T00:00"
  })
  void aTimeIsCountedInDays(double days, String time) {
    assertEquals(LocalDateTime.parse(time), decodeTime(days));
  }

  @Test
  void aTimeThatIsNoneStaysANumber() {
    for (double days : new double[] {1e17, -1e17, Double.POSITIVE_INFINITY}) {
      assertEquals(days, decodeTime(days));
    }
    assertEquals(true, Double.isNaN((Double) decodeTime(Double.NaN)));
  }

  @Test
  void aGuidIsShownInItsTextOrder() {
    assertEquals(
        UUID.fromString("3f360af1-6766-46dc-9af2-0dacf295c2a1"),
        decode(ColumnType.GUID, "f10a363f 6667 dc46 9af2 0dacf295c2a1"));
  }

  @Test
  void textFollowsItsCodePageAndBytesStayBytes() {
    assertEquals("a\u20ac", decode(ColumnType.TEXT, "6180"));
    Column unicode = Column.of(256, "c", ColumnType.LONG_TEXT, 0, 0, Column.UNICODE);
    ByteBuffer bytes = Hex.buffer("3ed88add");
    assertEquals(
        new StringBuilder().appendCodePoint(0x1f98a).toString(),
        ColumnValue.decode(unicode, bytes, 0, 4, Hex.PLACE));
    assertEquals(Bytes.of(Hex.bytes("0102")), decode(ColumnType.BINARY, "0102"));
    assertEquals("0102", decode(ColumnType.LONG_BINARY, "0102").toString());
  }

  @Test
  void aNumberOfAnotherWidthIsABrokenRecord() {
    assertThrows(JetException.class, () -> decode(ColumnType.LONG, "010203"));
  }

  private static Object decodeTime(double days) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, days);
    Column column = Column.of(1, "c", ColumnType.DATE_TIME, 8, 0, 0);
    return ColumnValue.decode(column, bytes, 0, 8, Hex.PLACE);
  }

  private static Object decode(ColumnType type, String hex) {
    ByteBuffer bytes = Hex.buffer(hex);
    Column column = Column.of(1, "c", type, 8, 0, type.isText() ? Column.LATIN : 0);
    return ColumnValue.decode(column, bytes, 0, bytes.limit(), Hex.PLACE);
  }
}
