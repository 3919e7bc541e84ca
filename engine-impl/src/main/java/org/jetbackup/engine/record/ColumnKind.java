package org.jetbackup.engine.record;

/** Where a column stands in a record; its id decides. Source: section 8.5. */
public enum ColumnKind {
  /** Ids 1 to 127: always the same width, at the same place. */
  FIXED,
  /** Ids 128 to 255: found by the offset of its end. */
  VARIABLE,
  /** Ids from 256 on: in the record only if it has a value. */
  TAGGED;

  /**
   * Finds the kind of a column.
   *
   * @param id the id of the column, 1 to 65535
   * @return the kind
   * @throws IllegalArgumentException if no column has that id
   */
  public static ColumnKind of(int id) {
    if (id < RecordLayout.FIRST_FIXED || id > RecordLayout.LAST_TAGGED) {
      throw new IllegalArgumentException("column id = " + id + ", allowed: 1 to 65535");
    }
    if (id <= RecordLayout.LAST_FIXED) {
      return FIXED;
    }
    return id <= RecordLayout.LAST_VARIABLE ? VARIABLE : TAGGED;
  }
}
