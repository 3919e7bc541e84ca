package org.jetbackup.engine.record;

/** Bits of the flags of a table. Source: section 8.4. */
public final class TableFlags {

  /** A table of the engine itself. */
  public static final int SYSTEM = 0x8000_0000;

  /** Its columns and indexes never change. */
  public static final int FIXED_DEFINITION = 0x4000_0000;

  /** Other tables take columns from it. */
  public static final int TEMPLATE = 0x2000_0000;

  /** It takes columns from a template. */
  public static final int DERIVED = 0x1000_0000;

  /** With {@link #SYSTEM}: one that databases did not always have. */
  public static final int DYNAMIC_SYSTEM = 0x0800_0000;

  private TableFlags() {}
}
