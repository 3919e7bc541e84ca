package org.jetbackup.engine.record;

/** Bits of the flags of a column. Source: section 8.4. */
public final class ColumnFlags {

  /** A value is needed. */
  public static final int NOT_NULL = 0x1;

  /** The engine counts changes of the record in it. */
  public static final int VERSION = 0x2;

  /** The engine counts up. */
  public static final int AUTO_INCREMENT = 0x4;

  /** There may be many values. */
  public static final int MULTI_VALUED = 0x8;

  /** There is a default value. */
  public static final int DEFAULT = 0x10;

  /** Many transactions may add to the value at once. */
  public static final int ESCROW = 0x20;

  /** A callback gives the default value. */
  public static final int USER_DEFINED_DEFAULT = 0x80;

  /** Values may be compressed. */
  public static final int COMPRESSED = 0x1000;

  /** Values are encrypted. */
  public static final int ENCRYPTED = 0x2000;

  private ColumnFlags() {}
}
