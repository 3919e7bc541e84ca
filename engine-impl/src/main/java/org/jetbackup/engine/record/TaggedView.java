package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.PageSize;

/**
 * The tagged columns of the record where a {@link RecordView} stands. Columns are counted from 0 in
 * the order of the record, the values of one column from 0 as well.
 *
 * <p>Ids rise. Columns inherited from a template table may repeat ids of the table's own, so only
 * neighbours of the same origin are compared. Source: section 9.2.
 */
public final class TaggedView {

  /** No column of that id is there. */
  public static final int NOT_FOUND = -1;

  private static final int LENGTH_BYTES = 1;

  private final PageSize size;
  private final RecordPlace place;
  private final int offsetMask;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int start;
  private int length;
  private int count;

  TaggedView(PageSize size, RecordPlace place) {
    this.size = size;
    this.place = place;
    this.offsetMask = RecordLayout.offsetMask(size);
  }

  void clear() {
    count = 0;
  }

  void moveTo(ByteBuffer buffer, int at, int newLength) {
    count = 0;
    if (newLength == 0) {
      return;
    }
    if (newLength < RecordLayout.TAG_BYTES) {
      throw place.broken("bytes of the tagged columns", newLength, "0, or from 4 on");
    }
    bytes = buffer;
    start = at;
    length = newLength;
    int first = offset(0);
    if (first < RecordLayout.TAG_BYTES || first % RecordLayout.TAG_BYTES != 0 || first > length) {
      throw place.broken("offset of the first tagged column", first, "4, 8 ... " + length);
    }
    int columns = first / RecordLayout.TAG_BYTES;
    for (int i = 0; i < columns; i++) {
      check(i, columns);
    }
    count = columns;
  }

  private void check(int i, int columns) {
    int id = id(i);
    boolean sameOrigin = i > 0 && isTemplate(i) == isTemplate(i - 1);
    int least = sameOrigin ? id(i - 1) + 1 : RecordLayout.FIRST_TAGGED;
    if (id < least) {
      throw place.broken("id of a tagged column", id, "from " + least + " on");
    }
    int from = offset(i);
    int to = i + 1 < columns ? offset(i + 1) : length;
    int least2 = hasHeader(i) ? TaggedHeader.BYTES : 0;
    if (to > length || to - from < least2) {
      throw place.broken("end of tagged column " + id, to, (from + least2) + " to " + length);
    }
    if (!isNull(i)) {
      checkValues(i, start + to);
    }
  }

  private void checkValues(int i, int end) {
    int from = contentOffset(i);
    int header = header(i);
    boolean several = (header & (TaggedHeader.TWO_VALUES | TaggedHeader.MULTI_VALUES)) != 0;
    if (several && (header & TaggedHeader.SEPARATED) != 0) { // each of many has a bit of its own
      throw place.broken("header of tagged column " + id(i), header, "several values, or an id");
    }
    if ((header & TaggedHeader.TWO_VALUES) != 0) {
      boolean fits =
          end - from >= LENGTH_BYTES && LENGTH_BYTES + RecordLayout.u8(bytes, from) <= end - from;
      if (!fits) {
        throw place.broken("bytes of two values", end - from, "room for the first");
      }
    } else if ((header & TaggedHeader.MULTI_VALUES) != 0) {
      checkInstances(from, end);
    } else if ((header & TaggedHeader.SEPARATED) != 0) {
      requireIdLength(end - from);
    }
  }

  private void checkInstances(int from, int end) {
    int room = end - from;
    int first = room < RecordLayout.OFFSET_BYTES ? 0 : instance(from, 0);
    if (first == 0 || first % RecordLayout.OFFSET_BYTES != 0 || first > room) {
      throw place.broken("offset of the first of many values", first, "2, 4 ... " + room);
    }
    int values = first / RecordLayout.OFFSET_BYTES;
    for (int n = 0; n < values; n++) {
      int here = instance(from, n);
      int next = n + 1 < values ? instance(from, n + 1) : room;
      if (next < here || next > room) {
        throw place.broken("end of one of many values", next, here + " to " + room);
      }
      if (isInstanceSeparated(from, n)) {
        requireIdLength(next - here);
      }
    }
  }

  private void requireIdLength(int bytesOfId) {
    if (bytesOfId != Integer.BYTES && bytesOfId != Long.BYTES) {
      throw place.broken("bytes of a long-value id", bytesOfId, "4 or 8");
    }
  }

  /** {@return how many tagged columns the record holds} */
  public int count() {
    return count;
  }

  /**
   * Finds a column of the table itself.
   *
   * @param id its id
   * @return its place, from 0 on, or {@link #NOT_FOUND}
   */
  public int find(int id) {
    for (int i = 0; i < count; i++) {
      if (id(i) == id && !isTemplate(i)) {
        return i;
      }
    }
    return NOT_FOUND;
  }

  /**
   * Reads the id of a column.
   *
   * @param i the place of the column
   * @return the id, from 256 on
   */
  public int id(int i) {
    return RecordLayout.u16(bytes, start + RecordLayout.TAG_BYTES * i);
  }

  /**
   * Tells whether a column comes from the template of the table.
   *
   * @param i the place of the column
   * @return whether it does
   */
  public boolean isTemplate(int i) {
    return (word(i) & RecordLayout.TEMPLATE) != 0;
  }

  /**
   * Reads the header byte of a column.
   *
   * @param i the place of the column
   * @return bits of {@link TaggedHeader}; 0 if there is no header byte
   */
  public int header(int i) {
    return hasHeader(i) ? RecordLayout.u8(bytes, start + offset(i)) : 0;
  }

  /**
   * Tells whether a column is null although it is in the record.
   *
   * @param i the place of the column
   * @return whether it is null, which overrides a default
   */
  public boolean isNull(int i) {
    return size.isLarge()
        ? (header(i) & TaggedHeader.NULL) != 0
        : (word(i) & RecordLayout.SMALL_NULL) != 0;
  }

  /**
   * Counts the values of a column.
   *
   * @param i the place of the column
   * @return 0 if it is null, 1 unless it has many
   */
  public int values(int i) {
    if (isNull(i)) {
      return 0;
    }
    if (isPair(i)) {
      return 2;
    }
    return isMany(i) ? instance(contentOffset(i), 0) / RecordLayout.OFFSET_BYTES : 1;
  }

  /**
   * Finds a value.
   *
   * @param i the place of the column
   * @param n the value, from 0 on
   * @return its first byte, or that of its long-value id, by absolute index in the buffer
   */
  public int valueOffset(int i, int n) {
    int from = contentOffset(i);
    requireValue(i, n);
    if (isPair(i)) {
      return from + LENGTH_BYTES + (n == 0 ? 0 : RecordLayout.u8(bytes, from));
    }
    return isMany(i) ? from + instance(from, n) : from;
  }

  /**
   * Measures a value.
   *
   * @param i the place of the column
   * @param n the value, from 0 on
   * @return its length in bytes as stored: compressed, or that of the long-value id
   */
  public int valueLength(int i, int n) {
    int next = n + 1 < values(i) ? valueOffset(i, n + 1) : end(i);
    return next - valueOffset(i, n);
  }

  /**
   * Tells whether a value is a long value.
   *
   * @param i the place of the column
   * @param n the value, from 0 on
   * @return whether its id stands in its place
   */
  public boolean isSeparated(int i, int n) {
    requireValue(i, n);
    return isMany(i)
        ? isInstanceSeparated(contentOffset(i), n)
        : (header(i) & TaggedHeader.SEPARATED) != 0; // never of a pair, which is always inline
  }

  /**
   * Tells whether a value is compressed in the record. Only the first of many can be. A separated
   * value is compressed, or not, in the chunks of its long value.
   *
   * @param i the place of the column
   * @param n the value, from 0 on
   * @return whether {@link Decompression} is needed
   */
  public boolean isCompressed(int i, int n) {
    return n == 0 && (header(i) & TaggedHeader.COMPRESSED) != 0 && !isSeparated(i, n);
  }

  /**
   * Reads the id of a separated value.
   *
   * @param i the place of the column
   * @param n the value, from 0 on
   * @return the id: 32 bits without sign, or 64 bits with the top bit set in newer formats
   */
  public long longValueId(int i, int n) {
    if (!isSeparated(i, n)) {
      throw new IllegalArgumentException("value " + n + " of column " + id(i) + " is inline");
    }
    int at = valueOffset(i, n);
    return valueLength(i, n) == Long.BYTES ? bytes.getLong(at) : RecordLayout.u32(bytes, at);
  }

  private boolean isPair(int i) {
    return (header(i) & TaggedHeader.TWO_VALUES) != 0;
  }

  /** Two values have both bits, and the form of two. */
  private boolean isMany(int i) {
    return (header(i) & (TaggedHeader.MULTI_VALUES | TaggedHeader.TWO_VALUES))
        == TaggedHeader.MULTI_VALUES;
  }

  private boolean hasHeader(int i) {
    return size.isLarge() || (word(i) & RecordLayout.SMALL_HAS_HEADER) != 0;
  }

  private int contentOffset(int i) {
    return start + offset(i) + (hasHeader(i) ? TaggedHeader.BYTES : 0);
  }

  private int end(int i) {
    return start + (i + 1 < count ? offset(i + 1) : length);
  }

  private int word(int i) {
    return RecordLayout.u16(bytes, start + RecordLayout.TAG_BYTES * i + RecordLayout.TAG_OFFSET);
  }

  private int offset(int i) {
    return word(i) & offsetMask;
  }

  private int instance(int from, int n) {
    return instanceWord(from, n) & RecordLayout.INSTANCE_OFFSET_MASK;
  }

  private boolean isInstanceSeparated(int from, int n) {
    return (instanceWord(from, n) & RecordLayout.INSTANCE_SEPARATED) != 0;
  }

  private int instanceWord(int from, int n) {
    return RecordLayout.u16(bytes, from + RecordLayout.OFFSET_BYTES * n);
  }

  private void requireValue(int i, int n) {
    if (n < 0 || n >= values(i)) {
      throw new IllegalArgumentException("value " + n + " of column " + id(i) + " is not there");
    }
  }
}
