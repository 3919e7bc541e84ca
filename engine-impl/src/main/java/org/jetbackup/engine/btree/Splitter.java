package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.NodeList;
import org.jspecify.annotations.Nullable;

/**
 * Makes room in a tree. Every step leaves a whole tree, so the caller goes down again after each
 * until the node is in:
 *
 * <pre>{@code
 *   root full            -> push down: its nodes move to a new only child
 *   parent full          -> the parent is split first
 *   leaf full            -> split where both halves are alike, with the new node in one of them;
 *                           at the outer end of the tree only the new node moves, so that ascending
 *                           and descending loads fill their pages
 *   no cut leaves room   -> split beside the new node, which then has the end of a page for itself
 * }</pre>
 *
 * <p>The old page keeps the lower half. The separator is the shortest key that divides the halves.
 */
final class Splitter {

  private static final int CHILD_BYTES = 4;
  private static final int NO_CUT = -1;
  private static final int LEVEL_FLAGS =
      PageFlags.ROOT | PageFlags.LEAF | PageFlags.PARENT_OF_LEAVES;

  private final Tree tree;
  private final NodeList nodes;
  private final NodeView node = new NodeView();
  private final ByteBuffer separator;
  private final ByteBuffer prefix;
  private final ByteBuffer empty;
  private final ByteBuffer child = ByteBuffer.allocate(CHILD_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  Splitter(Tree tree, TreeWorkspace workspace) {
    this.tree = tree;
    this.nodes = workspace.nodes;
    this.separator = workspace.separator;
    this.prefix = workspace.prefix;
    this.empty = workspace.empty;
  }

  /**
   * Makes room for a node in the leaf at the end of a descent.
   *
   * @param tag where the node belongs
   * @return whether the node is in now; if not, the caller goes down and tries again
   */
  boolean insert(Change change, Descent way, int tag, ByteBuffer key, ByteBuffer data) {
    int level = way.leafLevel();
    if (level == 0) {
      pushDown(change, way.page(0));
      return false;
    }
    PageView leaf = way.leaf().view();
    nodes.load(leaf).insert(tag - 1, key, data);
    if (fits(0, nodes.count())) { // another prefix makes room enough
      layOut(change, way.leaf(), leaf.previous(), leaf.next(), 0, nodes.count());
      return true;
    }
    int cut = chooseCut(leaf, tag - 1);
    boolean inserted = cut != NO_CUT;
    if (!inserted) {
      nodes.load(leaf);
      cut = tag - 1;
    }
    nodes.separator(cut, separator);
    if (!parentHasRoom(change, way, level - 1)) {
      splitBranch(change, way, level - 1);
      return false;
    }
    divideLeaf(change, way, cut);
    return inserted;
  }

  private void divideLeaf(Change change, Descent way, int cut) {
    Frame left = way.leaf();
    PageView leaf = left.view();
    long behind = leaf.next();
    @Nullable Frame neighbour = behind == 0 ? null : change.own(behind);
    if (neighbour != null) {
      tree.requireNeighbour(left.number(), neighbour.view(), true);
    }
    long right = tree.allocator().allocate(change);
    int flags = leaf.flags().bits();
    layOut(change, left, leaf.previous(), right, 0, cut);
    nodes.choosePrefix(cut, nodes.count(), prefix);
    PageEditor page = begin(change, right, flags, prefix);
    page.setPrevious(left.number());
    page.setNext(behind);
    nodes.write(page, cut, nodes.count());
    if (neighbour != null) {
      change.edit(neighbour).setPrevious(right);
    }
    enter(change, way, way.leafLevel() - 1, left.number(), right);
  }

  private void splitBranch(Change change, Descent way, int level) {
    if (level == 0) {
      pushDown(change, way.page(0));
      return;
    }
    Frame left = way.page(level);
    nodes.load(left.view());
    int count = nodes.count();
    if (count < 2) {
      throw left.view()
          .corrupted(JetErr.BAD_PARENT_PAGE_LINK, Subject.value("children", count, "from 2 on"));
    }
    boolean atTheEnd = way.slot(level) == count;
    int cut = atTheEnd ? count - 1 : count / 2;
    nodes.copyKey(cut - 1, separator); // it stays the last key of the left half, as its bound
    if (!parentHasRoom(change, way, level - 1)) {
      splitBranch(change, way, level - 1);
      return;
    }
    long right = tree.allocator().allocate(change);
    int flags = left.view().flags().bits();
    // This engine writes branch pages without a prefix; those of others may need theirs.
    boolean hasPrefix = left.view().tagSize(0) > 0;
    writeBranch(change.edit(left), left.number(), flags, hasPrefix, 0, cut);
    writeBranch(change.create(right), right, flags, hasPrefix, cut, count);
    enter(change, way, level - 1, left.number(), right);
  }

  private void writeBranch(
      PageEditor page, long number, int flags, boolean hasPrefix, int from, int to) {
    ByteBuffer header = hasPrefix ? nodes.choosePrefix(from, to, prefix) : empty;
    page.begin(new PageNumber(number), tree.objectId(), new PageFlags(flags), header);
    nodes.write(page, from, to);
  }

  /**
   * Puts the separator before the entry of the page that was split, which now leads to the right.
   */
  private void enter(Change change, Descent way, int level, long left, long right) {
    Frame parent = way.page(level);
    int slot = way.slot(level);
    child.putInt(0, (int) left);
    PageEditor page = change.edit(parent);
    page.insert(slot, 0, separator, child, 0, CHILD_BYTES);
    page.setChild(node.moveTo(parent.view(), slot + 1), right);
  }

  private boolean parentHasRoom(Change change, Descent way, int level) {
    PageEditor page = change.look(way.page(level));
    return page.fits(page.cost(separator, CHILD_BYTES));
  }

  private void pushDown(Change change, Frame root) {
    PageView page = root.view();
    long only = tree.allocator().allocate(change);
    nodes.load(page);
    int flags = page.flags().bits();
    boolean leaf = page.isLeaf();
    prefix.clear().limit(0);
    if (leaf && nodes.count() > 0) {
      nodes.choosePrefix(0, nodes.count(), prefix);
    }
    nodes.write(begin(change, only, flags & ~PageFlags.ROOT, prefix), 0, nodes.count());
    page.copyHeader(separator);
    int upper = (flags & ~LEVEL_FLAGS) | PageFlags.ROOT | (leaf ? PageFlags.PARENT_OF_LEAVES : 0);
    PageEditor editor = change.edit(root);
    editor.begin(page.number(), tree.objectId(), new PageFlags(upper), separator);
    child.putInt(0, (int) only);
    editor.insert(1, 0, empty, child, 0, CHILD_BYTES);
  }

  private PageEditor begin(Change change, long page, int flags, ByteBuffer header) {
    return change
        .create(page)
        .begin(new PageNumber(page), tree.objectId(), new PageFlags(flags), header);
  }

  private void layOut(Change change, Frame leaf, long previous, long next, int from, int to) {
    PageView view = leaf.view();
    PageFlags flags = view.flags();
    nodes.choosePrefix(from, to, prefix);
    PageEditor page = change.edit(leaf);
    page.begin(view.number(), tree.objectId(), flags, prefix);
    page.setPrevious(previous);
    page.setNext(next);
    nodes.write(page, from, to);
  }

  private int chooseCut(PageView leaf, int at) {
    int count = nodes.count();
    if (at == count - 1 && leaf.next() == 0) {
      return count - 1; // both fit: the old nodes are there already, a single node fits any page
    }
    if (at == 0 && leaf.previous() == 0) {
      return 1;
    }
    int middle = middle(count);
    for (int away = 0; away < count; away++) {
      if (isCut(middle - away)) {
        return middle - away;
      }
      if (isCut(middle + away)) {
        return middle + away;
      }
    }
    return NO_CUT;
  }

  private boolean isCut(int cut) {
    return cut >= 1 && cut < nodes.count() && fits(0, cut) && fits(cut, nodes.count());
  }

  private int middle(int count) {
    int half = nodes.cost(0, count, empty) / 2;
    int cut = 0;
    int bytes = 0;
    while (cut < count - 1 && bytes < half) {
      bytes += nodes.cost(cut, cut + 1, empty);
      cut++;
    }
    return Math.max(1, cut);
  }

  private boolean fits(int from, int to) {
    nodes.choosePrefix(from, to, prefix);
    return nodes.cost(from, to, prefix) <= nodes.room();
  }
}
