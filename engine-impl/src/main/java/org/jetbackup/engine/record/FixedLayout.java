package org.jetbackup.engine.record;

import java.util.Arrays;
import java.util.Collection;
import org.jetbackup.api.error.JetErr;

/**
 * Where the fixed columns of a table stand in its records: without gaps, in the order of their ids.
 * Immutable. Source: section 9.1.
 */
public final class FixedLayout {

  /** A table without fixed columns. */
  public static final FixedLayout NONE = ofWidths();

  private static final int WIDEST = 255;

  /** ends[id] is where column id ends; ends[0] is where the first begins. */
  private final int[] ends;

  private FixedLayout(int[] ends) {
    this.ends = ends;
  }

  /**
   * Lays out columns by their widths.
   *
   * @param widths the widths of the columns 1, 2 and so on, in bytes, 1 to 255 each
   * @return the layout
   */
  public static FixedLayout ofWidths(int... widths) {
    if (widths.length > RecordLayout.LAST_FIXED) {
      throw new IllegalArgumentException(
          widths.length + " fixed columns, allowed: up to " + RecordLayout.LAST_FIXED);
    }
    int[] ends = new int[widths.length + 1];
    ends[0] = RecordLayout.HEAD_BYTES;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] < 1 || widths[i] > WIDEST) {
        throw new IllegalArgumentException("width " + widths[i] + ", allowed: 1 to " + WIDEST);
      }
      ends[i + 1] = ends[i] + widths[i];
    }
    return new FixedLayout(ends);
  }

  /**
   * Lays out the fixed columns of a table.
   *
   * @param columns all columns of the table, in any order
   * @param place where they were read from
   * @return the layout
   * @throws org.jetbackup.api.error.JetException CATALOG_CORRUPTED if an id is missing or twice
   *     there, or a width impossible
   */
  public static FixedLayout of(Collection<Column> columns, RecordPlace place) {
    int[] widths = new int[RecordLayout.LAST_FIXED];
    int last = 0;
    for (Column column : columns) {
      if (column.kind() != ColumnKind.FIXED) {
        continue;
      }
      int width = column.fixedWidth();
      if (width < 1 || width > WIDEST || widths[column.id() - 1] != 0) {
        throw place.failure(
            JetErr.CATALOG_CORRUPTED,
            "width of fixed column " + column.id(),
            width,
            "1 to " + WIDEST + ", and once");
      }
      widths[column.id() - 1] = width;
      last = Math.max(last, column.id());
    }
    for (int id = RecordLayout.FIRST_FIXED; id <= last; id++) {
      if (widths[id - 1] == 0) {
        throw place.failure(
            JetErr.CATALOG_CORRUPTED, "missing fixed column", id, "1 to " + last + " are there");
      }
    }
    return ofWidths(Arrays.copyOf(widths, last));
  }

  /** {@return the highest id; 0 if there is no fixed column} */
  public int last() {
    return ends.length - 1;
  }

  /**
   * Finds a column.
   *
   * @param id 1 to {@link #last()}
   * @return where it begins, in bytes from the start of the record: 4 for the first
   */
  public int offset(int id) {
    return ends[requireId(id) - 1];
  }

  /**
   * Measures a column.
   *
   * @param id 1 to {@link #last()}
   * @return how wide it is in bytes
   */
  public int width(int id) {
    return ends[requireId(id)] - ends[id - 1];
  }

  /** Where the columns up to this id end, and the null bitmap begins; 0 is no column. */
  int end(int id) {
    return ends[id];
  }

  private int requireId(int id) {
    if (id < RecordLayout.FIRST_FIXED || id > last()) {
      throw new IllegalArgumentException("fixed column " + id + ", allowed: 1 to " + last());
    }
    return id;
  }
}
