package org.jetbackup.engine.record;

import java.util.List;

/** The columns of MSysObjects and of its shadow. Source: section 8.1. */
final class CatalogTable {

  static final int TABLE_ID = 1;
  static final int TYPE = 2;
  static final int ID = 3;
  static final int TYPE_OR_ROOT = 4;
  static final int SPACE = 5;
  static final int FLAGS = 6;
  static final int PAGES_OR_LOCALE = 7;
  static final int ROOT_FLAG = 8;
  static final int RECORD_OFFSET = 9;
  static final int MAPPING_FLAGS = 10;
  static final int KEY_MOST = 11;
  static final int NAME = 128;
  static final int DEFAULT_VALUE = 131;
  static final int KEY_COLUMNS = 132;
  static final int LOCALE_NAME = 261;

  /** The last fixed column that every row has. */
  static final int LAST_ALWAYS_PRESENT = PAGES_OR_LOCALE;

  static final int TYPE_TABLE = 1;
  static final int TYPE_COLUMN = 2;
  static final int TYPE_INDEX = 3;
  static final int TYPE_LONG_VALUES = 4;

  /** In the root flag of a table's row. */
  static final int ROOT_FLAG_SET = 0xff;

  /** Columns 1 to 12, and 13 of newer formats. */
  static final FixedLayout LAYOUT = FixedLayout.ofWidths(4, 2, 4, 4, 4, 4, 4, 1, 2, 4, 2, 4, 8);

  private static final int VARIABLE_MOST = 255;

  /** As the rows that describe them have them; column 13 is not of the format written here. */
  static final List<Column> COLUMNS = List.of(
      fixed(TABLE_ID, "ObjidTable", ColumnType.LONG, ColumnFlags.NOT_NULL),
      fixed(TYPE, "Type", ColumnType.SHORT, ColumnFlags.NOT_NULL),
      fixed(ID, "Id", ColumnType.LONG, ColumnFlags.NOT_NULL),
      fixed(TYPE_OR_ROOT, "ColtypOrPgnoFDP", ColumnType.LONG, ColumnFlags.NOT_NULL),
      fixed(SPACE, "SpaceUsage", ColumnType.LONG, ColumnFlags.NOT_NULL),
      fixed(FLAGS, "Flags", ColumnType.LONG, ColumnFlags.NOT_NULL),
      fixed(PAGES_OR_LOCALE, "PagesOrLocale", ColumnType.LONG, ColumnFlags.NOT_NULL),
      fixed(ROOT_FLAG, "RootFlag", ColumnType.BIT, 0),
      fixed(RECORD_OFFSET, "RecordOffset", ColumnType.SHORT, 0),
      fixed(MAPPING_FLAGS, "LCMapFlags", ColumnType.LONG, 0),
      fixed(KEY_MOST, "KeyMost", ColumnType.UNSIGNED_SHORT, 0),
      fixed(12, "LVChunkMax", ColumnType.LONG, 0),
      variable(NAME, "Name", ColumnType.TEXT, ColumnFlags.NOT_NULL),
      variable(129, "Stats", ColumnType.BINARY, 0),
      variable(130, "TemplateTable", ColumnType.TEXT, 0),
      variable(DEFAULT_VALUE, "DefaultValue", ColumnType.BINARY, 0),
      variable(KEY_COLUMNS, "KeyFldIDs", ColumnType.BINARY, 0),
      variable(133, "VarSegMac", ColumnType.BINARY, 0),
      variable(134, "ConditionalColumns", ColumnType.BINARY, 0),
      variable(135, "TupleLimits", ColumnType.BINARY, 0),
      variable(136, "Version", ColumnType.BINARY, 0),
      variable(137, "SortID", ColumnType.BINARY, 0),
      tagged(256, "CallbackData"),
      tagged(257, "CallbackDependencies"),
      tagged(258, "SeparateLV"),
      tagged(259, "SpaceHints"),
      tagged(260, "SpaceDeferredLVHints"),
      tagged(LOCALE_NAME, "LocaleName"));

  private CatalogTable() {}

  private static Column fixed(int id, String name, ColumnType type, int flags) {
    return Column.of(id, name, type, type.width(), flags, Column.LATIN);
  }

  private static Column variable(int id, String name, ColumnType type, int flags) {
    return Column.of(id, name, type, VARIABLE_MOST, flags, Column.LATIN);
  }

  private static Column tagged(int id, String name) {
    return Column.of(id, name, ColumnType.LONG_BINARY, 0, 0, Column.LATIN);
  }
}
