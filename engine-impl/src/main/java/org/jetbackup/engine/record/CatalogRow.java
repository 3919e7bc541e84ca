package org.jetbackup.engine.record;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jetbackup.engine.format.PageSize;

/**
 * A row of the catalog, which describes one table, column, index or tree of long values. Immutable.
 *
 * <p>What this engine does not write, such as statistics or hints about space, is not kept: reading
 * a row and writing it again gives the same bytes only for rows of the shapes written here. Read by
 * {@link CatalogReader}. Source: sections 8.1, 8.2 and 8.6.
 */
public sealed interface CatalogRow {

  /** The density of a table or an index that asks for none, in percent. */
  int DEFAULT_DENSITY = 80;

  /** {@return the object id of the table that the row belongs to} */
  long tableId();

  /** {@return the number of the type of the row: 1 to 4, or another} */
  int type();

  /** {@return the id of the object or column, unique for its table and type} */
  long id();

  /** {@return the name} */
  String name();

  /**
   * Encodes the row.
   *
   * @param size the page size of the database
   * @return the record
   * @throws IllegalArgumentException if a name does not fit, or the row is an {@link Other}
   */
  default byte[] encode(PageSize size) {
    return CatalogWriter.encode(this, size);
  }

  /** {@return the key of the row in the catalog and its shadow, and the data of index entries} */
  default byte[] primaryKey() {
    return CatalogKeys.primary(tableId(), type(), id());
  }

  /** {@return the key of the row's entry in the index Name} */
  default byte[] nameKey() {
    return CatalogKeys.name(tableId(), type(), name());
  }

  /**
   * A table.
   *
   * @param tableId its object id
   * @param rootPage the root page of its tree
   * @param density in percent
   * @param flags bits of {@link TableFlags}
   * @param pages how many pages it was given when it was made
   * @param name its name
   */
  record Table(long tableId, long rootPage, int density, int flags, long pages, String name)
      implements CatalogRow {

    /** Checks that the name is there. */
    public Table {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public int type() {
      return CatalogTable.TYPE_TABLE;
    }

    @Override
    public long id() {
      return tableId;
    }

    /** {@return the key of the row's entry in the index RootObjects, which lists tables only} */
    public byte[] rootObjectsKey() {
      return CatalogKeys.rootObjects(name);
    }
  }

  /**
   * A column.
   *
   * @param tableId the object id of its table
   * @param column the column
   * @param recordOffset where a fixed column begins in a record; empty for other columns. In the
   *     rows about the catalog's own columns it is always 4
   */
  record TableColumn(long tableId, Column column, OptionalInt recordOffset) implements CatalogRow {

    /**
     * Checks that the parts are there.
     *
     * @throws IllegalArgumentException unless exactly fixed columns have an offset
     */
    public TableColumn {
      Objects.requireNonNull(column, "column");
      if (recordOffset.isPresent() != (column.kind() == ColumnKind.FIXED)) {
        throw new IllegalArgumentException("offset of column " + column.id() + ": " + recordOffset);
      }
    }

    @Override
    public int type() {
      return CatalogTable.TYPE_COLUMN;
    }

    @Override
    public long id() {
      return column.id();
    }

    @Override
    public String name() {
      return column.name();
    }
  }

  /**
   * An index. The primary index has object id and root page of its table.
   *
   * @param tableId the object id of its table
   * @param id its object id
   * @param rootPage the root page of its tree
   * @param density in percent
   * @param flags bits of {@link IndexFlags}
   * @param localeId the number of a locale; 0 if it has a name
   * @param mappingFlags how Unicode text is compared; {@link #DEFAULT_MAPPING} most often
   * @param keyMost where keys are cut off, in bytes
   * @param name its name
   * @param columns the columns of the key, one at least
   * @param locale the name of its locale; empty if there is none
   */
  record Index(
      long tableId,
      long id,
      long rootPage,
      int density,
      int flags,
      long localeId,
      int mappingFlags,
      int keyMost,
      String name,
      List<KeyColumn> columns,
      Optional<String> locale)
      implements CatalogRow {

    /** Ignore case, kana type and width. */
    public static final int DEFAULT_MAPPING = 0x30401;

    /** The locale of indexes that ask for none. */
    public static final String DEFAULT_LOCALE = "en-US";

    /** Checks that the parts are there, and copies the columns. */
    public Index {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(locale, "locale");
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("index " + name + " has no column");
      }
    }

    @Override
    public int type() {
      return CatalogTable.TYPE_INDEX;
    }
  }

  /**
   * The tree of long values of a table.
   *
   * @param tableId the object id of the table
   * @param id the object id of the tree
   * @param rootPage its root page
   * @param density in percent
   * @param pages how many pages it was given when it was made
   */
  record LongValueTree(long tableId, long id, long rootPage, int density, long pages)
      implements CatalogRow {

    /** The density that the original gives. */
    public static final int USUAL_DENSITY = 100;

    /** The name of every such tree. */
    static final String NAME = "LV";

    /**
     * Makes the row of a new tree.
     *
     * @param tableId the object id of the table
     * @param id the object id of the tree
     * @param rootPage its root page
     * @return the row
     */
    public static LongValueTree of(long tableId, long id, long rootPage) {
      return new LongValueTree(tableId, id, rootPage, USUAL_DENSITY, 1);
    }

    @Override
    public int type() {
      return CatalogTable.TYPE_LONG_VALUES;
    }

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * A callback, a column that was deleted, an index of a form that is not supported, or whatever
   * newer formats add.
   *
   * @param tableId the object id of the table
   * @param type the number of the type of the row
   * @param id the id of the object
   * @param name the name; empty if there is none
   * @param record the record as it is
   */
  record Other(long tableId, int type, long id, String name, Bytes record) implements CatalogRow {

    /** Checks that the parts are there. */
    public Other {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(record, "record");
    }

    /**
     * {@return whether it is a fixed column that was deleted; records may still have room for it}
     */
    public boolean isDeletedFixedColumn() {
      return type == CatalogTable.TYPE_COLUMN && id <= RecordLayout.LAST_FIXED;
    }
  }
}
