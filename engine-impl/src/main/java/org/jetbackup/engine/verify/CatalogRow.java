package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jetbackup.engine.record.FixedLayout;
import org.jetbackup.engine.record.RecordView;

/**
 * A row of the catalog, as far as the checks need it, and where it stands. A null column is -1 or
 * empty; whether that is allowed is checked when the row is read. Immutable. Source: sections 8.1
 * and 8.2.
 */
final class CatalogRow {

  static final int TABLE = 1;
  static final int COLUMN = 2;
  static final int INDEX = 3;
  static final int LONG_VALUES = 4;
  static final int CALLBACK = 5;

  /** The widths of the fixed columns 1 to 13. */
  static final FixedLayout LAYOUT = FixedLayout.ofWidths(4, 2, 4, 4, 4, 4, 4, 1, 2, 4, 2, 4, 8);

  /** The last fixed column that every row has. */
  static final int LAST_NEEDED = 7;

  private static final int ROOT_FLAG = 8;
  private static final int RECORD_OFFSET = 9;
  private static final int KEY_MOST = 11;
  private static final int CHUNK = 12;
  private static final int NAME = 128;
  private static final int DEFAULT_VALUE = 131;
  private static final int KEY_COLUMNS = 132;
  private static final int CONDITIONS = 134;
  private static final int TUPLES = 135;
  private static final byte[] NOTHING = {};

  private final long page;
  private final int tag;
  private final byte[] key;
  private final byte[] data;
  private final long table;
  private final int type;
  private final long id;
  private final long rootOrType;
  private final long space;
  private final int flags;
  private final long pagesOrLocale;
  private final boolean isRootObject;
  private final int recordOffset;
  private final int keyMost;
  private final long longValueChunk;
  private final byte[] name;
  private final byte[] defaultValue;
  private final byte[] keyColumns;
  private final boolean isPartial;

  /** Reads the row where a view stands, of which the columns 1 to 7 are there. */
  CatalogRow(LeafNode node, RecordView record) {
    ByteBuffer in = node.bytes();
    page = node.page();
    tag = node.tag();
    key = node.copyOfKey();
    data = node.copyOfData();
    table = u32(in, record, 1);
    type = in.getShort(record.fixedOffset(2));
    id = u32(in, record, 3);
    rootOrType = u32(in, record, 4);
    space = u32(in, record, 5);
    flags = (int) u32(in, record, 6);
    pagesOrLocale = u32(in, record, 7);
    isRootObject = has(record, ROOT_FLAG);
    recordOffset = has(record, RECORD_OFFSET) ? u16(in, record, RECORD_OFFSET) : -1;
    keyMost = has(record, KEY_MOST) ? u16(in, record, KEY_MOST) : -1;
    longValueChunk = has(record, CHUNK) ? u32(in, record, CHUNK) : -1;
    name = variable(in, record, NAME);
    defaultValue = variable(in, record, DEFAULT_VALUE);
    keyColumns = variable(in, record, KEY_COLUMNS);
    isPartial = variable(in, record, CONDITIONS).length + variable(in, record, TUPLES).length > 0;
  }

  /** The page it stands on. */
  long page() {
    return page;
  }

  /** The tag on that page. */
  int tag() {
    return tag;
  }

  /** The key of the node; not to be changed. */
  byte[] key() {
    return key;
  }

  /** The record; not to be changed. */
  byte[] data() {
    return data;
  }

  /** The object id of the table that the row belongs to. */
  long table() {
    return table;
  }

  /** What the row describes. */
  int type() {
    return type;
  }

  /** The id of what it describes. */
  long id() {
    return id;
  }

  /** A root page, or the type of a column. */
  long rootOrType() {
    return rootOrType;
  }

  /** The density of pages, or the maximum length of a column. */
  long space() {
    return space;
  }

  /** The flags. */
  int flags() {
    return flags;
  }

  /** Pages at creation, code page or locale. */
  long pagesOrLocale() {
    return pagesOrLocale;
  }

  /** Whether the row is in the index of tables. */
  boolean isRootObject() {
    return isRootObject;
  }

  /** Where a fixed column stands in a record; -1 = not said. */
  int recordOffset() {
    return recordOffset;
  }

  /** The longest key of an index; -1 = not said. */
  int keyMost() {
    return keyMost;
  }

  /** The length of a chunk of long values; -1 = not said. */
  long longValueChunk() {
    return longValueChunk;
  }

  /** The name, as stored; not to be changed. */
  byte[] name() {
    return name;
  }

  /** The default of a column; empty = none. */
  byte[] defaultValue() {
    return defaultValue;
  }

  /** The columns of an index, four bytes each. */
  byte[] keyColumns() {
    return keyColumns;
  }

  /** Whether an index leaves out rows or splits values. */
  boolean isPartial() {
    return isPartial;
  }

  private static boolean has(RecordView record, int column) {
    return record.isFixedPresent(column) && !record.isFixedNull(column);
  }

  private static long u32(ByteBuffer in, RecordView record, int column) {
    return Integer.toUnsignedLong(in.getInt(record.fixedOffset(column)));
  }

  private static int u16(ByteBuffer in, RecordView record, int column) {
    return Short.toUnsignedInt(in.getShort(record.fixedOffset(column)));
  }

  private static byte[] variable(ByteBuffer in, RecordView record, int column) {
    if (!record.isVariablePresent(column) || record.isVariableNull(column)) {
      return NOTHING;
    }
    byte[] value = new byte[record.variableLength(column)];
    in.get(record.variableOffset(column), value);
    return value;
  }

  /** The key that the columns of the row make. Source: section 8.1. */
  byte[] expectedKey() {
    return new KeyMaker().signed(table).signedShort(type).signed(id).toArray();
  }

  /** The key of the row in the index of names. Source: section 8.3. */
  byte[] nameKey() {
    return new KeyMaker().signed(table).signedShort(type).text(name).toArray();
  }

  /** The key of the row in the index of tables. Source: section 8.3. */
  byte[] rootObjectKey() {
    return new KeyMaker().yes().text(name).toArray();
  }

  String nameText() {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return "row " + type + " of object " + table + ", id " + id + " (" + nameText() + ")";
  }
}
