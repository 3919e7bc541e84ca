package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.PageSize;

/**
 * Reads the record of a table with two columns in place; moved from record to record, so that
 * reading allocates nothing. Before the first move, and after a move that failed, key and value are
 * empty.
 *
 * <p>Only the shape that {@link KeyValueRecord} writes is accepted, and the null value, which the
 * original may have left there. A value that is compressed, encrypted or one of many cannot be in
 * such a table, because the flags of its column say so; it is a broken record. For one thread, and
 * only as long as the bytes do not change. Source: sections 8.6 and 9.2.
 */
public final class KeyValueView {

  private final PageSize size;
  private final RecordPlace place;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int keyOffset;
  private int keyLength;
  private int valueOffset;
  private int valueLength;
  private boolean separated;
  private boolean valueNull = true;

  /**
   * Makes a view that stands nowhere yet.
   *
   * @param size the page size of the database
   * @param place asked for the place when a record is broken
   */
  public KeyValueView(PageSize size, RecordPlace place) {
    this.size = size;
    this.place = place;
  }

  /**
   * Moves to a record.
   *
   * @param buffer a little-endian buffer, for example the page
   * @param at the first byte of the record, for example {@code NodeView.dataOffset()}
   * @param length the length of the record
   * @return this
   * @throws org.jetbackup.api.error.JetException NODE_CORRUPTED if it is no such record
   */
  public KeyValueView moveTo(ByteBuffer buffer, int at, int length) {
    clear();
    int end = at + length;
    if (length < KeyValueRecord.KEY_AT) {
      throw place.broken("record length", length, "from " + KeyValueRecord.KEY_AT + " on");
    }
    int head = buffer.getInt(at);
    if (head != (RecordLayout.HEAD_BYTES << Short.SIZE | KeyValueRecord.KEY_COLUMN << Byte.SIZE)) {
      throw place.broken(
          "head of the record", Integer.toHexString(Integer.reverseBytes(head)), "00800400");
    }
    int key = RecordLayout.u16(buffer, at + RecordLayout.HEAD_BYTES);
    int room = length - KeyValueRecord.KEY_AT;
    if (key < 1 || key > Math.min(room, KeyValueRecord.LONGEST_KEY)) {
      throw place.broken(
          "key length",
          key,
          "1 to " + KeyValueRecord.LONGEST_KEY + ", and inside the record with " + room
              + " bytes left");
    }
    moveToValue(buffer, at + KeyValueRecord.KEY_AT + key, end);
    bytes = buffer;
    keyOffset = at + KeyValueRecord.KEY_AT;
    keyLength = key;
    return this;
  }

  private void moveToValue(ByteBuffer buffer, int tag, int end) {
    if (tag == end) {
      return; // no entry: null
    }
    if (end - tag < RecordLayout.TAG_BYTES) {
      throw place.broken("bytes behind the key", end - tag, "0, or an entry of 4");
    }
    int id = RecordLayout.u16(buffer, tag);
    if (id != KeyValueRecord.VALUE_COLUMN) {
      throw place.broken("tagged column", id, "" + KeyValueRecord.VALUE_COLUMN);
    }
    int word = RecordLayout.u16(buffer, tag + RecordLayout.TAG_OFFSET);
    int headerAt = tag + RecordLayout.TAG_BYTES;
    if (!size.isLarge()
        && word == (RecordLayout.SMALL_NULL | RecordLayout.TAG_BYTES)
        && headerAt == end) {
      return; // an explicit null
    }
    int wanted = RecordLayout.TAG_BYTES | (size.isLarge() ? 0 : RecordLayout.SMALL_HAS_HEADER);
    if (word != wanted) {
      throw place.broken("offset of the value", word, "" + wanted);
    }
    if (headerAt == end) {
      throw place.broken("bytes of the value", 0, "a header byte at least");
    }
    moveToContent(buffer, headerAt, end);
  }

  private void moveToContent(ByteBuffer buffer, int headerAt, int end) {
    int header = RecordLayout.u8(buffer, headerAt);
    int from = headerAt + TaggedHeader.BYTES;
    switch (header) {
      case TaggedHeader.LONG_VALUE -> {}
      case TaggedHeader.LONG_VALUE | TaggedHeader.SEPARATED -> {
        requireId(buffer, from, end);
        separated = true;
      }
      case TaggedHeader.NULL, TaggedHeader.NULL | TaggedHeader.LONG_VALUE -> {
        if (!size.isLarge() || from != end) {
          throw place.broken("header of the value", header, "no null with bytes behind it");
        }
        return;
      }
      default -> throw place.broken("header of the value", header, "1, 5, or 33 on a large page");
    }
    valueNull = false;
    valueOffset = from;
    valueLength = end - from;
  }

  private void requireId(ByteBuffer buffer, int from, int end) {
    if (end - from != LongValues.ID_BYTES) {
      throw place.broken("bytes of a long-value id", end - from, "4");
    }
    if (buffer.getInt(from) == 0) {
      throw place.broken("long-value id", 0, "from 1 on");
    }
  }

  private void clear() {
    keyOffset = 0;
    keyLength = 0;
    valueOffset = 0;
    valueLength = 0;
    separated = false;
    valueNull = true;
  }

  /** {@return where the key begins, by absolute index in the buffer} */
  public int keyOffset() {
    return keyOffset;
  }

  /** {@return the length of the key in bytes, 1 to 255} */
  public int keyLength() {
    return keyLength;
  }

  /** {@return whether the value is null, which is not the same as empty} */
  public boolean isValueNull() {
    return valueNull;
  }

  /** {@return whether the value is a long value, so that the record holds its id only} */
  public boolean isSeparated() {
    return separated;
  }

  /** {@return where the value, or the long-value id, begins, by absolute index in the buffer} */
  public int valueOffset() {
    return valueOffset;
  }

  /** {@return the length of the value in the record: 4 if it is separated, 0 if it is null} */
  public int valueLength() {
    return valueLength;
  }

  /**
   * Reads the id of a separated value.
   *
   * @return an unsigned 32-bit number from 1 on
   * @throws IllegalStateException if the value is not separated
   */
  public long longValueId() {
    if (!separated) {
      throw new IllegalStateException("the value is in the record");
    }
    return RecordLayout.u32(bytes, valueOffset);
  }
}
