package org.jetbackup.perf;

import java.util.Random;

/**
 * The records of all measurements of stores: 16 random bytes of key, 1,000 random bytes of value.
 */
final class Records {

  static final int KEY_BYTES = 16;
  static final int VALUE_BYTES = 1000;

  private static final long SEED = 20_261_126;

  private final byte[][] keys;
  private final byte[] value = new byte[VALUE_BYTES];

  Records(int count) {
    Random random = new Random(SEED);
    keys = new byte[count][KEY_BYTES];
    for (byte[] key : keys) {
      random.nextBytes(key);
    }
    random.nextBytes(value);
  }

  int count() {
    return keys.length;
  }

  byte[] key(int index) {
    return keys[index];
  }

  /** One value for all: a store that compresses would have to be told to do so first. */
  byte[] value() {
    return value;
  }
}
