package org.jetbackup.engine.recovery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.transaction.RemovalRecord;
import org.jetbackup.engine.transaction.Transactions;
import org.jetbackup.engine.transaction.Undo;
import org.jetbackup.engine.transaction.UndoRecord;
import org.jetbackup.engine.version.VersionStore;
import org.jspecify.annotations.Nullable;

/**
 * What is done once after redo: an unfinished block is taken back and ended, values that no record
 * names go, all pages are flushed, and the log says that this is so. For one thread.
 */
public final class Completion {

  /** Nobody reads old versions here. */
  private static final long VERSION_BYTES = 1 << 20;

  private final Journal journal;
  private final IntFunction<@Nullable Catalog> catalogs;
  private final IntPredicate leftOut;
  private final Counters counters;

  /**
   * Prepares.
   *
   * @param journal takes what is changed
   * @param catalogs finds the tables of a database by its number; null if none of its changes count
   * @param leftOut tells of which databases nothing is taken back, because they are not here
   * @param counters those of the instance
   */
  public Completion(
      Journal journal,
      IntFunction<@Nullable Catalog> catalogs,
      IntPredicate leftOut,
      Counters counters) {
    this.journal = journal;
    this.catalogs = catalogs;
    this.leftOut = leftOut;
    this.counters = counters;
  }

  /**
   * Does it. When it returns, the databases can be called clean.
   *
   * @param analysis of all of the log up to the place where the journal goes on
   * @param flush writes back all pages, durably; whatever else it does comes before the log says
   *     that the databases are recovered
   */
  public void run(Analysis analysis, Runnable flush) {
    journal.enter();
    try {
      if (analysis.hasOpenBlock()) {
        journal.beginBlock();
        takeBack(analysis.undo());
        analysis
            .removalsTakenBack()
            .forEach((removal, kind) -> journal.append(kind, removal.encode()));
        journal.endWithNext();
        journal.append(RecordKind.END, ByteBuffer.allocate(0));
      }
      remove(analysis.removals());
      flush.run();
      journal.append(RecordKind.RECOVERED, ByteBuffer.allocate(0));
    } finally {
      journal.leave();
    }
    journal.log().force(journal.log().end());
  }

  private void takeBack(List<ByteBuffer> undo) {
    List<ByteBuffer> newestFirst = new ArrayList<>(undo);
    newestFirst.removeIf(step -> leftOut.test(UndoRecord.decode(step).databaseId()));
    Collections.reverse(newestFirst);
    Undo.apply(newestFirst, catalogs);
  }

  private void remove(Map<RemovalRecord, Long> removals) {
    Transactions transactions = new Transactions(
        journal, new VersionStore(VERSION_BYTES), Table::databaseId, counters, failure -> {});
    removals.forEach((removal, address) -> {
      Catalog catalog = catalogs.apply(removal.databaseId());
      Optional<Table> table = catalog == null ? Optional.empty() : catalog.open(removal.tableId());
      table.ifPresent(there -> transactions.recoverRemoval(there, removal.longValueId(), address));
    });
    transactions.purge();
  }
}
