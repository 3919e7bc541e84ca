package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * A page without what it does not use: the header from the dbtime on, everything up to the first
 * free byte, and the tags. What lies between is left out, and is zero afterwards.
 */
public final class PageContent {

  private PageContent() {}

  /**
   * Measures a page.
   *
   * @param page a sound page, from index 0 on
   * @param size its size
   * @return how many bytes {@link #pack} writes
   */
  public static int bytes(ByteBuffer page, PageSize size) {
    return head(size) + firstFree(page, 0) + tags(page, 0);
  }

  /**
   * Copies what a page uses, and makes the rest of it zero, so that a page that is made from the
   * copy is the same to the last byte.
   *
   * @param page a sound page, from index 0 on
   * @param size its size
   * @param target takes the bytes
   * @param at the first of them
   * @return how many bytes were written
   */
  public static int pack(ByteBuffer page, PageSize size, ByteBuffer target, int at) {
    int end = size.pageHeaderBytes() + firstFree(page, 0);
    int tags = tags(page, 0);
    int first = end - PageLayout.DBTIME;
    target.put(at, page, PageLayout.DBTIME, first);
    target.put(at + first, page, size.bytes() - tags, tags);
    clear(page, end, size.bytes() - tags);
    return first + tags;
  }

  /**
   * Makes a page from the bytes that {@link #pack} wrote, or from any others.
   *
   * @param source holds the bytes
   * @param from the first of them
   * @param length how many
   * @param page a view of a buffer that is overwritten
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if they make no sound page; the content of
   *     the buffer is anything then
   */
  public static void unpack(ByteBuffer source, int from, int length, PageView page) {
    PageSize size = page.size();
    ByteBuffer bytes = page.bytes();
    int head = head(size);
    if (length < head || length > size.bytes() - PageLayout.DBTIME) {
      throw wrong(page, length, "a page");
    }
    int start = from - PageLayout.DBTIME;
    int used = firstFree(source, start);
    int tags = tags(source, start);
    if (length != head + used + tags) {
      throw wrong(page, length, "" + (head + used + tags));
    }
    clear(bytes, 0, PageLayout.DBTIME);
    bytes.put(PageLayout.DBTIME, source, from, head + used);
    clear(bytes, size.pageHeaderBytes() + used, size.bytes() - tags);
    bytes.put(size.bytes() - tags, source, from + head + used, tags);
    try {
      page.check();
    } catch (JetException e) {
      throw JetException.of(JetErr.LOG_FILE_CORRUPT, e, page.subject());
    }
  }

  private static JetException wrong(PageView page, int length, String limit) {
    return page.corrupted(
        JetErr.LOG_FILE_CORRUPT, Subject.value("bytes of the whole page", length, limit));
  }

  /** The header but for the checksum before the dbtime. */
  private static int head(PageSize size) {
    return size.pageHeaderBytes() - PageLayout.DBTIME;
  }

  private static int firstFree(ByteBuffer page, int start) {
    return Short.toUnsignedInt(page.getShort(start + PageLayout.FIRST_FREE));
  }

  private static int tags(ByteBuffer page, int start) {
    int word = Short.toUnsignedInt(page.getShort(start + PageLayout.TAG_COUNT));
    return PageLayout.TAG_BYTES * (word & PageLayout.TAG_COUNT_MASK);
  }

  private static void clear(ByteBuffer page, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      page.putLong(at, 0);
    }
    for (; at < to; at++) {
      page.put(at, (byte) 0);
    }
  }
}
