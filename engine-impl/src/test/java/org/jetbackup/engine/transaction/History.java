package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of several sessions, one after the other, each compared with what the {@link Oracle} says.
 * A call that makes no sense where it stands is left out; so any part of a history is one too.
 */
final class History {

  /** What can be done. */
  enum Op {
    BEGIN,
    COMMIT,
    LAZY,
    ROLLBACK,
    GET,
    INSERT,
    PUT,
    PUT_AGAIN,
    DELETE,
    SCAN,
    OPEN,
    MOVE,
    MOVE_ON,
    READ
  }

  static final int KEYS = 12;
  private static final int[] LENGTHS = {0, 5, 900, 900, 5000};
  private static final Op[] OPS = Op.values();

  /** One call. */
  record Step(int session, Op op, int key, int choice) {}

  private final class Player {

    private final Oracle.Session model = oracle.new Session();
    private @Nullable Transaction transaction;
    private @Nullable TransactionCursor cursor;

    /** What a cursor shows that was opened outside a transaction; null if it is a live one. */
    private @Nullable NavigableMap<byte[], byte[]> frozen;

    private byte @Nullable [] place;

    NavigableMap<byte[], byte[]> shown() {
      return frozen == null ? model.view() : frozen;
    }

    void closeCursor() {
      if (cursor != null) {
        cursor.close();
      }
      cursor = null;
      frozen = null;
      place = null;
    }
  }

  private final Rig rig;
  private final Transactions transactions;
  private final Oracle oracle = new Oracle();
  private final List<Player> sessions = new ArrayList<>();

  /** How often the store was full. */
  private int full;

  private int conflicts;
  private int number;

  private History(Rig rig, int sessionCount) {
    this.rig = rig;
    this.transactions = rig.transactions();
    for (int i = 0; i < sessionCount; i++) {
      sessions.add(new Player());
    }
  }

  static List<Step> random(Random random, int sessions, int length) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Op op = OPS[random.nextInt(OPS.length)];
      steps.add(new Step(
          random.nextInt(sessions), op, 1 + random.nextInt(KEYS), random.nextInt(1 << 16)));
    }
    return steps;
  }

  /** Runs a history in an empty table; {@return how often the store was full, and conflicts}. */
  static int[] run(Rig rig, int sessions, List<Step> steps) {
    for (byte[] key : rig.tree().keySet()) {
      rig.transactions().delete(rig.table(), key);
    }
    History history = new History(rig, sessions);
    for (int i = 0; i < steps.size(); i++) {
      try {
        history.step(steps.get(i));
      } catch (AssertionError | RuntimeException e) {
        history.sessions.forEach(history::leave);
        throw new AssertionError("at call " + i + ", " + steps.get(i) + ": " + e, e);
      }
    }
    history.sessions.forEach(history::leave);
    history.finish();
    return new int[] {history.full, history.conflicts};
  }

  private void leave(Player session) {
    session.closeCursor();
    while (session.transaction != null && session.transaction.depth() > 0) {
      session.transaction.rollback();
    }
    session.transaction = null;
    session.model.rollbackAll();
  }

  private void finish() {
    assertSame(oracle.committed(), rig.tree());
    rig.assertIdle();
  }

  private void step(Step step) {
    Player session = sessions.get(step.session);
    try {
      act(session, step);
    } catch (JetException e) {
      if (e.error() != JetErr.VERSION_STORE_OUT_OF_MEMORY) {
        throw e;
      }
      full++;
      leave(session);
    }
  }

  private void act(Player session, Step step) {
    switch (step.op) {
      case BEGIN -> begin(session);
      case COMMIT, LAZY -> commit(session, step.op == Op.LAZY);
      case ROLLBACK -> rollback(session);
      case GET -> get(session, step.key);
      case INSERT -> write(session, step, value(step), JetErr.KEY_DUPLICATE);
      case PUT, PUT_AGAIN -> write(session, step, value(step), null);
      case DELETE -> write(session, step, null, JetErr.RECORD_NOT_FOUND);
      case SCAN -> scan(session, step);
      case OPEN -> open(session);
      case MOVE, MOVE_ON -> move(session, step);
      case READ -> read(session);
    }
  }

  private byte[] value(Step step) {
    return Rig.bytes(number++, LENGTHS[step.choice % LENGTHS.length]);
  }

  private void begin(Player session) {
    if (session.transaction == null) {
      session.closeCursor();
      session.transaction = transactions.begin();
      session.model.begin();
    } else if (session.model.depth() == Transaction.DEPTH_MAX) {
      Rig.assertFails(JetErr.TRANS_TOO_DEEP, session.transaction::beginNested);
    } else {
      session.transaction.beginNested();
      session.model.begin();
    }
  }

  private void commit(Player session, boolean lazily) {
    if (session.transaction != null) {
      session.transaction.commit(lazily);
      session.model.commit();
      afterEnd(session);
    }
  }

  private void rollback(Player session) {
    if (session.transaction != null) {
      session.transaction.rollback();
      session.model.rollback();
      afterEnd(session);
    }
  }

  private void afterEnd(Player session) {
    Transaction transaction = session.transaction;
    if (transaction != null) {
      assertEquals(session.model.depth(), transaction.depth(), "depth");
      if (transaction.depth() == 0) {
        TransactionCursor cursor = session.cursor;
        if (cursor != null) {
          Rig.assertFails(JetErr.NOT_IN_TRANSACTION, cursor::moveNext);
        }
        session.closeCursor();
        session.transaction = null;
      }
    }
  }

  private void get(Player session, int key) {
    byte[] wanted = session.model.view().get(Rig.key(key));
    byte[] found = (session.transaction == null
            ? transactions.get(rig.table(), Rig.key(key))
            : session.transaction.get(rig.table(), Rig.key(key)))
        .orElse(null);
    assertArrayEquals(wanted, found, "value of key " + key);
  }

  private void write(Player session, Step step, byte @Nullable [] value, @Nullable JetErr refusal) {
    JetErr failed = null;
    try {
      call(session, Rig.key(step.key), value, refusal);
    } catch (JetException e) {
      if (e.error() == JetErr.VERSION_STORE_OUT_OF_MEMORY) {
        throw e;
      }
      failed = e.error();
    }
    assertEquals(session.model.write(step.key, value, refusal), failed, "failure");
    conflicts += failed == JetErr.WRITE_CONFLICT ? 1 : 0;
  }

  private void call(Player session, byte[] key, byte @Nullable [] value, @Nullable JetErr refusal) {
    Transaction transaction = session.transaction;
    if (transaction == null) {
      if (value == null) {
        transactions.delete(rig.table(), key);
      } else if (refusal == null) {
        transactions.put(rig.table(), key, value);
      } else {
        transactions.insert(rig.table(), key, value);
      }
    } else if (value == null) {
      transaction.delete(rig.table(), key);
    } else if (refusal == null) {
      transaction.put(rig.table(), key, value);
    } else {
      transaction.insert(rig.table(), key, value);
    }
  }

  private TransactionCursor cursor(Player session, KeyRange range) {
    return session.transaction == null
        ? transactions.cursor(rig.table(), range)
        : session.transaction.cursor(rig.table(), range);
  }

  private void scan(Player session, Step step) {
    boolean forward = (step.choice & 1) == 0;
    byte[] from = (step.choice & 2) == 0 ? null : Rig.key(step.key);
    byte[] until = (step.choice & 4) == 0 ? null : Rig.key(1 + step.choice / 8 % KEYS);
    NavigableMap<byte[], byte[]> wanted = Oracle.empty();
    wanted.putAll(session.model.view());
    wanted
        .keySet()
        .removeIf(key -> (from != null && Arrays.compareUnsigned(key, from) < 0)
            || (until != null && Arrays.compareUnsigned(key, until) >= 0));
    KeyRange range = from == null
        ? until == null ? KeyRange.all() : KeyRange.until(until)
        : until == null ? KeyRange.from(from) : KeyRange.between(from, until);
    Iterator<Map.Entry<byte[], byte[]>> expected =
        (forward ? wanted : wanted.descendingMap()).entrySet().iterator();
    try (TransactionCursor cursor = cursor(session, range)) {
      while (forward ? cursor.moveNext() : cursor.movePrevious()) {
        Map.Entry<byte[], byte[]> entry = expected.hasNext() ? expected.next() : null;
        assertArrayEquals(entry == null ? null : entry.getKey(), cursor.key(), "key of a scan");
        assertArrayEquals(entry == null ? null : entry.getValue(), cursor.value(), "its value");
      }
    }
    assertEquals(false, expected.hasNext(), "the scan has ended too early");
  }

  private void open(Player session) {
    session.closeCursor();
    session.cursor = cursor(session, KeyRange.all());
    session.frozen = session.transaction == null ? session.model.view() : null;
  }

  private void move(Player session, Step step) {
    TransactionCursor cursor = session.cursor;
    if (cursor == null) {
      return;
    }
    NavigableMap<byte[], byte[]> shown = session.shown();
    byte[] place = session.place;
    int way = step.op == Op.MOVE_ON ? 2 + step.choice % 2 : step.choice % 5;
    boolean found = switch (way) {
      case 0 -> cursor.moveFirst();
      case 1 -> cursor.moveLast();
      case 2 -> cursor.moveNext();
      case 3 -> cursor.movePrevious();
      default -> cursor.seek(Rig.key(step.key));
    };
    byte[] wanted = switch (way) {
      case 0 -> first(shown);
      case 1 -> last(shown);
      case 2 -> place == null ? first(shown) : shown.higherKey(place);
      case 3 -> place == null ? last(shown) : shown.lowerKey(place);
      default -> shown.ceilingKey(Rig.key(step.key));
    };
    assertEquals(wanted != null, found, "a record at this move " + way);
    session.place = wanted;
    read(session);
  }

  private static byte @Nullable [] first(NavigableMap<byte[], byte[]> map) {
    return map.isEmpty() ? null : map.firstKey();
  }

  private static byte @Nullable [] last(NavigableMap<byte[], byte[]> map) {
    return map.isEmpty() ? null : map.lastKey();
  }

  private void read(Player session) {
    TransactionCursor cursor = session.cursor;
    if (cursor == null) {
      return;
    }
    byte[] place = session.place;
    byte[] wanted = place == null ? null : session.shown().get(place);
    if (wanted == null) {
      try {
        assertNull(cursor.value(), "a value where there is none");
      } catch (JetException e) {
        if (e.error() == JetErr.VERSION_STORE_OUT_OF_MEMORY) {
          throw e;
        }
        JetErr due = place == null ? JetErr.NO_CURRENT_RECORD : JetErr.RECORD_DELETED;
        assertEquals(due, e.error(), "reading");
      }
      return;
    }
    assertArrayEquals(place, cursor.key(), "key of the cursor");
    assertArrayEquals(wanted, cursor.value(), "value of the cursor");
    ByteBuffer part = ByteBuffer.allocate(7);
    int offset = Math.max(0, wanted.length - 3);
    assertEquals(wanted.length - offset, cursor.readValue(part, offset), "bytes of a part");
  }

  static void assertSame(NavigableMap<byte[], byte[]> wanted, NavigableMap<byte[], byte[]> found) {
    assertEquals(wanted.size(), found.size(), "records");
    Set<Map.Entry<byte[], byte[]>> entries = wanted.entrySet();
    entries.forEach(
        entry -> assertArrayEquals(entry.getValue(), found.get(entry.getKey()), "a value"));
  }
}
