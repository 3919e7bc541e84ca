package org.jetbackup.engine.soak;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/**
 * A thread that writes: one transaction after the other, each announced before it commits.
 *
 * <p>It knows what its own keys hold, and looks now and then. A shared key has the same value in
 * both tables, because nobody changes it in one only; a transaction that sees anything else has not
 * seen a snapshot.
 */
final class SoakWriter {

  private static final int TABLES = Cell.TABLES.length;
  private static final int LOOK_EVERY = 16;
  private static final int SCAN_EVERY = 256;
  private static final int LARGE_CHANGES = 120;

  private final int writer;
  private final int round;
  private final SoakOptions options;
  private final Wire wire;
  private final SplittableRandom random;
  private final NavigableMap<Cell, Long> own = new TreeMap<>();
  private final JetSession session;
  private final JetTable[] tables = new JetTable[TABLES];

  private long sequence;
  private int change;
  private Map<Cell, Long> changes = new LinkedHashMap<>();

  SoakWriter(int writer, int round, SoakOptions options, SoakStore store, Wire wire) {
    this.writer = writer;
    this.round = round;
    this.options = options;
    this.wire = wire;
    this.random = new SplittableRandom(options.seed() * 31 + round * 1_000L + writer);
    this.session = store.session();
    JetDatabase database = store.open(session);
    for (int table = 0; table < TABLES; table++) {
      tables[table] = database.openTable(Cell.TABLES[table]);
    }
  }

  /** Takes over what the writer's keys hold. */
  void start(NavigableMap<Cell, Long> rows) {
    rows.forEach((cell, stamp) -> {
      if (Keys.owner(cell.key()) == writer) {
        own.put(cell, stamp);
      }
    });
  }

  void run(BooleanSupplier goesOn) {
    for (int transaction = 1; goesOn.getAsBoolean(); transaction++) {
      transact(transaction);
      if (transaction % LOOK_EVERY == 0) {
        lookAtSharedKeys();
      }
      if (transaction % SCAN_EVERY == 0) {
        scanOwnKeys();
      }
    }
    session.close();
  }

  private void transact(int transaction) {
    sequence = Stamps.sequence(round, transaction);
    change = Stamps.WITNESS;
    changes = new LinkedHashMap<>();
    session.beginTransaction();
    try {
      makeChanges();
    } catch (JetException e) {
      requireConflict(e);
      session.rollbackTransaction();
      return;
    }
    if (random.nextInt(20) == 0) {
      session.rollbackTransaction();
      return;
    }
    put(Cell.witness(writer), Stamps.of(writer, sequence, Stamps.WITNESS));
    commit();
  }

  private void commit() {
    boolean lazy = random.nextInt(5) == 0;
    wire.send(new Message.Intent(writer, sequence, lazy, changes));
    try {
      if (lazy) {
        session.commitTransactionLazily();
      } else {
        session.commitTransaction();
      }
    } catch (JetException e) {
      requireConflict(e);
      session.rollbackTransaction();
      wire.send(new Message.Undone(writer, sequence));
      return;
    }
    wire.send(new Message.Done(writer, sequence));
    changes.forEach((cell, stamp) -> {
      if (Keys.owner(cell.key()) == writer) {
        set(own, cell, stamp);
      }
    });
  }

  private static void requireConflict(JetException e) {
    if (e.error() != JetErr.WRITE_CONFLICT) {
      throw e;
    }
  }

  private void makeChanges() {
    if (random.nextInt(6) == 0) {
      changeSharedKey();
    }
    int count = random.nextInt(100) == 0 ? LARGE_CHANGES : 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int key = Keys.of(writer, 1 + random.nextInt(options.keys()));
      changeOwnKey(new Cell(random.nextInt(TABLES), key));
    }
  }

  private void changeSharedKey() {
    int key = Keys.of(Keys.SHARED, 1 + random.nextInt(options.sharedKeys()));
    boolean there = sameInAllTables(key);
    long stamp =
        there && random.nextInt(4) == 0 ? Stamps.ABSENT : Stamps.of(writer, sequence, ++change);
    for (int table = 0; table < TABLES; table++) {
      Cell cell = new Cell(table, key);
      if (stamp == Stamps.ABSENT) {
        delete(cell);
      } else if (there) {
        put(cell, stamp);
      } else {
        insert(cell, stamp);
      }
    }
  }

  private void changeOwnKey(Cell cell) {
    long before = changes.getOrDefault(cell, own.getOrDefault(cell, Stamps.ABSENT));
    if (random.nextInt(4) == 0) {
      requireSame(cell, before, get(cell));
    }
    long stamp = Stamps.of(writer, sequence, ++change);
    if (before == Stamps.ABSENT && random.nextBoolean()) {
      insert(cell, stamp);
    } else if (before != Stamps.ABSENT && random.nextInt(3) == 0) {
      delete(cell);
    } else {
      put(cell, stamp);
    }
  }

  private void insert(Cell cell, long stamp) {
    tables[cell.table()].insert(Keys.bytes(cell.key()), Stamps.value(stamp));
    changes.put(cell, stamp);
  }

  private void put(Cell cell, long stamp) {
    tables[cell.table()].put(Keys.bytes(cell.key()), Stamps.value(stamp));
    changes.put(cell, stamp);
  }

  private void delete(Cell cell) {
    tables[cell.table()].delete(Keys.bytes(cell.key()));
    changes.put(cell, Stamps.ABSENT);
  }

  private long get(Cell cell) {
    Optional<byte[]> value = tables[cell.table()].get(Keys.bytes(cell.key()));
    return value.isEmpty() ? Stamps.ABSENT : SoakStore.stamp(value.get(), cell);
  }

  /** One table is read after the other, so that others commit in between; then both again. */
  private void lookAtSharedKeys() {
    session.beginTransaction();
    NavigableMap<Cell, Long> found = new TreeMap<>();
    for (int table = 0; table < TABLES; table++) {
      SoakStore.read(tables[table], table, rangeOf(Keys.SHARED), found);
    }
    for (int table = 0; table < TABLES; table++) {
      for (int number = 1; number <= options.sharedKeys(); number++) {
        Cell cell = new Cell(table, Keys.of(Keys.SHARED, number));
        Cell first = new Cell(0, cell.key());
        long stamp = found.getOrDefault(first, Stamps.ABSENT);
        requireSame(cell, stamp, found.getOrDefault(cell, Stamps.ABSENT));
        requireSame(cell, stamp, get(cell));
      }
    }
    session.commitTransaction();
  }

  /** Whether a shared key is there; in a transaction. */
  private boolean sameInAllTables(int key) {
    long first = get(new Cell(0, key));
    for (int table = 1; table < TABLES; table++) {
      Cell cell = new Cell(table, key);
      requireSame(cell, first, get(cell));
    }
    return first != Stamps.ABSENT;
  }

  private void scanOwnKeys() {
    NavigableMap<Cell, Long> found = new TreeMap<>();
    session.beginTransaction();
    for (int table = 0; table < TABLES; table++) {
      SoakStore.read(tables[table], table, rangeOf(writer), found);
    }
    session.commitTransaction();
    for (Map.Entry<Cell, Long> row : own.entrySet()) {
      requireSame(row.getKey(), row.getValue(), found.getOrDefault(row.getKey(), Stamps.ABSENT));
    }
    if (found.size() != own.size()) {
      found.keySet().removeAll(own.keySet());
      throw new AssertionError(name() + " sees records that it has not written: " + found);
    }
  }

  private static KeyRange rangeOf(int owner) {
    byte[] from = ByteBuffer.allocate(Integer.BYTES).putInt(Keys.of(owner, 0)).array();
    byte[] until =
        ByteBuffer.allocate(Integer.BYTES).putInt(Keys.of(owner + 1, 0)).array();
    return KeyRange.between(from, until);
  }

  private void requireSame(Cell cell, long wanted, long found) {
    if (wanted != found) {
      throw new AssertionError(name() + " sees in " + cell + ": " + Stamps.name(found)
          + " instead of " + Stamps.name(wanted));
    }
  }

  private String name() {
    return "writer " + writer + " in transaction " + Stamps.sequenceName(sequence);
  }

  private static void set(Map<Cell, Long> rows, Cell cell, long stamp) {
    if (stamp == Stamps.ABSENT) {
      rows.remove(cell);
    } else {
      rows.put(cell, stamp);
    }
  }
}
