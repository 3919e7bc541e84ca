package org.jetbackup.engine.verify;

import java.util.Arrays;

/**
 * Makes normalised keys, in an array that grows and is used again. Written apart from the code that
 * makes keys for the engine. For one thread. Source: sections 10.1 to 10.3.
 */
final class KeyMaker {

  private static final byte VALUE = 0x7f;
  private static final byte NULL = 0;
  private static final byte EMPTY = 0x40;
  private static final byte NULL_HIGH = (byte) 0xc0;
  private static final int CHUNK = 8;
  private static final byte MORE = 9;

  private byte[] bytes = new byte[64];
  private int length;

  KeyMaker clear() {
    length = 0;
    return this;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  KeyMaker none(boolean sortsHigh) {
    return put(sortsHigh ? NULL_HIGH : NULL);
  }

  KeyMaker signed(long value) {
    return integer(value ^ Integer.MIN_VALUE, Integer.BYTES);
  }

  KeyMaker signedShort(int value) {
    return integer(value ^ Short.MIN_VALUE, Short.BYTES);
  }

  KeyMaker yes() {
    return put(VALUE).put((byte) 0xff);
  }

  /** The lowest bytes of a number, the highest of them first. */
  KeyMaker integer(long value, int width) {
    put(VALUE);
    for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      put((byte) (value >>> shift));
    }
    return this;
  }

  /** The bits of a floating-point number of a width. */
  KeyMaker floating(long bits, int width) {
    long sign = 1L << (width * Byte.SIZE - 1);
    return integer((bits & sign) != 0 ? ~bits : bits ^ sign, width);
  }

  KeyMaker text(byte[] value) {
    return text(value, 0, value.length);
  }

  KeyMaker text(byte[] value, int from, int count) {
    if (count == 0) {
      return put(EMPTY);
    }
    put(VALUE);
    for (int i = from; i < from + count && value[i] != 0; i++) {
      boolean small = value[i] >= 'a' && value[i] <= 'z';
      put((byte) (small ? value[i] - 'a' + 'A' : value[i]));
    }
    return put((byte) 0);
  }

  KeyMaker fixedBinary(byte[] value, int count) {
    put(VALUE);
    for (int i = 0; i < count; i++) {
      put(value[i]);
    }
    return this;
  }

  KeyMaker binary(byte[] value, int count) {
    if (count == 0) {
      return put(EMPTY);
    }
    put(VALUE);
    for (int from = 0; from < count; from += CHUNK) {
      int piece = Math.min(CHUNK, count - from);
      for (int i = 0; i < CHUNK; i++) {
        put(i < piece ? value[from + i] : 0);
      }
      put(from + CHUNK < count ? MORE : (byte) piece);
    }
    return this;
  }

  /** Turns the bytes from a place on around, for a descending column. */
  void complementFrom(int from) {
    for (int i = from; i < length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  private KeyMaker put(byte value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = value;
    return this;
  }
}
