package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.event.CommitEvent;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.version.Snapshot;
import org.jetbackup.engine.version.VersionStore;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of an instance, and calls outside of them, each of which is a transaction of its
 * own. Thread-safe.
 *
 * <p>A commit takes the turn, applies its writes as one {@link Block}, gives the turn back, waits for
 * the log and then lets others see it. Readers take no turn.
 */
public final class Transactions {

  private final Journal journal;
  private final VersionStore store;
  private final ToIntFunction<Table> databaseIds;
  private final Consumer<Throwable> breakDown;
  private final Map<Table, TableState> tables = new ConcurrentHashMap<>();
  private final Removals removals = new Removals();
  private final AtomicInteger open = new AtomicInteger();
  private final RemovalRunner runner;
  private final Counters counters;

  /** Under the turn. */
  private final Block block;

  /**
   * Makes the transactions of an instance.
   *
   * @param journal the turn and the log
   * @param versions a store of its own
   * @param databaseIds the id under which the log knows the database of a table
   * @param counters count what happens
   * @param breakDown told when a commit has failed half way and could not be taken back: the trees
   *     are not to be used any more
   */
  public Transactions(
      Journal journal,
      VersionStore versions,
      ToIntFunction<Table> databaseIds,
      Counters counters,
      Consumer<Throwable> breakDown) {
    this.counters = counters;
    this.journal = journal;
    this.store = versions;
    this.databaseIds = databaseIds;
    this.breakDown = breakDown;
    this.block = new Block(journal, versions, removals);
    this.runner = new RemovalRunner(journal, versions, removals, counters);
  }

  /** {@return a new transaction, which sees what is published} */
  public Transaction begin() {
    open.incrementAndGet();
    return new Transaction(this, store);
  }

  /**
   * Reads the value of a key as it is published.
   *
   * @param table the table
   * @param key the key
   * @return the value, if there is one
   */
  public Optional<byte[]> get(Table table, byte[] key) {
    Table.requireKey(key);
    TableState at = state(table);
    PointReader reader = at.borrow();
    try {
      return Optional.ofNullable(reader.value(key, store.published()));
    } catch (JetException e) {
      if (e.error() != JetErr.RECORD_DELETED) {
        throw e;
      }
      return getHeld(at, reader, key); // a separated value went while it was read
    } finally {
      at.giveBack(reader);
    }
  }

  private Optional<byte[]> getHeld(TableState at, PointReader reader, byte[] key) {
    Snapshot snapshot = store.begin();
    try {
      return Optional.ofNullable(reader.value(key, snapshot.time()));
    } catch (JetException e) {
      snapshot.requireThere();
      throw PointReader.explained(e, at);
    } finally {
      store.end(snapshot);
    }
  }

  /**
   * Adds a key that is not there, as a transaction of its own.
   *
   * @param table the table
   * @param key the key
   * @param value its value
   * @throws JetException {@link JetErr#KEY_DUPLICATE}; {@link JetErr#WRITE_CONFLICT} if an open
   *     transaction has changed the key
   */
  public void insert(Table table, byte[] key, byte[] value) {
    write(table, key, value, JetErr.KEY_DUPLICATE);
  }

  /**
   * Sets the value of a key, as a transaction of its own.
   *
   * @param table the table
   * @param key the key
   * @param value its value from now on
   * @throws JetException as {@link #insert}
   */
  public void put(Table table, byte[] key, byte[] value) {
    write(table, key, value, null);
  }

  /**
   * Removes a key, as a transaction of its own.
   *
   * @param table the table
   * @param key the key
   * @throws JetException {@link JetErr#RECORD_NOT_FOUND}, or as {@link #insert}
   */
  public void delete(Table table, byte[] key) {
    write(table, key, null, JetErr.RECORD_NOT_FOUND);
  }

  /**
   * Opens a cursor outside a transaction. It sees what is published now until it is closed.
   *
   * @param table the table
   * @param range the keys that it can reach
   * @return the cursor, to be closed
   */
  public TransactionCursor cursor(Table table, KeyRange range) {
    TableState at = state(table);
    Snapshot snapshot = store.begin();
    boolean done = false;
    try {
      TransactionCursor cursor = new TransactionCursor(at, range, snapshot, null, null, store::end);
      done = true;
      return cursor;
    } finally {
      if (!done) {
        store.end(snapshot);
      }
    }
  }

  /**
   * Forgets a table that was dropped, and all that was still to be removed in it. Nobody has
   * {@linkplain #isTouched touched} it; the turn is held.
   *
   * @param table the table
   */
  public void forget(Table table) {
    tables.remove(table);
    store.forget(table);
    removals.forget(table);
  }

  /**
   * Forgets tables whose database is gone. Nobody has touched them; the turn is held.
   *
   * @param chosen which tables
   */
  public void forgetAll(Predicate<Table> chosen) {
    tables.keySet().stream().filter(chosen).toList().forEach(this::forget);
  }

  /**
   * {@return whether a transaction that is open has changed a table}
   *
   * @param table the table
   */
  public boolean isTouched(Table table) {
    return store.of(table).hasIntents();
  }

  /**
   * {@return the address in the log of the oldest removal that is still to be done; 0 if there is
   * none. For a checkpoint to be asked under the same turn under which the end of the log, or the
   * begin of the open block, is noted}
   */
  public long oldestNeeded() {
    return removals.oldestAddress();
  }

  /** {@return how many separated values are still to be removed} */
  public int pendingRemovals() {
    return removals.size();
  }

  /**
   * Removes separated values that nobody needs any more. The turn is not held, or no block is open.
   *
   * @throws JetException if that fails; it can be tried again
   */
  public void purge() {
    runner.runDue();
  }

  /**
   * Removes all separated values of some tables that are to be removed. Nobody reads these tables.
   *
   * @param chosen which tables, for example those of a database that is detached
   * @throws JetException if that fails; it can be tried again
   */
  public void purge(Predicate<Table> chosen) {
    runner.run(removals.of(chosen));
  }

  /**
   * Takes over a removal that was pending when the log broke off; called in the order of the log,
   * before the first transaction. {@link #purge()} does it.
   *
   * @param table the table
   * @param longValueId the value
   * @param address the address of the REMOVAL record, or one before it
   */
  public void recoverRemoval(Table table, long longValueId, long address) {
    Removal removal = new Removal(state(table), longValueId, address);
    removal.commit(0);
    removals.add(removal);
  }

  /** {@return how many transactions were begun and have not ended} */
  public int open() {
    return open.get();
  }

  void hasEnded() {
    open.decrementAndGet();
  }

  /** {@return what has happened so far} */
  public Counters counters() {
    return counters;
  }

  /** {@return the store of versions} */
  public VersionStore versions() {
    return store;
  }

  TableState state(Table table) {
    TableState there = tables.get(table);
    return there != null
        ? there
        : tables.computeIfAbsent(
            table,
            wanted -> new TableState(wanted, store.of(wanted), databaseIds.applyAsInt(wanted)));
  }

  /** Commits the writes of a transaction, whose intents {@code ended} frees. */
  void commit(WriteSet writes, boolean lazily, Runnable ended) {
    CommitEvent event = CommitEvent.started();
    long begin = journal.log().end();
    boolean single = isSingle(writes);
    if (!single) {
      touch(writes);
    }
    long time;
    long address;
    journal.enter();
    try {
      journal.log().requireAlive();
      journal.requireNoBlock();
      time = apply(single, () -> {
        for (WriteSet.OfTable table : writes.tables()) {
          table.writes().forEach((key, write) -> block.write(table.state(), key, write.value()));
        }
      });
      address = journal.log().end();
      ended.run();
    } finally {
      journal.leave();
    }
    finish(time, address, lazily);
    event.ended(address - begin, writes.count(), lazily);
  }

  private boolean isSingle(WriteSet writes) {
    if (writes.count() > 1) {
      return false;
    }
    for (WriteSet.OfTable table : writes.tables()) {
      for (Map.Entry<byte[], Write> write : table.writes().entrySet()) {
        byte[] value = write.getValue().value();
        return value == null || table.state().table().isInline(write.getKey(), value);
      }
    }
    return true;
  }

  /** Reads the leaves that will change, so that nobody waits for the disk under the turn. */
  private static void touch(WriteSet writes) {
    for (WriteSet.OfTable table : writes.tables()) {
      if (!table.writes().isEmpty()) {
        PointReader reader = table.state().borrow();
        try {
          table.writes().keySet().forEach(reader::touch);
        } finally {
          table.state().giveBack(reader);
        }
      }
    }
  }

  private void write(Table table, byte[] key, byte @Nullable [] value, @Nullable JetErr refusal) {
    Table.requireKey(key);
    TableState at = state(table);
    byte[] kept = key.clone(); // the versions keep it
    long time;
    long address;
    journal.enter();
    try {
      journal.log().requireAlive();
      journal.requireNoBlock();
      claim(at, kept);
      try {
        requireAllowed(at, kept, refusal);
        time =
            apply(value == null || table.isInline(kept, value), () -> block.write(at, kept, value));
      } finally {
        at.versions().release(kept, this);
      }
      address = journal.log().end();
    } finally {
      journal.leave();
    }
    counters.committed();
    finish(time, address, false);
  }

  /** One at a time has the turn, so this object can stand for all calls outside transactions. */
  private void claim(TableState at, byte[] key) {
    try {
      at.versions().claim(key, this, Long.MAX_VALUE);
    } catch (JetException e) {
      counters.writeConflict();
      throw e;
    }
  }

  private static void requireAllowed(TableState at, byte[] key, @Nullable JetErr refusal) {
    if (refusal == null) {
      return;
    }
    ByteBuffer there = at.writer().find(key);
    if ((there != null) == (refusal == JetErr.KEY_DUPLICATE)) {
      throw JetException.of(refusal, Subject.value("table", at.table().name()));
    }
  }

  private long apply(boolean single, Runnable writes) {
    boolean done = false;
    block.begin(single);
    try {
      writes.run();
      long time = block.commit();
      done = true;
      return time;
    } finally {
      if (!done) {
        undo();
      }
    }
  }

  /** The caller hears of what went wrong first. */
  private void undo() {
    try {
      block.undo();
    } catch (RuntimeException | Error e) {
      breakDown.accept(e);
    }
  }

  private void finish(long time, long address, boolean lazily) {
    if (!lazily) {
      journal.log().force(address);
    }
    store.publish(time);
    runner.tryDue();
  }
}
