package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * What the root page of a tree says about the pages of the tree. Immutable. Source: section 7.1.
 *
 * @param pages the pages of the first extent; with {@link #SECOND_VERSION} the size of the last
 *     allocation
 * @param parent the root page of the tree that gave the pages; 0 for the root of the database
 * @param flags {@link #MULTIPLE_EXTENTS}, {@link #NON_UNIQUE}, {@link #SECOND_VERSION}
 * @param rest with multiple extents the root page of the tree of owned extents; otherwise bit i is
 *     set if page root + 1 + i is free
 */
public record SpaceHeader(long pages, long parent, int flags, long rest) {

  /** The tree has trees of owned and of free extents. */
  public static final int MULTIPLE_EXTENTS = 1;

  /** Keys of the tree may repeat. */
  public static final int NON_UNIQUE = 2;

  /** The first number is the size of the last allocation. */
  public static final int SECOND_VERSION = 4;

  /** The length on disk. */
  public static final int BYTES = 16;

  private static final int PAGES = 0;
  private static final int PARENT = 4;
  private static final int FLAGS = 8;
  private static final int REST = 12;

  /** {@return whether there are trees of extents} */
  public boolean hasMultipleExtents() {
    return (flags & MULTIPLE_EXTENTS) != 0;
  }

  /** {@return the root page of the tree of owned extents; empty for a single extent} */
  public OptionalLong ownedExtentsRoot() {
    return hasMultipleExtents() ? OptionalLong.of(rest) : OptionalLong.empty();
  }

  /**
   * {@return the root page of the tree of free extents, the page behind that of the owned ones;
   * empty for a single extent}
   */
  public OptionalLong freeExtentsRoot() {
    return hasMultipleExtents() ? OptionalLong.of(rest + 1) : OptionalLong.empty();
  }

  static SpaceHeader read(ByteBuffer bytes, int at) {
    return new SpaceHeader(
        Integer.toUnsignedLong(bytes.getInt(at + PAGES)),
        Integer.toUnsignedLong(bytes.getInt(at + PARENT)),
        bytes.getInt(at + FLAGS),
        Integer.toUnsignedLong(bytes.getInt(at + REST)));
  }

  /**
   * Writes the header.
   *
   * @param bytes a little-endian buffer
   * @param at the first of 16 bytes
   */
  public void write(ByteBuffer bytes, int at) {
    bytes.putInt(at + PAGES, (int) pages);
    bytes.putInt(at + PARENT, (int) parent);
    bytes.putInt(at + FLAGS, flags);
    bytes.putInt(at + REST, (int) rest);
  }
}
