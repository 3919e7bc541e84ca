package org.jetbackup.engine.transaction;

import java.util.Optional;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.version.Snapshot;
import org.jetbackup.engine.version.VersionStore;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, with others nested in it up to a depth of {@value #DEPTH_MAX}.
 *
 * <pre>{@code
 *   OPEN ----commit----> ENDED          also if the log fails: nobody knows whether it is durable
 *    |  \                  ^
 *    |   commit fails      |
 *    |     v               |
 *    |   FAILED ---+       |            as if nothing was written; no call but rollback
 *    |             v       |
 *    +--------> rollback --+
 * }</pre>
 *
 * <p>A transaction that has to give up its snapshot, because the version store is full, gets {@link
 * JetErr#VERSION_STORE_OUT_OF_MEMORY} from every read and every change after that. It may still
 * commit: what it has read was right, and nobody has changed what it writes.
 *
 * <p>For one thread at a time.
 */
public final class Transaction {

  /** How deep transactions nest. */
  public static final int DEPTH_MAX = 7;

  private enum State {
    OPEN,
    FAILED,
    ENDED
  }

  private final Transactions owner;
  private final VersionStore store;
  private final Snapshot snapshot;
  private final WriteSet writes = new WriteSet();
  private State state = State.OPEN;

  Transaction(Transactions owner, VersionStore store) {
    this.owner = owner;
    this.store = store;
    this.snapshot = store.begin();
  }

  /** {@return whether there is anything to commit} */
  public boolean hasWrites() {
    return !writes.isEmpty();
  }

  /** {@return how deep transactions are nested, 1 without a nested one, 0 after the end} */
  public int depth() {
    return state == State.ENDED ? 0 : writes.level();
  }

  /**
   * Reads the value of a key.
   *
   * @param table the table
   * @param key the key
   * @return the value, if there is one; a copy
   */
  public Optional<byte[]> get(Table table, byte[] key) {
    requireReadable(key);
    TableState at = owner.state(table);
    Write own = writes.of(at).writes().get(key);
    if (own != null) {
      return Optional.ofNullable(own.value()).map(byte[]::clone);
    }
    PointReader reader = at.borrow();
    try {
      byte[] value = reader.value(key, snapshot.time());
      snapshot.requireThere();
      return Optional.ofNullable(value);
    } catch (JetException e) {
      snapshot.requireThere();
      throw PointReader.explained(e, at);
    } finally {
      at.giveBack(reader);
    }
  }

  /**
   * Adds a key that is not there.
   *
   * @param table the table
   * @param key the key; copied
   * @param value its value; copied
   * @throws JetException {@link JetErr#WRITE_CONFLICT}, {@link JetErr#KEY_DUPLICATE}, {@link
   *     JetErr#VERSION_STORE_OUT_OF_MEMORY} if the write has no room; none of them ends the
   *     transaction
   */
  public void insert(Table table, byte[] key, byte[] value) {
    write(table, key, value, JetErr.KEY_DUPLICATE);
  }

  /**
   * Sets the value of a key, whether it was there or not.
   *
   * @param table the table
   * @param key the key; copied
   * @param value its value from now on; copied
   * @throws JetException as {@link #insert}
   */
  public void put(Table table, byte[] key, byte[] value) {
    write(table, key, value, null);
  }

  /**
   * Removes a key.
   *
   * @param table the table
   * @param key the key; copied
   * @throws JetException {@link JetErr#RECORD_NOT_FOUND}, or as {@link #insert}
   */
  public void delete(Table table, byte[] key) {
    write(table, key, null, JetErr.RECORD_NOT_FOUND);
  }

  /**
   * Opens a cursor that sees what the transaction sees, its own later changes too. It ends with the
   * transaction: from then on its calls answer {@link JetErr#NOT_IN_TRANSACTION}.
   *
   * @param table the table
   * @param range the keys that it can reach
   * @return the cursor
   */
  public TransactionCursor cursor(Table table, KeyRange range) {
    requireOpen();
    TableState at = owner.state(table);
    return new TransactionCursor(at, range, snapshot, writes.of(at), this, closed -> {});
  }

  /**
   * Begins a nested transaction.
   *
   * @throws JetException {@link JetErr#TRANS_TOO_DEEP}
   */
  public void beginNested() {
    requireOpen();
    if (depth() >= DEPTH_MAX) {
      throw JetException.of(
          JetErr.TRANS_TOO_DEEP, Subject.value("depth", depth(), "up to " + DEPTH_MAX));
    }
    writes.begin();
  }

  /**
   * Commits the innermost transaction. If it is the only one, its writes are applied as a whole,
   * and durable when the call returns, unless it is lazy.
   *
   * @param lazily whether not to wait for the log
   * @throws JetException if it could not be applied: nothing has changed, and the transaction can
   *     only be rolled back. If the log fails: nobody knows whether it is durable; it has ended
   */
  public void commit(boolean lazily) {
    requireOpen();
    if (depth() > 1) {
      long before = writes.cost();
      writes.merge();
      store.giveBack(before - writes.cost());
      return;
    }
    state = State.FAILED;
    if (!writes.isEmpty()) {
      owner.commit(writes, lazily, this::ended);
    } else {
      ended();
    }
    owner.counters().committed();
  }

  /**
   * Takes back what the innermost transaction has written. If it is the only one, or its commit has
   * failed, the whole transaction ends.
   */
  public void rollback() {
    if (state == State.ENDED) {
      throw JetException.of(JetErr.NOT_IN_TRANSACTION);
    }
    if (state == State.OPEN && depth() > 1) {
      long before = writes.cost();
      writes.restore((at, key) -> at.versions().release(key, this));
      store.giveBack(before - writes.cost());
      return;
    }
    ended();
    owner.counters().rolledBack();
  }

  /** The intents and the snapshot go, once; after a commit its changes have their time already. */
  private void ended() {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    for (WriteSet.OfTable table : writes.tables()) {
      table.writes().keySet().forEach(key -> table.state().versions().release(key, this));
    }
    store.giveBack(writes.cost());
    store.end(snapshot);
    owner.hasEnded();
  }

  private void write(Table table, byte[] key, byte @Nullable [] value, @Nullable JetErr refusal) {
    requireReadable(key);
    TableState at = owner.state(table);
    WriteSet.OfTable own = writes.of(at);
    byte[] kept = key.clone();
    boolean fresh = false;
    boolean done = false;
    long bytes = value == null ? 0 : value.length;
    long cost = VersionStore.OVERHEAD_BYTES + key.length + bytes;
    try {
      Write before = own.writes().get(kept);
      if (before == null) {
        fresh = claim(at, kept);
      }
      requireAllowed(at, kept, before, refusal);
      if (!store.reserve(cost, snapshot)) {
        throw JetException.of(
            JetErr.VERSION_STORE_OUT_OF_MEMORY,
            Subject.value("bytes of writes", writes.cost() + cost));
      }
      long charged = writes.cost() + cost;
      writes.put(own, kept, new Write(value == null ? null : value.clone(), cost, depth()));
      store.giveBack(charged - writes.cost());
      done = true;
    } finally {
      if (fresh && !done) {
        at.versions().release(kept, this);
      }
    }
  }

  private boolean claim(TableState at, byte[] key) {
    try {
      return at.versions().claim(key, this, snapshot.time());
    } catch (JetException e) {
      owner.counters().writeConflict();
      throw e;
    }
  }

  /** A snapshot that was given up may have lost the version that stands against the change. */
  private void requireAllowed(
      TableState at, byte[] key, @Nullable Write before, @Nullable JetErr refusal) {
    snapshot.requireThere();
    if (refusal == null) {
      return;
    }
    boolean there;
    if (before == null) {
      PointReader reader = at.borrow();
      try {
        there = reader.isThere(key, snapshot.time());
      } finally {
        at.giveBack(reader);
      }
      snapshot.requireThere();
    } else {
      there = before.value() != null;
    }
    if (there == (refusal == JetErr.KEY_DUPLICATE)) {
      throw JetException.of(refusal, Subject.value("table", at.table().name()));
    }
  }

  /** {@return whether cursors of the transaction may still be used} */
  boolean isOpen() {
    return state == State.OPEN;
  }

  /** {@return a number that rises with every change of what the transaction sees} */
  long changes() {
    return writes.changes();
  }

  private void requireReadable(byte[] key) {
    requireOpen();
    Table.requireKey(key);
    snapshot.requireThere();
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw JetException.of(
          JetErr.NOT_IN_TRANSACTION, Subject.value("transaction", state, State.OPEN.toString()));
    }
  }
}
