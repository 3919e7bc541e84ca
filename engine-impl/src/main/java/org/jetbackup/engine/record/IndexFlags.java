package org.jetbackup.engine.record;

/** Bits of the flags of an index. Source: section 8.4. */
public final class IndexFlags {

  /** No two records have the same key. */
  public static final int UNIQUE = 0x1;

  /** Records are listed whose columns are all null. */
  public static final int ALL_NULLS = 0x2;

  /** Records are listed whose first column is null. */
  public static final int FIRST_NULL = 0x4;

  /** Records are listed of whose columns some are null. */
  public static final int SOME_NULLS = 0x8;

  /** No column may be null. */
  public static final int NO_NULLS = 0x10;

  /** The index whose tree holds the records. */
  public static final int PRIMARY = 0x20;

  /** A locale was chosen for it. */
  public static final int LOCALE_SET = 0x40;

  /** A column has many values. */
  public static final int MULTI_VALUED = 0x80;

  /** A column is Unicode text. */
  public static final int LOCALISED_TEXT = 0x400;

  /** Null comes behind every value. */
  public static final int NULLS_SORT_HIGH = 0x800;

  /** A key that is too long is an error. */
  public static final int NO_TRUNCATION = 0x4000;

  /** Four bytes describe each column of the key: always set. */
  public static final int EXTENDED_COLUMNS = 0x1_0000;

  /** A primary index on columns that are never null. */
  public static final int PRIMARY_NOT_NULL = EXTENDED_COLUMNS | PRIMARY | NO_NULLS | UNIQUE;

  /** A primary index that lists every record, nulls or not. */
  public static final int PRIMARY_WITH_NULLS =
      EXTENDED_COLUMNS | PRIMARY | SOME_NULLS | FIRST_NULL | ALL_NULLS | UNIQUE;

  private IndexFlags() {}
}
