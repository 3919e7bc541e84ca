package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The normalised key of one variable binary column, made and taken apart without allocating.
 *
 * <pre>
 *   7f, then for every 8 bytes: 8 bytes, 09     the last piece: padded with 00 to 8, its length 1..8
 *   40 for an empty value
 * </pre>
 *
 * <p>Thread-safe. Keys of more columns or other types are made by {@link KeyBuilder}. Source:
 * section 10.2.
 */
public final class KeyNormaliser {

  /** In front of a column: a value follows. */
  static final byte VALUE = 0x7f;

  /** In the place of a column: an empty text or binary value. */
  static final byte EMPTY = 0x40;

  static final int CHUNK = 8;
  static final byte GOES_ON = CHUNK + 1;

  private static final int MARKED_CHUNK = CHUNK + 1;

  private KeyNormaliser() {}

  /**
   * Measures a normalised key.
   *
   * @param length the length of the value in bytes
   * @return the length of the key in bytes: 1 for an empty value
   */
  public static int binaryLength(int length) {
    return 1 + MARKED_CHUNK * ((length + CHUNK - 1) / CHUNK);
  }

  /**
   * Normalises a value.
   *
   * @param value holds the value
   * @param from its first byte
   * @param length its length
   * @param target takes {@link #binaryLength} bytes
   * @param at the first of them
   * @return how many bytes were written
   */
  public static int binary(byte[] value, int from, int length, byte[] target, int at) {
    Objects.checkFromIndexSize(from, length, value.length);
    int written = binaryLength(length);
    Objects.checkFromIndexSize(at, written, target.length);
    target[at] = length == 0 ? EMPTY : VALUE;
    int to = at + 1;
    for (int done = 0; done < length; done += CHUNK) {
      int piece = Math.min(CHUNK, length - done);
      System.arraycopy(value, from + done, target, to, piece);
      for (int pad = piece; pad < CHUNK; pad++) {
        target[to + pad] = 0;
      }
      target[to + CHUNK] = length - done > CHUNK ? GOES_ON : (byte) piece;
      to += MARKED_CHUNK;
    }
    return written;
  }

  /**
   * Takes a key apart, and checks it: the same bytes would come from normalising the result.
   *
   * @param key holds the key, read by absolute index
   * @param from its first byte
   * @param length its length
   * @param target takes the value, {@code length} bytes at most
   * @param at the first of them
   * @return the length of the value; negative if the bytes are no such key, or one that was cut off
   */
  public static int binaryInverse(ByteBuffer key, int from, int length, byte[] target, int at) {
    if (length == 1 && key.get(from) == EMPTY) {
      return 0;
    }
    if (length <= 1 || length % MARKED_CHUNK != 1 || key.get(from) != VALUE) {
      return -1;
    }
    int written = 0;
    for (int chunk = from + 1; chunk < from + length; chunk += MARKED_CHUNK) {
      boolean last = chunk + MARKED_CHUNK == from + length;
      int marker = key.get(chunk + CHUNK);
      if (last ? marker < 1 || marker > CHUNK : marker != GOES_ON) {
        return -1;
      }
      int piece = Math.min(marker, CHUNK);
      key.get(chunk, target, at + written, piece);
      written += piece;
      for (int pad = piece; pad < CHUNK; pad++) {
        if (key.get(chunk + pad) != 0) {
          return -1;
        }
      }
    }
    return written;
  }
}
