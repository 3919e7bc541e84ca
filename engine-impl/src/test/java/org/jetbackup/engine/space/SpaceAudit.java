package org.jetbackup.engine.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageVerdict;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.RootHeader;
import org.jetbackup.engine.format.SpaceHeader;
import org.jetbackup.engine.format.SplitBuffer;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.verify.TreeVerification;

/**
 * Looks at a flushed database with code of its own: every page has one use, every tree is in order.
 * Then the offline checker says what it thinks of it. Used by tests of trees and space that know
 * which trees there are.
 */
public final class SpaceAudit {

  private static final byte[] NO_BOUND = {};

  private final PageSize size;
  private final DataFile file;
  private final BitSet accounted = new BitSet();
  private final List<Long> leaves = new ArrayList<>();
  private long used;

  private SpaceAudit(PageSize size, DataFile file) {
    this.size = size;
    this.file = file;
  }

  /** A tree and its children in the sense of space. */
  public record Root(long page, List<Root> children) {}

  /** Checks everything below the root of the database; answers how many pages trees use. */
  public static long check(BareDatabase database, List<Root> trees) {
    database.flush();
    return check(database.file().path(), database.file().pageSize(), trees);
  }

  /** The same for a file that nobody has open. */
  public static long check(Path path, PageSize size, List<Root> trees) {
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      SpaceAudit audit = new SpaceAudit(size, file);
      BitSet owned = audit.tree(new Root(1, trees));
      assertEquals(owned, audit.accounted, "pages that are owned, and pages that have a use");
      assertEquals(List.of(), TreeVerification.check(path, size, verified(trees)));
      return audit.used;
    }
  }

  private static List<TreeVerification.Tree> verified(List<Root> trees) {
    return trees.stream()
        .map(tree -> new TreeVerification.Tree(tree.page(), verified(tree.children())))
        .toList();
  }

  private BitSet tree(Root root) {
    PageView page = page(root.page());
    long objectId = page.objectId();
    walk(root.page(), objectId);
    SpaceHeader header = RootHeader.of(page).space();
    BitSet owned = new BitSet();
    BitSet free = new BitSet();
    if (header.hasMultipleExtents()) {
      for (long space = header.rest(); space <= header.rest() + 1; space++) {
        walk(space, objectId);
        BitSet target = space == header.rest() ? owned : free;
        extents().forEach(extent -> add(target, extent.first(), extent.last()));
        SplitBuffer buffer = SplitBuffer.of(page(space));
        add(free, buffer.firstLast() - buffer.firstPages() + 1, buffer.firstLast());
        add(free, buffer.secondLast() - buffer.secondPages() + 1, buffer.secondLast());
      }
    } else {
      add(owned, root.page(), root.page() + header.pages() - 1);
      for (int bit = 0; bit < 32; bit++) {
        if ((header.rest() >>> bit & 1) != 0) {
          add(free, root.page() + 1 + bit, root.page() + 1 + bit);
        }
      }
    }
    free.stream().forEach(this::account);
    for (Root child : root.children()) {
      assertEquals(root.page(), RootHeader.of(page(child.page())).space().parent());
      BitSet below = tree(child);
      BitSet outside = (BitSet) below.clone();
      outside.andNot(owned);
      assertTrue(outside.isEmpty(), () -> "not owned by the parent: " + outside);
    }
    return owned;
  }

  private void walk(long root, long objectId) {
    leaves.clear();
    descend(root, objectId, 0, new byte[0], NO_BOUND);
    for (int i = 0; i < leaves.size(); i++) {
      PageView leaf = page(leaves.get(i));
      assertEquals(i == 0 ? 0 : leaves.get(i - 1), leaf.previous(), "previous of " + leaf.number());
      assertEquals(i + 1 == leaves.size() ? 0 : leaves.get(i + 1), leaf.next());
    }
  }

  /** Keys lie from {@code low} on and below {@code high}, if it has bytes; answers the height. */
  private int descend(long number, long objectId, int depth, byte[] low, byte[] high) {
    account((int) number);
    used++;
    PageView page = page(number);
    assertEquals(depth == 0, page.isRoot(), "root flag of page " + number);
    assertEquals(objectId, page.objectId(), "object of page " + number);
    assertTrue(depth == 0 || page.tagCount() > 1, () -> "page " + number + " is empty");
    NodeView node = new NodeView();
    byte[] from = low;
    int height = 0;
    for (int tag = 1; tag < page.tagCount(); tag++) {
      byte[] key = key(node.moveTo(page, tag));
      boolean edge = !page.isLeaf() && tag == page.tagCount() - 1;
      if (page.isLeaf()) {
        assertTrue(compare(key, low) >= 0, "below the bound of page " + number);
        assertTrue(high.length == 0 || compare(key, high) < 0, "above the bound of page " + number);
      } else {
        if (edge) {
          assertEquals(0, compare(key, high), "bound of " + number);
        }
        byte[] bound = edge ? high : key;
        int below = descend(node.child(), objectId, depth + 1, from, bound);
        assertTrue(height == 0 || height == below, "leaves of one depth");
        assertEquals(below == 1, page.isParentOfLeaves());
        height = below;
        from = key;
      }
    }
    if (page.isLeaf()) {
      leaves.add(number);
    } else {
      assertEquals(0, page.previous() + page.next(), "links of a branch page");
    }
    return height + 1;
  }

  private List<Extent> extents() {
    List<Extent> found = new ArrayList<>();
    NodeView node = new NodeView();
    for (long number : List.copyOf(leaves)) {
      PageView page = page(number);
      for (int tag = 1; tag < page.tagCount(); tag++) {
        found.add(Extent.of(page, node.moveTo(page, tag)));
      }
    }
    return found;
  }

  private void account(int page) {
    assertFalse(accounted.get(page), () -> "page " + page + " has two uses");
    accounted.set(page);
  }

  private static void add(BitSet target, long first, long last) {
    for (long page = Math.max(1, first); page <= last; page++) {
      assertFalse(target.get((int) page), "page " + page + " is told twice");
      target.set((int) page);
    }
  }

  private PageView page(long number) {
    ByteBuffer bytes = size.newBuffer();
    PageNumber page = new PageNumber(number);
    file.readFully(bytes, size.offsetOf(page));
    bytes.clear();
    assertEquals(PageVerdict.Kind.GOOD, PageChecksum.verify(bytes, size, page).kind());
    PageView view = new PageView(bytes, size, page, file.path());
    view.check();
    return view;
  }

  private static byte[] key(NodeView node) {
    byte[] key = new byte[node.keyLength()];
    node.copyKey(key, 0);
    return key;
  }

  private static int compare(byte[] one, byte[] other) {
    return java.util.Arrays.compareUnsigned(one, other);
  }
}
