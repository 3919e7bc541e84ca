package org.jetbackup.engine.space;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.PageAllocator;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeWorkspace;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.SplitBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two trees of extents that belong to a tree. All calls happen inside an open change
 * that holds the lock of the space. Pages for its own splits come from the split buffer in its
 * root.
 */
final class ExtentTree implements PageAllocator {

  private static final int BUFFER_BYTES = 16;

  private final long root;
  private final TreeWriter writer;
  private final ByteBuffer key = littleEndian(Extent.KEY_BYTES);
  private final ByteBuffer data = littleEndian(Extent.DATA_BYTES);
  private final ByteBuffer header = littleEndian(BUFFER_BYTES);

  /** Takes pages that the tree does not need any more, to be entered as free later. */
  private final Consumer<Extent> release;

  ExtentTree(
      PageCache cache,
      PagedFile file,
      long root,
      long objectId,
      Change idle,
      TreeWorkspace workspace,
      Consumer<Extent> release) {
    this.root = root;
    this.release = release;
    this.writer = new Tree(cache, file, root, objectId, this).writer(idle, workspace);
  }

  long rootPage() {
    return root;
  }

  /** Enters an extent, or gives the one with this last page another length. */
  void put(Change change, Extent extent) {
    writer.putWithin(change, Extent.key(extent.last(), key), extent.data(data));
  }

  void remove(Change change, Extent extent) {
    if (!writer.deleteWithin(change, Extent.key(extent.last(), key))) {
      throw corrupted(change, "extent", "found by search only", extent + " where it belongs");
    }
  }

  /** Finds the first extent that ends at a page or behind it. */
  @Nullable
  Extent endingFrom(Change change, long page) {
    if (page > PageNumber.MAX) {
      return null;
    }
    int before = change.ownedPages();
    Extent found = writer.searchWithin(change, Extent.key(page, key), Extent::of);
    change.letGo(before); // there may be more extents than the cache has room for
    if (found != null && found.last() < page) { // or who goes from extent to extent goes in circles
      throw corrupted(change, "end of an extent", found.last(), "from page " + page + " on");
    }
    return found;
  }

  /** Finds the extent that a page is in. */
  @Nullable
  Extent containing(Change change, long page) {
    Extent found = endingFrom(change, page);
    return found != null && found.contains(page) ? found : null;
  }

  /** Finds the first extent with at least so many pages. */
  @Nullable
  Extent withPages(Change change, long pages) {
    Extent found = endingFrom(change, 1);
    while (found != null && found.pages() < pages) {
      found = endingFrom(change, found.last() + 1);
    }
    return found;
  }

  /** How many pages the split buffer lacks before a new extent can be entered. */
  int lacking(Change change, long lastPage) {
    int needed = writer.pagesNeeded(change, Extent.key(lastPage, key), Extent.DATA_BYTES);
    SplitBuffer buffer = SplitBuffer.of(change.own(root).view());
    return (int) Math.max(0, needed - buffer.firstPages() - buffer.secondPages());
  }

  /** Puts an extent into the split buffer; what has no place there any more is released. */
  void keepForSplits(Change change, Extent extent) {
    SplitBuffer old = SplitBuffer.of(change.own(root).view());
    if (old.secondPages() > 0) {
      release.accept(new Extent(old.secondLast(), old.secondPages()));
    }
    set(change, new SplitBuffer(extent.last(), extent.pages(), old.firstLast(), old.firstPages()));
  }

  @Override
  public void prepare(Change change) {
    // The lock of the space is held already.
  }

  @Override
  public long allocate(Change change) {
    SplitBuffer old = SplitBuffer.of(change.own(root).view());
    if (old.firstPages() > 0) {
      set(
          change,
          new SplitBuffer(
              lastOf(old.firstLast(), old.firstPages()),
              old.firstPages() - 1,
              old.secondLast(),
              old.secondPages()));
      return old.firstLast() - old.firstPages() + 1;
    }
    if (old.secondPages() > 0) {
      set(
          change,
          new SplitBuffer(
              0, 0, lastOf(old.secondLast(), old.secondPages()), old.secondPages() - 1));
      return old.secondLast() - old.secondPages() + 1;
    }
    throw corrupted(change, "pages for a split", 0, "as many as the shape of the tree asks for");
  }

  @Override
  public void free(Change change, long page) {
    release.accept(new Extent(page, 1));
  }

  /** A slot without pages is all zero. */
  private static long lastOf(long last, long pages) {
    return pages == 1 ? 0 : last;
  }

  private void set(Change change, SplitBuffer buffer) {
    Frame frame = change.own(root);
    buffer.write(header, 0);
    change.edit(frame).setHeader(header);
  }

  private JetException corrupted(Change change, String name, Object value, String limit) {
    PageView page = change.own(root).view();
    return page.corrupted(JetErr.DATABASE_CORRUPTED, Subject.value(name, value, limit));
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
