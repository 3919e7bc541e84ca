package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.record.CatalogKeys;
import org.jetbackup.engine.record.CatalogReader;
import org.jetbackup.engine.record.CatalogRow;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.KeyValueTable;
import org.jetbackup.engine.record.ObjectIdRow;
import org.jetbackup.engine.record.RecordPlace;
import org.jetbackup.engine.record.SystemCatalog;
import org.jetbackup.engine.record.TableFlags;
import org.jetbackup.engine.space.DatabaseSpace;

/**
 * The tables of an open database: looks them up, makes them, removes them.
 *
 * <p>Making or removing a table is one change of pages: in memory and in the log it happens
 * as a whole or not at all. Object ids rise and are not used again while the database is open.
 * Thread-safe.
 */
public final class Catalog {

  private static final int NAME_LENGTH_MAX = 64;
  private static final char FIRST_CHARACTER = ' ';
  private static final char LAST_CHARACTER = '~';

  /** Columns of the catalog hold object ids as signed numbers. */
  private static final long OBJECT_ID_MAX = Integer.MAX_VALUE;

  /** Not allowed in a name. Source: the public page about object names. */
  private static final String FORBIDDEN = "!.[]";

  private final PageCache cache;
  private final PagedFile file;
  private final DatabaseSpace space;
  private final CatalogTrees trees;
  private final RecordPlace place;
  private final ReentrantLock lock = new ReentrantLock();
  private final Change change;

  /** Every table that was opened, once; under the lock. */
  private final Map<Long, Table> open = new HashMap<>();

  /** Written under the lock; read without one by whoever writes the header. */
  private volatile long lastObjectId;

  Catalog(PageCache cache, PagedFile file, DatabaseSpace space, long lastObjectId) {
    this.cache = cache;
    this.file = file;
    this.space = space;
    this.trees = new CatalogTrees(cache, file, space);
    this.place = RecordPlace.of(file.path(), new PageNumber(SystemCatalog.CATALOG_ROOT));
    this.change = new Change(cache, file);
    this.lastObjectId = lastObjectId;
  }

  /**
   * {@return the definitions of all tables in the order of their object ids, those of the system too}
   */
  public List<TableDefinition> tables() {
    lock.lock();
    try {
      List<TableDefinition> found = new ArrayList<>();
      List<CatalogRow> rows = new ArrayList<>();
      TreeCursor cursor = trees.catalog();
      CatalogReader reader = new CatalogReader(file.pageSize(), place);
      while (cursor.next()) {
        CatalogRow row = reader.read(cursor.data(), 0, cursor.data().limit());
        if (!rows.isEmpty() && rows.get(0).tableId() != row.tableId()) {
          found.add(define(rows));
          rows.clear();
        }
        rows.add(row);
      }
      if (!rows.isEmpty()) {
        found.add(define(rows));
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** {@return the names of the tables of users, in ascending order} */
  public List<String> userTables() {
    return tables().stream()
        .filter(table -> (table.table().flags() & TableFlags.SYSTEM) == 0)
        .map(TableDefinition::name)
        .sorted()
        .toList();
  }

  /**
   * Looks a table up.
   *
   * @param name its name; case does not matter
   * @return its definition, if it is there
   */
  public Optional<TableDefinition> find(String name) {
    lock.lock();
    try {
      TreeCursor names = trees.rootObjects();
      if (!names.find(CatalogTrees.wrap(CatalogKeys.rootObjects(name)))) {
        return Optional.empty();
      }
      TreeCursor cursor = trees.catalog();
      if (!cursor.find(names.data())) {
        throw place.failure(JetErr.CATALOG_CORRUPTED, "row of table", name, "one in the catalog");
      }
      CatalogReader reader = new CatalogReader(file.pageSize(), place);
      return Optional.of(
          define(rowsOf(reader.read(cursor.data(), 0, cursor.data().limit()).tableId())));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens a table of keys and values.
   *
   * @param name its name; case does not matter
   * @return the table, the same object for everybody who asks
   * @throws JetException {@link JetErr#OBJECT_NOT_FOUND}; {@link JetErr#FEATURE_NOT_AVAILABLE} if
   *     it has other columns than a key and a value
   */
  public Table open(String name) {
    lock.lock();
    try {
      TableDefinition definition = find(name).orElseThrow(() -> notFound(name));
      return open.computeIfAbsent(
          definition.id(), id -> new Table(this, cache, file, space, definition));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens a table of keys and values by its object id, for recovery.
   *
   * @param objectId the id
   * @return the table, the same object for everybody who asks; empty if there is none
   */
  public Optional<Table> open(long objectId) {
    lock.lock();
    try {
      Table there = open.get(objectId);
      if (there != null) {
        return Optional.of(there);
      }
      if (objectId < SystemCatalog.FIRST_USER_ID || objectId > OBJECT_ID_MAX) {
        return Optional.empty();
      }
      List<CatalogRow> rows = rowsOf(objectId);
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      Table table = new Table(this, cache, file, space, define(rows));
      open.put(objectId, table);
      return Optional.of(table);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a table of keys and values.
   *
   * @param name its name: 1 to 64 characters of ASCII from the space on, none of {@code ! . [ ]},
   *     the first no space
   * @return the table, open
   * @throws JetException {@link JetErr#TABLE_DUPLICATE}, {@link JetErr#INVALID_NAME}
   */
  public Table create(String name) {
    requireName(name);
    lock.lock();
    try {
      if (find(name).isPresent()) {
        throw JetException.of(
            JetErr.TABLE_DUPLICATE, Subject.path(file.path()), Subject.value("table", name));
      }
      long id = nextObjectId();
      within(open -> {
        long root = space.create(open, space.root(), id, 0);
        KeyValueTable.rows(id, root, 1, name).forEach(row -> trees.add(open, row));
        trees.add(open, new ObjectIdRow(id, id, ObjectIdRow.TABLE));
      });
      lastObjectId = id;
      return open(name);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a table and everything in it. Whoever has it open is told that it is gone.
   *
   * @param name its name; case does not matter
   * @throws JetException {@link JetErr#OBJECT_NOT_FOUND}; {@link JetErr#FIXED_DDL} for a table of
   *     the system; {@link JetErr#FEATURE_NOT_AVAILABLE} if it has other columns than a key and a
   *     value
   */
  public void drop(String name) {
    lock.lock();
    try {
      TableDefinition definition = find(name).orElseThrow(() -> notFound(name));
      if ((definition.table().flags() & TableFlags.SYSTEM) != 0) {
        throw JetException.of(JetErr.FIXED_DDL, Subject.value("table", name));
      }
      Table table = open(name);
      List<CatalogRow> rows = rowsOf(definition.id());
      within(Optional.of(table), open -> {
        rows.forEach(row -> trees.remove(open, row));
        trees.remove(open, new ObjectIdRow(definition.id(), definition.id(), ObjectIdRow.TABLE));
        definition
            .longValues()
            .ifPresent(tree -> trees.remove(
                open, new ObjectIdRow(tree.id(), definition.id(), ObjectIdRow.LONG_VALUES)));
        space.dissolve(open, table.space());
        table.retire();
      });
      open.remove(definition.id());
    } finally {
      lock.unlock();
    }
  }

  /** Makes the tree of long values of a table that is not gone, unless somebody was faster. */
  void createLongValues(Table table) {
    lock.lock();
    try {
      if (open.get(table.id()) != table) {
        throw notFound(table.name());
      }
      if (table.longValues() != null) {
        return;
      }
      long id = nextObjectId();
      List<CatalogRow.LongValueTree> made = new ArrayList<>();
      within(open -> {
        long root = space.create(open, table.space(), id, PageFlags.LONG_VALUE);
        CatalogRow.LongValueTree row = CatalogRow.LongValueTree.of(table.id(), id, root);
        trees.add(open, row);
        trees.add(open, new ObjectIdRow(id, table.id(), ObjectIdRow.LONG_VALUES));
        made.add(row);
      });
      lastObjectId = id;
      table.openNewLongValues(made.get(0)); // under the lock: nobody can drop it in between
    } finally {
      lock.unlock();
    }
  }

  /** Writes what every new database says of itself. */
  void writeSystemRows() {
    lock.lock();
    try {
      within(trees::writeSystemRows);
      lastObjectId = SystemCatalog.FIRST_USER_ID - 1;
    } finally {
      lock.unlock();
    }
  }

  long lastObjectId() {
    return lastObjectId;
  }

  /** The header may be older than the last table, so the higher number counts. */
  void readLastObjectId() {
    lock.lock();
    try {
      TreeCursor cursor = trees.objectIds();
      if (cursor.last()) {
        ByteBuffer row = cursor.data();
        long id =
            ObjectIdRow.decode(row, 0, row.limit(), file.pageSize(), place).objectId();
        lastObjectId = Math.max(lastObjectId, id);
      }
    } finally {
      lock.unlock();
    }
  }

  private long nextObjectId() {
    if (lastObjectId >= OBJECT_ID_MAX) {
      throw JetException.of(
          JetErr.OUT_OF_OBJECT_IDS,
          Subject.path(file.path()),
          Subject.value("last object id", lastObjectId, "below " + OBJECT_ID_MAX));
    }
    return lastObjectId + 1;
  }

  private void within(Consumer<Change> action) {
    within(Optional.empty(), action);
  }

  /** First every structure, then the space: a writer that splits takes them in this order too. */
  private void within(Optional<Table> alsoHeld, Consumer<Change> action) {
    change.within(open -> {
      trees.hold(open);
      alsoHeld.ifPresent(table -> table.hold(open));
      space.root().prepare(open);
      action.accept(open);
    });
  }

  private List<CatalogRow> rowsOf(long tableId) {
    List<CatalogRow> rows = new ArrayList<>();
    CatalogReader reader = new CatalogReader(file.pageSize(), place);
    TreeCursor cursor = trees.catalog();
    boolean there = cursor.seek(CatalogTrees.wrap(CatalogKeys.table(tableId)));
    while (there) {
      CatalogRow row = reader.read(cursor.data(), 0, cursor.data().limit());
      if (row.tableId() != tableId) {
        break;
      }
      rows.add(row);
      there = cursor.next();
    }
    return rows;
  }

  private TableDefinition define(List<CatalogRow> rows) {
    CatalogRow.Table table = null;
    List<Column> columns = new ArrayList<>();
    List<CatalogRow.Index> indexes = new ArrayList<>();
    Optional<CatalogRow.LongValueTree> longValues = Optional.empty();
    List<CatalogRow.Other> others = new ArrayList<>();
    for (CatalogRow row : rows) {
      if (row instanceof CatalogRow.Table found) {
        table = found;
      } else if (row instanceof CatalogRow.TableColumn found) {
        columns.add(found.column());
      } else if (row instanceof CatalogRow.Index found) {
        indexes.add(found);
      } else if (row instanceof CatalogRow.LongValueTree found) {
        longValues = Optional.of(found);
      } else if (row instanceof CatalogRow.Other found) {
        others.add(found);
      }
    }
    if (table == null) {
      throw place.failure(
          JetErr.CATALOG_CORRUPTED,
          "rows without a table",
          rows.size(),
          "a row of the table first");
    }
    return new TableDefinition(table, columns, indexes, longValues, others);
  }

  private JetException notFound(String name) {
    return JetException.of(
        JetErr.OBJECT_NOT_FOUND, Subject.path(file.path()), Subject.value("table", name));
  }

  private static void requireName(String name) {
    boolean allowed = !name.isEmpty() && name.length() <= NAME_LENGTH_MAX && name.charAt(0) != ' ';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      allowed &= c >= FIRST_CHARACTER && c <= LAST_CHARACTER && FORBIDDEN.indexOf(c) < 0;
    }
    if (!allowed) {
      throw JetException.of(
          JetErr.INVALID_NAME,
          Subject.value("table", name, "1 to 64 characters of ASCII, none of ! . [ ]"));
    }
  }
}
