package org.jetbackup.engine.record;

/**
 * One column of the key of an index. Immutable. Source: section 8.2.
 *
 * @param columnId 1 to 65535
 * @param flags bits of this class, 0 to 255
 */
public record KeyColumn(int columnId, int flags) {

  /** Large values come first. */
  public static final int DESCENDING = 0x40;

  /** The column is one of the template of the table. */
  public static final int TEMPLATE = 0x80;

  /** The index lists only records where the column is null. */
  public static final int MUST_BE_NULL = 0x20;

  static final int BYTES = 4;

  private static final int LARGEST_FLAGS = 0xff;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no such column, or the flags need more than a byte
   */
  public KeyColumn {
    ColumnKind.of(columnId);
    if (flags < 0 || flags > LARGEST_FLAGS) {
      throw new IllegalArgumentException("flags = " + flags + ", allowed: 0 to 255");
    }
  }

  /**
   * Makes a column whose small values come first.
   *
   * @param columnId the id of the column
   * @return the column
   */
  public static KeyColumn ascending(int columnId) {
    return new KeyColumn(columnId, 0);
  }
}
