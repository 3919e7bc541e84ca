package org.jetbackup.engine.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jetbackup.engine.soak.Stamps;
import org.jspecify.annotations.Nullable;

/**
 * What writers have committed and when, and whether a restored state is one that a backup may have.
 *
 * <p>Events have numbers: a commit is announced, and acknowledged when the call has returned; a
 * backup begins and ends. A writer begins a transaction only when that before has returned, so the
 * witness that is found says which of its transactions are there: all up to that one. A state is
 * right if
 *
 * <ol>
 *   <li>the witnesses of a writer are the same in all tables;
 *   <li>everything is there that was acknowledged before the backup began, and nothing that was
 *       announced after it had ended;
 *   <li>what is there holds everything that was acknowledged before something that is there was
 *       announced;
 *   <li>the rows are those that these transactions leave, no more and no fewer.
 * </ol>
 *
 * <p>Of a shared row each transaction knows what it has overwritten, which gives their order, and
 * shows a gap in it. For all threads; one lock protects everything.
 */
final class CommitHistory {

  private static final int DIFFERENCES_SHOWN = 10;

  private final Map<Integer, List<Commit>> commits = new HashMap<>();
  private long events;
  private long acknowledged;
  private @Nullable Throwable failure;

  /** A transaction that was announced. */
  static final class Commit {
    private final int writer;
    private final long sequence;
    private final Map<StampedRow, Long> changes;
    private final Map<StampedRow, Long> overwritten;
    private final long announced;
    private long acknowledgedAt;
    private boolean undone;

    private Commit(
        int writer,
        long sequence,
        Map<StampedRow, Long> changes,
        Map<StampedRow, Long> overwritten,
        long announced) {
      this.writer = writer;
      this.sequence = sequence;
      this.changes = changes;
      this.overwritten = overwritten;
      this.announced = announced;
    }

    private boolean isAcknowledgedBefore(long event) {
      return acknowledgedAt > 0 && acknowledgedAt < event;
    }

    @Override
    public String toString() {
      return "transaction " + sequence + " of writer " + writer + ", announced " + announced
          + ", acknowledged " + acknowledgedAt;
    }
  }

  /**
   * When a backup was made.
   *
   * @param begin the event just before the call
   * @param end the event just behind it
   */
  record Moment(long begin, long end) {}

  /**
   * What a check has found.
   *
   * @param meanwhile commits that are there and were announced after the backup had begun
   * @param differences what is wrong; empty if nothing is
   */
  record Findings(int meanwhile, List<String> differences) {}

  /** {@return the number of an event that happens now} */
  synchronized long event() {
    return ++events;
  }

  synchronized long acknowledgements() {
    return acknowledged;
  }

  /** The changes, shared rows also with what they held before. */
  synchronized Commit announce(
      int writer, long sequence, Map<StampedRow, Long> changes, Map<StampedRow, Long> overwritten) {
    Commit commit = new Commit(writer, sequence, changes, overwritten, ++events);
    commits.computeIfAbsent(writer, number -> new ArrayList<>()).add(commit);
    return commit;
  }

  synchronized void acknowledge(Commit commit) {
    commit.acknowledgedAt = ++events;
    acknowledged++;
    notifyAll();
  }

  synchronized void undo(Commit commit) {
    commit.undone = true;
  }

  /** A writer has met what it should not have met. */
  synchronized void fail(Throwable cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** Waits until so many more commits are acknowledged. */
  synchronized void awaitMore(int count) {
    long until = acknowledged + count;
    while (acknowledged < until) {
      requireNoFailure();
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  synchronized void requireNoFailure() {
    if (failure != null) {
      throw new IllegalStateException("a writer has failed", failure);
    }
  }

  /**
   * Judges a restored state.
   *
   * @param found the rows that are there
   * @param moment when the backup was made
   * @return what is wrong, if anything
   */
  synchronized Findings check(NavigableMap<StampedRow, Long> found, Moment moment) {
    List<String> differences = new ArrayList<>();
    List<Commit> present = new ArrayList<>();
    List<Commit> absent = new ArrayList<>();
    commits.forEach((writer, own) -> {
      long witness = witness(writer, found, differences);
      for (Commit commit : own) {
        boolean isThere = !commit.undone && commit.sequence <= Stamps.sequenceOf(witness);
        (isThere ? present : absent).add(commit);
      }
    });
    long last = present.stream().mapToLong(commit -> commit.announced).max().orElse(0);
    for (Commit commit : absent) {
      if (commit.isAcknowledgedBefore(Math.max(moment.begin, last))) {
        differences.add("lost, though the backup began as " + moment.begin
            + " and something announced as " + last + " is there: " + commit);
      }
    }
    if (last > moment.end) {
      differences.add("announced as " + last + ", after the backup has ended as " + moment.end);
    }
    compare(expected(present, differences), found, differences);
    int shown = Math.min(differences.size(), DIFFERENCES_SHOWN);
    int meanwhile =
        (int) present.stream().filter(commit -> commit.announced > moment.begin).count();
    return new Findings(meanwhile, List.copyOf(differences.subList(0, shown)));
  }

  private static long witness(int writer, Map<StampedRow, Long> found, List<String> differences) {
    TreeSet<Long> stamps = new TreeSet<>();
    for (int table = 0; table < StampedRow.TABLES; table++) {
      stamps.add(found.getOrDefault(StampedRow.witness(table, writer), Stamps.ABSENT));
    }
    if (stamps.size() > 1) {
      differences.add("half a transaction of writer " + writer + ": "
          + stamps.stream().map(Stamps::name).toList());
    }
    return stamps.last();
  }

  private static NavigableMap<StampedRow, Long> expected(
      List<Commit> present, List<String> differences) {
    NavigableMap<StampedRow, Long> expected = new TreeMap<>();
    Map<StampedRow, Map<Long, Long>> successors = new TreeMap<>();
    for (Commit commit : present) { // those of a writer are in their order
      commit.changes.forEach((row, stamp) -> {
        if (row.isShared()) {
          Long before = successors
              .computeIfAbsent(row, shared -> new HashMap<>())
              .put(commit.overwritten.getOrDefault(row, Stamps.ABSENT), stamp);
          if (before != null) {
            differences.add(row + ": " + Stamps.name(before) + " and " + Stamps.name(stamp)
                + " have overwritten the same");
          }
        } else if (stamp == Stamps.ABSENT) {
          expected.remove(row);
        } else {
          expected.put(row, stamp);
        }
      });
    }
    successors.forEach((row, next) -> expected.put(row, lastOf(row, next, differences)));
    return expected;
  }

  /** Follows the changes of a shared row from the first to the last. */
  private static long lastOf(StampedRow row, Map<Long, Long> next, List<String> differences) {
    long stamp = Stamps.ABSENT;
    int followed = 0;
    while (next.containsKey(stamp)) {
      stamp = next.get(stamp);
      followed++;
    }
    if (followed != next.size()) {
      differences.add(
          row + ": " + next.size() + " changes are there, but there is a gap behind " + followed);
    }
    return stamp;
  }

  private static void compare(
      Map<StampedRow, Long> expected, Map<StampedRow, Long> found, List<String> differences) {
    TreeSet<StampedRow> rows = new TreeSet<>(expected.keySet());
    rows.addAll(found.keySet());
    for (StampedRow row : rows) {
      long wanted = expected.getOrDefault(row, Stamps.ABSENT);
      long there = found.getOrDefault(row, Stamps.ABSENT);
      if (wanted != there) {
        differences.add(row + ": " + Stamps.name(there) + " instead of " + Stamps.name(wanted));
      }
    }
  }
}
