package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * A run of pages, as a node of a tree of extents tells it: the key is the number of the last page,
 * big endian so that it sorts, the data the count of pages. Immutable. Source: section 7.2.
 *
 * @param last the number of the last page
 * @param pages how many pages, 1 to {@code last}
 */
public record Extent(long last, long pages) {

  /** The length of a key. */
  public static final int KEY_BYTES = 4;

  /** The length of the data. */
  public static final int DATA_BYTES = 4;

  /** A byte in front of the key that names a pool of pages. */
  private static final int POOL_KEY_BYTES = 5;

  private static final long NUMBER_MAX = 0xFFFF_FFFFL;

  /**
   * Checks that it has pages, and none before the first of a file.
   *
   * @param last the number of the last page
   * @param pages how many pages
   */
  public Extent {
    if (last < 1 || last > NUMBER_MAX || pages < 1 || pages > last) {
      throw new IllegalArgumentException("extent of " + pages + " pages up to page " + last);
    }
  }

  /**
   * Makes an extent from its ends.
   *
   * @param first the number of the first page
   * @param last the number of the last page
   * @return the extent
   */
  public static Extent between(long first, long last) {
    return new Extent(last, last - first + 1);
  }

  /** {@return the number of the first page} */
  public long first() {
    return last - pages + 1;
  }

  /**
   * Asks for a page.
   *
   * @param page its number
   * @return whether it is part of the extent
   */
  public boolean contains(long page) {
    return page >= first() && page <= last;
  }

  /**
   * Reads a node.
   *
   * @param page the page that the node is on, for messages
   * @param node stands on a node of a leaf of a tree of extents
   * @return the extent
   * @throws JetException {@link JetErr#NODE_CORRUPTED} if it is none; {@link
   *     JetErr#FEATURE_NOT_AVAILABLE} if it belongs to a pool of pages
   */
  public static Extent of(PageView page, NodeView node) {
    if (node.keyLength() == POOL_KEY_BYTES) {
      throw page.corrupted(
          JetErr.FEATURE_NOT_AVAILABLE, Subject.value("free pages", "in pools", "without pools"));
    }
    if (node.keyLength() != KEY_BYTES || node.dataLength() != DATA_BYTES) {
      throw page.corrupted(
          JetErr.NODE_CORRUPTED,
          Subject.value(
              "extent", node.keyLength() + " + " + node.dataLength() + " bytes", "4 + 4 bytes"));
    }
    ByteBuffer key = node.copyKey(ByteBuffer.allocate(KEY_BYTES));
    ByteBuffer data = node.copyData(ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN));
    long last = Integer.toUnsignedLong(key.getInt(0));
    long pages = Integer.toUnsignedLong(data.getInt(0));
    if (last < 1 || pages < 1 || pages > last) {
      throw page.corrupted(
          JetErr.NODE_CORRUPTED,
          Subject.value("extent", pages + " pages up to page " + last, "pages from 1 on"));
    }
    return new Extent(last, pages);
  }

  /**
   * Writes the key of a page as the last of an extent.
   *
   * @param page its number
   * @param target a little-endian buffer, takes the key from 0 to its new limit
   * @return the target
   */
  public static ByteBuffer key(long page, ByteBuffer target) {
    return target.clear().putInt(0, Integer.reverseBytes((int) page)).limit(KEY_BYTES);
  }

  /**
   * Writes the data.
   *
   * @param target a little-endian buffer, takes the data from 0 to its new limit
   * @return the target
   */
  public ByteBuffer data(ByteBuffer target) {
    return target.clear().putInt(0, (int) pages).limit(DATA_BYTES);
  }
}
