package org.jetbackup.engine.catalog;

import java.util.Objects;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.record.CatalogRow;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.record.KeyValueTable;
import org.jetbackup.engine.space.DatabaseSpace;
import org.jetbackup.engine.space.TreeSpace;
import org.jspecify.annotations.Nullable;

/**
 * A table of keys and values, the one object for all who use it. Thread-safe; {@link TableCursor}
 * and {@link StepWriter} are for one thread each.
 */
public final class Table {

  private final Catalog catalog;
  private final PageCache cache;
  private final PagedFile file;
  private final DatabaseSpace database;
  private final TableDefinition definition;
  private final TreeSpace space;
  private final Tree tree;
  private volatile @Nullable LongValueTree longValues;

  Table(
      Catalog catalog,
      PageCache cache,
      PagedFile file,
      DatabaseSpace database,
      TableDefinition definition) {
    requireKeysAndValues(definition);
    this.catalog = catalog;
    this.cache = cache;
    this.file = file;
    this.database = database;
    this.definition = definition;
    long root = definition.table().rootPage();
    this.space = database.open(database.root(), root, definition.id());
    this.tree = new Tree(cache, file, root, definition.id(), space);
    this.longValues = definition.longValues().map(this::open).orElse(null);
  }

  /** {@return the object id} */
  public long id() {
    return definition.id();
  }

  /** {@return the number of its database in the log; 0 without a log} */
  public int databaseId() {
    return file.databaseId();
  }

  /** {@return the name} */
  public String name() {
    return definition.name();
  }

  /** {@return a new cursor over all records, for one thread} */
  public TableCursor cursor() {
    return new TableCursor(this);
  }

  /** {@return a new writer for transactions, used under the turn} */
  public StepWriter stepWriter() {
    return new StepWriter(this);
  }

  /** {@return a new reader of records that are kept outside the table, for one thread} */
  public RecordValue recordValue() {
    return new RecordValue(this);
  }

  /**
   * {@return whether a record has room for a value, so that putting it takes one step only}
   *
   * @param rawKey the key
   * @param value the value
   */
  public boolean isInline(byte[] rawKey, byte[] value) {
    return value.length <= KeyValueRecord.largestInlineValue(file.pageSize(), rawKey.length);
  }

  /** {@return the file in which the table is} */
  public PagedFile pages() {
    return file;
  }

  /**
   * Throws unless some bytes can be a key.
   *
   * @param rawKey the bytes
   * @throws JetException {@link JetErr#INVALID_PARAMETER}, {@link JetErr#KEY_TOO_BIG}
   */
  public static void requireKey(byte[] rawKey) {
    if (rawKey.length == 0) {
      throw JetException.of(
          JetErr.INVALID_PARAMETER, Subject.value("key length", 0, "from 1 byte on"));
    }
    if (rawKey.length > KeyValueRecord.LONGEST_KEY) {
      throw JetException.of(
          JetErr.KEY_TOO_BIG,
          Subject.value("key length", rawKey.length, "up to " + KeyValueRecord.LONGEST_KEY));
    }
  }

  Tree tree() {
    return tree;
  }

  TreeSpace space() {
    return space;
  }

  PagedFile file() {
    return file;
  }

  /** {@return the tree of long values; null if no value was ever separated} */
  @Nullable
  LongValueTree longValues() {
    return longValues;
  }

  /** {@return the tree of long values, made if need be} */
  LongValueTree requireLongValues() {
    LongValueTree there = longValues;
    if (there == null) {
      catalog.createLongValues(this);
      there = Objects.requireNonNull(longValues);
    }
    return there;
  }

  /** Takes a tree that was just made; under the lock for definitions. */
  void openNewLongValues(CatalogRow.LongValueTree row) {
    longValues = new LongValueTree(treeOf(row), file, 0);
  }

  /** Keeps everybody else away until a change ends. */
  void hold(Change change) {
    tree.hold(change);
    LongValueTree there = longValues;
    if (there != null) {
      there.tree().hold(change);
    }
  }

  void retire() {
    tree.retire();
    LongValueTree there = longValues;
    if (there != null) {
      there.tree().retire();
    }
  }

  private LongValueTree open(CatalogRow.LongValueTree row) {
    return new LongValueTree(treeOf(row), file);
  }

  private Tree treeOf(CatalogRow.LongValueTree row) {
    TreeSpace own = database.open(space, row.rootPage(), row.id());
    return new Tree(cache, file, row.rootPage(), row.id(), own);
  }

  private static void requireKeysAndValues(TableDefinition wanted) {
    Optional<CatalogRow.Index> primary = wanted.primaryIndex();
    boolean fits = wanted.columns().size() == 2
        && isLike(wanted.columns().get(0), KeyValueTable.KEY)
        && isLike(wanted.columns().get(1), KeyValueTable.VALUE)
        && wanted.indexes().size() == 1
        && wanted.others().isEmpty() // a change would have to keep up an index, or call back
        && primary.isPresent()
        && primary.get().keyMost() >= KeyValueRecord.KEY_MOST;
    if (!fits) {
      throw JetException.of(
          JetErr.FEATURE_NOT_AVAILABLE,
          Subject.value("table", wanted.name(), "one with the columns Key and Value only"));
    }
  }

  private static boolean isLike(Column column, Column wanted) {
    return column.id() == wanted.id() && column.type() == wanted.type();
  }
}
