package org.jetbackup.tck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the kit goes when it lets an engine crash. Immutable.
 *
 * @param full whether every state is judged that the limits allow, or only so many that a run stays
 *     a matter of minutes
 * @param shard which part of the states is judged, from 1
 * @param shards how many parts there are
 * @param workloads the words for the workloads during which the engine crashes; empty for all
 * @param replays a directory for the replay files of failing states, if there is one; on the file
 *     system of the report
 */
public record CrashSettings(
    boolean full, int shard, int shards, Set<String> workloads, Optional<Path> replays) {

  /** Some thousand states, all of them here, no replay files. */
  public static final CrashSettings QUICK =
      new CrashSettings(false, 1, 1, Set.of(), Optional.empty());

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public CrashSettings {
    if (shard < 1 || shard > shards) {
      throw new IllegalArgumentException("there is no part " + shard + " of " + shards);
    }
    workloads = Set.copyOf(workloads);
  }

  /**
   * What keeps a run from trying all that it could, so that nobody takes its verdict for more.
   *
   * @return a few words for each limit; empty if there is none but the pace
   */
  public List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (shards > 1) {
      limits.add("part " + shard + " of " + shards + " of the crashes");
    }
    if (!workloads.isEmpty()) {
      limits.add("crashes and faults during " + String.join(", ", new TreeSet<>(workloads)));
    }
    return limits;
  }

  /**
   * How many states are judged at the most. What second crashes leave comes on top and is counted
   * apart.
   */
  public int statesMax() {
    return full ? 500_000 : 10_000;
  }

  /** Up to how many combinations of what was pending at one moment none is left out. */
  public int combinationsMax() {
    return full ? 8_192 : 1_024;
  }

  /**
   * How many of the states are judged at the most that a second crash can leave, within the recovery
   * of one state. An engine that writes many pages in its recovery has thousands of them each time.
   */
  public int secondStatesMax() {
    return full ? 200 : 12;
  }

  /** The same as {@link #combinationsMax} for second crashes. */
  public int secondCombinationsMax() {
    return full ? 1_024 : 64;
  }

  /** The same, all or only some of the states. */
  public CrashSettings going(boolean allTheWay) {
    return new CrashSettings(allTheWay, shard, shards, workloads, replays);
  }

  /** The same, one part of several. */
  public CrashSettings part(int number, int of) {
    return new CrashSettings(full, number, of, workloads, replays);
  }

  /** The same, only during these workloads. */
  public CrashSettings during(Set<String> words) {
    return new CrashSettings(full, shard, shards, words, replays);
  }

  /** The same, with replay files in a directory. */
  public CrashSettings writing(Path directory) {
    return new CrashSettings(full, shard, shards, workloads, Optional.of(directory));
  }
}
