package org.jetbackup.engine.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.CatalogRow;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnKind;
import org.jetbackup.engine.record.FixedLayout;
import org.jetbackup.engine.record.RecordPlace;
import org.jetbackup.engine.record.RecordView;
import org.jetbackup.engine.record.TableFlags;

/**
 * Reads the rows of any table, of this engine or of the original, in the order of the primary key.
 *
 * <pre>{@code
 *   BEFORE THE FIRST --next--> ON A ROW --next: no more--> AFTER THE LAST --next--> (stays there)
 *                              ^      |
 *                              +-next-+
 * }</pre>
 *
 * <p>A column that a record does not hold has its default. A form of value that is not supported is
 * said to be so by {@link CellValue.Unsupported}, and the other columns are not hurt. What is
 * damaged is a {@link JetException}: of {@link #next} if rows cannot be told apart any more, of
 * {@link #cell} if only that cell is hurt. Every row is met once at most, whatever the file says,
 * because keys have to rise.
 *
 * <p>For one thread; the database is open for reading only. Source: sections 8 and 9.
 */
public final class RowReader {

  /** How many bytes of the texts and bytes of a cell are read, unless the caller asks otherwise. */
  public static final int DEFAULT_LIMIT = 1 << 20;

  /** The values of a whole row have this many times as much, together. */
  private static final int LIMITS_PER_ROW = 16;

  private final TableDefinition table;
  private final int limit;
  private final RisingCursor cursor;
  private final CellReader cells;
  private boolean onRow;

  private RowReader(Database database, TableDefinition table, int limit) {
    PageSize size = database.pages().pageSize();
    this.table = table;
    this.limit = limit;
    this.cursor = new RisingCursor(database, table.table());
    RecordPlace place = cursor::place;
    Optional<LongValueContent> longValues = table
        .longValues()
        .map(tree -> RisingCursor.treeOf(database, tree.rootPage(), tree.id()))
        .map(tree -> new LongValueContent(tree, size, place));
    FixedLayout layout = FixedLayout.of(table.columns(), place);
    this.cells = new CellReader(new RecordView(layout, size, place), place, longValues);
  }

  /**
   * Begins before the first row, with {@link #DEFAULT_LIMIT}.
   *
   * @param database a database that is open for reading only
   * @param table one of its tables
   * @return the reader
   * @throws JetException as {@link #open(Database, TableDefinition, int)}
   */
  public static RowReader open(Database database, TableDefinition table) {
    return open(database, table, DEFAULT_LIMIT);
  }

  /**
   * Begins before the first row.
   *
   * @param database a database that is open for reading only
   * @param table one of its tables
   * @param limit how many bytes of the texts and bytes of one cell are read, from 0 on; the rest is
   *     {@linkplain CellValue.Cut cut off}
   * @return the reader
   * @throws JetException {@link JetErr#FEATURE_NOT_AVAILABLE} if the table takes columns from a
   *     template, or one of its fixed columns was deleted; {@link JetErr#CATALOG_CORRUPTED} if its
   *     columns contradict each other
   * @throws IllegalArgumentException if the database is open for writing
   */
  public static RowReader open(Database database, TableDefinition table, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit = " + limit + ", allowed: from 0 on");
    }
    if ((table.table().flags() & TableFlags.DERIVED) != 0) {
      throw notAvailable(database, table, "one without a template");
    }
    if (lacksFixedColumns(table)) {
      throw notAvailable(database, table, "one whose fixed columns are all there");
    }
    return new RowReader(database, table, limit);
  }

  /** {@return the table} */
  public TableDefinition table() {
    return table;
  }

  /** {@return how many rows were met so far} */
  public long rows() {
    return cursor.rows();
  }

  /**
   * Moves to the next row.
   *
   * @return false if there is none
   * @throws JetException if the tree is damaged, or the record as a whole; after a damaged record
   *     the next call goes on behind it, after a damaged tree it fails again
   */
  public boolean next() {
    onRow = false;
    if (cursor.next()) {
      cells.moveTo(cursor.data());
      onRow = true;
    }
    return onRow;
  }

  /**
   * Reads one column of the row.
   *
   * @param column a column of the table
   * @return what it has
   * @throws JetException {@link JetErr#NO_CURRENT_RECORD}; or what is damaged: the record, a long
   *     value, a page of the tree of long values
   */
  public CellValue cell(Column column) {
    requireRow();
    if (!table.columns().contains(column)) {
      throw new IllegalArgumentException(table.name() + " has no column " + column);
    }
    cells.setBudget(limit);
    return cells.read(column);
  }

  /**
   * Reads all columns of the row. Together they have at most 16 times the limit of one.
   *
   * @return what they have, in the order of {@link TableDefinition#columns}
   * @throws JetException as {@link #cell}
   */
  public List<CellValue> cells() {
    requireRow();
    List<CellValue> row = new ArrayList<>();
    long left = (long) limit * LIMITS_PER_ROW;
    for (Column column : table.columns()) {
      int budget = (int) Math.min(limit, left);
      cells.setBudget(budget);
      row.add(cells.read(column));
      left -= budget - cells.budget();
    }
    return row;
  }

  /** How wide a deleted column was, nobody says any more; so what stands behind it is not found. */
  private static boolean lacksFixedColumns(TableDefinition table) {
    int[] ids = table.columns().stream()
        .filter(column -> column.kind() == ColumnKind.FIXED)
        .mapToInt(Column::id)
        .distinct()
        .toArray();
    return ids.length < Arrays.stream(ids).max().orElse(0)
        || table.others().stream().anyMatch(CatalogRow.Other::isDeletedFixedColumn);
  }

  private static JetException notAvailable(Database database, TableDefinition table, String limit) {
    return JetException.of(
        JetErr.FEATURE_NOT_AVAILABLE,
        Subject.path(database.path()),
        Subject.value("table", table.name(), limit));
  }

  private void requireRow() {
    if (!onRow) {
      throw JetException.of(JetErr.NO_CURRENT_RECORD, Subject.value("table", table.name()));
    }
  }
}
