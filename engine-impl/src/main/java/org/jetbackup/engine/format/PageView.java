package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;

/**
 * A page, read in place: its header and its tags.
 *
 * <p>The view reads nothing in advance. Every method is safe on bytes of any content: it answers or
 * throws JetException. {@link #check()} decides once whether the page is sound; {@link NodeView}
 * reads the nodes. Tag 0 is the external header, tags from 1 on are nodes in the order of their
 * keys. As thread-safe as the buffer. Source: sections 4.1 to 4.4.
 */
public final class PageView {

  private final ByteBuffer page;
  private final PageSize size;
  private final PageNumber number;
  private final Path file;
  private final int tagMask;
  private final boolean large;
  private final int firstTag;
  private final int header;

  /**
   * Looks at a page.
   *
   * @param page a little-endian buffer, the page from index 0 on
   * @param size the size of the page
   * @param number the number of the page
   * @param file the database file, for messages
   * @throws IllegalArgumentException if the buffer is too short or not little endian
   */
  public PageView(ByteBuffer page, PageSize size, PageNumber number, Path file) {
    size.requireBuffer(page);
    this.page = page;
    this.size = size;
    this.number = number;
    this.file = file;
    this.large = size.isLarge();
    this.firstTag = PageLayout.tagAt(size, 0);
    this.header = size.pageHeaderBytes();
    this.tagMask = size.isLarge() ? PageLayout.LARGE_TAG_MASK : PageLayout.SMALL_TAG_MASK;
  }

  /**
   * Checks all that one page tells about itself: room for the tags, every tag inside the data area,
   * no overlap, the count of free bytes, node lengths, children, the order of keys, the header of a
   * root. The checksum is a matter of {@link PageChecksum}. Source: section 6.6.
   *
   * @throws JetException {@link JetErr#PAGE_NOT_INITIALIZED} for a page of zeros, {@link
   *     JetErr#PAGE_TAG_CORRUPTED}, {@link JetErr#NODE_CORRUPTED} for a tag or a node, {@link
   *     JetErr#BAD_PAGE_LINK} for a page that is its own neighbour, {@link
   *     JetErr#INVALID_DATABASE_VERSION} for a page with more than one reserved tag, {@link
   *     JetErr#DATABASE_CORRUPTED} for the rest of the header
   */
  public void check() {
    new PageCheck(this).run();
  }

  /** Checks what a page says of itself in tag 0, as {@link #check()} does. */
  void checkHeader() {
    new PageCheck(this).checkExternalHeader();
  }

  /** Checks a node and its place between its neighbours, as {@link #check()} does for all. */
  void checkAround(int tag) {
    new PageCheck(this).checkAround(tag);
  }

  /**
   * Copies the page.
   *
   * @param target takes the whole page from index 0 on
   */
  public void copyTo(ByteBuffer target) {
    target.put(0, page, 0, size.bytes());
  }

  /**
   * Looks at a copy of the page.
   *
   * @param copy a buffer that holds the same bytes
   * @return a view with the same number and file
   */
  public PageView at(ByteBuffer copy) {
    return new PageView(copy, size, number, file);
  }

  /** {@return the number of the page} */
  public PageNumber number() {
    return number;
  }

  /** {@return the size of the page} */
  public PageSize size() {
    return size;
  }

  /** {@return the change time of the page: an unsigned counter, larger with every change} */
  public long dbtime() {
    return page.getLong(PageLayout.DBTIME);
  }

  /** {@return the number of the leaf before this one; 0 if there is none} */
  public long previous() {
    return Integer.toUnsignedLong(page.getInt(PageLayout.PREVIOUS));
  }

  /** {@return the number of the leaf behind this one; 0 if there is none} */
  public long next() {
    return Integer.toUnsignedLong(page.getInt(PageLayout.NEXT));
  }

  /** {@return the object id of the tree that owns the page} */
  public long objectId() {
    return Integer.toUnsignedLong(page.getInt(PageLayout.OBJECT_ID));
  }

  /** {@return how many bytes neither the header nor tags nor nodes use} */
  public int freeBytes() {
    return unsignedShort(PageLayout.FREE_BYTES);
  }

  /** {@return how many of the free bytes a transaction that is not committed may want back} */
  public int uncommittedFreeBytes() {
    return unsignedShort(PageLayout.UNCOMMITTED_FREE_BYTES);
  }

  /** {@return where the last content ends, in bytes from the end of the page header} */
  public int firstFree() {
    return unsignedShort(PageLayout.FIRST_FREE);
  }

  /** {@return the flags} */
  public PageFlags flags() {
    return new PageFlags(page.getInt(PageLayout.FLAGS));
  }

  /** {@return whether the page is the root of a tree} */
  public boolean isRoot() {
    return (page.getInt(PageLayout.FLAGS) & PageFlags.ROOT) != 0;
  }

  /** {@return whether the page has no children} */
  public boolean isLeaf() {
    return (page.getInt(PageLayout.FLAGS) & PageFlags.LEAF) != 0;
  }

  /** {@return whether the children of the page are leaves} */
  public boolean isParentOfLeaves() {
    return (page.getInt(PageLayout.FLAGS) & PageFlags.PARENT_OF_LEAVES) != 0;
  }

  /**
   * Copies the content of tag 0 into a buffer and sets its limit behind it.
   *
   * @param target takes the content from index 0 on
   * @return the target
   */
  public ByteBuffer copyHeader(ByteBuffer target) {
    int length = tagSize(0);
    return target.clear().put(0, page, tagOffset(0), length).limit(length);
  }

  /** {@return how many tags the page has, tag 0 included} */
  public int tagCount() {
    return unsignedShort(PageLayout.TAG_COUNT) & PageLayout.TAG_COUNT_MASK;
  }

  /** {@return how many tags are reserved for the page itself, as stored; 0 stands for 1} */
  public int reservedTags() {
    return unsignedShort(PageLayout.TAG_COUNT) >>> PageLayout.RESERVED_TAGS_SHIFT;
  }

  /**
   * Finds the content of a tag.
   *
   * @param tag from 0 to {@link #tagCount()} - 1
   * @return its first byte, counted from the start of the page
   * @throws JetException {@link JetErr#PAGE_TAG_CORRUPTED} if tag or content lie outside their
   *     areas
   */
  public int tagOffset(int tag) {
    return offsetIn(place(tag));
  }

  /**
   * Measures the content of a tag.
   *
   * @param tag from 0 to {@link #tagCount()} - 1
   * @return its length in bytes
   * @throws JetException {@link JetErr#PAGE_TAG_CORRUPTED} if tag or content lie outside their
   *     areas
   */
  public int tagSize(int tag) {
    return sizeIn(place(tag));
  }

  /**
   * Reads the flags of a node.
   *
   * @param tag from 0 to {@link #tagCount()} - 1
   * @return bits of {@link NodeView}; 0 for tag 0, which has none
   * @throws JetException {@link JetErr#PAGE_TAG_CORRUPTED} if tag or content lie outside their
   *     areas, or a large page has no room for the flags in the node
   */
  public int tagFlags(int tag) {
    return flagsIn(tag, place(tag));
  }

  /**
   * Compares the key of a node with another, without a look at anything else: for searches in a
   * page that {@link #check()} has passed.
   *
   * @param tag the tag of the node, from 1 to {@link #tagCount()} - 1
   * @param key a little-endian buffer that holds the other key from index 0 to its limit
   * @return negative, zero or positive as the node's key is smaller, equal or larger
   */
  public int compareKey(int tag, ByteBuffer key) {
    int word = page.getInt(firstTag - PageLayout.TAG_BYTES * tag);
    int at = header + (word >>> Short.SIZE & tagMask);
    int first = page.getShort(at);
    int flags = (large ? first & 0xFFFF : word >>> Short.SIZE) >>> PageLayout.NODE_FLAGS_SHIFT;
    int prefix = 0;
    int wanted = key.limit();
    if ((flags & NodeView.COMPRESSED) != 0) {
      prefix = first & PageLayout.NODE_LENGTH_MASK;
      int common = Math.min(prefix, wanted);
      int start = page.getShort(firstTag + PageLayout.TAG_OFFSET) & tagMask;
      int order = UnsignedBytes.compare(page, header + start, key, 0, common);
      if (order != 0) {
        return order;
      }
      at += PageLayout.NODE_LENGTH_BYTES;
      first = page.getShort(at);
    }
    int suffix = first & PageLayout.NODE_LENGTH_MASK;
    int rest = Math.min(suffix, Math.max(0, wanted - prefix));
    int order = UnsignedBytes.compare(page, at + PageLayout.NODE_LENGTH_BYTES, key, prefix, rest);
    return order != 0 ? order : Integer.compare(prefix + suffix, wanted);
  }

  /** {@return the bytes of the page; to be read by absolute index only} */
  ByteBuffer bytes() {
    return page;
  }

  int unsignedShort(int at) {
    return Short.toUnsignedInt(page.getShort(at));
  }

  /** Where tags begin and content must end, in bytes from the start of the page. */
  int dataEnd() {
    return size.bytes() - PageLayout.TAG_BYTES * tagCount();
  }

  /**
   * Where the content of a tag lies, checked once: a number instead of an object, so that moving
   * from node to node allocates nothing. {@link #offsetIn} and {@link #sizeIn} take it apart.
   */
  long place(int tag) {
    int at = requireTag(tag);
    int length = unsignedShort(at + PageLayout.TAG_SIZE) & tagMask;
    int offset = size.pageHeaderBytes() + (unsignedShort(at + PageLayout.TAG_OFFSET) & tagMask);
    if (offset + length > dataEnd()) {
      throw corrupted(
          JetErr.PAGE_TAG_CORRUPTED,
          Subject.value(
              "tag " + tag, length + " bytes at byte " + offset, "up to byte " + dataEnd()));
    }
    return (long) offset << Integer.SIZE | length;
  }

  static int offsetIn(long place) {
    return (int) (place >>> Integer.SIZE);
  }

  static int sizeIn(long place) {
    return (int) place;
  }

  int flagsIn(int tag, long place) {
    if (tag == 0) {
      return 0;
    }
    if (!size.isLarge()) {
      return unsignedShort(PageLayout.tagAt(size, tag) + PageLayout.TAG_OFFSET)
          >>> PageLayout.NODE_FLAGS_SHIFT;
    }
    if (sizeIn(place) < PageLayout.NODE_LENGTH_BYTES) {
      throw corrupted(
          JetErr.PAGE_TAG_CORRUPTED,
          Subject.value("size of tag " + tag, sizeIn(place), "at least 2 bytes"));
    }
    return unsignedShort(offsetIn(place)) >>> PageLayout.NODE_FLAGS_SHIFT;
  }

  /**
   * Makes a failure of this page.
   *
   * @param error the code
   * @param what the value that is wrong
   * @return the exception, which names the page
   */
  public JetException corrupted(JetErr error, Subject what) {
    return JetException.of(error, subject(), what);
  }

  /** {@return the page, for messages} */
  Subject subject() {
    return Subject.page(file, number);
  }

  private int requireTag(int tag) {
    if (tag < 0 || tag >= tagCount()) {
      throw new IllegalArgumentException(
          "tag = " + tag + ", allowed: 0 to " + (tagCount() - 1) + " on page " + number);
    }
    if (dataEnd() < size.pageHeaderBytes()) {
      throw corrupted(
          JetErr.PAGE_TAG_CORRUPTED,
          Subject.value("tag count", tagCount(), "as many as the page has room for"));
    }
    return PageLayout.tagAt(size, tag);
  }
}
