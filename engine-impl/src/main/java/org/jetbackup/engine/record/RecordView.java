package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.PageSize;

/**
 * Reads any record in place; moved from record to record, so that reading allocates nothing. Before
 * the first move, and after a move that failed, no column is there.
 *
 * <p>A column that is not in the record has its default, or is null: {@link #isFixedPresent},
 * {@link #isVariablePresent} and {@link TaggedView#find} tell. Offsets are absolute indexes in the
 * buffer. For one thread, and only as long as the bytes do not change. Source: sections 9.1 and
 * 9.2.
 */
public final class RecordView {

  private final FixedLayout layout;
  private final RecordPlace place;
  private final TaggedView tagged;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int start;
  private int fixedLast;
  private int variableLast = RecordLayout.NO_VARIABLE;
  private int fixedEnd;

  /**
   * Makes a view that stands nowhere yet.
   *
   * @param layout the fixed columns of the table
   * @param size the page size of the database
   * @param place asked for the place when a record is broken
   */
  public RecordView(FixedLayout layout, PageSize size, RecordPlace place) {
    this.layout = layout;
    this.place = place;
    this.tagged = new TaggedView(size, place);
  }

  /**
   * Moves to a record and checks all of it: every offset rises and lies inside the record.
   *
   * @param buffer a little-endian buffer, for example the page
   * @param at the first byte of the record, for example {@code NodeView.dataOffset()}
   * @param length the length of the record
   * @return this
   * @throws org.jetbackup.api.error.JetException NODE_CORRUPTED if it is broken
   */
  public RecordView moveTo(ByteBuffer buffer, int at, int length) {
    fixedLast = 0;
    variableLast = RecordLayout.NO_VARIABLE;
    tagged.clear();
    requireAtLeast("record length", length, RecordLayout.HEAD_BYTES);
    int newFixed = RecordLayout.u8(buffer, at + RecordLayout.FIXED_LAST);
    int newVariable = RecordLayout.u8(buffer, at + RecordLayout.VARIABLE_LAST);
    int newEnd = RecordLayout.u16(buffer, at + RecordLayout.FIXED_END);
    if (newFixed > layout.last()) {
      throw place.broken("last fixed column", newFixed, "up to " + layout.last());
    }
    if (newVariable < RecordLayout.NO_VARIABLE) {
      throw place.broken(
          "last variable column", newVariable, "from " + RecordLayout.NO_VARIABLE + " on");
    }
    int wanted = layout.end(newFixed) + RecordLayout.bitmapBytes(newFixed);
    if (newEnd != wanted || newEnd > length) {
      throw place.broken("end of the fixed columns", newEnd, wanted + ", in a record of " + length);
    }
    int variables = newVariable - RecordLayout.NO_VARIABLE;
    int dataAt = newEnd + RecordLayout.OFFSET_BYTES * variables;
    requireAtLeast("record length", length, dataAt);
    int dataEnd = checkVariable(buffer, at + newEnd, variables, length - dataAt);
    tagged.moveTo(buffer, at + dataAt + dataEnd, length - dataAt - dataEnd);
    bytes = buffer;
    start = at;
    fixedEnd = newEnd;
    fixedLast = newFixed;
    variableLast = newVariable;
    return this;
  }

  /** Checks the offsets of the variable columns and answers the last one. */
  private int checkVariable(ByteBuffer buffer, int table, int variables, int room) {
    int before = 0;
    for (int i = 0; i < variables; i++) {
      int word = RecordLayout.u16(buffer, table + RecordLayout.OFFSET_BYTES * i);
      int end = word & RecordLayout.VARIABLE_OFFSET_MASK;
      boolean isNull = (word & RecordLayout.VARIABLE_NULL) != 0;
      if (end < before || end > room || (isNull && end != before)) {
        throw place.broken(
            "end of variable column " + (RecordLayout.FIRST_VARIABLE + i),
            end,
            isNull ? before + ", since it is null" : before + " to " + room);
      }
      before = end;
    }
    return before;
  }

  private void requireAtLeast(String name, int value, int least) {
    if (value < least) { // the text is made for a failure only
      throw place.broken(name, value, "from " + least + " on");
    }
  }

  /** {@return the id of the last fixed column in the record; 0 if there is none} */
  public int fixedLast() {
    return fixedLast;
  }

  /** {@return the id of the last variable column in the record; 127 if there is none} */
  public int variableLast() {
    return variableLast;
  }

  /**
   * Tells whether the record holds a fixed column.
   *
   * @param id 1 to 127
   * @return whether it does, be it null or not
   */
  public boolean isFixedPresent(int id) {
    return id >= RecordLayout.FIRST_FIXED && id <= fixedLast;
  }

  /**
   * Tells whether a fixed column is null.
   *
   * @param id a column that is present
   * @return whether it is null; its bytes then mean nothing
   */
  public boolean isFixedNull(int id) {
    int bit = requireFixed(id) - RecordLayout.FIRST_FIXED;
    int bitmap = start + layout.end(fixedLast);
    return (bytes.get(bitmap + bit / Byte.SIZE) & 1 << bit % Byte.SIZE) != 0;
  }

  /**
   * Finds a fixed column.
   *
   * @param id a column that is present
   * @return its first byte
   */
  public int fixedOffset(int id) {
    return start + layout.offset(requireFixed(id));
  }

  /**
   * Measures a fixed column.
   *
   * @param id a column that is present
   * @return how wide it is in bytes
   */
  public int fixedLength(int id) {
    return layout.width(requireFixed(id));
  }

  /**
   * Tells whether the record holds a variable column.
   *
   * @param id 128 to 255
   * @return whether it does, be it null or not
   */
  public boolean isVariablePresent(int id) {
    return id >= RecordLayout.FIRST_VARIABLE && id <= variableLast;
  }

  /**
   * Tells whether a variable column is null.
   *
   * @param id a column that is present
   * @return whether it is null, which is not the same as empty
   */
  public boolean isVariableNull(int id) {
    return (word(requireVariable(id)) & RecordLayout.VARIABLE_NULL) != 0;
  }

  /**
   * Finds a variable column.
   *
   * @param id a column that is present
   * @return its first byte
   */
  public int variableOffset(int id) {
    int data = fixedEnd + RecordLayout.OFFSET_BYTES * (variableLast - RecordLayout.NO_VARIABLE);
    return start + data + endBefore(requireVariable(id));
  }

  /**
   * Measures a variable column.
   *
   * @param id a column that is present
   * @return its length in bytes; 0 if it is null
   */
  public int variableLength(int id) {
    return (word(requireVariable(id)) & RecordLayout.VARIABLE_OFFSET_MASK) - endBefore(id);
  }

  /** {@return the tagged columns of the record; the same object for every record} */
  public TaggedView tagged() {
    return tagged;
  }

  private int word(int id) {
    int index = id - RecordLayout.FIRST_VARIABLE;
    return RecordLayout.u16(bytes, start + fixedEnd + RecordLayout.OFFSET_BYTES * index);
  }

  private int endBefore(int id) {
    return id == RecordLayout.FIRST_VARIABLE ? 0 : word(id - 1) & RecordLayout.VARIABLE_OFFSET_MASK;
  }

  private int requireFixed(int id) {
    if (!isFixedPresent(id)) {
      throw new IllegalArgumentException("fixed column " + id + " is not in the record");
    }
    return id;
  }

  private int requireVariable(int id) {
    if (!isVariablePresent(id)) {
      throw new IllegalArgumentException("variable column " + id + " is not in the record");
    }
    return id;
  }
}
