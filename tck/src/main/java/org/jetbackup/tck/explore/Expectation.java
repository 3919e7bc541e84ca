package org.jetbackup.tck.explore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.tck.model.Contents;

/**
 * What is legal after a crash at some moment: which calls were acknowledged by then, and which one
 * was in flight, decide it. Immutable; equal expectations make equal states one.
 *
 * @param live what the databases may hold: what was acknowledged, then, if a call was in flight,
 *     also what it would have made of it
 * @param databases the databases that there must be, as names and paths relative to the root
 * @param perhaps a database of which the creation was in flight
 * @param directory what the backup directory may restore to, if there is one
 * @param rollsForward whether the newest set and the live log must lead to the newest commit
 * @param restoring whether a restore was in flight
 */
record Expectation(
    List<Contents> live,
    Map<String, String> databases,
    Optional<Database> perhaps,
    Optional<Directory> directory,
    boolean rollsForward,
    boolean restoring) {

  /** A database and its file, relative to the root. */
  record Database(String name, String file) {}

  /**
   * A backup directory.
   *
   * @param name relative to the root
   * @param clause the clause by which it is judged
   * @param moments what it may restore to
   * @param mayRefuse whether restore may also refuse it
   * @param databases the databases that are in the set
   */
  record Directory(
      String name,
      String clause,
      List<Contents> moments,
      boolean mayRefuse,
      Set<String> databases) {

    /** Whether the set was acknowledged, and nothing is changing it. */
    boolean settled() {
      return moments.size() == 1 && !mayRefuse;
    }
  }

  /** What was acknowledged. */
  Contents acknowledged() {
    return live.get(0);
  }

  /** What the databases hold when the call in flight is complete, or if there was none. */
  Contents completed() {
    return live.get(live.size() - 1);
  }
}
