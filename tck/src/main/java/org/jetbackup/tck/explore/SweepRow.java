package org.jetbackup.tck.explore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jetbackup.tck.storage.Fault;

/**
 * What came of one kind of fault at every operation of one call. Immutable.
 *
 * @param workload the workload of which the first recorded step is the call
 * @param kind the kind of fault, such as {@code write once short 1}
 * @param places how many operations of the undisturbed call it could strike
 * @param points at how many operations it was injected, each in a world of its own
 * @param failed how many of these calls failed
 * @param unavailable after how many of them the instance was out of service
 * @param exhaustive whether no operation was left out
 * @param broken the clauses that were broken, each with the first fault that showed it
 */
public record SweepRow(
    Workload workload,
    String kind,
    int places,
    int points,
    int failed,
    int unavailable,
    boolean exhaustive,
    Map<String, Fault> broken) {

  /** Keeps a copy, in order. */
  public SweepRow {
    broken = Collections.unmodifiableMap(new LinkedHashMap<>(broken));
  }

  /** How many calls succeeded although a fault had struck. */
  public int succeeded() {
    return points - failed;
  }
}
