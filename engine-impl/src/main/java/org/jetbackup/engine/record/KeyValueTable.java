package org.jetbackup.engine.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The definition of a user's table: a key, a value, a primary index on the key. Thread-safe.
 * Source: section 8.6.
 */
public final class KeyValueTable {

  /** The key: bytes, never null. */
  public static final Column KEY = Column.of(
      KeyValueRecord.KEY_COLUMN,
      "Key",
      ColumnType.BINARY,
      KeyValueRecord.LONGEST_KEY,
      ColumnFlags.NOT_NULL,
      0);

  /** The value: bytes of any length. */
  public static final Column VALUE =
      Column.of(KeyValueRecord.VALUE_COLUMN, "Value", ColumnType.LONG_BINARY, 0, 0, 0);

  private static final String INDEX_NAME = "KeyIndex";

  private KeyValueTable() {}

  /**
   * Makes the catalog rows of a new table, without a tree of long values.
   *
   * @param tableId its object id
   * @param rootPage the root page of its tree
   * @param pages how many pages it is given
   * @param name its name
   * @return the four rows, in the order of their keys
   */
  public static List<CatalogRow> rows(long tableId, long rootPage, long pages, String name) {
    return List.of(
        new CatalogRow.Table(tableId, rootPage, CatalogRow.DEFAULT_DENSITY, 0, pages, name),
        new CatalogRow.TableColumn(tableId, KEY, OptionalInt.empty()),
        new CatalogRow.TableColumn(tableId, VALUE, OptionalInt.empty()),
        index(tableId, rootPage, KeyValueRecord.KEY_MOST));
  }

  static CatalogRow.Index index(long tableId, long rootPage, int keyMost) {
    return new CatalogRow.Index(
        tableId,
        tableId,
        rootPage,
        CatalogRow.DEFAULT_DENSITY,
        IndexFlags.PRIMARY_NOT_NULL,
        0,
        CatalogRow.Index.DEFAULT_MAPPING,
        keyMost,
        INDEX_NAME,
        List.of(KeyColumn.ascending(KEY.id())),
        Optional.of(CatalogRow.Index.DEFAULT_LOCALE));
  }
}
