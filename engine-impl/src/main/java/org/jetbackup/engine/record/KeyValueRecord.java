package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jetbackup.engine.format.PageSize;

/**
 * The record of a table with two columns, {@code Key} (variable, 128) and {@code Value} (tagged
 * LongBinary, 256), written without allocating anything.
 *
 * <pre>
 *   00 80 0400 | key length, 2 | key | 0001, offset, 2 | header | value, or long-value id, 4
 * </pre>
 *
 * <p>The value is never null: an empty one has its header byte. Read by {@link KeyValueView}.
 * Thread-safe. Source: sections 8.6, 9.2 and 9.6.
 */
public final class KeyValueRecord {

  /** The column id of the key. */
  public static final int KEY_COLUMN = 128;

  /** The column id of the value. */
  public static final int VALUE_COLUMN = 256;

  /** The longest key in bytes, and the maximum length of its column. */
  public static final int LONGEST_KEY = 255;

  /** The key length of the index with which no two keys of any allowed length collide. */
  public static final int KEY_MOST = 289;

  /** All but key and value. */
  public static final int OVERHEAD_BYTES = RecordLayout.HEAD_BYTES
      + RecordLayout.OFFSET_BYTES
      + RecordLayout.TAG_BYTES
      + TaggedHeader.BYTES;

  static final int KEY_AT = RecordLayout.HEAD_BYTES + RecordLayout.OFFSET_BYTES;

  private static final int SMALL_RESERVE = 8 + 2;
  private static final int LARGE_RESERVE = 8 + 4;
  private static final int SMALL_KEY_RESERVE = 255;
  private static final int SMALL_KEY_EXTRA = 2;

  private KeyValueRecord() {}

  /**
   * Measures a record with the value in it.
   *
   * @param keyLength the length of the key in bytes
   * @param valueLength the length of the value in bytes
   * @return the length of the record in bytes
   */
  public static int size(int keyLength, int valueLength) {
    return OVERHEAD_BYTES + keyLength + valueLength;
  }

  /**
   * Measures a record with a separated value.
   *
   * @param keyLength the length of the key in bytes
   * @return the length of the record in bytes
   */
  public static int separatedSize(int keyLength) {
    return size(keyLength, LongValues.ID_BYTES);
  }

  /**
   * The longest record of any table that a page takes. Source: section 9.6.
   *
   * @param size the page size
   * @param keyMost the key length of the primary index, in bytes
   * @return the length in bytes
   */
  public static int largest(PageSize size, int keyMost) {
    int room = size.bytes() - size.pageHeaderBytes();
    return size.isLarge()
        ? room - LARGE_RESERVE - keyMost
        : room - SMALL_RESERVE - Math.max(SMALL_KEY_RESERVE, SMALL_KEY_EXTRA + keyMost);
  }

  /**
   * The longest value that stays in the record of a table with {@link #KEY_MOST}.
   *
   * @param size the page size
   * @param keyLength the length of the key in bytes
   * @return the length in bytes
   */
  public static int largestInlineValue(PageSize size, int keyLength) {
    return largest(size, KEY_MOST) - OVERHEAD_BYTES - keyLength;
  }

  /**
   * Writes a record with the value in it.
   *
   * @param target a little-endian buffer; written by absolute index
   * @param at the first of {@link #size} bytes
   * @param size the page size
   * @param key holds the key
   * @param keyFrom its first byte
   * @param keyLength its length, 1 to {@value #LONGEST_KEY}
   * @param value holds the value
   * @param valueFrom its first byte
   * @param valueLength its length, from 0 on
   * @return the length of the record
   * @throws IllegalArgumentException if the key is too long or empty
   */
  public static int write(
      ByteBuffer target,
      int at,
      PageSize size,
      byte[] key,
      int keyFrom,
      int keyLength,
      byte[] value,
      int valueFrom,
      int valueLength) {
    Objects.checkFromIndexSize(valueFrom, valueLength, value.length);
    int valueAt = writeHead(target, at, size, key, keyFrom, keyLength, TaggedHeader.LONG_VALUE);
    target.put(valueAt, value, valueFrom, valueLength);
    return valueAt + valueLength - at;
  }

  /**
   * Writes a record whose value is a long value.
   *
   * @param target a little-endian buffer; written by absolute index
   * @param at the first of {@link #separatedSize} bytes
   * @param size the page size
   * @param key holds the key
   * @param keyFrom its first byte
   * @param keyLength its length, 1 to {@value #LONGEST_KEY}
   * @param longValueId the id of the long value, an unsigned 32-bit number from 1 on
   * @return the length of the record
   * @throws IllegalArgumentException if the key is too long or empty, or there is no such id
   */
  public static int writeSeparated(
      ByteBuffer target,
      int at,
      PageSize size,
      byte[] key,
      int keyFrom,
      int keyLength,
      long longValueId) {
    LongValues.requireId(longValueId);
    int valueAt = writeHead(
        target,
        at,
        size,
        key,
        keyFrom,
        keyLength,
        TaggedHeader.LONG_VALUE | TaggedHeader.SEPARATED);
    target.putInt(valueAt, (int) longValueId);
    return valueAt + LongValues.ID_BYTES - at;
  }

  private static int writeHead(
      ByteBuffer target, int at, PageSize size, byte[] key, int from, int length, int header) {
    if (length < 1 || length > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "key of " + length + " bytes, allowed: 1 to " + LONGEST_KEY);
    }
    Objects.checkFromIndexSize(from, length, key.length);
    target.put(at + RecordLayout.FIXED_LAST, (byte) 0);
    target.put(at + RecordLayout.VARIABLE_LAST, (byte) KEY_COLUMN);
    target.putShort(at + RecordLayout.FIXED_END, (short) RecordLayout.HEAD_BYTES);
    target.putShort(at + RecordLayout.HEAD_BYTES, (short) length);
    target.put(at + KEY_AT, key, from, length);
    int tag = at + KEY_AT + length;
    int flag = size.isLarge() ? 0 : RecordLayout.SMALL_HAS_HEADER;
    target.putShort(tag, (short) VALUE_COLUMN);
    target.putShort(tag + RecordLayout.TAG_OFFSET, (short) (RecordLayout.TAG_BYTES | flag));
    target.put(tag + RecordLayout.TAG_BYTES, (byte) header);
    return tag + RecordLayout.TAG_BYTES + TaggedHeader.BYTES;
  }
}
