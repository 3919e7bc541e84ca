package org.jetbackup.engine.page;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;

/**
 * Binary search in a page that was checked when it came from the disk. Tags from 1 on are nodes in
 * the order of their keys. Nothing is allocated; keys are in little-endian buffers from index 0 to
 * their limit. Source: sections 6.2 to 6.4.
 */
public final class PageSearch {

  private PageSearch() {}

  /**
   * Finds the first node of a leaf whose key is not smaller than a key.
   *
   * @param leaf the page
   * @param node a view to search with; it is left on the node that was found, if there is one
   * @param key the key
   * @return the tag of that node, or the tag count if all keys are smaller
   */
  public static int firstNotBelow(PageView leaf, NodeView node, ByteBuffer key) {
    int from = 1;
    int to = leaf.tagCount();
    int end = to;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (leaf.compareKey(middle, key) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    if (from < end) {
      node.moveTo(leaf, from);
    }
    return from;
  }

  /**
   * Finds the child of a branch page in which a key belongs: that of the first node whose key, an
   * exclusive upper bound, is larger. The last node is taken for larger than all, which is what an
   * empty key says, and what the parent has made sure of elsewhere.
   *
   * @param branch the page, with at least one node
   * @param node a view to search with; it is left on the node that was found
   * @param key the key
   * @return the tag of that node
   */
  public static int childFor(PageView branch, NodeView node, ByteBuffer key) {
    int from = 1;
    int to = branch.tagCount() - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (branch.compareKey(middle, key) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    node.moveTo(branch, from);
    return from;
  }
}
