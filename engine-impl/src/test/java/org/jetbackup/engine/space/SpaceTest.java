package org.jetbackup.engine.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.RootHeader;
import org.jetbackup.engine.format.SpaceHeader;
import org.jetbackup.engine.space.BareDatabase.Made;
import org.jetbackup.engine.space.SpaceAudit.Root;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pages come and go: every page has one use at any time, and what a tree does not need goes back.
 */
class SpaceTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final int CACHE_PAGES = 128;
  private static final long SEED = 20261126;

  private final KitFileSystem files = KitFileSystem.inMemory();
  private BareDatabase database;

  @BeforeEach
  void create() {
    database = BareDatabase.create(files.root().resolve("a.edb"), SIZE, 34, 8, CACHE_PAGES);
  }

  @AfterEach
  void close() throws IOException {
    database.close();
    files.close();
  }

  @Test
  void aTreeWithASingleExtentUsesUpItsBitmapBeforeItGetsTreesOfExtents() {
    Made made = tree(8);
    long root = made.tree().root();
    widen(made, 33);
    for (int i = 1; i <= 32; i++) {
      assertEquals(root + i, allocate(made));
      assertTrue(!header(root).hasMultipleExtents());
    }
    free(made, root + 7);
    assertEquals(root + 7, allocate(made));
    long next = allocate(made);
    SpaceHeader header = header(root);
    assertTrue(header.hasMultipleExtents() && (next < root || next > root + 32));
    assertEquals(header.rest() + 2, next, "behind the roots of its two trees of extents");
    for (int i = 1; i <= 32; i++) {
      free(made, root + i);
    }
    free(made, next);
    audit(made);
    database.dissolve(made);
    SpaceAudit.check(database, List.of());
  }

  @Test
  void aPageThatFallsFreeMustHaveBeenInUse() {
    Made made = tree(8);
    widen(made, 33);
    long root = made.tree().root();
    long page = allocate(made);
    free(made, page);
    assertThrows(JetException.class, () -> free(made, page));
    assertThrows(JetException.class, () -> free(made, root));
    assertThrows(JetException.class, () -> free(made, root + 33));
    for (int i = 0; i < 34; i++) {
      allocate(made);
    }
    free(made, page);
    assertThrows(JetException.class, () -> free(made, page));
    assertThrows(JetException.class, () -> free(made, 2));
  }

  @Test
  void extentsGrowAndGoBackToTheParentWhenTheyAreFreeAsAWhole() {
    Made made = tree(8);
    List<Long> pages = new ArrayList<>();
    long largest = 0;
    for (int i = 0; i < 1000; i++) {
      pages.add(allocate(made));
      largest = Math.max(largest, header(made.tree().root()).pages());
    }
    assertTrue(largest > 100, "extents stay as small as " + largest);
    long end = database.file().file().size();
    pages.forEach(page -> free(made, page));
    audit(made);
    database.flush();
    Made other = tree(9);
    for (int i = 0; i < 900; i++) {
      allocate(other);
    }
    assertEquals(end, database.file().file().size(), "what was given back is not used");
  }

  /**
   * Two trees take turns, and one of them goes: the free extents of the root are thousands that do
   * not touch each other.
   */
  @Test
  void treesOfExtentsSplitAndMergeAgain() {
    List<Made> kept = new ArrayList<>();
    List<Made> gone = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      kept.add(tree(10 + 2 * i));
      gone.add(tree(11 + 2 * i));
    }
    gone.forEach(database::dissolve);
    assertTrue(!isLeaf(3), "the free extents still fit one page");
    SpaceAudit.check(database, roots(kept));
    for (int i = 0; i < 100; i++) {
      kept.add(tree(5000 + i));
    }
    SpaceAudit.check(database, roots(kept));
    Collections.shuffle(kept, new Random(SEED));
    while (!kept.isEmpty()) {
      database.dissolve(kept.remove(kept.size() - 1));
      if (kept.size() % 400 == 0) {
        SpaceAudit.check(database, roots(kept));
      }
    }
    assertTrue(isLeaf(3), "one extent, and it takes more than a page to say so");
    assertEquals(3, SpaceAudit.check(database, List.of()));
  }

  /**
   * Making room for an entry must not give away pages of an extent that is just being made longer.
   */
  @Test
  void anExtentThatGrowsInAFullTreeOfExtentsGivesNoPagesAway() throws IOException {
    database.close();
    database = BareDatabase.create(files.root().resolve("b.edb"), SIZE, 800, 8, CACHE_PAGES);
    List<Made> trees = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      trees.add(tree(10 + i));
    }
    for (int i = 0; freeBytes(3) >= 14; i += 2) {
      database.dissolve(trees.set(i, trees.get(i + 1)));
    }
    database.dissolve(trees.remove(trees.size() - 1));
    SpaceAudit.check(database, roots(trees.stream().distinct().toList()));
  }

  /** The same inside a table, whose pages two children use by turns: its own trees split. */
  @Test
  void treesOfExtentsOfATreeSplitAndMergeAgain() {
    Made table = tree(8);
    List<Made> kept = new ArrayList<>();
    List<Made> gone = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      kept.add(database.createTree(table.space(), 10 + 2 * i, 0));
      gone.add(database.createTree(table.space(), 11 + 2 * i, 0));
    }
    gone.forEach(database::dissolve);
    long free = header(table.tree().root()).rest() + 1;
    assertTrue(!isLeaf(free), "the free extents still fit one page");
    SpaceAudit.check(database, List.of(new Root(table.tree().root(), roots(kept))));
    TreeWriter writer = table.tree().writer();
    for (int i = 0; i < 400; i++) {
      writer.insert(Numbers.key(i), Numbers.value(1000));
    }
    SpaceAudit.check(database, List.of(new Root(table.tree().root(), roots(kept))));
    kept.forEach(database::dissolve);
    SpaceAudit.check(database, List.of(new Root(table.tree().root(), List.of())));
    database.dissolve(table);
    assertEquals(3, SpaceAudit.check(database, List.of()));
  }

  @Test
  void pagesOfRandomTreesAreAccountedForAtAnyTime() {
    Random random = new Random(SEED);
    List<Made> trees = new ArrayList<>();
    List<List<Long>> pages = new ArrayList<>();
    for (int step = 0; step < 6000; step++) {
      int i = trees.isEmpty() ? 0 : random.nextInt(trees.size());
      int kind = random.nextInt(40);
      if (trees.size() < 3 || (kind == 0 && trees.size() < 12)) {
        trees.add(tree(10 + step));
        pages.add(new ArrayList<>());
      } else if (kind == 1) {
        database.dissolve(trees.remove(i));
        pages.remove(i);
      } else if (kind < (step / 1000 % 2 == 0 ? 28 : 14)) {
        pages.get(i).add(allocate(trees.get(i)));
      } else if (!pages.get(i).isEmpty()) {
        free(trees.get(i), pages.get(i).remove(random.nextInt(pages.get(i).size())));
      }
    }
    for (int i = 0; i < trees.size(); i++) {
      Made made = trees.get(i);
      pages.get(i).forEach(page -> free(made, page));
    }
    SpaceAudit.check(database, roots(trees));
    trees.forEach(database::dissolve);
    assertEquals(3, SpaceAudit.check(database, List.of()), "seed " + SEED);
  }

  @Test
  void anAllocationThatBreaksOffLeavesEverythingAsItWas() {
    Made made = tree(8);
    TreeWriter writer = made.tree().writer();
    int there = 0;
    int broken = 0;
    for (int round = 1; round <= 60; round++) {
      database.flush();
      database.cache().forget(database.file());
      files.inject(Fault.parse("read a.edb #" + (2 + round % 9) + " sticky before-effect"));
      try {
        for (int i = 0; i < 30; i++) {
          writer.insert(Numbers.key(there), Numbers.value(1500));
          there++;
        }
      } catch (JetException e) {
        broken++;
      } finally {
        files.clearFaults();
      }
      audit(made);
    }
    assertTrue(broken > 20, "only " + broken + " allocations broke off");
    int count = 0;
    for (var cursor = made.tree().cursor(); cursor.next(); ) {
      assertEquals(Numbers.key(count), cursor.key());
      count++;
    }
    assertEquals(there, count);
  }

  @Test
  void aDissolutionThatBreaksOffLeavesEverythingAsItWas() {
    List<Made> trees = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      trees.add(tree(10 + i));
    }
    for (int i = 0; i < 1200; i += 2) {
      database.dissolve(trees.get(i));
    }
    List<Made> kept = new ArrayList<>();
    int broken = 0;
    for (int i = 1; i < 1200; i += 2) {
      Made made = trees.get(i);
      if (i % 41 != 0 || i < 300) {
        kept.add(made);
        continue;
      }
      database.flush();
      database.cache().forget(database.file());
      files.inject(Fault.parse("read a.edb #" + (1 + i % 7) + " sticky before-effect"));
      try {
        database.dissolve(made);
      } catch (JetException e) {
        broken++;
        kept.add(made);
      } finally {
        files.clearFaults();
      }
    }
    assertTrue(broken > 3, "only " + broken + " broke off");
    SpaceAudit.check(database, roots(kept));
  }

  private Made tree(long objectId) {
    return database.createTree(database.space().root(), objectId, 0);
  }

  /** Gives a new tree a first extent of so many pages, as the original does it. */
  private void widen(Made made, long pages) {
    database.within(change -> {
      made.space().prepare(change);
      database.space().root().give(change, pages - 1);
      database.space().settle(change);
      long root = made.tree().root();
      var bytes = SIZE.newBuffer();
      new SpaceHeader(pages, 1, 0, (1L << (pages - 1)) - 1).write(bytes, 0);
      change.edit(change.own(root)).setHeader(bytes.limit(SpaceHeader.BYTES));
    });
  }

  private long allocate(Made made) {
    long[] page = new long[1];
    database.within(change -> {
      made.space().prepare(change);
      page[0] = made.space().allocate(change);
    });
    return page[0];
  }

  private void free(Made made, long page) {
    database.within(change -> {
      made.space().prepare(change);
      made.space().free(change, page);
    });
  }

  private SpaceHeader header(long root) {
    Frame frame = database.cache().share(database.file(), root);
    SpaceHeader header = RootHeader.of(frame.view()).space();
    frame.release();
    return header;
  }

  private int freeBytes(long page) {
    Frame frame = database.cache().share(database.file(), page);
    int free = frame.view().freeBytes();
    frame.release();
    return free;
  }

  private boolean isLeaf(long page) {
    Frame frame = database.cache().share(database.file(), page);
    PageView view = frame.view();
    boolean leaf = view.isLeaf();
    frame.release();
    return leaf;
  }

  private void audit(Made made) {
    SpaceAudit.check(database, roots(List.of(made)));
  }

  private static List<Root> roots(List<Made> trees) {
    return trees.stream()
        .map(Made::tree)
        .map(Tree::root)
        .map(p -> new Root(p, List.of()))
        .toList();
  }
}
