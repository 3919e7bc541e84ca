package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.format.PageSize;

/**
 * Long values: how they are cut and under which keys their pieces stand in the tree of long values.
 *
 * <pre>
 *   root    key: id, 4 bytes big endian                        data: references, 4; size, 4
 *   chunk   key: id, then offset of the chunk, 4 each, both    data: the bytes
 *           big endian
 * </pre>
 *
 * <p>Ids are unsigned 32-bit numbers from 1 on. The 64-bit ids of newer formats are neither read
 * nor written. Thread-safe. Source: section 9.5.
 */
public final class LongValues {

  /** An id as a record holds it, little endian. */
  public static final int ID_BYTES = 4;

  /** The length of the key of a root. */
  public static final int ROOT_KEY_BYTES = 4;

  /** The length of the key of a chunk. */
  public static final int CHUNK_KEY_BYTES = 8;

  /** The length of the data of a root. */
  public static final int ROOT_BYTES = 8;

  /** The largest id. */
  public static final long LARGEST_ID = 0xFFFF_FFFFL;

  /** The longest value, in bytes: as large as the original allows. */
  public static final long LARGEST_SIZE = Integer.MAX_VALUE;

  private static final int FLAGGED_ROOT_BYTES = 9;
  private static final int SIZE_AT = 4;

  private LongValues() {}

  /**
   * How many bytes each chunk has, but the last.
   *
   * @param size the page size
   * @return the length in bytes
   */
  public static int chunkBytes(PageSize size) {
    return switch (size) {
      case KIB_4 -> 4014;
      case KIB_8 -> 8110;
      case KIB_16 -> 4050;
      case KIB_32 -> 8150;
    };
  }

  /**
   * How many chunks a value needs.
   *
   * @param size the page size
   * @param valueBytes the length of the value
   * @return the number of chunks; 0 for an empty value
   */
  public static long chunks(PageSize size, long valueBytes) {
    return (valueBytes + chunkBytes(size) - 1) / chunkBytes(size);
  }

  /**
   * Writes the key of a root.
   *
   * @param target takes {@value #ROOT_KEY_BYTES} bytes
   * @param at the first of them
   * @param id the id of the value
   * @return {@value #ROOT_KEY_BYTES}
   */
  public static int rootKey(byte[] target, int at, long id) {
    requireId(id);
    bigEndian(target, at, id);
    return ROOT_KEY_BYTES;
  }

  /**
   * Writes the key of a chunk.
   *
   * @param target takes {@value #CHUNK_KEY_BYTES} bytes
   * @param at the first of them
   * @param id the id of the value
   * @param offset where the chunk begins in the value
   * @return {@value #CHUNK_KEY_BYTES}
   */
  public static int chunkKey(byte[] target, int at, long id, long offset) {
    requireId(id);
    if (offset < 0 || offset > LARGEST_SIZE) {
      throw new IllegalArgumentException("offset = " + offset + ", allowed: 0 to " + LARGEST_SIZE);
    }
    bigEndian(target, at, id);
    bigEndian(target, at + ROOT_KEY_BYTES, offset);
    return CHUNK_KEY_BYTES;
  }

  /**
   * Reads the id from the key of a root or a chunk.
   *
   * @param key the key
   * @param length its length
   * @param place for the message of a failure
   * @return the id, from 1 on
   * @throws org.jetbackup.api.error.JetException LV_CORRUPTED if it is no such key
   */
  public static long idOf(byte[] key, int length, RecordPlace place) {
    if (length != ROOT_KEY_BYTES && length != CHUNK_KEY_BYTES) {
      throw place.failure(JetErr.LV_CORRUPTED, "key length of a long value", length, "4 or 8");
    }
    long id = bigEndian(key, 0);
    if (id == 0) {
      throw place.failure(JetErr.LV_CORRUPTED, "long-value id", id, "from 1 on");
    }
    return id;
  }

  /**
   * Reads the offset from the key of a chunk.
   *
   * @param key a key of {@value #CHUNK_KEY_BYTES} bytes
   * @return where the chunk begins in the value, an unsigned 32-bit number
   */
  public static long offsetOf(byte[] key) {
    return bigEndian(key, ROOT_KEY_BYTES);
  }

  /**
   * Writes the data of a root.
   *
   * @param target takes {@value #ROOT_BYTES} bytes
   * @param at the first of them
   * @param references how many records point to the value
   * @param valueBytes the length of the value
   * @return {@value #ROOT_BYTES}
   */
  public static int root(byte[] target, int at, long references, long valueBytes) {
    if (references < 0 || references > LARGEST_ID || valueBytes < 0 || valueBytes > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "long value with " + references + " references and " + valueBytes + " bytes");
    }
    ByteBuffer.wrap(target)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(at, (int) references)
        .putInt(at + SIZE_AT, (int) valueBytes);
    return ROOT_BYTES;
  }

  /**
   * The data of a root.
   *
   * @param references how many records point to the value
   * @param size the length of the value in bytes, 0 to {@link #LARGEST_SIZE}
   */
  public record Root(long references, long size) {}

  /**
   * Reads the data of a root.
   *
   * @param bytes a little-endian buffer
   * @param at the first byte
   * @param length how many there are
   * @param place for the message of a failure
   * @return the data
   * @throws org.jetbackup.api.error.JetException LV_CORRUPTED if it is no such data
   */
  public static Root readRoot(ByteBuffer bytes, int at, int length, RecordPlace place) {
    if (length != ROOT_BYTES && length != FLAGGED_ROOT_BYTES) {
      throw place.failure(JetErr.LV_CORRUPTED, "data of a long value's root", length, "8 or 9");
    }
    long size = RecordLayout.u32(bytes, at + SIZE_AT);
    if (size > LARGEST_SIZE) {
      throw place.failure(
          JetErr.LV_CORRUPTED, "size of a long value", size, "up to " + LARGEST_SIZE);
    }
    return new Root(RecordLayout.u32(bytes, at), size);
  }

  static void requireId(long id) {
    if (id < 1 || id > LARGEST_ID) {
      throw new IllegalArgumentException("long-value id = " + id + ", allowed: 1 to " + LARGEST_ID);
    }
  }

  private static void bigEndian(byte[] target, int at, long value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      target[at + i] = (byte) (value >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
    }
  }

  private static long bigEndian(byte[] source, int at) {
    long value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(source[at + i]);
    }
    return value;
  }
}
