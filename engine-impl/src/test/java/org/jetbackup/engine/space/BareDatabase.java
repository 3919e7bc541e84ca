package org.jetbackup.engine.space;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.format.SpaceHeader;
import org.jetbackup.engine.format.SplitBuffer;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DoubleWrite;

/** A database file with a root of space and no catalog, for tests of trees. */
public final class BareDatabase implements AutoCloseable {

  private static final int FLAGS = PageFlags.NEW_RECORD_FORMAT
      | PageFlags.NEW_CHECKSUM
      | PageFlags.FLUSH_TYPE_1
      | PageFlags.ROOT
      | PageFlags.LEAF;

  /** Of all of them. */
  public static final Signature SIGNATURE = new Signature(7, LogTime.UNSET, "");

  private final PageSize size;
  private final DataFile file;
  private final DoubleWrite doubleWrite;
  private final PagedFile paged;
  private final PageCache cache;
  private final DatabaseSpace space;
  private final Change change;

  private BareDatabase(Path path, PageSize size, long pages, int extension, int cachePages) {
    this.size = size;
    this.file = DataFile.open(path, DataFile.Mode.CREATE);
    file.extendTo(size.offsetOf(new PageNumber(pages + 1)));
    Path side = path.resolveSibling(path.getFileName() + ".side");
    this.doubleWrite = DoubleWrite.open(side, size, SIGNATURE);
    this.paged = new PagedFile(file, doubleWrite, size, 1, 0);
    this.cache = new PageCache(size, (long) cachePages * size.bytes(), LogForce.NONE);
    this.space = new DatabaseSpace(cache, paged, extension);
    this.change = new Change(cache, paged);
    within(open -> layOut(open, pages));
  }

  /** Makes a database of so many pages, which grows by so many, and a cache for it. */
  public static BareDatabase create(
      Path path, PageSize size, long pages, int extension, int cachePages) {
    return new BareDatabase(path, size, pages, extension, cachePages);
  }

  public PageCache cache() {
    return cache;
  }

  public PagedFile file() {
    return paged;
  }

  public DatabaseSpace space() {
    return space;
  }

  public Change change() {
    return change;
  }

  /** A new tree; its space is of use for taking the tree away again. */
  public record Made(Tree tree, TreeSpace space) {}

  public Made createTree(TreeSpace parent, long objectId, int kind) {
    long[] root = new long[1];
    within(open -> root[0] = space.create(open, parent, objectId, kind));
    TreeSpace own = space.open(parent, root[0], objectId);
    return new Made(new Tree(cache, paged, root[0], objectId, own), own);
  }

  public void dissolve(Made made) {
    within(open -> space.dissolve(open, made.space()));
  }

  public void within(Consumer<Change> action) {
    change.within(action);
  }

  public void flush() {
    cache.flush(paged);
  }

  @Override
  public void close() {
    file.close();
    doubleWrite.close();
  }

  private void layOut(Change open, long pages) {
    ByteBuffer header = size.newBuffer();
    new SpaceHeader(pages, 0, SpaceHeader.MULTIPLE_EXTENTS, 2).write(header, 0);
    header.limit(SpaceHeader.BYTES);
    begin(open, 1, 0, header);
    SplitBuffer.NONE.write(header.clear(), 0);
    header.limit(SplitBuffer.BYTES);
    extent(begin(open, 2, PageFlags.SPACE_TREE, header), new Extent(pages, pages));
    SplitBuffer.NONE.write(header.clear(), 0);
    header.limit(SplitBuffer.BYTES);
    extent(begin(open, 3, PageFlags.SPACE_TREE, header), new Extent(pages, pages - 3));
  }

  private PageEditor begin(Change open, long page, int kind, ByteBuffer header) {
    return open.create(page)
        .begin(
            new PageNumber(page), DatabaseSpace.ROOT_OBJECT, new PageFlags(FLAGS | kind), header);
  }

  private void extent(PageEditor page, Extent extent) {
    ByteBuffer data = extent.data(size.newBuffer());
    page.insert(1, 0, Extent.key(extent.last(), size.newBuffer()), data, 0, Extent.DATA_BYTES);
  }
}
