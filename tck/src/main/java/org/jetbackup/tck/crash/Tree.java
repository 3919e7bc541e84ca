package org.jetbackup.tck.crash;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Directories, files and symbolic links by number, the root being {@link #ROOT}. What no name leads
 * to may still be there: a lost deletion brings it back.
 *
 * @param directories names and what they mean
 * @param files what files hold
 * @param links targets of symbolic links
 */
record Tree(
    Map<Integer, SortedMap<String, Integer>> directories,
    Map<Integer, FileContent> files,
    Map<Integer, String> links) {

  static final int ROOT = 0;

  /** An empty root. */
  static Tree empty() {
    Tree tree = new Tree(new HashMap<>(), new HashMap<>(), new HashMap<>());
    tree.directories.put(ROOT, new TreeMap<>());
    return tree;
  }

  /** A copy that can be changed without changing this one. */
  Tree copy() {
    Tree copy = new Tree(new HashMap<>(), new HashMap<>(files), new HashMap<>(links));
    directories.forEach((number, names) -> copy.directories.put(number, new TreeMap<>(names)));
    return copy;
  }

  /** Gives names their new meaning. */
  void apply(Unit.Entry entry) {
    for (Unit.Cell cell : entry.cells()) {
      SortedMap<String, Integer> names =
          directories.computeIfAbsent(cell.directory(), unknown -> new TreeMap<>());
      if (cell.target() == Unit.Cell.ABSENT) {
        names.remove(cell.name());
      } else {
        names.put(cell.name(), cell.target());
      }
    }
  }
}
