package org.jetbackup.engine.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jetbackup.engine.format.PageSize;

/**
 * Builds any record, column by column in the order of their ids: the fixed ones from 1 on, then the
 * variable ones from 128 on, then the tagged ones. Columns behind the last one given have their
 * default.
 *
 * <p>For catalog rows and tests; {@link KeyValueRecord} writes the records of a user's table. For
 * one thread. Source: sections 9.1 and 9.2.
 */
public final class RecordWriter {

  private record Tagged(int id, boolean isNull, int header, Bytes value) {}

  private final PageSize size;
  private final ByteArrayOutputStream fixed = new ByteArrayOutputStream();
  private final BitSet nulls = new BitSet();
  private final List<Integer> ends = new ArrayList<>();
  private final ByteArrayOutputStream variable = new ByteArrayOutputStream();
  private final List<Tagged> tagged = new ArrayList<>();
  private int fixedCount;

  /**
   * Begins a record.
   *
   * @param size the page size, which decides how tagged columns look
   */
  public RecordWriter(PageSize size) {
    this.size = size;
  }

  /**
   * Adds the next fixed column.
   *
   * @param value its bytes
   * @return this
   */
  public RecordWriter fixed(byte... value) {
    requireFree(fixedCount < RecordLayout.LAST_FIXED && ends.isEmpty() && tagged.isEmpty());
    fixed.writeBytes(value);
    fixedCount++;
    return this;
  }

  /**
   * Adds the next fixed column, of 8 bits.
   *
   * @param value the value; its low bits count
   * @return this
   */
  public RecordWriter fixed8(int value) {
    return fixed((byte) value);
  }

  /**
   * Adds the next fixed column, of 16 bits.
   *
   * @param value the value; its low bits count
   * @return this
   */
  public RecordWriter fixed16(int value) {
    return fixed((byte) value, (byte) (value >> Byte.SIZE));
  }

  /**
   * Adds the next fixed column, of 32 bits.
   *
   * @param value the value; its low bits count
   * @return this
   */
  public RecordWriter fixed32(long value) {
    byte[] bytes = new byte[Integer.BYTES];
    little(bytes).putInt(0, (int) value);
    return fixed(bytes);
  }

  /**
   * Adds the next fixed column, which is null.
   *
   * @param width how wide it is in bytes
   * @return this
   */
  public RecordWriter fixedNull(int width) {
    byte[] filler = new byte[width];
    Arrays.fill(filler, RecordLayout.NULL_FILLER);
    nulls.set(fixedCount);
    return fixed(filler);
  }

  /**
   * Adds the next variable column.
   *
   * @param value its bytes
   * @return this
   */
  public RecordWriter variable(byte... value) {
    requireVariable();
    variable.writeBytes(value);
    if (variable.size() > RecordLayout.VARIABLE_OFFSET_MASK) {
      throw new IllegalArgumentException("variable columns of " + variable.size() + " bytes");
    }
    ends.add(variable.size());
    return this;
  }

  /**
   * Adds the next variable column, which is null.
   *
   * @return this
   */
  public RecordWriter variableNull() {
    requireVariable();
    ends.add(variable.size() | RecordLayout.VARIABLE_NULL);
    return this;
  }

  /**
   * Adds a tagged column.
   *
   * @param id its id, higher than that of the tagged column before
   * @param header bits of {@link TaggedHeader}; on small pages 0 means: no header byte
   * @param value what stands behind the header byte
   * @return this
   */
  public RecordWriter tagged(int id, int header, byte... value) {
    return add(new Tagged(id, false, header, Bytes.of(value)));
  }

  /**
   * Adds a tagged column that is null although it has a default.
   *
   * @param id its id, higher than that of the tagged column before
   * @return this
   */
  public RecordWriter taggedNull(int id) {
    return add(new Tagged(id, true, size.isLarge() ? TaggedHeader.NULL : 0, Bytes.EMPTY));
  }

  private RecordWriter add(Tagged column) {
    int least = tagged.isEmpty()
        ? RecordLayout.FIRST_TAGGED
        : tagged.get(tagged.size() - 1).id() + 1;
    if (column.id() < least || column.id() > RecordLayout.LAST_TAGGED) {
      throw new IllegalArgumentException(
          "tagged column " + column.id() + ", allowed: from " + least + " on");
    }
    tagged.add(column);
    return this;
  }

  /** {@return the record} */
  public byte[] toBytes() {
    int fixedEnd = RecordLayout.HEAD_BYTES + fixed.size() + RecordLayout.bitmapBytes(fixedCount);
    int variableAt = fixedEnd + RecordLayout.OFFSET_BYTES * ends.size();
    int taggedAt = variableAt + variable.size();
    byte[] result = new byte[taggedAt + taggedBytes()];
    ByteBuffer target = little(result);
    target.put((byte) fixedCount);
    target.put((byte) (RecordLayout.NO_VARIABLE + ends.size()));
    target.putShort((short) fixedEnd).put(fixed.toByteArray());
    putBitmap(target);
    ends.forEach(end -> target.putShort(end.shortValue()));
    target.put(variable.toByteArray());
    putTagged(target, taggedAt);
    return result;
  }

  private void putBitmap(ByteBuffer target) {
    for (int first = 0; first < fixedCount; first += Byte.SIZE) {
      int bits = 0;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        boolean set = first + bit >= fixedCount || nulls.get(first + bit); // unused bits are 1
        bits |= set ? 1 << bit : 0;
      }
      target.put((byte) bits);
    }
  }

  private boolean hasHeader(Tagged column) {
    return size.isLarge() || column.header() != 0;
  }

  private int taggedBytes() {
    int bytes = RecordLayout.TAG_BYTES * tagged.size();
    for (Tagged column : tagged) {
      bytes += (hasHeader(column) ? TaggedHeader.BYTES : 0) + column.value().length();
    }
    return bytes;
  }

  private void putTagged(ByteBuffer target, int from) {
    int tag = from;
    int at = from + RecordLayout.TAG_BYTES * tagged.size();
    for (Tagged column : tagged) {
      int offset = at - from;
      if (offset > RecordLayout.offsetMask(size)) {
        throw new IllegalArgumentException("tagged column " + column.id() + " at " + offset);
      }
      boolean small = !size.isLarge();
      int flags = (small && hasHeader(column) ? RecordLayout.SMALL_HAS_HEADER : 0)
          | (small && column.isNull() ? RecordLayout.SMALL_NULL : 0);
      target.putShort(tag, (short) column.id());
      target.putShort(tag + RecordLayout.TAG_OFFSET, (short) (offset | flags));
      tag += RecordLayout.TAG_BYTES;
      if (hasHeader(column)) {
        target.put(at, (byte) column.header());
        at += TaggedHeader.BYTES;
      }
      target.put(at, column.value().toArray());
      at += column.value().length();
    }
  }

  private void requireVariable() {
    int most = RecordLayout.LAST_VARIABLE - RecordLayout.NO_VARIABLE;
    requireFree(ends.size() < most && tagged.isEmpty());
  }

  private static void requireFree(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("columns out of order, or too many of a kind");
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
