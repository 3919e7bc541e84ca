package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;

/**
 * Does again what {@link PageEdits} holds, or says what is wrong with the list, whatever it holds.
 *
 * <p>The page is sound before. Each edit is checked before it is made, and the nodes around it
 * after, by the rules of {@link PageView#check()}: a page that was sound before an edit is sound
 * after it, without a look at all of its nodes. For one thread, reused.
 */
public final class PageReplay {

  private final PageEditor editor;
  private final NodeView node = new NodeView();
  private final ByteBuffer key;
  private final ByteBuffer none;
  private ByteBuffer list;
  private int at;
  private int end;

  /**
   * Makes a replay for pages of one size.
   *
   * @param size the size
   */
  public PageReplay(PageSize size) {
    this.editor = new PageEditor(size);
    this.key = size.newBuffer();
    this.none = size.newBuffer().limit(0);
    this.list = none;
  }

  /**
   * Makes all edits of a list.
   *
   * @param page a view of a sound page, which is changed; after a failure its content is anything
   * @param edits a little-endian buffer that holds the list
   * @param from the first byte of the list
   * @param length how many bytes it has
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the list does not fit the page
   */
  public void apply(PageView page, ByteBuffer edits, int from, int length) {
    list = edits;
    at = from;
    end = from + length;
    editor.on(page.bytes());
    try {
      while (at < end) {
        applyNext(page);
      }
    } finally {
      list = none;
    }
  }

  private void applyNext(PageView page) {
    int code = Byte.toUnsignedInt(list.get(at));
    int flags = code >>> PageEdits.FLAGS_SHIFT;
    int kind = code & PageEdits.CODE_MASK;
    int most = kind == PageEdits.INSERT ? NodeView.FLAGS_MASK : 0;
    require(page, flags <= most, "flags of an edit", flags, 0, most);
    switch (kind) {
      case PageEdits.INSERT -> insert(page, flags);
      case PageEdits.REMOVE -> remove(page);
      case PageEdits.REPLACE_DATA -> replaceData(page);
      case PageEdits.SET_CHILD -> setChild(page);
      case PageEdits.SET_HEADER -> setHeader(page);
      case PageEdits.SET_PREVIOUS -> editor.setPrevious(neighbour(page));
      case PageEdits.SET_NEXT -> editor.setNext(neighbour(page));
      default ->
        require(page, false, "code of an edit", kind, PageEdits.INSERT, PageEdits.SET_NEXT);
    }
  }

  private void insert(PageView page, int flags) {
    int start = take(page, PageEdits.INSERT_BYTES);
    int tag = unsignedShort(start + 1);
    int keyLength = unsignedShort(start + 3);
    int dataLength = unsignedShort(start + 5);
    requireTag(page, tag, page.tagCount());
    int most = Math.min(key.capacity(), PageLayout.NODE_LENGTH_MASK);
    require(page, keyLength <= most, "length of a key", keyLength, 0, most);
    int keyAt = take(page, keyLength);
    key.clear().put(0, list, keyAt, keyLength).limit(keyLength);
    int dataAt = takeData(page, dataLength);
    int cost = editor.cost(key, dataLength);
    require(page, editor.fits(cost), "bytes of a new node", cost, 1, page.freeBytes());
    editor.insert(tag, flags, key, list, dataAt, dataLength);
    checkAround(page, tag);
  }

  private void remove(PageView page) {
    int tag = unsignedShort(take(page, PageEdits.REMOVE_BYTES) + 1);
    requireTag(page, tag, page.tagCount() - 1);
    editor.remove(tag);
  }

  private void replaceData(PageView page) {
    int start = take(page, PageEdits.REPLACE_DATA_BYTES);
    int tag = unsignedShort(start + 1);
    int length = unsignedShort(start + 3);
    requireTag(page, tag, page.tagCount() - 1);
    int dataAt = takeData(page, length);
    node.moveTo(page, tag);
    boolean fits = editor.fitsInstead(node, length);
    int most = node.dataLength() + page.freeBytes();
    require(page, fits, "bytes of data", length, 1, most);
    editor.replaceData(tag, node, list, dataAt, length);
    checkAround(page, tag);
  }

  private void setChild(PageView page) {
    int start = take(page, PageEdits.SET_CHILD_BYTES);
    int tag = unsignedShort(start + 1);
    requireTag(page, tag, page.tagCount() - 1);
    require(page, !page.isLeaf(), "children of a leaf", 1, 0, 0);
    editor.setChild(node.moveTo(page, tag), Integer.toUnsignedLong(list.getInt(start + 3)));
    checkAround(page, tag);
  }

  /** Only roots have a header that changes: that of another page is part of its keys. */
  private void setHeader(PageView page) {
    int length = unsignedShort(take(page, PageEdits.SET_HEADER_BYTES) + 1);
    int there = page.tagSize(0);
    boolean fits = page.isRoot() && length == there;
    require(page, fits, "bytes of the header of a root", length, there, there);
    int from = take(page, length);
    key.clear().put(0, list, from, length).limit(length);
    editor.setHeader(key);
    requireSound(page, page::checkHeader);
  }

  private long neighbour(PageView page) {
    long number =
        Integer.toUnsignedLong(list.getInt(take(page, PageEdits.SET_NEIGHBOUR_BYTES) + 1));
    boolean other = number != page.number().value();
    require(page, other, "neighbour, which is the page itself", number, 0, PageNumber.MAX);
    return number;
  }

  private int takeData(PageView page, int length) {
    require(page, length >= 1, "bytes of data", length, 1, end - at);
    return take(page, length);
  }

  /** Goes on by so many bytes, which are there. */
  private int take(PageView page, int bytes) {
    require(page, bytes <= end - at, "bytes of an edit", bytes, 1, end - at);
    int start = at;
    at += bytes;
    return start;
  }

  private void requireTag(PageView page, int tag, int last) {
    require(page, tag >= 1 && tag <= last, "tag of an edit", tag, 1, last);
  }

  private void checkAround(PageView page, int tag) {
    requireSound(page, () -> page.checkAround(tag));
  }

  private static void requireSound(PageView page, Runnable check) {
    try {
      check.run();
    } catch (JetException e) {
      throw JetException.of(JetErr.LOG_FILE_CORRUPT, e, page.subject());
    }
  }

  private int unsignedShort(int from) {
    return Short.toUnsignedInt(list.getShort(from));
  }

  private static void require(
      PageView page, boolean holds, String name, long value, long from, long to) {
    if (!holds) { // the text is made for a failure only
      throw page.corrupted(JetErr.LOG_FILE_CORRUPT, Subject.value(name, value, from + " to " + to));
    }
  }
}
