package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.PageSearch;

/**
 * The way from the root to the leaf in which a key belongs, every page of it owned. Level 0 is the
 * root. The structure lock is held alone, or the tree belongs to the space of a database and is
 * guarded by the lock of that. For one thread, reused.
 */
final class Descent {

  private final Tree tree;
  private final NodeView node = new NodeView();
  private final Frame[] frames = new Frame[Tree.DEPTH_MAX];
  private final int[] slots = new int[Tree.DEPTH_MAX];
  private int levels;

  Descent(Tree tree) {
    this.tree = tree;
  }

  /** Goes down anew; pages that the change owns already stay owned. */
  Descent toLeaf(Change change, ByteBuffer key) {
    tree.requireThere();
    Frame frame = change.own(tree.root());
    PageView root = frame.view();
    tree.requireMember(root, root.isLeaf());
    if (!root.isRoot()) {
      throw root.corrupted(JetErr.BAD_PAGE_LINK, Subject.value("flags", root.flags(), "a root"));
    }
    levels = 0;
    while (true) {
      frames[levels] = frame;
      PageView page = frame.view();
      if (page.isLeaf()) {
        levels++;
        return this;
      }
      slots[levels] = PageSearch.childFor(page, node, key);
      levels++;
      Tree.requireDepth(page, levels);
      boolean leaf = page.isParentOfLeaves();
      frame = change.own(node.child());
      tree.requireChild(frame.view(), leaf);
    }
  }

  /** {@return the level of the leaf} */
  int leafLevel() {
    return levels - 1;
  }

  Frame leaf() {
    return frames[levels - 1];
  }

  Frame page(int level) {
    return frames[level];
  }

  /** {@return the tag of the node that leads from a branch page to the next level} */
  int slot(int level) {
    return slots[level];
  }
}
