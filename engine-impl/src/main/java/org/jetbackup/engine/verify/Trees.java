package org.jetbackup.engine.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All trees that were met, by number. For one thread. */
final class Trees {

  private final List<TreeInfo> trees = new ArrayList<>();

  /** Makes the next tree. */
  TreeInfo add(TreeInfo.Role role, long objectId, long root, @Nullable TreeInfo parent) {
    TreeInfo tree = new TreeInfo(trees.size() + 1, role, objectId, root, parent);
    trees.add(tree);
    return tree;
  }

  /** The tree of a number; null if there is none. */
  @Nullable
  TreeInfo get(int number) {
    return number >= 1 && number <= trees.size() ? trees.get(number - 1) : null;
  }

  int count() {
    return trees.size();
  }
}
