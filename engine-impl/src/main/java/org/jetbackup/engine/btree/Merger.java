package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.NodeList;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a tree does not need any more: a leaf without nodes goes, two thin neighbours of
 * one parent become one page, and a root with a single child takes its place. Everything happens
 * inside the change of the caller, and each step leaves a whole tree.
 *
 * <p>Neighbours of different parents are not merged: their parents meet sooner or later, because
 * thin branch pages are merged too.
 */
final class Merger {

  /** Merged pages stay this far from full, so that the next insert does not split them again. */
  private static final int ROOM_KEPT_DIVISOR = 8;

  /** A page with less than this part of its bytes in use is thin. */
  private static final int THIN_DIVISOR = 4;

  private static final int CHILD_BYTES = 4;

  private final Tree tree;
  private final NodeList nodes;
  private final NodeView node = new NodeView();
  private final NodeView other = new NodeView();
  private final ByteBuffer prefix;
  private final ByteBuffer header;
  private final ByteBuffer child = ByteBuffer.allocate(CHILD_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  Merger(Tree tree, TreeWorkspace workspace) {
    this.tree = tree;
    this.nodes = workspace.nodes;
    this.prefix = workspace.prefix;
    this.header = workspace.separator;
  }

  /** {@return whether the tidying of a page is worth a look at its neighbours} */
  boolean isThin(PageView page) {
    return nodes.room() - page.freeBytes() < nodes.room() / THIN_DIVISOR;
  }

  /** Tidies up after a node was removed from the leaf at the end of a descent. */
  void tidy(Change change, Descent way) {
    int level = way.leafLevel();
    if (level == 0) {
      return;
    }
    PageView leaf = way.leaf().view();
    if (leaf.tagCount() == 1) {
      unlink(change, leaf);
      removeChild(change, way, level - 1);
      tree.allocator().free(change, leaf.number().value());
    } else if (isThin(leaf)) {
      merge(change, way, level);
    }
  }

  private void unlink(Change change, PageView leaf) {
    long before = leaf.previous();
    long behind = leaf.next();
    long own = leaf.number().value();
    @Nullable Frame left = before == 0 ? null : neighbour(change, own, before, false);
    @Nullable Frame right = behind == 0 ? null : neighbour(change, own, behind, true);
    if (left != null) {
      change.edit(left).setNext(behind);
    }
    if (right != null) {
      change.edit(right).setPrevious(before);
    }
  }

  /** Removes the entry through which the descent went on from a branch page. */
  private void removeChild(Change change, Descent way, int level) {
    Frame frame = way.page(level);
    PageView branch = frame.view();
    int slot = way.slot(level);
    int children = branch.tagCount() - 1;
    if (children == 1) {
      if (level == 0) {
        becomeEmptyLeaf(change, frame);
      } else {
        removeChild(change, way, level - 1);
        tree.allocator().free(change, frame.number());
      }
      return;
    }
    if (slot < children) {
      change.edit(frame).remove(slot);
    } else {
      removeLastChild(change, way, level);
    }
    thinBranch(change, way, level);
  }

  /**
   * Removes the last entry of a branch page, of two or more. Another page has to take its range
   * over, and the last key of a branch page is the key that its parent has for it. So either the
   * child before reaches up to the bound of the page from now on, and so do the last pages below
   * that child; or the bound of the page, and of the pages above that end with it, comes down to
   * that of the child before. Where there are no pages below to change it is the first. Otherwise
   * the longer key makes way for the shorter one, because then there is room.
   */
  private void removeLastChild(Change change, Descent way, int level) {
    Frame frame = way.page(level);
    PageView branch = frame.view();
    int last = branch.tagCount() - 1;
    long before = node.moveTo(branch, last - 1).child();
    ByteBuffer lower = node.copyKey(header);
    ByteBuffer upper = node.moveTo(branch, last).copyKey(prefix);
    if (!branch.isParentOfLeaves() && lower.limit() < upper.limit()) {
      change.edit(frame).remove(last);
      lowerBound(change, way, level - 1, lower);
      return;
    }
    PageEditor page = change.edit(frame);
    page.setChild(node, before);
    page.remove(last - 1);
    if (!branch.isParentOfLeaves()) {
      raiseBound(change, before, level + 1, upper);
    }
  }

  /** Gives a branch page and all that end with it another last key. */
  private void raiseBound(Change change, long number, int level, ByteBuffer bound) {
    Frame frame = member(change, number, false);
    for (int depth = level; ; depth++) {
      PageView page = frame.view();
      Tree.requireDepth(page, depth + 1);
      setKey(change, frame, page.tagCount() - 1, bound);
      if (page.isParentOfLeaves()) {
        return;
      }
      frame = member(change, node.moveTo(page, page.tagCount() - 1).child(), false);
    }
  }

  /**
   * Gives the entry of a descent in a page another key, and in those above for which it is the
   * last.
   */
  private void lowerBound(Change change, Descent way, int level, ByteBuffer bound) {
    boolean isLast = true;
    for (int up = level; up >= 0 && isLast; up--) {
      setKey(change, way.page(up), way.slot(up), bound);
      isLast = way.slot(up) == way.page(up).view().tagCount() - 1;
    }
  }

  private void setKey(Change change, Frame frame, int slot, ByteBuffer key) {
    PageView view = frame.view();
    child.putInt(0, (int) node.moveTo(view, slot).child());
    PageEditor page = change.edit(frame);
    page.remove(slot);
    if (!page.fits(page.cost(key, CHILD_BYTES))) { // only with a prefix, which is never ours
      throw view.corrupted(
          JetErr.FEATURE_NOT_AVAILABLE, Subject.value("bytes free", page.freeBytes(), "a key"));
    }
    page.insert(slot, 0, key, child, 0, CHILD_BYTES);
  }

  private void thinBranch(Change change, Descent way, int level) {
    if (level == 0) {
      collapse(change, way.page(0));
    } else if (isThin(way.page(level).view())) {
      merge(change, way, level);
    }
  }

  /** Merges a page with a neighbour under the same parent, if they fit in one. */
  private void merge(Change change, Descent way, int level) {
    Frame parent = way.page(level - 1);
    int slot = way.slot(level - 1);
    int children = parent.view().tagCount() - 1;
    boolean merged = slot < children && join(change, parent, slot);
    if (!merged && slot > 1) {
      merged = join(change, parent, slot - 1);
    }
    if (merged) {
      thinBranch(change, way, level - 1);
    }
  }

  /** Moves the nodes of the child behind a slot into the child at the slot. */
  private boolean join(Change change, Frame parent, int slot) {
    long leftNumber = node.moveTo(parent.view(), slot).child();
    long rightNumber = node.moveTo(parent.view(), slot + 1).child();
    boolean leaves = parent.view().isParentOfLeaves();
    Frame left = member(change, leftNumber, leaves);
    Frame right = member(change, rightNumber, leaves);
    requireSiblings(left.view(), right.view());
    if (!leaves) {
      requireBound(parent.view(), slot, left.view());
    }
    nodes.load(left.view()).append(right.view());
    prefix.clear().limit(0);
    if (leaves) {
      nodes.choosePrefix(0, nodes.count(), prefix);
    }
    int most = nodes.room() - nodes.room() / ROOM_KEPT_DIVISOR;
    if (nodes.cost(0, nodes.count(), prefix) > most) {
      return false;
    }
    PageView page = left.view();
    long before = page.previous();
    long behind = right.view().next();
    PageEditor editor = change.edit(left);
    editor.begin(page.number(), tree.objectId(), page.flags(), prefix);
    editor.setPrevious(before);
    editor.setNext(behind);
    nodes.write(editor, 0, nodes.count());
    if (behind != 0) {
      change.edit(neighbour(change, rightNumber, behind, true)).setPrevious(leftNumber);
    }
    PageEditor above = change.edit(parent);
    above.setChild(node.moveTo(parent.view(), slot + 1), leftNumber);
    above.remove(slot);
    tree.allocator().free(change, rightNumber);
    return true;
  }

  /** Lets the root take the place of its only child, as often as it fits. */
  private void collapse(Change change, Frame root) {
    while (!root.view().isLeaf() && root.view().tagCount() == 2) {
      PageView page = root.view();
      long only = other.moveTo(page, 1).child();
      Frame child = member(change, only, page.isParentOfLeaves());
      nodes.load(child.view());
      prefix.clear().limit(0);
      page.copyHeader(header);
      if (nodes.cost(0, nodes.count(), prefix) + header.limit() > nodes.room()) {
        return;
      }
      PageFlags flags = new PageFlags(child.view().flags().bits() | PageFlags.ROOT);
      PageEditor editor = change.edit(root);
      editor.begin(page.number(), tree.objectId(), flags, header);
      nodes.write(editor, 0, nodes.count());
      tree.allocator().free(change, only);
    }
  }

  private void becomeEmptyLeaf(Change change, Frame root) {
    PageView page = root.view();
    int level = PageFlags.PARENT_OF_LEAVES;
    PageFlags flags = new PageFlags((page.flags().bits() & ~level) | PageFlags.LEAF);
    page.copyHeader(header);
    change.edit(root).begin(page.number(), tree.objectId(), flags, header);
  }

  /** Two children in a row are two pages, and if they are leaves, neighbours. */
  private void requireSiblings(PageView left, PageView right) {
    long before = left.number().value();
    long behind = right.number().value();
    if (before == behind) {
      throw left.corrupted(
          JetErr.BAD_PARENT_PAGE_LINK, Subject.value("entries of the parent", 2, "1"));
    }
    if (left.isLeaf()) {
      tree.requireNeighbour(before, right, true);
      tree.requireNeighbour(behind, left, false);
    }
  }

  /** In the middle of a page, another key than that of the parent would hide records. */
  private void requireBound(PageView parent, int slot, PageView page) {
    node.moveTo(parent, slot);
    if (other.moveTo(page, page.tagCount() - 1).compareKey(node) != 0) {
      throw page.corrupted(
          JetErr.BAD_PARENT_PAGE_LINK, Subject.value("last key", "another", "that of the parent"));
    }
  }

  private Frame neighbour(Change change, long from, long number, boolean behind) {
    Frame frame = change.own(number);
    tree.requireNeighbour(from, frame.view(), behind);
    return frame;
  }

  private Frame member(Change change, long number, boolean leaf) {
    Frame frame = change.own(number);
    tree.requireChild(frame.view(), leaf);
    return frame;
  }
}
