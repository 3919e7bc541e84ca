package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.format.UnsignedBytes;
import org.jetbackup.engine.record.CatalogRow;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through the records of a table, in a file that nobody has to trust: keys have to rise,
 * so that no record is met twice and the way ends. What failed once fails for ever. For one thread.
 */
final class RisingCursor {

  private final Database database;
  private final String name;
  private final TreeCursor cursor;
  private final ByteBuffer lastKey;
  private long rows;
  private boolean ended;
  private @Nullable JetException failure;

  RisingCursor(Database database, CatalogRow.Table table) {
    this.database = database;
    this.name = table.name();
    this.cursor = treeOf(database, table.rootPage(), table.tableId()).cursor();
    this.lastKey = database.pages().pageSize().newBuffer();
  }

  static Tree treeOf(Database database, long root, long objectId) {
    return Tree.forReading(database.cache(), database.pages(), root, objectId);
  }

  /** Moves on; false at the end, and from then on. */
  boolean next() {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return false;
    }
    try {
      ended = !cursor.next(); // a cursor that reached the end would begin anew
      if (!ended) {
        requireRising();
        rows++;
      }
      return !ended;
    } catch (JetException e) {
      failure = e;
      throw e;
    }
  }

  /** {@return the record, from 0 to the limit} */
  ByteBuffer data() {
    return cursor.data();
  }

  /** {@return how many records were met} */
  long rows() {
    return rows;
  }

  /** {@return where the cursor stands, for messages} */
  Subject place() {
    return Subject.value("table", name, "row " + rows + " of " + database.path());
  }

  private void requireRising() {
    ByteBuffer key = cursor.key();
    boolean rises = rows == 0 || UnsignedBytes.compare(key, lastKey) > 0;
    if (!rises) {
      throw JetException.of(
          JetErr.NODE_CORRUPTED,
          Subject.path(database.path()),
          Subject.value("order of the keys in table " + name, "wrong after row " + rows, "rising"));
    }
    lastKey.clear().put(0, key, 0, key.limit()).limit(key.limit());
  }
}
