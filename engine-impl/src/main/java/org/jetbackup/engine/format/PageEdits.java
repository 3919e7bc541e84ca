package org.jetbackup.engine.format;

import java.nio.ByteBuffer;

/**
 * What {@link PageEditor} did to one page, in order, for the log; {@link PageReplay} does it again.
 *
 * <pre>{@code
 *   insert         1 byte code, flags of the node from bit 4 on
 *                  2 tag, 2 length of the key, 2 length of the data, key, data
 *   remove         1 code, 2 tag
 *   replace data   1 code, 2 tag, 2 length, data
 *   set child      1 code, 2 tag, 4 page number
 *   set header     1 code, 2 length, header
 *   set previous, set next   1 code, 4 page number
 * }</pre>
 *
 * <p>A page that is laid out anew is logged as a whole, whatever happens to it afterwards; so is
 * one whose list gets longer than a page. The list has room for a page from the start on, so that
 * to note an edit never fails and allocates nothing. For one thread, reused.
 */
public final class PageEdits {

  static final int INSERT = 1;
  static final int REMOVE = 2;
  static final int REPLACE_DATA = 3;
  static final int SET_CHILD = 4;
  static final int SET_HEADER = 5;
  static final int SET_PREVIOUS = 6;
  static final int SET_NEXT = 7;

  static final int CODE_MASK = 0x0F;
  static final int FLAGS_SHIFT = 4;

  static final int INSERT_BYTES = 7;
  static final int REMOVE_BYTES = 3;
  static final int REPLACE_DATA_BYTES = 5;
  static final int SET_CHILD_BYTES = 7;
  static final int SET_HEADER_BYTES = 3;
  static final int SET_NEIGHBOUR_BYTES = 5;

  private final ByteBuffer list;
  private int length;
  private boolean whole;

  /**
   * Makes an empty list.
   *
   * @param size the size of the pages
   */
  public PageEdits(PageSize size) {
    this.list = size.newBuffer();
  }

  /** Begins anew: nothing was done to the page. */
  public void clear() {
    length = 0;
    whole = false;
  }

  /** From now on the page is to be logged as a whole. */
  public void becomeWhole() {
    whole = true;
  }

  /** {@return whether the page is to be logged as a whole, because there is no list} */
  public boolean isWhole() {
    return whole;
  }

  /** {@return how many bytes the list has} */
  public int length() {
    return length;
  }

  /**
   * Copies the list.
   *
   * @param target takes {@link #length()} bytes
   * @param at the first of them
   */
  public void copyTo(ByteBuffer target, int at) {
    target.put(at, list, 0, length);
  }

  void insert(int tag, int flags, ByteBuffer key, ByteBuffer data, int from, int dataLength) {
    int at = begin(INSERT_BYTES + key.limit() + dataLength, INSERT | flags << FLAGS_SHIFT);
    if (at >= 0) {
      list.putShort(at + 1, (short) tag);
      list.putShort(at + 3, (short) key.limit());
      list.putShort(at + 5, (short) dataLength);
      list.put(at + INSERT_BYTES, key, 0, key.limit());
      list.put(at + INSERT_BYTES + key.limit(), data, from, dataLength);
    }
  }

  void remove(int tag) {
    int at = begin(REMOVE_BYTES, REMOVE);
    if (at >= 0) {
      list.putShort(at + 1, (short) tag);
    }
  }

  void replaceData(int tag, ByteBuffer data, int from, int dataLength) {
    int at = begin(REPLACE_DATA_BYTES + dataLength, REPLACE_DATA);
    if (at >= 0) {
      list.putShort(at + 1, (short) tag);
      list.putShort(at + 3, (short) dataLength);
      list.put(at + REPLACE_DATA_BYTES, data, from, dataLength);
    }
  }

  void setChild(int tag, long child) {
    int at = begin(SET_CHILD_BYTES, SET_CHILD);
    if (at >= 0) {
      list.putShort(at + 1, (short) tag);
      list.putInt(at + 3, (int) child);
    }
  }

  void setHeader(ByteBuffer header) {
    int at = begin(SET_HEADER_BYTES + header.limit(), SET_HEADER);
    if (at >= 0) {
      list.putShort(at + 1, (short) header.limit());
      list.put(at + SET_HEADER_BYTES, header, 0, header.limit());
    }
  }

  void setNeighbour(int code, long number) {
    int at = begin(SET_NEIGHBOUR_BYTES, code);
    if (at >= 0) {
      list.putInt(at + 1, (int) number);
    }
  }

  /** Finds room for an edit; negative if it need not be noted. */
  private int begin(int bytes, int code) {
    whole |= length + bytes > list.capacity();
    if (whole) {
      return -1;
    }
    int at = length;
    list.put(at, (byte) code);
    length += bytes;
    return at;
  }
}
