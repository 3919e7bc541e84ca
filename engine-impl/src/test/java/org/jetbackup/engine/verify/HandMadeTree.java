package org.jetbackup.engine.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.record.Bytes;

/** Lays out a tree over given pages: leaves in order, levels of branch pages above, then a root. */
final class HandMadeTree {

  private static final int BASE_FLAGS =
      PageFlags.NEW_RECORD_FORMAT | PageFlags.NEW_CHECKSUM | PageFlags.FLUSH_TYPE_1;

  private static final int NODE_BYTES = 4 + 2;

  private final HandMadeDatabase file;
  private final long objectId;
  private final int flags;
  private final Iterator<Long> pages;

  /** How many nodes a leaf and a branch page take at most. */
  private final int perLeaf;

  private final int perBranch;

  HandMadeTree(
      HandMadeDatabase file,
      long objectId,
      int kindFlags,
      Iterator<Long> pages,
      int perLeaf,
      int perBranch) {
    this.file = file;
    this.objectId = objectId;
    this.flags = BASE_FLAGS | kindFlags;
    this.pages = pages;
    this.perLeaf = perLeaf;
    this.perBranch = perBranch;
  }

  private record Child(long page, Bytes upper) {}

  void write(long root, byte[] header, List<Draft.Node> nodes) {
    boolean small = bytes(nodes) + header.length + 4 <= file.room() && nodes.size() <= perLeaf;
    if (small) {
      write(root, PageFlags.ROOT | PageFlags.LEAF, header, nodes, 0, 0);
      return;
    }
    List<Child> level = leaves(nodes);
    int above = PageFlags.PARENT_OF_LEAVES;
    while (level.size() > perBranch) {
      List<Child> next = new ArrayList<>();
      for (int from = 0; from < level.size(); from += perBranch) {
        List<Child> part = level.subList(from, Math.min(from + perBranch, level.size()));
        long page = pages.next();
        write(page, above, new byte[0], separators(part), 0, 0);
        next.add(new Child(page, part.get(part.size() - 1).upper));
      }
      level = next;
      above = 0;
    }
    write(root, PageFlags.ROOT | above, header, separators(level), 0, 0);
  }

  private List<Child> leaves(List<Draft.Node> nodes) {
    boolean withData = (flags & PageFlags.NON_UNIQUE_KEYS) != 0;
    List<Child> children = new ArrayList<>();
    long previous = 0;
    long page = pages.next();
    for (int from = 0; from < nodes.size(); ) {
      int to = from + 1;
      while (to < nodes.size()
          && to - from < perLeaf
          && bytes(nodes.subList(from, to + 1)) + 4 <= file.room()) {
        to++;
      }
      boolean last = to == nodes.size();
      long next = last ? 0 : pages.next();
      write(page, PageFlags.LEAF, new byte[0], nodes.subList(from, to), previous, next);
      byte[] upper = last
          ? new byte[0]
          : separator(nodes.get(to - 1).entry(withData), nodes.get(to).entry(withData));
      children.add(new Child(page, Bytes.of(upper)));
      previous = page;
      page = next;
      from = to;
    }
    return children;
  }

  /** What both keys share, and one byte more of the larger. */
  private static byte[] separator(byte[] below, byte[] above) {
    return Arrays.copyOf(above, Arrays.mismatch(below, above) + 1);
  }

  private static List<Draft.Node> separators(List<Child> children) {
    return children.stream()
        .map(child ->
            new Draft.Node(child.upper.toArray(), new Out().u32(child.page).toArray()))
        .toList();
  }

  private static int bytes(List<Draft.Node> nodes) {
    return nodes.stream()
        .mapToInt(n -> NODE_BYTES + n.key().length + n.data().length)
        .sum();
  }

  private void write(
      long page, int level, byte[] header, List<Draft.Node> nodes, long previous, long next) {
    Draft draft = new Draft(objectId, flags | level, file.nextDbtime(), header);
    draft.nodes.addAll(nodes);
    draft.previous = previous;
    draft.next = next;
    file.write(page, draft);
  }
}
