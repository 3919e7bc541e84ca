package org.jetbackup.engine.space;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.PageAllocator;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.RootHeader;
import org.jetbackup.engine.format.SpaceHeader;
import org.jetbackup.engine.format.SplitBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one tree: allocates from what is free, asks the parent for more, and gives extents
 * back that are free as a whole.
 *
 * <p>A small tree has a single extent: its root and up to 32 pages behind it, told by a bitmap.
 * When that is used up, two trees of extents take over for good. The rule of recursion is in the
 * description of this package. Guarded by the lock of the database's space. Source: sections 7.1
 * and 7.2.
 */
public final class TreeSpace implements PageAllocator {

  /** As long as the longest header of a root. */
  private static final int HEADER_BYTES = 25;

  private static final int BITMAP_PAGES = 32;
  private static final int LEVEL_FLAGS =
      PageFlags.ROOT | PageFlags.LEAF | PageFlags.PARENT_OF_LEAVES;

  /** The roots of the two trees of extents. */
  private static final int SPACE_ROOTS = 2;

  /**
   * A tree that outgrows its first extent gets the roots of its trees of extents and some to use.
   */
  private static final int FIRST_GROWTH_PAGES = 4;

  /**
   * A tree grows by this part of what it owns, so unused space stays bounded. The size of its last
   * extent, which the header tells too, would let a tree that is filled and emptied again and again
   * take ever more.
   */
  private static final int GROWTH_DIVISOR = 4;

  private static final int GROWTH_PAGES_MAX = 2048;

  /** A refill of a split buffer is for several splits. */
  private static final int REFILL_PAGES = 4;

  private final DatabaseSpace database;
  private final @Nullable TreeSpace parent;
  private final long root;
  private final long objectId;
  private final ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private @Nullable ExtentTree owned;
  private @Nullable ExtentTree free;

  TreeSpace(DatabaseSpace database, @Nullable TreeSpace parent, long root, long objectId) {
    this.database = database;
    this.parent = parent;
    this.root = root;
    this.objectId = objectId;
  }

  @Override
  public void prepare(Change change) {
    change.hold(database.lock());
    database.forgetReleased();
  }

  @Override
  public long allocate(Change change) {
    database.requireHeld();
    SpaceHeader header = header(change);
    if (!header.hasMultipleExtents()) {
      if (header.rest() != 0) {
        int bit = Long.numberOfTrailingZeros(header.rest());
        setHeader(change, withRest(header, header.rest() & ~(1L << bit)));
        return root + 1 + bit;
      }
      useManyExtents(change);
    }
    Extent extent = free().endingFrom(change, 1);
    if (extent == null) {
      grow(change, 1);
      extent = require(change, free().endingFrom(change, 1));
    }
    long page = takeFront(change, extent, 1).first();
    database.settle(change);
    return page;
  }

  @Override
  public void free(Change change, long page) {
    database.requireHeld();
    takeBack(change, new Extent(page, 1));
    database.settle(change);
  }

  /**
   * Gives pages to a child.
   *
   * @param pages how many, one behind the other
   * @return the extent, owned by this tree still, and no longer free
   */
  Extent give(Change change, long pages) {
    if (!header(change).hasMultipleExtents()) {
      useManyExtents(change);
    }
    Extent extent = free().withPages(change, pages);
    if (extent == null) {
      grow(change, pages);
      extent = require(change, free().withPages(change, pages));
    }
    return takeFront(change, extent, pages);
  }

  /** Takes pages back, from the tree itself or from a child. */
  void takeBack(Change change, Extent extent) {
    SpaceHeader header = header(change);
    if (header.hasMultipleExtents()) {
      addFree(change, extent);
      return;
    }
    long bitmap = header.rest();
    for (long page = extent.first(); page <= extent.last(); page++) {
      long bit = page - root - 1;
      if (bit < 0 || bit > header.pages() - 2 || (bitmap >>> bit & 1) != 0) {
        throw corrupted(change, "page that falls free", page, "one in use by this tree");
      }
      bitmap |= 1L << bit;
    }
    change.abandon(extent.first(), extent.last());
    setHeader(change, withRest(header, bitmap));
  }

  /** Gives everything back to the parent; the tree is gone then. */
  void dissolve(Change change) {
    TreeSpace above = requireParent();
    SpaceHeader header = header(change);
    if (!header.hasMultipleExtents()) {
      above.takeBack(change, Extent.between(root, root + header.pages() - 1));
      return;
    }
    // All are read first: the parent may use the first of them before the last is given back.
    List<Extent> extents = new ArrayList<>();
    Extent extent = owned().endingFrom(change, 1);
    while (extent != null) {
      extents.add(extent);
      extent = owned().endingFrom(change, extent.last() + 1);
    }
    extents.forEach(each -> above.takeBack(change, each));
  }

  /** Takes pages from the front of a free extent; the rest of it keeps its key. */
  private Extent takeFront(Change change, Extent extent, long pages) {
    if (extent.pages() == pages) {
      free().remove(change, extent);
      return extent;
    }
    free().put(change, new Extent(extent.last(), extent.pages() - pages));
    return Extent.between(extent.first(), extent.first() + pages - 1);
  }

  /** Gets a new extent with at least so many pages and enters it as owned and free. */
  private void grow(Change change, long pages) {
    if (parent == null) {
      addFree(change, database.growFile(change, pages));
      return;
    }
    SpaceHeader header = header(change);
    long part = ownedPages(change) / GROWTH_DIVISOR;
    long wanted = Math.min(GROWTH_PAGES_MAX, Math.max(FIRST_GROWTH_PAGES, part));
    Extent extent = parent.give(change, Math.max(pages, wanted));
    own(change, extent);
    putFree(change, extent); // free as a whole, and not to be given back just now
    setHeader(
        change,
        new SpaceHeader(
            extent.pages(),
            header.parent(),
            header.flags() | SpaceHeader.SECOND_VERSION,
            header.rest()));
  }

  private long ownedPages(Change change) {
    long pages = 0;
    Extent extent = owned().endingFrom(change, 1);
    while (extent != null) {
      pages += extent.pages();
      extent = owned().endingFrom(change, extent.last() + 1);
    }
    return pages;
  }

  /** Enters an extent as owned. */
  private void own(Change change, Extent extent) {
    makeRoom(change, owned(), extent);
    owned().put(change, extent);
  }

  /**
   * Enters an extent as free: as one with its free neighbours inside the same owned extent, and if
   * that is free as a whole, gives it back instead.
   */
  void addFree(Change change, Extent extent) {
    Extent owner = require(change, owned().containing(change, extent.first()));
    Extent behind = free().endingFrom(change, extent.first());
    boolean freeAlready = behind != null && behind.first() <= extent.last();
    if (extent.last() > owner.last() || freeAlready) {
      throw corrupted(change, "extent that falls free", extent, "one in use, inside " + owner);
    }
    change.abandon(extent.first(), extent.last());
    long first = extent.first();
    long last = extent.last();
    Extent before = first == owner.first() ? null : free().containing(change, first - 1);
    if (before != null) {
      free().remove(change, before);
      first = before.first();
    }
    if (behind != null && (last == owner.last() || behind.first() != last + 1)) {
      behind = null;
    } else if (behind != null) {
      last = behind.last();
    }
    Extent whole = Extent.between(first, last);
    if (parent != null && whole.equals(owner)) {
      if (behind != null) {
        free().remove(change, behind);
      }
      owned().remove(change, owner);
      parent.takeBack(change, owner);
      return;
    }
    if (behind != null) {
      free().put(change, whole); // in its place; to make room could give away a part of it
    } else {
      putFree(change, whole);
    }
  }

  private void putFree(Change change, Extent extent) {
    makeRoom(change, free(), extent);
    free().put(change, extent);
  }

  /** Fills the split buffer of a tree of extents up to what one more entry can need. */
  private void makeRoom(Change change, ExtentTree tree, Extent entry) {
    for (int lacking = tree.lacking(change, entry.last());
        lacking > 0;
        lacking = tree.lacking(change, entry.last())) {
      long pages = Math.max(lacking, REFILL_PAGES);
      if (parent == null) {
        tree.keepForSplits(change, database.reserve(change, pages));
      } else {
        Extent extent = parent.give(change, pages);
        tree.keepForSplits(change, extent);
        own(change, extent);
      }
    }
  }

  /** For the root of the database: pages for a split buffer, without an entry in any tree. */
  @Nullable
  Extent takeFreeWithoutSplit(Change change, long pages) {
    Extent extent = free().withPages(change, pages + 1);
    return extent == null ? null : takeFront(change, extent, pages);
  }

  /** For the root of the database: what it owns ends at a later page now. */
  void moveEnd(Change change, long last) {
    Extent old = lastExtent(change);
    owned().remove(change, old);
    owned().put(change, Extent.between(old.first(), last));
    SpaceHeader header = header(change);
    if (old.first() == root) {
      setHeader(change, new SpaceHeader(last, header.parent(), header.flags(), header.rest()));
    }
  }

  long lastOwned(Change change) {
    header(change);
    return lastExtent(change).last();
  }

  long rootPage() {
    return root;
  }

  private Extent lastExtent(Change change) {
    Extent last = require(change, owned().endingFrom(change, 1));
    Extent behind = owned().endingFrom(change, last.last() + 1);
    while (behind != null) {
      last = behind;
      behind = owned().endingFrom(change, last.last() + 1);
    }
    return last;
  }

  private void useManyExtents(Change change) {
    SpaceHeader header = header(change);
    Extent extent = requireParent().give(change, FIRST_GROWTH_PAGES);
    long ownedRoot = extent.first();
    for (int i = 0; i < SPACE_ROOTS; i++) {
      beginSpaceTree(change, ownedRoot + i);
    }
    setHeader(
        change,
        new SpaceHeader(
            extent.pages(),
            header.parent(),
            header.flags() | SpaceHeader.MULTIPLE_EXTENTS | SpaceHeader.SECOND_VERSION,
            ownedRoot));
    header(change);
    owned().put(change, Extent.between(root, root + header.pages() - 1));
    owned().put(change, extent);
    for (int bit = 0; bit < BITMAP_PAGES; bit++) {
      if ((header.rest() >>> bit & 1) != 0) {
        addFree(change, new Extent(root + 1 + bit, 1));
      }
    }
    addFree(change, new Extent(extent.last(), extent.pages() - SPACE_ROOTS));
  }

  private void beginSpaceTree(Change change, long page) {
    int flags = (change.own(root).view().flags().bits() & ~LEVEL_FLAGS)
        | PageFlags.ROOT
        | PageFlags.LEAF
        | PageFlags.SPACE_TREE;
    SplitBuffer.NONE.write(bytes.clear(), 0);
    bytes.limit(SplitBuffer.BYTES);
    change.create(page).begin(new PageNumber(page), objectId, new PageFlags(flags), bytes);
  }

  /** Reads the header, and finds the trees of extents where it says that they are. */
  private SpaceHeader header(Change change) {
    PageView page = change.own(root).view();
    if (!page.isRoot() || page.flags().isSpaceTree() || page.objectId() != objectId) {
      throw page.corrupted(
          JetErr.BAD_PAGE_LINK,
          Subject.value("page of object " + page.objectId(), page.flags(), "root of " + objectId));
    }
    SpaceHeader header = RootHeader.of(page).space();
    long above = parent == null ? 0 : parent.root;
    if (header.parent() != above) {
      throw corrupted(change, "parent of the tree", header.parent(), "" + above);
    }
    if (!header.hasMultipleExtents()) {
      requireBitmap(page, header);
      owned = null; // a change that was rolled back may have left them
      free = null;
    } else if (owned == null || owned.rootPage() != header.rest()) {
      requireSpaceTree(change, header.rest());
      requireSpaceTree(change, header.rest() + 1);
      owned = database.tree(this, header.rest(), objectId);
      free = database.tree(this, header.rest() + 1, objectId);
    }
    return header;
  }

  private void requireSpaceTree(Change change, long number) {
    PageView page = change.own(number).view();
    if (!page.isRoot() || !page.flags().isSpaceTree()) {
      throw page.corrupted(
          JetErr.BAD_PAGE_LINK, Subject.value("flags", page.flags(), "root of a tree of extents"));
    }
  }

  private void requireBitmap(PageView page, SpaceHeader header) {
    boolean outside = parent == null
        || header.pages() < 1
        || header.pages() > BITMAP_PAGES + 1
        || header.rest() >>> (header.pages() - 1) != 0;
    if (outside) {
      throw page.corrupted(
          JetErr.DATABASE_CORRUPTED,
          Subject.value("free pages of " + header.pages(), header.rest(), "those of the extent"));
    }
  }

  private void setHeader(Change change, SpaceHeader header) {
    Frame frame = change.own(root);
    RootHeader whole = RootHeader.of(frame.view());
    new RootHeader(header, whole.autoIncrement()).write(frame.view().copyHeader(bytes));
    change.edit(frame).setHeader(bytes);
  }

  private static SpaceHeader withRest(SpaceHeader header, long rest) {
    return new SpaceHeader(header.pages(), header.parent(), header.flags(), rest);
  }

  private Extent require(Change change, @Nullable Extent extent) {
    if (extent == null) {
      throw corrupted(change, "owned extent", "none", "one");
    }
    return extent;
  }

  private JetException corrupted(Change change, String name, Object value, String limit) {
    PageView page = change.own(root).view();
    return page.corrupted(JetErr.DATABASE_CORRUPTED, Subject.value(name, value, limit));
  }

  private TreeSpace requireParent() {
    if (parent == null) {
      throw new IllegalStateException("the root of the database has no parent");
    }
    return parent;
  }

  /** The trees are found when they are first needed; their place never changes then. */
  private ExtentTree owned() {
    ExtentTree tree = owned;
    if (tree == null) {
      throw new IllegalStateException("the tree of page " + root + " has a single extent");
    }
    return tree;
  }

  private ExtentTree free() {
    ExtentTree tree = free;
    if (tree == null) {
      throw new IllegalStateException("the tree of page " + root + " has a single extent");
    }
    return tree;
  }
}
