package org.jetbackup.engine.backup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.soak.Stamps;

/**
 * A thread that commits, one transaction after the other: own rows are put and deleted, shared ones
 * replaced, and in every table the witness of the writer gets the stamp of the transaction. Values
 * are those of {@link Stamps}; one in fifty goes beyond a page.
 */
final class StampingWriter implements Runnable {

  private final int writer;
  private final JetSession session;
  private final List<JetTable> tables;
  private final CommitHistory history;
  private final BooleanSupplier goesOn;
  private final SplittableRandom random;
  private final Map<StampedRow, Long> own = new HashMap<>();

  private long sequence;
  private int change;
  private Map<StampedRow, Long> changes = new HashMap<>();
  private Map<StampedRow, Long> overwritten = new HashMap<>();

  StampingWriter(
      int writer,
      long seed,
      JetSession session,
      List<JetTable> tables,
      CommitHistory history,
      BooleanSupplier goesOn) {
    this.writer = writer;
    this.session = session;
    this.tables = tables;
    this.history = history;
    this.goesOn = goesOn;
    this.random = new SplittableRandom(seed + writer);
  }

  @Override
  public void run() {
    try {
      while (goesOn.getAsBoolean()) {
        transact();
      }
      session.close();
    } catch (RuntimeException | Error e) {
      history.fail(e);
    }
  }

  private void transact() {
    sequence++;
    change = Stamps.WITNESS;
    changes = new HashMap<>();
    overwritten = new HashMap<>();
    session.beginTransaction();
    try {
      makeChanges();
    } catch (JetException e) {
      rollBack(e);
      return;
    }
    CommitHistory.Commit commit = history.announce(writer, sequence, changes, overwritten);
    try {
      if (random.nextInt(5) == 0) {
        session.commitTransactionLazily(); // the roll of a backup makes it durable all the same
      } else {
        session.commitTransaction();
      }
    } catch (JetException e) {
      history.undo(commit);
      rollBack(e);
      return;
    }
    changes.forEach((row, stamp) -> own.put(row, stamp));
    history.acknowledge(commit);
  }

  private void rollBack(JetException failure) {
    if (failure.error() != JetErr.WRITE_CONFLICT) {
      throw failure;
    }
    session.rollbackTransaction();
  }

  private void makeChanges() {
    if (random.nextInt(5) == 0) {
      replaceShared(StampedRow.shared(random.nextInt(StampedRow.SHARED)));
    }
    int count = random.nextInt(40) == 0 ? StampedRow.OWN : 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int table = random.nextInt(StampedRow.TABLES);
      changeOwn(StampedRow.own(table, writer, random.nextInt(StampedRow.OWN)));
    }
    for (int table = 0; table < StampedRow.TABLES; table++) {
      put(StampedRow.witness(table, writer), Stamps.of(writer, sequence, Stamps.WITNESS));
    }
  }

  private void replaceShared(StampedRow row) {
    Optional<byte[]> before = tables.get(row.table()).get(row.key());
    overwritten.put(
        row, before.map(value -> Stamps.parse(value).orElseThrow()).orElse(Stamps.ABSENT));
    put(row, nextStamp());
  }

  private void changeOwn(StampedRow row) {
    long before = changes.getOrDefault(row, own.getOrDefault(row, Stamps.ABSENT));
    if (before != Stamps.ABSENT && random.nextInt(3) == 0) {
      tables.get(row.table()).delete(row.key());
      changes.put(row, Stamps.ABSENT);
    } else {
      put(row, nextStamp());
    }
  }

  private long nextStamp() {
    change++;
    return Stamps.of(writer, sequence, change);
  }

  private void put(StampedRow row, long stamp) {
    tables.get(row.table()).put(row.key(), Stamps.value(stamp));
    changes.put(row, stamp);
  }
}
