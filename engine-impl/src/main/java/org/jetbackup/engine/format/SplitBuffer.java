package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * The external header of the root page of a tree of extents: two extents kept back for splits of
 * that very tree. Immutable. Source: section 4.4.
 *
 * @param firstLast the last page of the first extent
 * @param firstPages the pages of the first extent; 0 = none
 * @param secondLast the last page of the second extent
 * @param secondPages the pages of the second extent; 0 = none
 */
public record SplitBuffer(long firstLast, long firstPages, long secondLast, long secondPages) {

  /** Nothing kept back. */
  public static final SplitBuffer NONE = new SplitBuffer(0, 0, 0, 0);

  /** The length on disk. */
  public static final int BYTES = 16;

  private static final int FIRST_LAST = 0;
  private static final int FIRST_PAGES = 4;
  private static final int SECOND_LAST = 8;
  private static final int SECOND_PAGES = 12;

  /**
   * Reads the header of a root page.
   *
   * @param page a page with the flags root and space tree
   * @return the header
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if tag 0 is not 16 bytes long or its
   *     pages are impossible; {@link JetErr#PAGE_TAG_CORRUPTED} if it lies outside the data area
   */
  public static SplitBuffer of(PageView page) {
    if (page.tagCount() == 0) {
      throw page.corrupted(JetErr.PAGE_TAG_CORRUPTED, Subject.value("tag count", 0, "from 1 on"));
    }
    int at = page.tagOffset(0);
    if (page.tagSize(0) != BYTES) {
      throw page.corrupted(
          JetErr.DATABASE_CORRUPTED,
          Subject.value("size of a space tree's header", page.tagSize(0), "16"));
    }
    ByteBuffer bytes = page.bytes();
    SplitBuffer buffer = new SplitBuffer(
        Integer.toUnsignedLong(bytes.getInt(at + FIRST_LAST)),
        Integer.toUnsignedLong(bytes.getInt(at + FIRST_PAGES)),
        Integer.toUnsignedLong(bytes.getInt(at + SECOND_LAST)),
        Integer.toUnsignedLong(bytes.getInt(at + SECOND_PAGES)));
    if (buffer.firstPages > buffer.firstLast || buffer.secondPages > buffer.secondLast) {
      throw page.corrupted(
          JetErr.DATABASE_CORRUPTED, Subject.value("split buffer", buffer, "pages from 1 on"));
    }
    return buffer;
  }

  /**
   * Writes the header.
   *
   * @param bytes a little-endian buffer
   * @param at the first of 16 bytes
   */
  public void write(ByteBuffer bytes, int at) {
    bytes.putInt(at + FIRST_LAST, (int) firstLast);
    bytes.putInt(at + FIRST_PAGES, (int) firstPages);
    bytes.putInt(at + SECOND_LAST, (int) secondLast);
    bytes.putInt(at + SECOND_PAGES, (int) secondPages);
  }
}
