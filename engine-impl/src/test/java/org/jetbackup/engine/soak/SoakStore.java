package org.jetbackup.engine.soak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/** The instance of the working process, and its one database. */
final class SoakStore {

  /** The name of the database file. */
  static final String DATABASE = "soak.edb";

  private static final int SESSIONS_BESIDE_WRITERS = 4;

  private final Path file;
  private final JetInstance instance;

  SoakStore(Path directory, SoakOptions options) {
    file = directory.resolve(DATABASE);
    instance = engine(options.engine())
        .createInstance("soak", parameters(directory, options), Environment.standard());
  }

  private static JetEngine engine(String name) {
    try {
      return Class.forName(name).asSubclass(JetEngine.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no engine " + name, e);
    }
  }

  private static Parameters parameters(Path directory, SoakOptions options) {
    return Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, directory)
        .set(SystemParameter.MAX_SESSIONS, options.writers() + SESSIONS_BESIDE_WRITERS)
        .set(SystemParameter.DATABASE_PAGE_SIZE, options.pageBytes())
        .set(SystemParameter.DATABASE_INITIAL_SIZE, 64)
        .set(SystemParameter.DATABASE_EXTENSION_SIZE, 32)
        .set(SystemParameter.LOG_FILE_SIZE, options.logKib())
        .set(SystemParameter.CACHE_SIZE_BYTES, options.cacheBytes())
        .set(SystemParameter.CHECKPOINT_DEPTH_MAX, options.checkpointBytes())
        .set(SystemParameter.CIRCULAR_LOG, options.circular())
        .build();
  }

  JetInstance instance() {
    return instance;
  }

  JetSession session() {
    return instance.beginSession();
  }

  JetDatabase open(JetSession session) {
    return session.openDatabase(file);
  }

  void terminate() {
    instance.terminate(TermGrbit.COMPLETE);
  }

  /** Everything that the database holds; nothing if it was not made yet. */
  NavigableMap<Cell, Long> attachAndRead() {
    NavigableMap<Cell, Long> rows = new TreeMap<>();
    try (JetSession session = session()) {
      if (attach(session)) {
        try (JetDatabase database = open(session)) {
          for (int table = 0; table < Cell.TABLES.length; table++) {
            if (database.tables().contains(Cell.TABLES[table])) {
              read(database, table, KeyRange.all(), rows);
            }
          }
        }
      }
    }
    return rows;
  }

  private boolean attach(JetSession session) {
    try {
      session.attachDatabase(file);
      return true;
    } catch (JetException e) {
      if (e.error() == JetErr.FILE_NOT_FOUND || e.error() == JetErr.DATABASE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Makes what is missing: a kill may have come in the middle of making it. */
  void create() {
    try (JetSession session = session();
        JetDatabase database = attach(session) ? open(session) : session.createDatabase(file)) {
      for (String name : Cell.TABLES) {
        if (!database.tables().contains(name)) {
          database.createTable(name).close();
        }
      }
    }
  }

  /** Adds the records of a range, read forwards; reads it backwards too, and compares. */
  static void read(JetDatabase database, int table, KeyRange range, NavigableMap<Cell, Long> rows) {
    try (JetTable open = database.openTable(Cell.TABLES[table])) {
      read(open, table, range, rows);
    }
  }

  static void read(JetTable open, int table, KeyRange range, NavigableMap<Cell, Long> rows) {
    List<Cell> order = new ArrayList<>();
    try (JetCursor cursor = open.cursor(range)) {
      while (cursor.moveNext()) {
        Cell cell = cell(cursor, table);
        if (!order.isEmpty() && order.get(order.size() - 1).compareTo(cell) >= 0) {
          throw new AssertionError(cell + " comes after " + order.get(order.size() - 1));
        }
        order.add(cell);
        rows.put(cell, stamp(cursor.value(), cell));
      }
      for (int i = order.size() - 1; i >= 0; i--) {
        if (!cursor.movePrevious() || !order.get(i).equals(cell(cursor, table))) {
          throw new AssertionError("backwards, " + order.get(i) + " is missing");
        }
      }
      if (cursor.movePrevious()) {
        throw new AssertionError("backwards, " + cell(cursor, table) + " is too many");
      }
    }
  }

  private static Cell cell(JetCursor cursor, int table) {
    byte[] bytes = cursor.key();
    OptionalInt key = Keys.parse(bytes);
    if (key.isEmpty()) {
      throw new AssertionError("table " + Cell.TABLES[table] + " has a key that nobody wrote: "
          + HexFormat.of().formatHex(bytes));
    }
    return new Cell(table, key.getAsInt());
  }

  /** The stamp of a value that was read. */
  static long stamp(byte[] value, Cell cell) {
    OptionalLong stamp = Stamps.parse(value);
    if (stamp.isEmpty()) {
      String bytes = HexFormat.of().formatHex(value, 0, Math.min(value.length, 64));
      throw new AssertionError(
          cell + " has a value that nobody wrote, of " + value.length + " bytes: " + bytes);
    }
    return stamp.getAsLong();
  }
}
