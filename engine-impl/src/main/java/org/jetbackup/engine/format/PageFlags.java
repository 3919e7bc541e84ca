package org.jetbackup.engine.format;

import java.util.Locale;

/**
 * The flags of a page. A value: bits that have no name here are kept. Source: section 4.2.
 *
 * @param bits the flags as they stand in the page header
 */
public record PageFlags(int bits) {

  /** The root of a tree. */
  public static final int ROOT = 0x1;

  /** A page without children. */
  public static final int LEAF = 0x2;

  /** A page whose children are leaves. */
  public static final int PARENT_OF_LEAVES = 0x4;

  /** A page that lost its content. */
  public static final int EMPTY = 0x8;

  /** A page of a tree of extents. */
  public static final int SPACE_TREE = 0x20;

  /** A page of a secondary index. */
  public static final int INDEX = 0x40;

  /** A page of a tree of long values. */
  public static final int LONG_VALUE = 0x80;

  /** A page of a tree in which keys may repeat. */
  public static final int NON_UNIQUE_KEYS = 0x400;

  /** Records have the newer format; set on every page. */
  public static final int NEW_RECORD_FORMAT = 0x800;

  /** The checksum is XOR and ECC; clear: XOR and page number. */
  public static final int NEW_CHECKSUM = 0x2000;

  /** The first of the three flush types, for a page that is written once. */
  public static final int FLUSH_TYPE_1 = 0x8000;

  private static final int FLUSH_TYPE_SHIFT = 15;
  private static final int FLUSH_TYPE_MASK = 3;

  /** {@return whether the page is the root of a tree} */
  public boolean isRoot() {
    return has(ROOT);
  }

  /** {@return whether the page has no children; otherwise it is a branch page} */
  public boolean isLeaf() {
    return has(LEAF);
  }

  /** {@return whether the children of the page are leaves} */
  public boolean isParentOfLeaves() {
    return has(PARENT_OF_LEAVES);
  }

  /** {@return whether the page belongs to a tree of extents} */
  public boolean isSpaceTree() {
    return has(SPACE_TREE);
  }

  /** {@return whether keys may repeat in the tree of the page} */
  public boolean hasNonUniqueKeys() {
    return has(NON_UNIQUE_KEYS);
  }

  /** {@return whether the checksum of the page is XOR and ECC} */
  public boolean hasNewChecksum() {
    return has(NEW_CHECKSUM);
  }

  /** {@return which of the types 1 to 3 the last write of the page had; 0 if never written} */
  public int flushType() {
    return bits >>> FLUSH_TYPE_SHIFT & FLUSH_TYPE_MASK;
  }

  /**
   * Asks for flags.
   *
   * @param flags one or more of the constants of this type
   * @return whether all of them are set
   */
  public boolean has(int flags) {
    return (bits & flags) == flags;
  }

  /** {@return the bits in hexadecimal} */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "0x%X", bits);
  }
}
