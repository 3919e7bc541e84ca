package org.jetbackup.tck.report;

import java.util.List;

/**
 * How an engine broke a clause.
 *
 * @param clause the id of the clause
 * @param allowed what would have been fine
 * @param seen what happened instead
 * @param history the calls that led there, oldest first
 * @param replay the command that shows it again
 */
public record Violation(
    String clause, String allowed, String seen, List<String> history, String replay) {

  /** Copies the history. */
  public Violation {
    history = List.copyOf(history);
  }
}
