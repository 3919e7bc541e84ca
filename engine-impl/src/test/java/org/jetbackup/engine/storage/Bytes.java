package org.jetbackup.engine.storage;

import java.nio.ByteBuffer;

/** Bytes that tell their place. */
final class Bytes {

  private Bytes() {}

  /** The bytes from a place of an endless pattern on. */
  static ByteBuffer pattern(int bytes, int from) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    for (int i = 0; i < bytes; i++) {
      int at = from + i;
      buffer.put(i, (byte) (at + 31 * (at >> 8)));
    }
    return buffer;
  }

  /** A buffer full of one byte. */
  static ByteBuffer filled(int bytes, int value) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    for (int i = 0; i < bytes; i++) {
      buffer.put(i, (byte) value);
    }
    return buffer;
  }
}
