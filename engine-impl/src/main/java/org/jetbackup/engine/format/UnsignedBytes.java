package org.jetbackup.engine.format;

import java.nio.ByteBuffer;

/** The order of keys. Source: section 6.4. */
final class UnsignedBytes {

  private UnsignedBytes() {}

  /** Compares two runs of the same length, by absolute index, without allocating. */
  static int compare(ByteBuffer left, int leftFrom, ByteBuffer right, int rightFrom, int length) {
    for (int i = 0; i < length; i++) {
      int order = Byte.compareUnsigned(left.get(leftFrom + i), right.get(rightFrom + i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
