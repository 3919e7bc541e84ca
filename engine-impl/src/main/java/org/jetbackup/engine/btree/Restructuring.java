package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.PageSearch;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a tree that may split and merge pages. Whoever calls guards the tree: no other thread
 * looks at it until the change has ended. For one thread.
 */
final class Restructuring {

  /** Each round splits one page on the way down, or pushes the root down. */
  private static final int ROUNDS_MAX = 4 * Tree.DEPTH_MAX;

  private final Tree tree;
  private final NodeView node = new NodeView();
  private final Descent way;
  private final Splitter splitter;
  private final Merger merger;

  Restructuring(Tree tree, TreeWorkspace workspace) {
    this.tree = tree;
    this.way = new Descent(tree);
    this.splitter = new Splitter(tree, workspace);
    this.merger = new Merger(tree, workspace);
  }

  /**
   * Adds or replaces a record.
   *
   * @param ifThere whether to go on if there is such a record
   * @param ifAbsent whether to go on if there is none
   * @return whether it went on
   */
  boolean put(Change change, ByteBuffer key, ByteBuffer data, boolean ifThere, boolean ifAbsent) {
    way.toLeaf(change, key);
    int tag = PageSearch.firstNotBelow(way.leaf().view(), node, key);
    boolean there = isAt(way.leaf().view(), tag, key);
    if (there ? !ifThere : !ifAbsent) {
      return false;
    }
    if (there) {
      change.edit(way.leaf()).remove(tag);
    }
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Frame leaf = way.leaf();
      tag = PageSearch.firstNotBelow(leaf.view(), node, key);
      PageEditor editor = change.look(leaf);
      if (editor.fits(editor.cost(key, data.limit()))) {
        change.edit(leaf).insert(tag, 0, key, data, 0, data.limit());
        return true;
      }
      if (splitter.insert(change, way, tag, key, data)) {
        return true;
      }
      way.toLeaf(change, key);
    }
    throw way.page(0)
        .view()
        .corrupted(JetErr.BAD_PARENT_PAGE_LINK, Subject.value("splits", ROUNDS_MAX, "room"));
  }

  /**
   * Removes a record.
   *
   * @return false if there is no such record
   */
  boolean delete(Change change, ByteBuffer key) {
    way.toLeaf(change, key);
    int tag = PageSearch.firstNotBelow(way.leaf().view(), node, key);
    if (!isAt(way.leaf().view(), tag, key)) {
      return false;
    }
    change.edit(way.leaf()).remove(tag);
    merger.tidy(change, way);
    return true;
  }

  /** Finds the first record whose key is not smaller; null if there is none. */
  <T> @Nullable T search(Change change, ByteBuffer key, BiFunction<PageView, NodeView, T> reader) {
    PageView page = way.toLeaf(change, key).leaf().view();
    int tag = PageSearch.firstNotBelow(page, node, key);
    if (tag == page.tagCount() && page.next() != 0) {
      PageView next = change.own(page.next()).view();
      tree.requireNeighbour(page.number().value(), next, true);
      page = next;
      tag = 1;
    }
    return tag < page.tagCount() ? reader.apply(page, node.moveTo(page, tag)) : null;
  }

  /**
   * Counts the pages that an insert would take, at most: one for each page on the way, from the
   * leaf up, that has no room for what comes from below, and one more if the root is among them.
   * Right for trees whose keys all have one length.
   */
  int pagesNeeded(Change change, ByteBuffer key, int dataLength) {
    way.toLeaf(change, key);
    int pages = 0;
    for (int level = way.leafLevel(); level >= 0; level--) {
      PageEditor page = change.look(way.page(level));
      if (page.fits(page.cost(key, dataLength))) {
        return pages;
      }
      pages++;
    }
    return pages + 1;
  }

  private boolean isAt(PageView page, int tag, ByteBuffer key) {
    return tag < page.tagCount() && node.compareKey(key) == 0;
  }
}
