package org.jetbackup.engine.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The account of what a database has to hold after its process died.
 *
 * <p>Each transaction writes the witness of its writer, and a writer begins one only when that
 * before has returned. So the witness that is found says which transactions of a writer are there:
 * all up to that one. What remains is to check that
 *
 * <ol>
 *   <li>every acknowledged commit is there, but for lazy ones;
 *   <li>an acknowledged lazy one is there if anything is there that began to commit after it was
 *       acknowledged, or that wrote over it;
 *   <li>the records are those that these transactions leave, no more and no fewer.
 * </ol>
 *
 * <p>Transactions count in the order in which they announced their commit. For those that changed the
 * same key it is that of their commits: the second could change it only when the first had ended.
 *
 * <p>For one thread.
 */
final class Ledger {

  private static final int DIFFERENCES_SHOWN = 12;
  private static final int CHANGES_SHOWN = 6;

  private final NavigableMap<Cell, Long> state = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, Entry> last = new HashMap<>();
  private int events;

  /** A transaction since the last check. */
  private static final class Entry {
    private final Message.Intent intent;
    private final int announced;
    private int acknowledged;
    private boolean undone;

    Entry(Message.Intent intent, int announced) {
      this.intent = intent;
      this.announced = announced;
    }

    boolean isAcknowledged() {
      return acknowledged > 0;
    }

    @Override
    public String toString() {
      String end = undone ? "undone" : isAcknowledged() ? "acknowledged" : "in flight";
      return "transaction " + Stamps.sequenceName(intent.sequence()) + " of writer "
          + intent.writer() + " (" + (intent.lazy() ? "lazy, " : "") + end + ", announced as event "
          + announced + (isAcknowledged() ? ", acknowledged as event " + acknowledged : "") + ", "
          + intent.changes().size() + " changes)";
    }
  }

  /**
   * What a check has found.
   *
   * @param records the records that are there
   * @param kept commits in flight that are there
   * @param dropped commits in flight that are not there
   * @param lazyLost acknowledged lazy commits that are not there, as they may
   * @param differences what is wrong; empty if nothing is
   */
  record Findings(int records, int kept, int dropped, int lazyLost, List<String> differences) {}

  /** What the database holds, after a check. */
  NavigableMap<Cell, Long> state() {
    return Collections.unmodifiableNavigableMap(state);
  }

  void announce(Message.Intent intent) {
    Entry entry = new Entry(intent, ++events);
    entries.add(entry);
    last.put(intent.writer(), entry);
  }

  void acknowledge(Message.Done done) {
    lastOf(done.writer(), done.sequence()).acknowledged = ++events;
  }

  void undo(Message.Undone undone) {
    lastOf(undone.writer(), undone.sequence()).undone = true;
  }

  private Entry lastOf(int writer, long sequence) {
    Entry entry = Objects.requireNonNull(last.get(writer), "no transaction was announced");
    if (entry.intent.sequence() != sequence) {
      throw new IllegalStateException("not announced: " + Stamps.sequenceName(sequence));
    }
    return entry;
  }

  /**
   * Compares, and goes on from what is there.
   *
   * @param found the records of the database
   * @return what is wrong, if anything
   */
  Findings check(Map<Cell, Long> found) {
    List<String> differences = new ArrayList<>();
    Set<Entry> present = new LinkedHashSet<>();
    int kept = 0;
    int dropped = 0;
    int lazyLost = 0;
    for (Entry entry : entries) {
      boolean there = !entry.undone && isWitnessed(entry, found);
      if (there) {
        present.add(entry);
      }
      if (!entry.undone && !entry.isAcknowledged()) {
        kept += there ? 1 : 0;
        dropped += there ? 0 : 1;
      }
      if (entry.isAcknowledged() && !there) {
        lazyLost++;
        if (!entry.intent.lazy()) {
          differences.add("lost: " + entry);
        }
      }
    }
    requirePrefix(present, differences);
    compare(expected(present), found, differences);
    goOnFrom(found);
    return new Findings(found.size(), kept, dropped, lazyLost, shown(differences));
  }

  /** The process has ended in order: every commit that was acknowledged is durable. */
  void settle() {
    Set<Entry> present = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (!entry.undone && !entry.isAcknowledged()) {
        throw new IllegalStateException("ended with " + entry);
      }
      if (!entry.undone) {
        present.add(entry);
      }
    }
    goOnFrom(expected(present));
  }

  private void goOnFrom(Map<Cell, Long> rows) {
    state.clear();
    state.putAll(rows);
    entries.clear();
    last.clear();
  }

  /** Whether the witness of a writer says that its transaction is there. */
  private static boolean isWitnessed(Entry entry, Map<Cell, Long> found) {
    long witness = found.getOrDefault(Cell.witness(entry.intent.writer()), Stamps.ABSENT);
    return entry.intent.sequence() <= Stamps.sequenceOf(witness);
  }

  /**
   * What was acknowledged before something that is there began to commit, or that it wrote over, is
   * there too. Walks back from the last transaction.
   */
  private void requirePrefix(Set<Entry> present, List<String> differences) {
    int lastAnnounced = 0;
    Set<Cell> written = new HashSet<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (present.contains(entry)) {
        lastAnnounced = Math.max(lastAnnounced, entry.announced);
        written.addAll(entry.intent.changes().keySet());
      } else if (entry.isAcknowledged()
          && entry.intent.lazy()
          && (entry.acknowledged < lastAnnounced
              || !Collections.disjoint(written, entry.intent.changes().keySet()))) {
        differences.add("lost, though something after it is there: " + entry);
      }
    }
  }

  private NavigableMap<Cell, Long> expected(Set<Entry> present) {
    NavigableMap<Cell, Long> expected = new TreeMap<>(state);
    for (Entry entry : present) {
      entry.intent.changes().forEach((cell, stamp) -> {
        if (stamp == Stamps.ABSENT) {
          expected.remove(cell);
        } else {
          expected.put(cell, stamp);
        }
      });
    }
    return expected;
  }

  private void compare(Map<Cell, Long> expected, Map<Cell, Long> found, List<String> differences) {
    TreeSet<Cell> cells = new TreeSet<>(expected.keySet());
    cells.addAll(found.keySet());
    for (Cell cell : cells) {
      long wanted = expected.getOrDefault(cell, Stamps.ABSENT);
      long there = found.getOrDefault(cell, Stamps.ABSENT);
      if (wanted != there) {
        differences.add(cell + ": " + Stamps.name(there) + " instead of " + Stamps.name(wanted)
            + history(cell));
      }
    }
  }

  private String history(Cell cell) {
    List<String> lines = new ArrayList<>();
    lines.add("before: " + Stamps.name(state.getOrDefault(cell, Stamps.ABSENT)));
    for (Entry entry : entries) {
      Long stamp = entry.intent.changes().get(cell);
      if (stamp != null) {
        lines.add(Stamps.name(stamp) + " by " + entry);
      }
    }
    List<String> end = lines.subList(Math.max(0, lines.size() - CHANGES_SHOWN), lines.size());
    return "\n    " + String.join("\n    ", end);
  }

  private static List<String> shown(List<String> differences) {
    return differences.size() <= DIFFERENCES_SHOWN
        ? List.copyOf(differences)
        : List.copyOf(differences.subList(0, DIFFERENCES_SHOWN));
  }
}
