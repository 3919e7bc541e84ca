package org.jetbackup.engine.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jetbackup.api.error.JetException;

/**
 * Builds the normalised key of any index, column by column: bytes whose unsigned order is the order
 * of the values.
 *
 * <p>For catalog keys, the checker and tests; {@link KeyNormaliser} makes the keys of a user's
 * table. Text must be of the one-byte code page: the order of Unicode text is that of the operating
 * system which wrote it. For one thread. Source: section 10.
 */
public final class KeyBuilder {

  /** The key length of an index that names none. */
  public static final int DEFAULT_KEY_MOST = 255;

  /** In the place of a column: null, before every value. */
  private static final byte NULL = 0;

  /** In the place of a column: null, behind every value. */
  private static final byte NULL_HIGH = (byte) 0xc0;

  private static final int[] GUID_ORDER = {10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3};
  private static final int CASE_BIT = 'a' - 'A';

  private final int keyMost;
  private final ByteArrayOutputStream key = new ByteArrayOutputStream();

  /** The order of one column of an index. */
  public enum Order {
    /** Small values first. */
    ASCENDING,
    /** Large values first. */
    DESCENDING
  }

  /**
   * Begins a key.
   *
   * @param keyMost where the key is cut off, in bytes
   */
  public KeyBuilder(int keyMost) {
    if (keyMost < 1) {
      throw new IllegalArgumentException("key length = " + keyMost + ", allowed: from 1 on");
    }
    this.keyMost = keyMost;
  }

  /**
   * Adds a column that has a value.
   *
   * @param column the column
   * @param order its order in the index
   * @param value its bytes as a record holds them
   * @return this
   * @throws JetException {@link org.jetbackup.api.error.JetErr#FEATURE_NOT_AVAILABLE} for Unicode
   *     text
   * @throws IllegalArgumentException if the value has not the width of its type
   */
  public KeyBuilder value(Column column, Order order, byte... value) {
    ColumnType type = column.type();
    if (type.width() != 0 && type.width() != value.length) {
      throw new IllegalArgumentException(type + " of " + value.length + " bytes");
    }
    return add(order, segment(column, value));
  }

  /**
   * Adds a column that is null.
   *
   * @param order its order in the index
   * @param sortsHigh whether null comes behind every value
   * @return this
   */
  public KeyBuilder nullValue(Order order, boolean sortsHigh) {
    return add(order, new byte[] {sortsHigh ? NULL_HIGH : NULL});
  }

  /** {@return the key, cut off if it is too long; two long keys may then be the same} */
  public byte[] toBytes() {
    byte[] whole = key.toByteArray();
    return whole.length <= keyMost ? whole : Arrays.copyOf(whole, keyMost);
  }

  private KeyBuilder add(Order order, byte[] segment) {
    if (order == Order.DESCENDING) {
      for (int i = 0; i < segment.length; i++) {
        segment[i] = (byte) ~segment[i];
      }
    }
    key.writeBytes(segment);
    return this;
  }

  private static byte[] segment(Column column, byte[] value) {
    return switch (column.type()) {
      case BIT -> withPrefix(new byte[] {(byte) (value[0] == 0 ? 0 : 0xff)});
      case UNSIGNED_BYTE, UNSIGNED_SHORT, UNSIGNED_LONG, UNSIGNED_LONG_LONG ->
        withPrefix(reversed(value));
      case SHORT, LONG, LONG_LONG, CURRENCY -> withPrefix(signFlipped(reversed(value)));
      case IEEE_SINGLE, IEEE_DOUBLE, DATE_TIME -> withPrefix(ordered(reversed(value)));
      case GUID -> withPrefix(guid(value));
      case BINARY, LONG_BINARY ->
        column.kind() == ColumnKind.FIXED ? withPrefix(value) : binary(value);
      case TEXT, LONG_TEXT -> text(column, value);
    };
  }

  private static byte[] binary(byte[] value) {
    byte[] result = new byte[KeyNormaliser.binaryLength(value.length)];
    KeyNormaliser.binary(value, 0, value.length, result, 0);
    return result;
  }

  private static byte[] text(Column column, byte[] value) {
    if (column.codePage() == Column.UNICODE) {
      throw JetException.notAvailable("keys of Unicode text");
    }
    if (value.length == 0) {
      return new byte[] {KeyNormaliser.EMPTY};
    }
    int length = 0;
    while (length < value.length && value[length] != 0) {
      length++;
    }
    byte[] result = new byte[1 + length + 1]; // ends with 00
    result[0] = KeyNormaliser.VALUE;
    for (int i = 0; i < length; i++) {
      boolean lower = value[i] >= 'a' && value[i] <= 'z';
      result[1 + i] = (byte) (lower ? value[i] - CASE_BIT : value[i]);
    }
    return result;
  }

  private static byte[] guid(byte[] value) {
    byte[] result = new byte[value.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = value[GUID_ORDER[i]];
    }
    return result;
  }

  private static byte[] reversed(byte[] value) {
    byte[] result = new byte[value.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = value[value.length - 1 - i];
    }
    return result;
  }

  private static byte[] signFlipped(byte[] bigEndian) {
    bigEndian[0] ^= Byte.MIN_VALUE;
    return bigEndian;
  }

  /** A negative number has all bits flipped, since a larger magnitude is a smaller number. */
  private static byte[] ordered(byte[] bigEndian) {
    if (bigEndian[0] >= 0) {
      return signFlipped(bigEndian);
    }
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = (byte) ~bigEndian[i];
    }
    return bigEndian;
  }

  private static byte[] withPrefix(byte[] value) {
    return ByteBuffer.allocate(1 + value.length)
        .put(KeyNormaliser.VALUE)
        .put(value)
        .array();
  }
}
