package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.record.KeyBuilder.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBuilderTest {

  @ParameterizedTest
  @CsvSource({
    "LONG, 0, 7f80000000",
    "LONG, 1, 7f80000001",
    "LONG, -1, 7f7fffffff",
    "LONG, -2147483648, 7f00000000",
    "LONG, 2147483647, 7fffffffff",
    "LONG, -13371337, 7f7f33f837",
    "SHORT, -1337, 7f7ac7",
    "CURRENCY, 1337133713371337, 7f8004c01db400b0c9",
    "LONG_LONG, -13371337, 7f7fffffffff33f837",
    "UNSIGNED_LONG, 13371337, 7f00cc07c9",
    "UNSIGNED_LONG_LONG, -1, 7fffffffffffffffff",
    "UNSIGNED_SHORT, 1337, 7f0539",
    "UNSIGNED_BYTE, 213, 7fd5",
    "DATE_TIME, 4675210852477960192, 7fc0e1af8000000000",
    "BIT, 0, 7f00",
    "BIT, 1, 7fff",
    "BIT, 255, 7fff"
  })
  void aNumberHasTheKeyOfTheSheet(ColumnType type, long value, String key) {
    assertEquals(key, key(type, value));
  }

  @Test
  void aFloatingPointNumberHasTheKeyOfTheSheet() {
    assertEquals("7fbf800000", key(ColumnType.IEEE_SINGLE, Float.floatToIntBits(1.0f)));
    long bits = Double.doubleToLongBits(13371337.13371337);
    assertEquals("7fc16980f924476143", key(ColumnType.IEEE_DOUBLE, bits));
  }

  @Test
  void floatingPointKeysRiseWithTheirNumbers() {
    double[] numbers = {-1e300, -2.5, -1, -0.5, 0, 0.5, 1, 2.5, 1e300};
    String before = "";
    for (double number : numbers) {
      String key = key(ColumnType.IEEE_DOUBLE, Double.doubleToLongBits(number));
      assertEquals(1, Integer.signum(key.compareTo(before)), "" + number);
      before = key;
    }
  }

  @Test
  void aGuidIsTurnedRoundSoThatItsNodeComesFirst() {
    UUID guid = UUID.fromString("3f360af1-6766-46dc-9af2-0dacf295c2a1");
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt((int) (guid.getMostSignificantBits() >> 32));
    bytes.putShort((short) (guid.getMostSignificantBits() >> 16));
    bytes.putShort((short) guid.getMostSignificantBits());
    bytes.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
    byte[] key = builder()
        .value(column(1, ColumnType.GUID), Order.ASCENDING, bytes.array())
        .toBytes();
    assertEquals("7f0dacf295c2a19af2dc466667f10a363f", Hex.of(key));
  }

  @ParameterizedTest
  @CsvSource({
    "Simple ASCII text, 7f53494d504c45204153434949205445585400",
    "MSysObjects, 7f4d5359534f424a45435453 00",
    "kv, 7f4b5600",
    "'', 40"
  })
  void textIsUpperCasedAndEndsWithZero(String text, String key) {
    byte[] made = builder()
        .value(column(128, ColumnType.TEXT), Order.ASCENDING, Hex.ascii(text))
        .toBytes();
    assertEquals(Hex.plain(key), Hex.of(made));
  }

  @Test
  void textEndsAtItsFirstZero() {
    byte[] made = builder()
        .value(column(128, ColumnType.TEXT), Order.ASCENDING, Hex.ascii("ab\0c"))
        .toBytes();
    assertEquals("7f414200", Hex.of(made));
  }

  @Test
  void unicodeTextHasNoPortableKey() {
    Column column = Column.of(128, "c", ColumnType.TEXT, 255, 0, Column.UNICODE);
    JetException e = assertThrows(
        JetException.class, () -> builder().value(column, Order.ASCENDING, Hex.ascii("a\0")));
    assertEquals(JetErr.FEATURE_NOT_AVAILABLE, e.error());
  }

  @Test
  void fixedBytesAreTakenAsTheyAreAndVariableOnesAreMarked() {
    byte[] value = Hex.ascii("abc");
    assertEquals(
        "7f616263",
        Hex.of(builder()
            .value(column(1, ColumnType.BINARY), Order.ASCENDING, value)
            .toBytes()));
    assertEquals(
        "7f616263000000000003",
        Hex.of(builder()
            .value(column(128, ColumnType.BINARY), Order.ASCENDING, value)
            .toBytes()));
  }

  @Test
  void columnsFollowEachOtherAndDescendingOnesAreComplemented() {
    byte[] key = builder()
        .nullValue(Order.ASCENDING, false)
        .nullValue(Order.ASCENDING, true)
        .nullValue(Order.DESCENDING, false)
        .value(column(1, ColumnType.UNSIGNED_BYTE), Order.DESCENDING, (byte) 1)
        .toBytes();
    assertEquals("00c0ff80fe", Hex.of(key));
  }

  @Test
  void aKeyThatIsTooLongIsCutOffAndMayCollide() {
    byte[] one = new byte[255];
    byte[] two = one.clone();
    two[250] = 1;
    assertEquals(variable(255, one), variable(255, two));
    assertEquals(2 * 255, variable(255, one).length());
    assertEquals(-1, Integer.signum(variable(289, one).compareTo(variable(289, two))));
    assertEquals(2 * 289, variable(289, one).length());
  }

  private static String variable(int keyMost, byte[] value) {
    return Hex.of(new KeyBuilder(keyMost)
        .value(column(128, ColumnType.BINARY), Order.ASCENDING, value)
        .toBytes());
  }

  private static String key(ColumnType type, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    byte[] little = new byte[type.width()];
    bytes.get(0, little);
    return Hex.of(builder().value(column(1, type), Order.ASCENDING, little).toBytes());
  }

  private static KeyBuilder builder() {
    return new KeyBuilder(KeyBuilder.DEFAULT_KEY_MOST);
  }

  private static Column column(int id, ColumnType type) {
    return Column.of(id, "c", type, 255, 0, type.isText() ? Column.LATIN : 0);
  }
}
