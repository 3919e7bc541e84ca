package org.jetbackup.engine.soak;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The keys of the soak: numbers, made into bytes of many lengths.
 *
 * <pre>
 *   owner, 1 | number, 3 | filling, 0 to 251
 * </pre>
 *
 * <p>A writer alone changes the keys that it owns; those of {@link #SHARED} belong to all. The order
 * of keys is that of their numbers.
 */
final class Keys {

  /** The owner of the keys that every writer changes. */
  static final int SHARED = 127;

  private static final int LONGEST = 255;
  private static final int LONGEST_USUALLY = 40;
  private static final int ONE_LONG_IN = 61;
  private static final int OWNER_SHIFT = 24;

  private Keys() {}

  static int of(int owner, int number) {
    return owner << OWNER_SHIFT | number;
  }

  static int owner(int key) {
    return key >>> OWNER_SHIFT;
  }

  /** The key under which a writer notes its last transaction. */
  static int witness(int writer) {
    return of(writer, 0);
  }

  static byte[] bytes(int key) {
    int length = key % ONE_LONG_IN == 0 ? LONGEST : Integer.BYTES + key * 7 % LONGEST_USUALLY;
    byte[] bytes = new byte[Math.max(length, Integer.BYTES)];
    Arrays.fill(bytes, (byte) key);
    ByteBuffer.wrap(bytes).putInt(key);
    return bytes;
  }

  /** The number of a key; empty if these are not the bytes of one. */
  static OptionalInt parse(byte[] bytes) {
    if (bytes.length < Integer.BYTES) {
      return OptionalInt.empty();
    }
    int key = ByteBuffer.wrap(bytes).getInt();
    return key >= 0 && Arrays.equals(bytes(key), bytes) ? OptionalInt.of(key) : OptionalInt.empty();
  }

  /** A key as messages show it. */
  static String name(int key) {
    String owner = owner(key) == SHARED ? "shared" : "writer " + owner(key);
    return owner + " key " + (key & ((1 << OWNER_SHIFT) - 1));
  }
}
