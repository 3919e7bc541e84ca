package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.position.PageNumber;

/**
 * The size of all pages of one database file, and where the pages lie in that file.
 *
 * <p>A file begins with the header and its shadow, one page each; page 1 follows. The two larger
 * sizes have a longer page header and keep the flags of a node inside the node. Source: sections
 * 3.1 and 4.1.
 */
public enum PageSize {
  /** 4,096 bytes. */
  KIB_4(4 * 1024),
  /** 8,192 bytes, the size of a new database. */
  KIB_8(8 * 1024),
  /** 16,384 bytes, in the layout of large pages. */
  KIB_16(16 * 1024),
  /** 32,768 bytes, in the layout of large pages. */
  KIB_32(32 * 1024);

  /** Header and shadow. */
  private static final int HEADER_PAGES = 2;

  private static final int LARGEST_SMALL = 8 * 1024;

  private final int bytes;

  PageSize(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Finds a size by its number.
   *
   * @param bytes the size in bytes
   * @return the size
   * @throws IllegalArgumentException if no page has that size
   */
  public static PageSize ofBytes(long bytes) {
    for (PageSize size : values()) {
      if (size.bytes == bytes) {
        return size;
      }
    }
    throw new IllegalArgumentException(
        "page size = " + bytes + ", allowed: 4096, 8192, 16384, 32768");
  }

  /** {@return the size in bytes} */
  public int bytes() {
    return bytes;
  }

  /** {@return whether pages have the layout of large pages} */
  public boolean isLarge() {
    return bytes > LARGEST_SMALL;
  }

  /** {@return the length of the header of a page in bytes: 40 or 80} */
  public int pageHeaderBytes() {
    return isLarge() ? PageLayout.LARGE_HEADER_BYTES : PageLayout.SMALL_HEADER_BYTES;
  }

  /**
   * {@return where the shadow of the database header begins, in bytes from the start of the file}
   */
  public long shadowHeaderOffset() {
    return bytes;
  }

  /**
   * Finds a page in a file.
   *
   * @param page the page
   * @return where it begins, in bytes from the start of the file
   */
  public long offsetOf(PageNumber page) {
    return (page.value() - PageNumber.MIN + HEADER_PAGES) * bytes;
  }

  /**
   * Finds the page that begins at a place of a file.
   *
   * @param offset in bytes from the start of the file
   * @return the page
   * @throws IllegalArgumentException if no page begins there
   */
  public PageNumber pageAt(long offset) {
    if (offset % bytes != 0) {
      throw new IllegalArgumentException(
          "file offset = " + offset + ", allowed: multiples of " + bytes);
    }
    return new PageNumber(offset / bytes - HEADER_PAGES + PageNumber.MIN);
  }

  /**
   * Counts the pages of a file. A piece of a page at the end does not count, nor do the headers.
   *
   * @param fileBytes the length of the file
   * @return how many whole pages it has; 0 if it is too short for its headers
   */
  public long pagesIn(long fileBytes) {
    return Math.max(0, fileBytes / bytes - HEADER_PAGES);
  }

  /**
   * Makes a buffer for one page of this size.
   *
   * @return a new little-endian buffer on the heap, all zero
   */
  public ByteBuffer newBuffer() {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A mistake of the caller, not of the file. */
  void requireBuffer(ByteBuffer page) {
    if (page.order() != ByteOrder.LITTLE_ENDIAN || page.limit() < bytes) {
      throw new IllegalArgumentException("buffer is " + page.order() + " with " + page.limit()
          + " bytes, needed: little endian with " + bytes);
    }
  }
}
