package org.jetbackup.tck.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.spec.Clause;
import org.jetbackup.spec.Level;
import org.jetbackup.tck.Storage;

/**
 * What became of one clause.
 *
 * @param clause the clause
 * @param outcome over all storages
 * @param why what led to this outcome, in a line; empty if it passed and there is no more to say
 * @param storages the outcome on each storage asked for
 * @param tests the tests that name the clause, and those that failed because of it
 */
public record ClauseReport(
    Clause clause,
    Outcome outcome,
    String why,
    Map<Storage, Outcome> storages,
    List<TestReport> tests) {

  /** Copies the collections; the order of the storages is that of their type. */
  public ClauseReport {
    SortedMap<Storage, Outcome> sorted = new TreeMap<>(storages);
    storages = Collections.unmodifiableSortedMap(sorted);
    tests = tests.stream().sorted(TestReport.ORDER).toList();
  }

  /** The id of the clause. */
  public String id() {
    return clause.id();
  }

  /** The level of the clause. */
  public Level level() {
    return clause.level();
  }

  /** Whether the verdict on the engine hangs on this clause. */
  public boolean binding() {
    return level() == Level.MUST;
  }

  /** The tests that show that the clause is broken; empty if it is not. */
  public List<TestReport> evidence() {
    return outcome.broken()
        ? tests.stream().filter(test -> Verdicts.against(id(), test)).toList()
        : List.of();
  }
}
