package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.SpaceHeader;
import org.jetbackup.engine.format.SplitBuffer;
import org.jetbackup.engine.record.SystemCatalog;
import org.jetbackup.engine.space.DatabaseSpace;

/**
 * The first thirty pages of a new database, where the original has them: all trees of the system,
 * empty, and the space of each.
 *
 * <pre>{@code
 *    1  root of the space    2, 3  its extents
 *    4  MSysObjects          5, 6  its extents: pages 4 to 23, of which 13 to 23 are free
 *    7  its index Name       8, 9  its extents: pages 7 to 9
 *   10  its RootObjects    11, 12  its extents: pages 10 to 12
 *   24  MSysObjectsShadow  25, 26  its extents: pages 24 to 28, of which 27 and 28 are free
 *   29  MSysObjids             30  MSysLocales
 * }</pre>
 *
 * <p>Source: section 7.3.
 */
final class DatabaseLayout {

  private static final int BASE_FLAGS = PageFlags.NEW_RECORD_FORMAT
      | PageFlags.NEW_CHECKSUM
      | PageFlags.FLUSH_TYPE_1
      | PageFlags.ROOT
      | PageFlags.LEAF;

  private static final long LAST_SYSTEM_PAGE = SystemCatalog.LOCALES_ROOT;
  private static final long CATALOG_PAGES = 20;
  private static final long INDEX_PAGES = 3;
  private static final long SHADOW_PAGES = 5;

  private final Change change;
  private final ByteBuffer header;
  private final ByteBuffer key;
  private final ByteBuffer data;

  private DatabaseLayout(Change change, PageSize size) {
    this.change = change;
    this.header = size.newBuffer();
    this.key = size.newBuffer();
    this.data = size.newBuffer();
  }

  /** Lays out all of it inside an open change. */
  static void create(Change change, PageSize size, long pages) {
    new DatabaseLayout(change, size).create(pages);
  }

  private void create(long pages) {
    tree(DatabaseSpace.ROOT_PAGE, DatabaseSpace.ROOT_OBJECT, 0, pages, 0);
    extents(DatabaseSpace.ROOT_PAGE, DatabaseSpace.ROOT_OBJECT, 0, pages, LAST_SYSTEM_PAGE + 1);
    long catalog = SystemCatalog.CATALOG_ROOT;
    tree(catalog, SystemCatalog.CATALOG_ID, 0, CATALOG_PAGES, DatabaseSpace.ROOT_PAGE);
    extents(
        catalog,
        SystemCatalog.CATALOG_ID,
        0,
        CATALOG_PAGES,
        SystemCatalog.ROOT_OBJECTS_INDEX_ROOT + INDEX_PAGES);
    index(SystemCatalog.NAME_INDEX_ROOT, SystemCatalog.NAME_INDEX_ID);
    index(SystemCatalog.ROOT_OBJECTS_INDEX_ROOT, SystemCatalog.ROOT_OBJECTS_INDEX_ID);
    long shadow = SystemCatalog.SHADOW_ROOT;
    tree(shadow, SystemCatalog.SHADOW_ID, 0, SHADOW_PAGES, DatabaseSpace.ROOT_PAGE);
    extents(shadow, SystemCatalog.SHADOW_ID, 0, SHADOW_PAGES, shadow + INDEX_PAGES);
    single(SystemCatalog.OBJECT_IDS_ROOT, SystemCatalog.OBJECT_IDS_ID);
    single(SystemCatalog.LOCALES_ROOT, SystemCatalog.LOCALES_ID);
  }

  private void index(long root, long objectId) {
    tree(root, objectId, PageFlags.INDEX, INDEX_PAGES, SystemCatalog.CATALOG_ROOT);
    extents(root, objectId, PageFlags.INDEX, INDEX_PAGES, root + INDEX_PAGES);
  }

  private void single(long root, long objectId) {
    begin(root, objectId, 0, new SpaceHeader(1, DatabaseSpace.ROOT_PAGE, 0, 0));
  }

  private void tree(long root, long objectId, int kind, long pages, long parent) {
    begin(
        root,
        objectId,
        kind,
        new SpaceHeader(pages, parent, SpaceHeader.MULTIPLE_EXTENTS, root + 1));
  }

  private void begin(long root, long objectId, int kind, SpaceHeader space) {
    space.write(header.clear(), 0);
    header.limit(SpaceHeader.BYTES);
    begin(root, objectId, kind);
  }

  /**
   * The two trees of extents behind a root: so many pages from the root on, those at the end free.
   */
  private void extents(long root, long objectId, int kind, long pages, long firstFree) {
    long last = root + pages - 1;
    spaceTree(root + 1, objectId, kind, Extent.between(root, last));
    if (firstFree <= last) {
      spaceTree(root + 2, objectId, kind, Extent.between(firstFree, last));
    } else {
      beginSpaceTree(root + 2, objectId, kind);
    }
  }

  private void spaceTree(long root, long objectId, int kind, Extent extent) {
    PageEditor page = beginSpaceTree(root, objectId, kind);
    page.insert(1, 0, Extent.key(extent.last(), key), extent.data(data), 0, Extent.DATA_BYTES);
  }

  private PageEditor beginSpaceTree(long root, long objectId, int kind) {
    SplitBuffer.NONE.write(header.clear(), 0);
    header.limit(SplitBuffer.BYTES);
    return begin(root, objectId, kind | PageFlags.SPACE_TREE);
  }

  private PageEditor begin(long page, long objectId, int kind) {
    return change
        .create(page)
        .begin(new PageNumber(page), objectId, new PageFlags(BASE_FLAGS | kind), header);
  }
}
