package org.jetbackup.engine.space;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Keys in the order of their numbers. */
final class Numbers {

  private Numbers() {}

  static ByteBuffer key(int number) {
    return ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, Integer.reverseBytes(number));
  }

  static ByteBuffer value(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
