package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.version.VersionStore;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.function.Executable;

/** A database in memory with transactions, and a table in it. */
final class Rig implements AutoCloseable {

  static final long ROOMY = 64L << 20;

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final MemoryLog log = new MemoryLog();
  private final Journal journal = new Journal(log);
  private final List<Throwable> breakDowns = new ArrayList<>();
  private final Database database;
  private final Table table;
  private final Transactions transactions;

  Rig(long limitBytes) {
    PageSize size = PageSize.KIB_4;
    this.database = Database.create(
        new PageCache(size, 256L * size.bytes(), LogForce.NONE),
        files.root().resolve("tx.edb"),
        new DatabaseOptions(size, DatabaseOptions.PAGES_MIN, 8),
        Environment.standard());
    this.table = database.catalog().create("t");
    this.transactions = new Transactions(
        journal, new VersionStore(limitBytes), any -> 1, new Counters(), breakDowns::add);
  }

  Database database() {
    return database;
  }

  Table table() {
    return table;
  }

  Transactions transactions() {
    return transactions;
  }

  Journal journal() {
    return journal;
  }

  MemoryLog log() {
    return log;
  }

  List<Throwable> breakDowns() {
    return breakDowns;
  }

  /** What the tree holds, whoever may see it. */
  NavigableMap<byte[], byte[]> tree() {
    NavigableMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
    TableCursor cursor = table.cursor();
    while (cursor.next()) {
      found.put(cursor.key(), cursor.value());
    }
    return found;
  }

  /** Nothing is left in memory when nobody does anything. */
  void assertIdle() {
    transactions.purge();
    assertEquals(0, transactions.versions().bytes(), "bytes in the store");
    assertEquals(0, transactions.versions().versions(), "versions");
    assertEquals(0, transactions.pendingRemovals(), "removals");
    assertEquals(true, transactions.versions().of(table).isEmpty(), "no key is left");
    assertEquals(List.of(), breakDowns);
  }

  static byte[] bytes(int number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (number * 31 + i * 7 + i / 256);
    }
    return bytes;
  }

  static byte[] key(int number) {
    return number % 5 == 0 ? bytes(number, 40) : new byte[] {(byte) (number * 20)};
  }

  static void assertFails(JetErr error, Executable call) {
    assertEquals(error, assertThrows(JetException.class, call).error());
  }

  @Override
  public void close() throws IOException {
    database.close();
    files.close();
  }
}
