package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.PageSearch;
import org.jspecify.annotations.Nullable;

/**
 * A place between or on the records of a tree.
 *
 * <pre>{@code
 *             a move that finds a record
 *   NOWHERE <----------------------------> ON A RECORD   key() and data() are copies of the record
 *             a move that finds none                      as it was when the cursor came there
 * }</pre>
 *
 * <p>No latch is held between two calls. The cursor remembers the page and the change time at which
 * it saw the record: as long as both still hold, it goes on from there; otherwise it finds its
 * place again by key. So it survives every change, the deletion of its record included. A move that
 * fails for want of a page leaves it where it was. Nodes that are flagged as deleted are passed
 * over. Nothing is allocated by a move. For one thread.
 */
public final class TreeCursor {

  /** Leaves without a record in a row; more are a circle, not a tree. */
  private static final int EMPTY_LEAVES_MAX = 1 << 16;

  private static final int FORWARD = 1;
  private static final int BACKWARD = -1;

  private final Tree tree;
  private final NodeView node = new NodeView();
  private final ByteBuffer key;
  private final ByteBuffer data;
  private boolean onRecord;
  private long page;
  private int tag;
  private long dbtime;
  private long version;

  TreeCursor(Tree tree) {
    this.tree = tree;
    this.key = tree.file().pageSize().newBuffer();
    this.data = tree.file().pageSize().newBuffer();
  }

  /** {@return whether the cursor stands on a record} */
  public boolean isOnRecord() {
    return onRecord;
  }

  /** {@return the key of the record, from 0 to the limit; overwritten by the next move} */
  public ByteBuffer key() {
    return key;
  }

  /** {@return the data of the record, from 0 to the limit; overwritten by the next move} */
  public ByteBuffer data() {
    return data;
  }

  /**
   * Moves to the first record.
   *
   * @return false if there is none
   */
  public boolean first() {
    long stamp = tree.structure().readLock();
    try {
      return settle(tree.shareEdge(false, node), 1, FORWARD, false);
    } finally {
      tree.structure().unlockRead(stamp);
    }
  }

  /**
   * Moves to the last record.
   *
   * @return false if there is none
   */
  public boolean last() {
    long stamp = tree.structure().readLock();
    try {
      Frame leaf = tree.shareEdge(true, node);
      return settle(leaf, leaf.view().tagCount() - 1, BACKWARD, false);
    } finally {
      tree.structure().unlockRead(stamp);
    }
  }

  /**
   * Moves to a key.
   *
   * @param wanted a little-endian buffer with the key from 0 to its limit
   * @return false if there is no such record; the cursor then stands nowhere
   */
  public boolean find(ByteBuffer wanted) {
    long stamp = tree.structure().readLock();
    try {
      Frame leaf = tree.shareLeaf(wanted, node);
      try {
        PageView view = leaf.view();
        int at = PageSearch.firstNotBelow(view, node, wanted);
        boolean there = at < view.tagCount() && node.compareKey(wanted) == 0;
        onRecord = false;
        if (there && !node.isDeleted()) {
          arrive(leaf, at);
        }
      } finally {
        leaf.release();
      }
    } finally {
      tree.structure().unlockRead(stamp);
    }
    return onRecord;
  }

  /**
   * Moves to the first record whose key is not smaller than a key.
   *
   * @param wanted a little-endian buffer with the key from 0 to its limit
   * @return false if there is none
   */
  public boolean seek(ByteBuffer wanted) {
    long stamp = tree.structure().readLock();
    try {
      Frame leaf = tree.shareLeaf(wanted, node);
      return settle(leaf, positionIn(leaf, wanted), FORWARD, false);
    } finally {
      tree.structure().unlockRead(stamp);
    }
  }

  /**
   * Moves to the last record whose key is smaller than a key.
   *
   * @param wanted a little-endian buffer with the key from 0 to its limit
   * @return false if there is none
   */
  public boolean seekBefore(ByteBuffer wanted) {
    long stamp = tree.structure().readLock();
    try {
      Frame leaf = tree.shareLeaf(wanted, node);
      return settle(leaf, positionIn(leaf, wanted) - 1, BACKWARD, false);
    } finally {
      tree.structure().unlockRead(stamp);
    }
  }

  /**
   * Moves to the next record; from nowhere, to the first.
   *
   * @return false at the end
   */
  public boolean next() {
    if (!onRecord) {
      return first();
    }
    long stamp = tree.structure().readLock();
    try {
      Frame leaf = lastSeen();
      if (leaf != null) {
        return settle(leaf, tag + 1, FORWARD, true);
      }
      leaf = tree.shareLeaf(key, node);
      int at = positionIn(leaf, key);
      boolean there = at < leaf.view().tagCount() && node.compareKey(key) == 0;
      return settle(leaf, there ? at + 1 : at, FORWARD, true);
    } finally {
      tree.structure().unlockRead(stamp);
    }
  }

  /**
   * Moves to the previous record; from nowhere, to the last.
   *
   * @return false at the beginning
   */
  public boolean previous() {
    if (!onRecord) {
      return last();
    }
    long stamp = tree.structure().readLock();
    try {
      Frame leaf = lastSeen();
      if (leaf != null) {
        return settle(leaf, tag - 1, BACKWARD, true);
      }
      leaf = tree.shareLeaf(key, node);
      return settle(leaf, positionIn(leaf, key) - 1, BACKWARD, true);
    } finally {
      tree.structure().unlockRead(stamp);
    }
  }

  /** Latches the leaf where the cursor was, if nothing has changed there since. */
  private @Nullable Frame lastSeen() {
    tree.requireThere();
    if (version != tree.version()) {
      return null;
    }
    Frame leaf = tree.cache().share(tree.file(), page);
    if (leaf.view().dbtime() == dbtime) {
      return leaf;
    }
    leaf.release();
    return null;
  }

  private int positionIn(Frame leaf, ByteBuffer wanted) {
    try {
      return PageSearch.firstNotBelow(leaf.view(), node, wanted);
    } catch (RuntimeException | Error e) {
      leaf.release();
      throw e;
    }
  }

  /**
   * Goes on in one direction to the first record that counts, and lets the leaf go.
   *
   * @param beyond whether what is found has to lie beyond the record under the cursor
   */
  private boolean settle(Frame start, int at, int direction, boolean beyond) {
    @Nullable Frame leaf = start;
    try {
      for (int hops = 0; hops < EMPTY_LEAVES_MAX; hops++) {
        PageView view = leaf.view();
        int count = view.tagCount();
        while (at >= 1 && at < count) {
          if (!node.moveTo(view, at).isDeleted()) {
            requireBeyond(view, direction, beyond && hops > 0);
            arrive(leaf, at);
            return true;
          }
          at += direction;
        }
        long neighbour = direction == FORWARD ? view.next() : view.previous();
        if (neighbour == 0) {
          onRecord = false;
          return false;
        }
        // Links stand still with the structure. Holding one leaf while it waits for the next, a
        // reader
        // that comes from there and this one could wait for each other, by way of writers.
        long from = leaf.number();
        leaf.release();
        leaf = null;
        leaf = tree.shareNeighbour(from, neighbour, direction == FORWARD);
        at = direction == FORWARD ? 1 : leaf.view().tagCount() - 1;
      }
      throw leaf.view()
          .corrupted(
              JetErr.BAD_PAGE_LINK, Subject.value("empty leaves in a row", EMPTY_LEAVES_MAX));
    } finally {
      if (leaf != null) {
        leaf.release();
      }
    }
  }

  /** A chain of leaves that leads back would never end. */
  private void requireBeyond(PageView view, int direction, boolean crossed) {
    if (!crossed) {
      return;
    }
    int order = node.compareKey(key) * direction;
    if (order == 0 && view.flags().hasNonUniqueKeys()) {
      order = node.compareData(data) * direction; // equal keys are in the order of their data
    }
    if (order <= 0) {
      throw view.corrupted(
          JetErr.BAD_PAGE_LINK, Subject.value("neighbour", view.number(), "keys further on"));
    }
  }

  private void arrive(Frame leaf, int at) {
    onRecord = false;
    node.copyKey(key);
    node.copyData(data);
    page = leaf.number();
    tag = at;
    dbtime = leaf.view().dbtime();
    version = tree.version();
    onRecord = true;
  }
}
