package org.jetbackup.engine.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jetbackup.engine.catalog.Table;
import org.jspecify.annotations.Nullable;

/**
 * The removals that have to wait, in the order of their log records. Thread-safe; its monitor is
 * the last lock that is taken.
 *
 * <pre>{@code
 *   ADDED --commit--> WAITING --no snapshot needs the value--> taken
 *     +----failure, never happened----> gone
 * }</pre>
 */
final class Removals {

  private final Deque<Removal> waiting = new ArrayDeque<>();

  synchronized void add(Removal removal) {
    waiting.add(removal);
  }

  synchronized void commit(List<Removal> removals, long time) {
    removals.forEach(removal -> removal.commit(time));
  }

  /** Takes removals out: they are done, or are not to be done. */
  synchronized void drop(Removal removal) {
    if (waiting.peek() == removal) {
      waiting.remove();
    } else {
      waiting.remove(removal);
    }
  }

  synchronized void forget(Table table) {
    waiting.removeIf(removal -> removal.table() == table);
  }

  /** {@return the next removal that no snapshot stands against; null if there is none} */
  synchronized @Nullable Removal nextDue(long horizon) {
    Removal first = waiting.peek();
    return first != null && first.isDue(horizon) ? first : null;
  }

  synchronized List<Removal> of(Predicate<Table> tables) {
    List<Removal> found = new ArrayList<>(waiting);
    found.removeIf(removal -> !removal.isCommitted() || !tables.test(removal.table()));
    return found;
  }

  /** {@return the address of the oldest one; 0 if there is none} */
  synchronized long oldestAddress() {
    Removal first = waiting.peek();
    return first == null ? 0 : first.address();
  }

  synchronized int size() {
    return waiting.size();
  }
}
