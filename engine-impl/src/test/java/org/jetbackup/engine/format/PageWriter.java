package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.position.PageNumber;

/**
 * Lays out a page from nothing: header, external header, nodes in the order they are added, no
 * holes. For tests: it shares no code with {@link PageEditor}, and writes what that one never
 * would.
 *
 * <p>For one thread. Keys are written as given; their order is the caller's duty. Source: sections
 * 4.1 to 4.4 and 6.1.
 */
public final class PageWriter {

  private static final byte[] NO_PREFIX = {};

  private final ByteBuffer page;
  private final PageSize size;
  private final PageNumber number;
  private final int prefixBytes;
  private int tagCount;
  private int used;

  /**
   * Begins a page: everything zero but flags, owner, number and external header.
   *
   * @param page a little-endian buffer for the whole page, overwritten
   * @param size the size of the page
   * @param number the number of the page
   * @param objectId the tree that owns the page
   * @param flags the flags
   * @param externalHeader the content of tag 0: that of a root, or the prefix of keys; may be empty
   * @throws IllegalArgumentException if the header does not fit, or the buffer is not as said
   */
  public PageWriter(
      ByteBuffer page,
      PageSize size,
      PageNumber number,
      long objectId,
      PageFlags flags,
      byte[] externalHeader) {
    size.requireBuffer(page);
    this.page = page;
    this.size = size;
    this.number = number;
    this.prefixBytes = flags.isRoot() ? 0 : externalHeader.length;
    for (int at = 0; at < size.bytes(); at += Long.BYTES) {
      page.putLong(at, 0);
    }
    page.putInt(PageLayout.OBJECT_ID, (int) objectId);
    page.putInt(PageLayout.FLAGS, flags.bits());
    if (size.isLarge()) {
      page.putInt(PageLayout.LARGE_PAGE_NUMBER, (int) number.value());
    }
    page.put(allot(externalHeader.length, 0), externalHeader);
  }

  /**
   * Begins a page that is no root and has no prefix.
   *
   * @param page a little-endian buffer for the whole page, overwritten
   * @param size the size of the page
   * @param number the number of the page
   * @param objectId the tree that owns the page
   * @param flags the flags
   * @return the writer
   */
  public static PageWriter withoutPrefix(
      ByteBuffer page, PageSize size, PageNumber number, long objectId, PageFlags flags) {
    return new PageWriter(page, size, number, objectId, flags, NO_PREFIX);
  }

  /** {@return how many bytes are left for tags and nodes} */
  public int freeBytes() {
    return size.bytes() - size.pageHeaderBytes() - PageLayout.TAG_BYTES * tagCount - used;
  }

  /**
   * Adds a node behind those that are there.
   *
   * @param nodeFlags bits of {@link NodeView}, without {@link NodeView#COMPRESSED}, which follows
   *     from the prefix length
   * @param prefixLength how many bytes of the page's prefix the key begins with; 0 = not compressed
   * @param suffix the rest of the key
   * @param data at least one byte
   * @return this
   * @throws IllegalArgumentException if there is no room, no data or no such prefix
   */
  public PageWriter add(int nodeFlags, int prefixLength, byte[] suffix, byte[] data) {
    if (data.length == 0
        || prefixLength > prefixBytes
        || suffix.length > PageLayout.NODE_LENGTH_MASK) {
      throw new IllegalArgumentException("node of " + prefixLength + " + " + suffix.length
          + " bytes of key and " + data.length + " of data, allowed: a prefix up to " + prefixBytes
          + ", and at least one byte of data");
    }
    boolean compressed = prefixLength > 0;
    int flags = nodeFlags | (compressed ? NodeView.COMPRESSED : 0);
    int head = PageLayout.NODE_LENGTH_BYTES * (compressed ? 2 : 1);
    int at = allot(head + suffix.length + data.length, size.isLarge() ? 0 : flags);
    int flagBits = size.isLarge() ? flags << PageLayout.NODE_FLAGS_SHIFT : 0;
    if (compressed) {
      page.putShort(at, (short) (prefixLength | flagBits));
      page.putShort(at + PageLayout.NODE_LENGTH_BYTES, (short) suffix.length);
    } else {
      page.putShort(at, (short) (suffix.length | flagBits));
    }
    page.put(at + head, suffix);
    page.put(at + head + suffix.length, data);
    return this;
  }

  /**
   * Ends the page: writes its times, links and accounts, then its checksum.
   *
   * @param dbtime the change time, from 1 on
   * @param previous the leaf before this one, 0 = none
   * @param next the leaf behind this one, 0 = none
   */
  public void finish(long dbtime, long previous, long next) {
    page.putLong(PageLayout.DBTIME, dbtime);
    page.putInt(PageLayout.PREVIOUS, (int) previous);
    page.putInt(PageLayout.NEXT, (int) next);
    page.putShort(PageLayout.FREE_BYTES, (short) freeBytes());
    page.putShort(PageLayout.FIRST_FREE, (short) used);
    page.putShort(PageLayout.TAG_COUNT, (short) tagCount);
    PageChecksum.stamp(page, size, number);
  }

  private int allot(int bytes, int tagFlags) {
    if (freeBytes() < bytes + PageLayout.TAG_BYTES || tagCount == PageLayout.TAG_COUNT_MASK) {
      throw new IllegalArgumentException("page " + number + " has " + freeBytes()
          + " bytes left and " + tagCount + " tags, needed: " + bytes + " and a tag");
    }
    int tag = PageLayout.tagAt(size, tagCount);
    int offset = bytes == 0 ? 0 : used;
    page.putShort(tag + PageLayout.TAG_SIZE, (short) bytes);
    page.putShort(
        tag + PageLayout.TAG_OFFSET, (short) (offset | tagFlags << PageLayout.NODE_FLAGS_SHIFT));
    tagCount++;
    used += bytes;
    return size.pageHeaderBytes() + offset;
  }
}
