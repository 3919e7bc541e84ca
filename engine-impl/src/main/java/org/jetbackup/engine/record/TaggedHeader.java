package org.jetbackup.engine.record;

/** Bits of the header byte in front of the value of a tagged column. Source: section 9.2. */
public final class TaggedHeader {

  /** The column is LongBinary or LongText. */
  public static final int LONG_VALUE = 0x01;

  /** The value, or the first of many, is compressed. */
  public static final int COMPRESSED = 0x02;

  /** The value is the id of a long value. */
  public static final int SEPARATED = 0x04;

  /** There are many values, found by offsets. */
  public static final int MULTI_VALUES = 0x08;

  /** There are two values, the length of the first in front. */
  public static final int TWO_VALUES = 0x10;

  /** Large pages: the value is null, whatever the default is. */
  public static final int NULL = 0x20;

  /** The value is encrypted. */
  public static final int ENCRYPTED = 0x40;

  static final int BYTES = 1;

  private TaggedHeader() {}
}
