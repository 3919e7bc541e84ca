package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The order of keys. Stateless. Source: section 6.4. */
public final class UnsignedBytes {

  private UnsignedBytes() {}

  /**
   * Compares two keys; one that begins another comes first.
   *
   * @param left holds the one key from index 0 to its limit
   * @param right holds the other key from index 0 to its limit
   * @return negative, zero or positive as the left key is smaller, equal or larger
   */
  public static int compare(ByteBuffer left, ByteBuffer right) {
    int order = compare(left, 0, right, 0, Math.min(left.limit(), right.limit()));
    return order != 0 ? order : Integer.compare(left.limit(), right.limit());
  }

  /**
   * Compares two runs of the same length, by absolute index, without allocating: eight bytes at a
   * time where both buffers are little endian, as those of pages are.
   *
   * @param left holds the one run
   * @param leftFrom its first byte
   * @param right holds the other run
   * @param rightFrom its first byte
   * @param length the length of both runs
   * @return negative, zero or positive as the left run is smaller, equal or larger
   */
  public static int compare(
      ByteBuffer left, int leftFrom, ByteBuffer right, int rightFrom, int length) {
    int i = 0;
    boolean wide =
        left.order() == ByteOrder.LITTLE_ENDIAN && right.order() == ByteOrder.LITTLE_ENDIAN;
    for (int last = wide ? length - Long.BYTES : -1; i <= last; i += Long.BYTES) {
      long one = left.getLong(leftFrom + i);
      long other = right.getLong(rightFrom + i);
      if (one != other) {
        return Long.compareUnsigned(Long.reverseBytes(one), Long.reverseBytes(other));
      }
    }
    if (i == length) {
      return 0;
    }
    boolean room =
        leftFrom + i + Long.BYTES <= left.limit() && rightFrom + i + Long.BYTES <= right.limit();
    if (wide && room) {
      return compareFirst(left.getLong(leftFrom + i), right.getLong(rightFrom + i), length - i);
    }
    for (; i < length; i++) {
      int order = Byte.compareUnsigned(left.get(leftFrom + i), right.get(rightFrom + i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Compares the first bytes, 1 to 7, of two words; what follows them is something else. */
  private static int compareFirst(long one, long other, int bytes) {
    int rest = Long.SIZE - Byte.SIZE * bytes;
    return Long.compareUnsigned(Long.reverseBytes(one) >>> rest, Long.reverseBytes(other) >>> rest);
  }

  /**
   * Counts the bytes in which two runs agree before they differ.
   *
   * @param left holds the one run
   * @param leftFrom its first byte
   * @param right holds the other run
   * @param rightFrom its first byte
   * @param length the length of both runs
   * @return from 0 to the length
   */
  public static int common(
      ByteBuffer left, int leftFrom, ByteBuffer right, int rightFrom, int length) {
    int i = 0;
    while (i < length && left.get(leftFrom + i) == right.get(rightFrom + i)) {
      i++;
    }
    return i;
  }
}
