package org.jetbackup.engine.transaction;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jetbackup.api.error.JetErr;
import org.jspecify.annotations.Nullable;

/**
 * What snapshot isolation says. It keeps whole copies of a table, by the numbers of its keys: slow,
 * and hard to get wrong. Calls answer the error that is due, or null.
 */
final class Oracle {

  /** The number of the last commit that changed a key. */
  private final Map<Integer, Integer> changed = new HashMap<>();

  private final Set<Session> open = new HashSet<>();
  private NavigableMap<byte[], byte[]> committed = empty();
  private int commits;

  static NavigableMap<byte[], byte[]> empty() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  NavigableMap<byte[], byte[]> committed() {
    return committed;
  }

  /** A session; outside a transaction it has no view of its own. */
  final class Session {

    private record Level(NavigableMap<byte[], byte[]> view, Set<Integer> written) {}

    private final Deque<Level> levels = new ArrayDeque<>();
    private int snapshot;

    int depth() {
      return levels.size();
    }

    NavigableMap<byte[], byte[]> view() {
      return levels.isEmpty() ? committed : levels.element().view;
    }

    void begin() {
      Level level = levels.peek();
      if (level == null) {
        snapshot = commits;
        open.add(this);
      }
      Set<Integer> written = level == null ? Set.of() : level.written;
      NavigableMap<byte[], byte[]> copy = empty();
      copy.putAll(view());
      levels.push(new Level(copy, new HashSet<>(written)));
    }

    void rollback() {
      levels.pop();
      if (levels.isEmpty()) {
        open.remove(this);
      }
    }

    void rollbackAll() {
      while (!levels.isEmpty()) {
        rollback();
      }
    }

    void commit() {
      Level inner = levels.pop();
      if (!levels.isEmpty()) {
        levels.pop();
        levels.push(inner);
        return;
      }
      open.remove(this);
      if (!inner.written.isEmpty()) {
        commits++;
        inner.written.forEach(key -> publish(key, inner.view.get(Rig.key(key))));
      }
    }

    /** Writes; {@code value} is null for a removal. */
    @Nullable
    JetErr write(int key, byte @Nullable [] value, @Nullable JetErr refusal) {
      for (Session other : open) {
        if (other != this && other.levels.element().written.contains(key)) {
          return JetErr.WRITE_CONFLICT;
        }
      }
      if (!levels.isEmpty()
          && !levels.element().written.contains(key)
          && changed.getOrDefault(key, 0) > snapshot) {
        return JetErr.WRITE_CONFLICT;
      }
      boolean there = view().containsKey(Rig.key(key));
      if ((refusal == JetErr.KEY_DUPLICATE && there)
          || (refusal == JetErr.RECORD_NOT_FOUND && !there)) {
        return refusal;
      }
      if (levels.isEmpty()) {
        commits++;
        publish(key, value);
      } else {
        levels.element().written.add(key);
        set(levels.element().view, key, value);
      }
      return null;
    }
  }

  /** Removing what is not there, because the same transaction has added it, changes nothing. */
  private void publish(int key, byte @Nullable [] value) {
    if (value == null && !committed.containsKey(Rig.key(key))) {
      return;
    }
    NavigableMap<byte[], byte[]> next = empty(); // views outside transactions keep the old one
    next.putAll(committed);
    set(next, key, value);
    committed = next;
    changed.put(key, commits);
  }

  private static void set(NavigableMap<byte[], byte[]> map, int key, byte @Nullable [] value) {
    if (value == null) {
      map.remove(Rig.key(key));
    } else {
      map.put(Rig.key(key), value);
    }
  }
}
