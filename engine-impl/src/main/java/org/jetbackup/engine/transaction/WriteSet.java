package org.jetbackup.engine.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jetbackup.engine.catalog.Table;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a transaction that nobody else sees yet, by table and key, and how to go back to
 * where a nested transaction began. For one thread.
 *
 * <p>A nested transaction saves, of each key that it writes, the write that was there before, once.
 * When it commits, its writes become those of the outer one; what the outer one had saved already
 * itself is not needed twice.
 */
final class WriteSet {

  /** The writes to one table. */
  static final class OfTable {

    private final TableState state;
    private final NavigableMap<byte[], Write> writes = new TreeMap<>(Arrays::compareUnsigned);

    OfTable(TableState state) {
      this.state = state;
    }

    TableState state() {
      return state;
    }

    NavigableMap<byte[], Write> writes() {
      return writes;
    }

    /** {@return the next key in a direction; null if there is none} */
    byte @Nullable [] next(boolean forward, byte @Nullable [] from, boolean inclusive) {
      if (writes.isEmpty()) {
        return null;
      }
      if (from == null) {
        return forward ? writes.firstKey() : writes.lastKey();
      }
      if (inclusive) {
        return forward ? writes.ceilingKey(from) : writes.floorKey(from);
      }
      return forward ? writes.higherKey(from) : writes.lowerKey(from);
    }
  }

  /** What a key was before; the array is the one that the map of the table holds. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Saved(OfTable table, byte[] key, @Nullable Write before) {}

  private final Map<Table, OfTable> tables = new LinkedHashMap<>();
  private final List<Saved> saved = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private int count;
  private long cost;
  private long changes;

  Collection<OfTable> tables() {
    return tables.values();
  }

  OfTable of(TableState state) {
    return tables.computeIfAbsent(state.table(), wanted -> new OfTable(state));
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** {@return what is charged to the budget} */
  long cost() {
    return cost;
  }

  /** {@return a number that rises with every change} */
  long changes() {
    return changes;
  }

  /** {@return the depth, 1 outside nested transactions} */
  int level() {
    return marks.size() + 1;
  }

  void put(OfTable table, byte[] key, Write write) {
    Write before = table.writes.put(key, write);
    changes++;
    cost += write.cost();
    count += before == null ? 1 : 0;
    if (before == null || before.level() < write.level()) {
      if (write.level() > 1) {
        saved.add(new Saved(table, key, before));
      }
    } else {
      cost -= before.cost();
    }
  }

  void begin() {
    marks.push(saved.size());
  }

  /** Makes the writes of the innermost transaction those of the one around it. */
  void merge() {
    int outer = level() - 1;
    List<Saved> inner = saved.subList(marks.pop(), saved.size());
    List<Saved> kept = new ArrayList<>();
    for (Saved entry : inner) {
      Write now = entry.table.writes.get(entry.key);
      if (now != null) {
        now.raise(outer);
      }
      Write before = entry.before;
      if (outer > 1 && (before == null || before.level() < outer)) {
        kept.add(entry);
      } else if (before != null) {
        cost -= before.cost();
      }
    }
    inner.clear();
    saved.addAll(kept);
  }

  /** Goes back to where the innermost transaction began; {@code gone} is told of intents to free. */
  void restore(GoneWrite gone) {
    changes++;
    int mark = marks.pop();
    for (int i = saved.size() - 1; i >= mark; i--) {
      Saved entry = saved.remove(i);
      Write before = entry.before;
      Write now = before == null
          ? entry.table.writes.remove(entry.key)
          : entry.table.writes.put(entry.key, before);
      cost -= now == null ? 0 : now.cost();
      if (before == null) {
        count--;
        gone.accept(entry.table.state, entry.key);
      }
    }
  }

  /** Takes a key that is not written any more. */
  interface GoneWrite {
    void accept(TableState state, byte[] key);
  }
}
