package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jspecify.annotations.Nullable;

/**
 * One node of a page, read in place; moved from node to node, so that reading records allocates
 * nothing.
 *
 * <p>A key is the first bytes of the page's prefix (tag 0), if the node is compressed, followed by
 * the node's own bytes. Keys compare as unsigned bytes; a key that begins another comes first. For
 * one thread, and only as long as the page does not change. Source: sections 6.1, 6.2 and 6.4.
 */
public final class NodeView {

  /** The node has older versions in memory; without meaning on disk. */
  public static final int VERSIONED = 1;

  /** The node is deleted and waits for its removal. */
  public static final int DELETED = 2;

  /** The key begins with bytes of the page's prefix. */
  public static final int COMPRESSED = 4;

  static final int FLAGS_MASK = VERSIONED | DELETED | COMPRESSED;

  private @Nullable PageView page;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int tag;
  private int flags;
  private int prefixOffset;
  private int prefixLength;
  private int suffixOffset;
  private int suffixLength;
  private int dataOffset;
  private int dataLength;

  /** Makes a view that stands nowhere yet: key and data are empty. */
  public NodeView() {}

  /**
   * Moves to a node.
   *
   * @param newPage the page
   * @param newTag the tag of the node, from 1 to {@link PageView#tagCount()} - 1
   * @return this
   * @throws JetException {@link JetErr#PAGE_TAG_CORRUPTED} if the node lies outside the data area;
   *     {@link JetErr#NODE_CORRUPTED} if key or data do not fit the node or the prefix
   */
  public NodeView moveTo(PageView newPage, int newTag) {
    if (newTag < 1) {
      throw new IllegalArgumentException("tag = " + newTag + ", allowed: from 1 on");
    }
    long place = newPage.place(newTag);
    int newFlags = newPage.flagsIn(newTag, place);
    int at = PageView.offsetIn(place);
    int end = at + PageView.sizeIn(place);
    int prefix = 0;
    if ((newFlags & COMPRESSED) != 0) {
      prefix = length(newPage, newTag, at, end);
      at += PageLayout.NODE_LENGTH_BYTES;
      int available = newPage.isRoot() ? 0 : newPage.tagSize(0);
      requireAtMost(newPage, newTag, "prefix length", prefix, available);
    }
    int suffix = length(newPage, newTag, at, end);
    at += PageLayout.NODE_LENGTH_BYTES;
    int room = end - at - 1; // at least one byte of data
    requireAtMost(newPage, newTag, "key length", suffix, room);
    page = newPage;
    bytes = newPage.bytes();
    tag = newTag;
    flags = newFlags;
    prefixOffset = prefix == 0 ? 0 : newPage.tagOffset(0);
    prefixLength = prefix;
    suffixOffset = at;
    suffixLength = suffix;
    dataOffset = at + suffix;
    dataLength = end - dataOffset;
    return this;
  }

  /** {@return the tag of the node} */
  int tag() {
    return tag;
  }

  /** {@return whether the node is deleted} */
  public boolean isDeleted() {
    return (flags & DELETED) != 0;
  }

  /** {@return the flags of the node} */
  public int flags() {
    return flags;
  }

  /** {@return the length of the key in bytes} */
  public int keyLength() {
    return prefixLength + suffixLength;
  }

  /** {@return how many bytes of the key come from the page's prefix} */
  public int prefixLength() {
    return prefixLength;
  }

  /**
   * Copies the key.
   *
   * @param target takes {@link #keyLength()} bytes
   * @param from the first index in the target
   */
  public void copyKey(byte[] target, int from) {
    bytes.get(prefixOffset, target, from, prefixLength);
    bytes.get(suffixOffset, target, from + prefixLength, suffixLength);
  }

  /**
   * Copies the key into a buffer and sets its limit behind it.
   *
   * @param target takes the key from index 0 on
   * @return the target
   */
  public ByteBuffer copyKey(ByteBuffer target) {
    target.clear();
    target.put(0, bytes, prefixOffset, prefixLength);
    target.put(prefixLength, bytes, suffixOffset, suffixLength);
    return target.limit(keyLength());
  }

  /**
   * Copies the data into a buffer and sets its limit behind it.
   *
   * @param target takes the data from index 0 on
   * @return the target
   */
  public ByteBuffer copyData(ByteBuffer target) {
    target.clear();
    return target.put(0, bytes, dataOffset, dataLength).limit(dataLength);
  }

  /**
   * Compares the key of the node with another.
   *
   * @param key a little-endian buffer that holds the other key from index 0 to its limit
   * @return negative, zero or positive as the node's key is smaller, equal or larger
   */
  public int compareKey(ByteBuffer key) {
    return compareKey(key, 0, key.limit());
  }

  /**
   * Compares the key of the node with another.
   *
   * @param key a little-endian buffer that holds the other key; read by absolute index
   * @param from its first byte
   * @param length its length
   * @return negative, zero or positive as the node's key is smaller, equal or larger
   */
  public int compareKey(ByteBuffer key, int from, int length) {
    int first = Math.min(prefixLength, length);
    int order = UnsignedBytes.compare(bytes, prefixOffset, key, from, first);
    if (order != 0) {
      return order;
    }
    int second = Math.min(suffixLength, length - first);
    order = UnsignedBytes.compare(bytes, suffixOffset, key, from + first, second);
    return order != 0 ? order : Integer.compare(keyLength(), length);
  }

  /**
   * Counts the bytes with which both the key and another run begin.
   *
   * @param other the other run, from index 0 to its limit
   * @return how many bytes they have in common
   */
  public int commonWith(ByteBuffer other) {
    int first = Math.min(prefixLength, other.limit());
    int common = UnsignedBytes.common(bytes, prefixOffset, other, 0, first);
    if (common < prefixLength) {
      return common;
    }
    int second = Math.min(suffixLength, other.limit() - prefixLength);
    return common + UnsignedBytes.common(bytes, suffixOffset, other, prefixLength, second);
  }

  /**
   * Compares the keys of two nodes, of the same page or not.
   *
   * @param other the other node
   * @return negative, zero or positive as this node's key is smaller, equal or larger
   */
  public int compareKey(NodeView other) {
    int common = Math.min(keyLength(), other.keyLength());
    for (int i = 0; i < common; i++) {
      int order = Integer.compare(keyByte(i), other.keyByte(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(keyLength(), other.keyLength());
  }

  /** {@return where the data begins, in bytes from the start of the page} */
  public int dataOffset() {
    return dataOffset;
  }

  /** {@return the length of the data in bytes, at least 1} */
  public int dataLength() {
    return dataLength;
  }

  /**
   * Copies the data.
   *
   * @param target takes {@link #dataLength()} bytes
   * @param from the first index in the target
   */
  public void copyData(byte[] target, int from) {
    bytes.get(dataOffset, target, from, dataLength);
  }

  /**
   * Reads the data of a node of a branch page. Every key in the child is smaller than the key of
   * the node; an empty key is larger than all.
   *
   * @return the number of the child page
   * @throws JetException {@link JetErr#NODE_CORRUPTED} if the data is no page number
   */
  public long child() {
    PageView here = here();
    boolean fits = dataLength == PageLayout.CHILD_BYTES;
    require(here, tag, fits, "data length", dataLength, "4 on a branch page");
    long child = Integer.toUnsignedLong(bytes.getInt(dataOffset));
    boolean other = child >= PageNumber.MIN && child != here.number().value();
    require(here, tag, other, "child page", child, "another page, from 1 on");
    return child;
  }

  /**
   * Compares the data of the node with other data.
   *
   * @param other a little-endian buffer that holds the other data from index 0 to its limit
   * @return negative, zero or positive as the node's data is smaller, equal or larger
   */
  public int compareData(ByteBuffer other) {
    int common = Math.min(dataLength, other.limit());
    int order = UnsignedBytes.compare(bytes, dataOffset, other, 0, common);
    return order != 0 ? order : Integer.compare(dataLength, other.limit());
  }

  int compareData(NodeView other) {
    int common = Math.min(dataLength, other.dataLength);
    int order = UnsignedBytes.compare(bytes, dataOffset, other.bytes, other.dataOffset, common);
    return order != 0 ? order : Integer.compare(dataLength, other.dataLength);
  }

  private int keyByte(int i) {
    int at = i < prefixLength ? prefixOffset + i : suffixOffset + i - prefixLength;
    return Byte.toUnsignedInt(bytes.get(at));
  }

  private PageView here() {
    if (page == null) {
      throw new IllegalStateException("the view was not moved to a node yet");
    }
    return page;
  }

  private static int length(PageView page, int tag, int at, int end) {
    boolean room = end - at >= PageLayout.NODE_LENGTH_BYTES;
    require(page, tag, room, "bytes left for a length", end - at, "at least 2");
    return page.unsignedShort(at) & PageLayout.NODE_LENGTH_MASK;
  }

  private static void requireAtMost(PageView page, int tag, String name, int value, int limit) {
    if (value > limit) { // the text is made for a failure only
      require(page, tag, false, name, value, "up to " + limit);
    }
  }

  private static void require(
      PageView page, int tag, boolean holds, String name, long value, String limit) {
    if (!holds) {
      throw page.corrupted(
          JetErr.NODE_CORRUPTED, Subject.value(name + " of node " + tag, value, limit));
    }
  }
}
