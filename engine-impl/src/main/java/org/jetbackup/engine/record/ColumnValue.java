package org.jetbackup.engine.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.UUID;

/**
 * Values of columns as plain Java objects, for people to read. Thread-safe. Source: sections 8.5
 * and 9.
 */
public final class ColumnValue {

  private static final LocalDateTime EPOCH = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final Charset ONE_BYTE = Charset.forName("windows-1252");
  private static final int CURRENCY_SCALE = 4;
  private static final double MILLIS_PER_DAY = 86_400_000;

  /** Days from the epoch to the year 100 and to the end of 9999: what the type can mean. */
  private static final double FIRST_DAY = -657_434;

  private static final double END_DAY = 2_958_466;

  private ColumnValue() {}

  /**
   * Decodes a value.
   *
   * <table>
   * <caption>What comes out</caption>
   * <tr><th>type</th><th>object</th></tr>
   * <tr><td>Bit</td><td>Boolean</td></tr>
   * <tr><td>whole numbers</td><td>Long; BigInteger for 64 bits without sign</td></tr>
   * <tr><td>Currency</td><td>BigDecimal with four places</td></tr>
   * <tr><td>floating point</td><td>Float, Double</td></tr>
   * <tr><td>DateTime</td><td>LocalDateTime; Double if it is no time of the years 100 to 9999</td></tr>
   * <tr><td>GUID</td><td>UUID</td></tr>
   * <tr><td>text</td><td>String</td></tr>
   * <tr><td>bytes</td><td>{@link Bytes}</td></tr>
   * </table>
   *
   * @param column the column
   * @param bytes a little-endian buffer, read by absolute index
   * @param at the first byte of the value, neither compressed nor separated
   * @param length its length
   * @param place for the message of a failure
   * @return the value
   * @throws org.jetbackup.api.error.JetException NODE_CORRUPTED if a type of one width has another
   */
  public static Object decode(
      Column column, ByteBuffer bytes, int at, int length, RecordPlace place) {
    ColumnType type = column.type();
    if (type.width() != 0 && type.width() != length) {
      throw place.broken("length of column " + column.id(), length, "" + type.width());
    }
    return switch (type) {
      case BIT -> bytes.get(at) != 0;
      case UNSIGNED_BYTE -> (long) RecordLayout.u8(bytes, at);
      case SHORT -> (long) bytes.getShort(at);
      case UNSIGNED_SHORT -> (long) RecordLayout.u16(bytes, at);
      case LONG -> (long) bytes.getInt(at);
      case UNSIGNED_LONG -> RecordLayout.u32(bytes, at);
      case LONG_LONG -> bytes.getLong(at);
      case UNSIGNED_LONG_LONG -> new BigInteger(Long.toUnsignedString(bytes.getLong(at)));
      case CURRENCY -> BigDecimal.valueOf(bytes.getLong(at), CURRENCY_SCALE);
      case IEEE_SINGLE -> bytes.getFloat(at);
      case IEEE_DOUBLE -> bytes.getDouble(at);
      case DATE_TIME -> time(bytes.getDouble(at));
      case GUID -> guid(bytes, at);
      case TEXT, LONG_TEXT -> text(column, bytes, at, length);
      case BINARY, LONG_BINARY -> Bytes.of(bytes, at, length);
    };
  }

  /** Before the epoch the fraction still counts forwards: -1.25 is 06:00 of the day before. */
  private static Object time(double days) {
    if (!(days >= FIRST_DAY && days < END_DAY)) { // not a number goes here too
      return days;
    }
    double day = days < 0 ? Math.ceil(days) : Math.floor(days);
    long millis = Math.round(Math.abs(days - day) * MILLIS_PER_DAY);
    return EPOCH.plusDays((long) day).plus(Duration.ofMillis(millis));
  }

  private static UUID guid(ByteBuffer bytes, int at) {
    long high = (long) bytes.getInt(at) << Integer.SIZE
        | (long) RecordLayout.u16(bytes, at + 4) << Short.SIZE
        | RecordLayout.u16(bytes, at + 6);
    return new UUID(high, Long.reverseBytes(bytes.getLong(at + Long.BYTES)));
  }

  private static String text(Column column, ByteBuffer bytes, int at, int length) {
    byte[] copy = new byte[length];
    bytes.get(at, copy);
    boolean unicode = column.codePage() == Column.UNICODE;
    return new String(copy, unicode ? StandardCharsets.UTF_16LE : ONE_BYTE);
  }
}
