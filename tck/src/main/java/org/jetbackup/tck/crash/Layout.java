package org.jetbackup.tck.crash;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names of a tree, flattened: every path that leads somewhere, parents first. The template from
 * which images with the same names and other contents are made.
 */
final class Layout {

  /** What an image holds at the path of a directory. */
  static final int DIRECTORY = -1;

  /** Subtracted from this, the number of its target is what an image holds at a symbolic link. */
  private static final int LINK = -2;

  /** The number of each path in the pool. */
  private final int[] paths;

  /** The number of what it leads to. */
  private final int[] targets;

  /** What an image holds there, contents of files as they are in the tree. */
  private final int[] items;

  private Layout(List<int[]> rows) {
    paths = rows.stream().mapToInt(row -> row[0]).toArray();
    targets = rows.stream().mapToInt(row -> row[1]).toArray();
    items = rows.stream().mapToInt(row -> row[2]).toArray();
  }

  static Layout of(Tree tree, Pool pool) {
    List<int[]> rows = new ArrayList<>();
    walk(tree, pool, Tree.ROOT, "", new BitSet(), rows);
    return new Layout(rows);
  }

  /** A directory that is its own ancestor, which half a move can make, is left out there. */
  private static void walk(
      Tree tree, Pool pool, int directory, String prefix, BitSet ancestors, List<int[]> rows) {
    ancestors.set(directory);
    SortedMap<String, Integer> names = tree.directories().getOrDefault(directory, new TreeMap<>());
    for (Map.Entry<String, Integer> entry : names.entrySet()) {
      int target = entry.getValue();
      String path = prefix + entry.getKey();
      int number = pool.number(path);
      if (tree.directories().containsKey(target)) {
        if (!ancestors.get(target)) {
          rows.add(new int[] {number, target, DIRECTORY});
          walk(tree, pool, target, path + "/", ancestors, rows);
        }
      } else if (tree.links().containsKey(target)) {
        String link = String.valueOf(tree.links().get(target));
        rows.add(new int[] {number, target, LINK - pool.number(link)});
      } else {
        FileContent content = tree.files().getOrDefault(target, FileContent.EMPTY);
        rows.add(new int[] {number, target, pool.number(content)});
      }
    }
    ancestors.clear(directory);
  }

  static boolean isLink(int item) {
    return item <= LINK;
  }

  /** The number of the target of a link in the pool. */
  static int link(int item) {
    return LINK - item;
  }

  /** Whether some path leads to a file. */
  boolean reaches(int file) {
    for (int target : targets) {
      if (target == file) {
        return true;
      }
    }
    return false;
  }

  /** An image with these names, in which one content stands for each file that is changed. */
  Image image(Pool pool, Map<Integer, Integer> contents) {
    int[] rows = new int[paths.length * 2];
    for (int i = 0; i < paths.length; i++) {
      rows[2 * i] = paths[i];
      rows[2 * i + 1] = contents.getOrDefault(targets[i], items[i]);
    }
    return new Image(pool, rows);
  }
}
