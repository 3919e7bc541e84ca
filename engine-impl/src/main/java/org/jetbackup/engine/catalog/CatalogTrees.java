package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.CatalogRow;
import org.jetbackup.engine.record.LocaleRow;
import org.jetbackup.engine.record.ObjectIdRow;
import org.jetbackup.engine.record.SystemCatalog;
import org.jetbackup.engine.space.DatabaseSpace;
import org.jetbackup.engine.space.TreeSpace;

/**
 * The trees of the system tables, and what belongs together in them: a row of the catalog stands in
 * the catalog, in its shadow, in the index Name, and if it is about a table, in RootObjects.
 *
 * <p>Written under the lock for definitions only. Source: sections 7.3 and 8.1 to 8.3.
 */
final class CatalogTrees {

  private final PageSize size;
  private final DatabaseSpace space;
  private final Tree catalog;
  private final Tree objectIds;
  private final Tree rootObjects;
  private final List<Tree> all;
  private final TreeWriter catalogWriter;
  private final TreeWriter shadowWriter;
  private final TreeWriter nameWriter;
  private final TreeWriter rootObjectsWriter;
  private final TreeWriter objectIdsWriter;
  private final TreeWriter localesWriter;

  CatalogTrees(PageCache cache, PagedFile file, DatabaseSpace space) {
    this.size = file.pageSize();
    this.space = space;
    TreeSpace root = space.root();
    TreeSpace catalogSpace = space.open(root, SystemCatalog.CATALOG_ROOT, SystemCatalog.CATALOG_ID);
    this.catalog =
        new Tree(cache, file, SystemCatalog.CATALOG_ROOT, SystemCatalog.CATALOG_ID, catalogSpace);
    Tree names =
        tree(cache, file, catalogSpace, SystemCatalog.NAME_INDEX_ROOT, SystemCatalog.NAME_INDEX_ID);
    this.rootObjects = tree(
        cache,
        file,
        catalogSpace,
        SystemCatalog.ROOT_OBJECTS_INDEX_ROOT,
        SystemCatalog.ROOT_OBJECTS_INDEX_ID);
    Tree shadow = tree(cache, file, root, SystemCatalog.SHADOW_ROOT, SystemCatalog.SHADOW_ID);
    this.objectIds =
        tree(cache, file, root, SystemCatalog.OBJECT_IDS_ROOT, SystemCatalog.OBJECT_IDS_ID);
    Tree locales = tree(cache, file, root, SystemCatalog.LOCALES_ROOT, SystemCatalog.LOCALES_ID);
    this.all = List.of(catalog, names, rootObjects, shadow, objectIds, locales);
    this.catalogWriter = catalog.writer();
    this.nameWriter = names.writer();
    this.rootObjectsWriter = rootObjects.writer();
    this.shadowWriter = shadow.writer();
    this.objectIdsWriter = objectIds.writer();
    this.localesWriter = locales.writer();
  }

  private Tree tree(PageCache cache, PagedFile file, TreeSpace parent, long root, long objectId) {
    return new Tree(cache, file, root, objectId, space.open(parent, root, objectId));
  }

  /** {@return a new cursor over the catalog} */
  TreeCursor catalog() {
    return catalog.cursor();
  }

  /** {@return a new cursor over the index RootObjects} */
  TreeCursor rootObjects() {
    return rootObjects.cursor();
  }

  /** {@return a new cursor over MSysObjids} */
  TreeCursor objectIds() {
    return objectIds.cursor();
  }

  /** Keeps everybody else away from all system tables until the change ends. */
  void hold(Change change) {
    all.forEach(tree -> tree.hold(change));
  }

  void add(Change change, CatalogRow row) {
    ByteBuffer key = wrap(row.primaryKey());
    ByteBuffer record = wrap(row.encode(size));
    catalogWriter.putWithin(change, key, record);
    shadowWriter.putWithin(change, key, record);
    nameWriter.putWithin(change, wrap(row.nameKey()), key);
    if (row instanceof CatalogRow.Table table) {
      rootObjectsWriter.putWithin(change, wrap(table.rootObjectsKey()), key);
    }
  }

  void remove(Change change, CatalogRow row) {
    ByteBuffer key = wrap(row.primaryKey());
    catalogWriter.deleteWithin(change, key);
    shadowWriter.deleteWithin(change, key);
    nameWriter.deleteWithin(change, wrap(row.nameKey()));
    if (row instanceof CatalogRow.Table table) {
      rootObjectsWriter.deleteWithin(change, wrap(table.rootObjectsKey()));
    }
  }

  void add(Change change, ObjectIdRow row) {
    objectIdsWriter.putWithin(change, wrap(row.key()), wrap(row.encode(size)));
  }

  void remove(Change change, ObjectIdRow row) {
    objectIdsWriter.deleteWithin(change, wrap(row.key()));
  }

  /** Writes what every new database says of itself. */
  void writeSystemRows(Change change) {
    SystemCatalog.rows().forEach(row -> add(change, row));
    SystemCatalog.objectIds().forEach(row -> add(change, row));
    for (LocaleRow row : SystemCatalog.locales()) {
      localesWriter.putWithin(change, wrap(row.nodeKey()), wrap(row.encode(size)));
    }
  }

  static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
