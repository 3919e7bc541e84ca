package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.position.PageNumber;
import org.jspecify.annotations.Nullable;

/**
 * Changes a sound page in place: nodes come, go and get other data, and the accounts of the header
 * stay right. The one place where header, tags and nodes are written; {@link PageView} reads them.
 *
 * <p>An editor belongs to one thread and moves from page to page with {@link #on}. A change that
 * has no room is refused before a byte is touched, so no method leaves a page half changed. Holes
 * are closed only when a node needs the room. The order of keys is the caller's duty, and so is the
 * checksum, which {@link PageChecksum#stamp} writes before the page leaves for a disk. Buffers that
 * hold a key hold it from index 0 to their limit; nothing is allocated. Source: sections 4.1 to 4.4
 * and 6.1.
 *
 * <p>What is done to a page whose changes are logged is noted in {@link PageEdits}, but for the
 * dbtime. What an edit does follows from the page and from what is noted alone.
 */
public final class PageEditor {

  /** A compressed key costs two more bytes of length, so it must save more than them. */
  private static final int LEAST_SAVING = 2;

  private final PageSize size;
  private final int tagMask;
  private final ByteBuffer scratch;
  private final ByteBuffer parked;
  private ByteBuffer page;
  private @Nullable PageEdits edits;

  /**
   * Makes an editor that stands on an empty page of its own until it is moved.
   *
   * @param size the size of all pages that it will change
   */
  public PageEditor(PageSize size) {
    this.size = size;
    this.tagMask = size.isLarge() ? PageLayout.LARGE_TAG_MASK : PageLayout.SMALL_TAG_MASK;
    this.scratch = size.newBuffer();
    this.parked = size.newBuffer();
    this.page = scratch;
  }

  /**
   * Moves to a page.
   *
   * @param sound a little-endian buffer with a page that {@link PageView#check()} passed, or one
   *     that {@link #begin} is going to fill
   * @return this
   */
  public PageEditor on(ByteBuffer sound) {
    return on(sound, null);
  }

  /**
   * Moves to a page whose edits are noted.
   *
   * @param sound as for {@link #on(ByteBuffer)}
   * @param noted takes the edits; null if nobody wants to know them
   * @return this
   */
  public PageEditor on(ByteBuffer sound, @Nullable PageEdits noted) {
    size.requireBuffer(sound);
    page = sound;
    edits = noted;
    return this;
  }

  /**
   * Makes the page an empty one: everything zero but number, owner, flags and external header.
   *
   * @param number the number of the page
   * @param objectId the tree that owns the page
   * @param flags the flags
   * @param header the content of tag 0, from 0 to its limit: that of a root, or the prefix of keys
   * @return this
   */
  public PageEditor begin(PageNumber number, long objectId, PageFlags flags, ByteBuffer header) {
    int length = header.limit();
    if (length > size.bytes() - size.pageHeaderBytes() - PageLayout.TAG_BYTES) {
      throw new IllegalArgumentException("header of " + length + " bytes, page of " + size.bytes());
    }
    if (edits != null) {
      edits.becomeWhole();
    }
    for (int at = 0; at < size.bytes(); at += Long.BYTES) {
      page.putLong(at, 0);
    }
    page.putInt(PageLayout.OBJECT_ID, (int) objectId);
    page.putInt(PageLayout.FLAGS, flags.bits());
    if (size.isLarge()) {
      page.putInt(PageLayout.LARGE_PAGE_NUMBER, (int) number.value());
    }
    page.put(size.pageHeaderBytes(), header, 0, length);
    putShort(PageLayout.tagAt(size, 0) + PageLayout.TAG_SIZE, length);
    putShort(PageLayout.TAG_COUNT, 1);
    putShort(PageLayout.FIRST_FREE, length);
    putShort(
        PageLayout.FREE_BYTES,
        size.bytes() - size.pageHeaderBytes() - PageLayout.TAG_BYTES - length);
    return this;
  }

  /** {@return how many bytes are left for tags and nodes} */
  public int freeBytes() {
    return unsignedShort(PageLayout.FREE_BYTES);
  }

  /** {@return how many tags the page has, tag 0 included} */
  public int tagCount() {
    return unsignedShort(PageLayout.TAG_COUNT) & PageLayout.TAG_COUNT_MASK;
  }

  /**
   * Measures a node before it is there.
   *
   * @param key its key
   * @param dataLength the length of its data
   * @return how many bytes it would take of {@link #freeBytes()}, its tag included
   */
  public int cost(ByteBuffer key, int dataLength) {
    return nodeBytes(prefixOf(key), key.limit(), dataLength) + PageLayout.TAG_BYTES;
  }

  /**
   * Tells whether a node could be inserted.
   *
   * @param cost what {@link #cost} says of it
   * @return whether there is room, for a tag too
   */
  public boolean fits(int cost) {
    return cost <= freeBytes() && tagCount() < PageLayout.TAG_COUNT_MASK;
  }

  /**
   * Inserts a node. Nodes from there on move one tag up.
   *
   * @param tag where, from 1 to {@link #tagCount()}
   * @param nodeFlags bits of {@link NodeView}; {@link NodeView#COMPRESSED} follows from the key
   * @param key the whole key
   * @param data holds the data
   * @param from the first byte of the data
   * @param length how many bytes of data, at least 1
   * @throws IllegalArgumentException if there is no room, no such tag or no data
   */
  public void insert(
      int tag, int nodeFlags, ByteBuffer key, ByteBuffer data, int from, int length) {
    int count = tagCount();
    int prefix = prefixOf(key);
    int bytes = nodeBytes(prefix, key.limit(), length);
    if (tag < 1 || tag > count || length < 1 || !fits(bytes + PageLayout.TAG_BYTES)) {
      throw new IllegalArgumentException("node " + tag + " of " + count + " with " + length
          + " bytes of data and " + bytes + " in all, free: " + freeBytes());
    }
    if (edits != null) {
      edits.insert(tag, nodeFlags & ~NodeView.COMPRESSED, key, data, from, length);
    }
    int at = allot(bytes, count + 1);
    if (tagSize(0) == 0) { // wherever the empty header was said to be, the tags may get there now
      putShort(PageLayout.tagAt(size, 0) + PageLayout.TAG_OFFSET, 0);
    }
    int last = PageLayout.tagAt(size, count - 1);
    page.put(last - PageLayout.TAG_BYTES, page, last, PageLayout.TAG_BYTES * (count - tag));
    putShort(PageLayout.TAG_COUNT, tagCountWord(count + 1));
    int flags = (nodeFlags & ~NodeView.COMPRESSED) | (prefix > 0 ? NodeView.COMPRESSED : 0);
    putTag(tag, at, bytes, flags);
    writeNode(at, flags, prefix, key, data, from, length);
    setFree(freeBytes() - bytes - PageLayout.TAG_BYTES);
  }

  /**
   * Removes a node. Nodes behind it move one tag down.
   *
   * @param tag which, from 1 to {@link #tagCount()} - 1
   */
  public void remove(int tag) {
    int count = tagCount();
    requireNode(tag, count);
    if (edits != null) {
      edits.remove(tag);
    }
    int bytes = tagSize(tag);
    giveUp(tag, bytes);
    int last = PageLayout.tagAt(size, count - 1);
    page.put(last + PageLayout.TAG_BYTES, page, last, PageLayout.TAG_BYTES * (count - 1 - tag));
    page.putInt(last, 0);
    putShort(PageLayout.TAG_COUNT, tagCountWord(count - 1));
    putShort(PageLayout.FREE_BYTES, freeBytes() + bytes + PageLayout.TAG_BYTES);
  }

  /**
   * Tells whether a node has room for other data.
   *
   * @param node a view of the node
   * @param length the length of the new data
   * @return whether {@link #replaceData} would succeed
   */
  public boolean fitsInstead(NodeView node, int length) {
    return length - node.dataLength() <= freeBytes();
  }

  /**
   * Gives a node other data. Its key and flags stay.
   *
   * @param tag which, from 1 to {@link #tagCount()} - 1
   * @param node a view of that node, invalid afterwards
   * @param data holds the data; not this page
   * @param from the first byte of the data
   * @param length how many bytes of data, at least 1
   * @throws IllegalArgumentException if there is no room, no such node or no data
   */
  public void replaceData(int tag, NodeView node, ByteBuffer data, int from, int length) {
    requireNode(tag, tagCount());
    int more = length - node.dataLength();
    if (length < 1 || more > freeBytes()) {
      throw new IllegalArgumentException("node " + tag + " with " + length
          + " bytes of data instead of " + node.dataLength() + ", free: " + freeBytes());
    }
    if (edits != null) {
      edits.replaceData(tag, data, from, length);
    }
    int bytes = tagSize(tag);
    int head = bytes - node.dataLength();
    int at = tagOffset(tag);
    if (more > 0) {
      parked.put(0, page, at, head);
      giveUp(tag, bytes);
      putShort(PageLayout.tagAt(size, tag) + PageLayout.TAG_SIZE, 0); // closing holes drops it
      int flags = size.isLarge() ? 0 : tagFlags(tag);
      at = allot(head + length, tagCount());
      page.put(at, parked, 0, head);
      putTag(tag, at, head + length, flags);
    } else {
      if (at + bytes == size.pageHeaderBytes() + firstFree()) {
        putShort(PageLayout.FIRST_FREE, firstFree() + more);
      }
      putShort(PageLayout.tagAt(size, tag) + PageLayout.TAG_SIZE, head + length);
    }
    page.put(at + head, data, from, length);
    setFree(freeBytes() - more);
  }

  /**
   * Lets a node of a branch page point elsewhere.
   *
   * @param node a view of the node; it stays valid
   * @param child the number of the new child
   */
  public void setChild(NodeView node, long child) {
    if (node.dataLength() != PageLayout.CHILD_BYTES) {
      throw new IllegalArgumentException("node with " + node.dataLength() + " bytes of data");
    }
    if (edits != null) {
      edits.setChild(node.tag(), child);
    }
    page.putInt(node.dataOffset(), (int) child);
  }

  /**
   * Overwrites the external header.
   *
   * @param header the new content of tag 0, from 0 to its limit, as long as the old one
   */
  public void setHeader(ByteBuffer header) {
    if (header.limit() != tagSize(0)) {
      throw new IllegalArgumentException(
          "header of " + header.limit() + " bytes, allowed: " + tagSize(0));
    }
    if (edits != null) {
      edits.setHeader(header);
    }
    page.put(tagOffset(0), header, 0, header.limit());
  }

  /**
   * Sets the neighbour before the page.
   *
   * @param number its number, 0 = none
   */
  public void setPrevious(long number) {
    if (edits != null) {
      edits.setNeighbour(PageEdits.SET_PREVIOUS, number);
    }
    page.putInt(PageLayout.PREVIOUS, (int) number);
  }

  /**
   * Sets the neighbour behind the page.
   *
   * @param number its number, 0 = none
   */
  public void setNext(long number) {
    if (edits != null) {
      edits.setNeighbour(PageEdits.SET_NEXT, number);
    }
    page.putInt(PageLayout.NEXT, (int) number);
  }

  /**
   * Sets the change time.
   *
   * @param dbtime from 1 on
   */
  public void setDbtime(long dbtime) {
    page.putLong(PageLayout.DBTIME, dbtime);
  }

  /** How much of a key the page's prefix spares, or 0 where it would spare nothing. */
  private int prefixOf(ByteBuffer key) {
    if ((page.getInt(PageLayout.FLAGS) & PageFlags.ROOT) != 0) {
      return 0;
    }
    int at = tagOffset(0);
    int most = Math.min(tagSize(0), key.limit());
    int common = UnsignedBytes.common(page, at, key, 0, most);
    return common > LEAST_SAVING ? common : 0;
  }

  private static int nodeBytes(int prefix, int keyLength, int dataLength) {
    int head = PageLayout.NODE_LENGTH_BYTES * (prefix > 0 ? 2 : 1);
    return head + keyLength - prefix + dataLength;
  }

  private void writeNode(
      int at, int flags, int prefix, ByteBuffer key, ByteBuffer data, int from, int length) {
    int flagBits = size.isLarge() ? flags << PageLayout.NODE_FLAGS_SHIFT : 0;
    int suffix = key.limit() - prefix;
    int to = at;
    if (prefix > 0) {
      putShort(to, prefix | flagBits);
      to += PageLayout.NODE_LENGTH_BYTES;
      putShort(to, suffix);
    } else {
      putShort(to, suffix | flagBits);
    }
    to += PageLayout.NODE_LENGTH_BYTES;
    page.put(to, key, prefix, suffix);
    page.put(to + suffix, data, from, length);
  }

  /** Finds contiguous room behind all content, closing holes if there is none. */
  private int allot(int bytes, int tags) {
    int end = size.bytes() - PageLayout.TAG_BYTES * tags;
    if (size.pageHeaderBytes() + firstFree() + bytes > end) {
      compact();
    }
    int at = size.pageHeaderBytes() + firstFree();
    putShort(PageLayout.FIRST_FREE, firstFree() + bytes);
    return at;
  }

  /** Closes all holes. The order of contents becomes that of the tags. */
  private void compact() {
    scratch.put(0, page, 0, size.bytes());
    int header = size.pageHeaderBytes();
    int to = header;
    for (int tag = 0; tag < tagCount(); tag++) {
      int bytes = tagSize(tag);
      if (bytes > 0) {
        page.put(to, scratch, tagOffset(tag), bytes);
        int place = PageLayout.tagAt(size, tag) + PageLayout.TAG_OFFSET;
        putShort(place, (unsignedShort(place) & ~tagMask) | (to - header));
        to += bytes;
      }
    }
    putShort(PageLayout.FIRST_FREE, to - header);
  }

  /**
   * What a transaction of another engine set aside is not kept aside here, so it may be used up.
   */
  private void setFree(int free) {
    putShort(PageLayout.FREE_BYTES, free);
    if (unsignedShort(PageLayout.UNCOMMITTED_FREE_BYTES) > free) {
      putShort(PageLayout.UNCOMMITTED_FREE_BYTES, free);
    }
  }

  private void giveUp(int tag, int bytes) {
    if (tagOffset(tag) + bytes == size.pageHeaderBytes() + firstFree()) {
      putShort(PageLayout.FIRST_FREE, firstFree() - bytes);
    }
  }

  private void putTag(int tag, int at, int bytes, int flags) {
    int place = PageLayout.tagAt(size, tag);
    int flagBits = size.isLarge() ? 0 : flags << PageLayout.NODE_FLAGS_SHIFT;
    putShort(place + PageLayout.TAG_SIZE, bytes);
    putShort(place + PageLayout.TAG_OFFSET, at - size.pageHeaderBytes() | flagBits);
  }

  private int tagFlags(int tag) {
    return unsignedShort(PageLayout.tagAt(size, tag) + PageLayout.TAG_OFFSET)
        >>> PageLayout.NODE_FLAGS_SHIFT;
  }

  private int tagSize(int tag) {
    return unsignedShort(PageLayout.tagAt(size, tag) + PageLayout.TAG_SIZE) & tagMask;
  }

  private int tagOffset(int tag) {
    int offset = unsignedShort(PageLayout.tagAt(size, tag) + PageLayout.TAG_OFFSET) & tagMask;
    return size.pageHeaderBytes() + offset;
  }

  private int firstFree() {
    return unsignedShort(PageLayout.FIRST_FREE);
  }

  /** Keeps the number of reserved tags that the page was made with. */
  private int tagCountWord(int count) {
    return (unsignedShort(PageLayout.TAG_COUNT) & ~PageLayout.TAG_COUNT_MASK) | count;
  }

  private static void requireNode(int tag, int count) {
    if (tag < 1 || tag >= count) {
      throw new IllegalArgumentException("node = " + tag + ", allowed: 1 to " + (count - 1));
    }
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(page.getShort(at));
  }

  private void putShort(int at, int value) {
    page.putShort(at, (short) value);
  }
}
