package org.jetbackup.engine.page;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.UnsignedBytes;

/**
 * The nodes of one page, or of two neighbours, or of one page and a node that is to come: in order,
 * ready to be laid out anew. It holds copies, so the pages may be overwritten meanwhile.
 *
 * <p>Also decides which prefix spares most. For one thread; reused, so that dividing a page
 * allocates nothing. Positions count from 0.
 */
public final class NodeList {

  private static final int SOURCE_SHIFT = 16;
  private static final int TAG_MASK = 0xFFFF;
  private static final int NEW_NODE = 2;
  private static final int TAG_BYTES = 4;
  private static final int LENGTH_BYTES = 2;
  private static final int LEAST_SAVING = 2;

  private final PageSize size;
  private final PageView[] sources;
  private final ByteBuffer[] copies;
  private final NodeView node = new NodeView();
  private final int[] entries;
  private final ByteBuffer newKey;
  private final ByteBuffer newData;
  private final ByteBuffer first;
  private final ByteBuffer last;
  private final ByteBuffer none;
  private int count;

  /**
   * Makes an empty list.
   *
   * @param size the size of all pages
   */
  public NodeList(PageSize size) {
    this.size = size;
    this.copies = new ByteBuffer[] {size.newBuffer(), size.newBuffer()};
    this.sources = new PageView[copies.length];
    this.entries = new int[2 * size.bytes() / TAG_BYTES];
    this.newKey = size.newBuffer();
    this.newData = size.newBuffer();
    this.first = size.newBuffer();
    this.last = size.newBuffer();
    this.none = size.newBuffer().limit(0);
  }

  /**
   * Takes the nodes of a page instead of all that were there.
   *
   * @param page a sound page
   * @return this
   */
  public NodeList load(PageView page) {
    count = 0;
    take(0, page);
    return this;
  }

  /**
   * Takes the nodes of a second page behind those of the first.
   *
   * @param page a sound page whose keys are all larger
   * @return this
   */
  public NodeList append(PageView page) {
    take(1, page);
    return this;
  }

  /**
   * Puts a new node among those that are there.
   *
   * @param at its position
   * @param key its key, from 0 to the limit
   * @param data its data, from 0 to the limit
   * @return this
   */
  public NodeList insert(int at, ByteBuffer key, ByteBuffer data) {
    newKey.clear().put(0, key, 0, key.limit()).limit(key.limit());
    newData.clear().put(0, data, 0, data.limit()).limit(data.limit());
    System.arraycopy(entries, at, entries, at + 1, count - at);
    entries[at] = NEW_NODE << SOURCE_SHIFT;
    count++;
    return this;
  }

  /** {@return how many nodes there are} */
  public int count() {
    return count;
  }

  /**
   * Copies a key.
   *
   * @param at the position of the node
   * @param target takes the key from index 0 on; its limit is set behind it
   * @return the target
   */
  public ByteBuffer copyKey(int at, ByteBuffer target) {
    if (isNew(at)) {
      return target.clear().put(0, newKey, 0, newKey.limit()).limit(newKey.limit());
    }
    return view(at).copyKey(target);
  }

  /**
   * Finds the shortest key that is larger than one node's and not larger than the next one's.
   *
   * @param at the position of the second node, from 1 on
   * @param target takes the key from index 0 on; its limit is set behind it
   * @return the target
   */
  public ByteBuffer separator(int at, ByteBuffer target) {
    copyKey(at - 1, first);
    copyKey(at, target);
    int most = Math.min(first.limit(), target.limit());
    int common = UnsignedBytes.common(first, 0, target, 0, most);
    return target.limit(Math.min(common + 1, target.limit()));
  }

  /**
   * Measures a run of nodes on a page of their own.
   *
   * @param from the first position
   * @param to the position behind the last
   * @param prefix the prefix of that page; no bytes = keys are not compressed
   * @return the bytes of nodes, their tags and the prefix
   */
  public int cost(int from, int to, ByteBuffer prefix) {
    int bytes = prefix.limit();
    for (int at = from; at < to; at++) {
      bytes += cost(at, prefix);
    }
    return bytes;
  }

  /**
   * Measures a node with its tag, not compressed.
   *
   * @param keyLength the length of the key
   * @param dataLength the length of the data
   * @return how many bytes it takes of {@link #room()}
   */
  public static int cost(int keyLength, int dataLength) {
    return TAG_BYTES + LENGTH_BYTES + keyLength + dataLength;
  }

  /** {@return how many bytes a page that is no root has for what {@code cost} counts} */
  public int room() {
    return room(size);
  }

  /**
   * Measures an empty page that is no root.
   *
   * @param size the size of the page
   * @return how many bytes it has for what {@code cost} counts
   */
  public static int room(PageSize size) {
    return size.bytes() - size.pageHeaderBytes() - TAG_BYTES;
  }

  /**
   * Chooses the prefix with which a run of nodes takes least room: none, that of the first page, or
   * what all keys of the run have in common.
   *
   * @param from the first position
   * @param to the position behind the last, larger
   * @param target takes the prefix from index 0 on; its limit is set behind it
   * @return the target
   */
  public ByteBuffer choosePrefix(int from, int to, ByteBuffer target) {
    int best = cost(from, to, none);
    target.clear().limit(0);
    if (to - from < 2) {
      return target; // a prefix costs what a single key would save
    }
    PageView source = sources[0];
    if (!source.flags().isRoot() && source.tagSize(0) > LEAST_SAVING) {
      last.clear().put(0, copies[0], source.tagOffset(0), source.tagSize(0));
      last.limit(source.tagSize(0));
      best = better(from, to, last, best, target);
    }
    copyKey(from, first);
    copyKey(to - 1, last);
    int most = Math.min(first.limit(), last.limit());
    last.limit(UnsignedBytes.common(first, 0, last, 0, most));
    better(from, to, last, best, target);
    return target;
  }

  /**
   * Lays out a run of nodes behind what a page holds.
   *
   * @param page stands on the page, which has room
   * @param from the first position
   * @param to the position behind the last
   */
  public void write(PageEditor page, int from, int to) {
    for (int at = from; at < to; at++) {
      int tag = page.tagCount();
      if (isNew(at)) {
        page.insert(tag, 0, newKey, newData, 0, newData.limit());
      } else {
        view(at).copyKey(first);
        ByteBuffer copy = copies[entries[at] >>> SOURCE_SHIFT];
        page.insert(tag, node.flags(), first, copy, node.dataOffset(), node.dataLength());
      }
    }
  }

  private void take(int source, PageView page) {
    ByteBuffer copy = copies[source];
    page.copyTo(copy);
    sources[source] = page.at(copy);
    int tags = page.tagCount();
    for (int tag = 1; tag < tags; tag++) {
      entries[count++] = source << SOURCE_SHIFT | tag;
    }
  }

  private int better(int from, int to, ByteBuffer prefix, int best, ByteBuffer target) {
    if (prefix.limit() <= LEAST_SAVING) {
      return best;
    }
    int cost = cost(from, to, prefix);
    if (cost >= best) {
      return best;
    }
    target.clear().put(0, prefix, 0, prefix.limit()).limit(prefix.limit());
    return cost;
  }

  private int cost(int at, ByteBuffer prefix) {
    int keyLength;
    int dataLength;
    int common = 0;
    if (isNew(at)) {
      keyLength = newKey.limit();
      dataLength = newData.limit();
      common = UnsignedBytes.common(newKey, 0, prefix, 0, Math.min(keyLength, prefix.limit()));
    } else {
      keyLength = view(at).keyLength();
      dataLength = node.dataLength();
      common = prefix.limit() == 0 ? 0 : node.commonWith(prefix);
    }
    int spared = common > LEAST_SAVING ? common - LENGTH_BYTES : 0;
    return cost(keyLength, dataLength) - spared;
  }

  private boolean isNew(int at) {
    return entries[at] >>> SOURCE_SHIFT == NEW_NODE;
  }

  private NodeView view(int at) {
    return node.moveTo(sources[entries[at] >>> SOURCE_SHIFT], entries[at] & TAG_MASK);
  }
}
