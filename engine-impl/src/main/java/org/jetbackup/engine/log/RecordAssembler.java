package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts together a record whose bytes lie in more than one batch. Grows with the bytes that are
 * there, never with what a head only says. Not thread-safe.
 */
final class RecordAssembler {

  private static final int FIRST_CAPACITY = 16 << 10;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
  private int used;

  boolean isEmpty() {
    return used == 0;
  }

  void clear() {
    used = 0;
  }

  /** How many bytes are missing: first those of the head, then those that the head says. */
  int missing() {
    return used < RecordHead.BYTES
        ? RecordHead.BYTES - used
        : RecordHead.BYTES + RecordHead.length(bytes, 0) - used;
  }

  /** Whether the head is there; what it says must be checked before more is added. */
  boolean hasHead() {
    return used >= RecordHead.BYTES;
  }

  void add(ByteBuffer source, int from, int count) {
    if (used + count > bytes.capacity()) {
      int wanted = Math.max(used + count, bytes.capacity() * 2);
      ByteBuffer larger = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
      larger.put(0, bytes, 0, used);
      bytes = larger;
    }
    bytes.put(used, source, from, count);
    used += count;
  }

  /** The record from index 0 on, its head first. */
  ByteBuffer bytes() {
    return bytes;
  }
}
