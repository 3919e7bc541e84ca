package org.jetbackup.engine.space;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.TreeWorkspace;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.SpaceHeader;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one database: the root of all space, its lock, and the growth of the file.
 *
 * <p>All methods but {@link #open} are called inside an open change that holds the lock, see {@link
 * TreeSpace#prepare}.
 */
public final class DatabaseSpace {

  /** The root of the database: a tree without records that owns every page. Source: section 7.3. */
  public static final long ROOT_PAGE = 1;

  /** The object id of the root of the database. */
  public static final long ROOT_OBJECT = 1;

  /** Page numbers take 32 bits, and the last is left out so that counting up stays in range. */
  private static final long LAST_PAGE_MAX = PageNumber.MAX - 1;

  /** A file may grow more than once in a change, whose growth is bounded. */
  private static final long EXTENSION_BYTES_MAX = PagedFile.GROWTH_BYTES_MAX / 4;

  private final PageCache cache;
  private final PagedFile file;
  private final long extensionPages;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeSpace root;
  private final ArrayDeque<Released> released = new ArrayDeque<>();
  private final ByteBuffer header;

  /** For all trees of extents: they work under one lock, one after the other. */
  private final TreeWorkspace workspace;

  private final Change idle;

  /** Pages that a tree of extents does not need any more, and the tree that owns them. */
  private record Released(TreeSpace owner, Extent extent) {}

  /**
   * Describes the space of an open database.
   *
   * @param cache the cache
   * @param file the database file
   * @param extensionPages by how many pages the file grows at least, from 1 on; more than {@value
   *     #EXTENSION_BYTES_MAX} bytes count as that
   */
  public DatabaseSpace(PageCache cache, PagedFile file, long extensionPages) {
    this.cache = cache;
    this.file = file;
    this.extensionPages =
        Math.min(extensionPages, EXTENSION_BYTES_MAX / file.pageSize().bytes());
    this.root = new TreeSpace(this, null, ROOT_PAGE, ROOT_OBJECT);
    this.header = file.pageSize().newBuffer();
    this.workspace = new TreeWorkspace(file.pageSize());
    this.idle = new Change(cache, file);
  }

  /** {@return the space of the root of the database, the parent of tables} */
  public TreeSpace root() {
    return root;
  }

  /**
   * Describes the space of a tree that exists.
   *
   * @param parent the space that its pages come from
   * @param rootPage the number of its root page
   * @param objectId its object id
   * @return the space; of each tree there must be one object only
   */
  public TreeSpace open(TreeSpace parent, long rootPage, long objectId) {
    return new TreeSpace(this, parent, rootPage, objectId);
  }

  /**
   * Makes a new tree: one page, an empty leaf.
   *
   * @param change the open change
   * @param parent the space that its pages come from
   * @param objectId its object id
   * @param kind flags besides those of the level, for example {@link PageFlags#LONG_VALUE}
   * @return the number of its root page
   */
  public long create(Change change, TreeSpace parent, long objectId, int kind) {
    parent.prepare(change);
    long page = parent.give(change, 1).first();
    settle(change);
    new SpaceHeader(1, parent.rootPage(), 0, 0).write(header.clear(), 0);
    int flags = PageFlags.NEW_RECORD_FORMAT
        | PageFlags.NEW_CHECKSUM
        | PageFlags.FLUSH_TYPE_1
        | PageFlags.ROOT
        | PageFlags.LEAF
        | kind;
    change
        .create(page)
        .begin(
            new PageNumber(page), objectId, new PageFlags(flags), header.limit(SpaceHeader.BYTES));
    return page;
  }

  /**
   * Removes a tree: all its pages, those of its children included, are free afterwards.
   *
   * @param change the open change
   * @param space the space of the tree, not to be used any more
   */
  public void dissolve(Change change, TreeSpace space) {
    space.prepare(change);
    space.dissolve(change);
    settle(change);
  }

  ReentrantLock lock() {
    return lock;
  }

  void requireHeld() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("the change did not prepare for allocation");
    }
  }

  ExtentTree tree(TreeSpace owner, long rootPage, long objectId) {
    return new ExtentTree(
        cache,
        file,
        rootPage,
        objectId,
        idle,
        workspace,
        extent -> released.add(new Released(owner, extent)));
  }

  /** Forgets what a change left behind that was rolled back. */
  void forgetReleased() {
    released.clear();
  }

  /**
   * Enters what trees of extents have set free. Only where no entry is half done, because the
   * entries made here move extents about.
   */
  void settle(Change change) {
    for (Released next = released.poll(); next != null; next = released.poll()) {
      next.owner().addFree(change, next.extent());
    }
  }

  /**
   * Lets the file grow; the new pages are owned by the root, and nobody has entered them as free.
   */
  Extent growFile(Change change, long pages) {
    return growBy(change, Math.max(pages, extensionPages));
  }

  /** Finds pages for a split buffer of the root, without an entry in any tree. */
  Extent reserve(Change change, long pages) {
    @Nullable Extent extent = root.takeFreeWithoutSplit(change, pages);
    return extent != null ? extent : growBy(change, pages);
  }

  private Extent growBy(Change change, long pages) {
    long old = root.lastOwned(change);
    long last = old + pages;
    if (old > file.pagesThere()) {
      throw JetException.of(
          JetErr.DATABASE_CORRUPTED,
          Subject.page(file.path(), new PageNumber(ROOT_PAGE)),
          Subject.value("last page that is owned", old, "up to " + file.pagesThere()));
    }
    if (last > LAST_PAGE_MAX) {
      throw JetException.of(
          JetErr.OUT_OF_DATABASE_SPACE,
          Subject.path(file.path()),
          Subject.value("last page", last, "up to " + LAST_PAGE_MAX));
    }
    change.growFile(old, last);
    root.moveEnd(change, last);
    return new Extent(last, pages);
  }
}
