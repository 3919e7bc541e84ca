package org.jetbackup.tck.report;

import java.util.List;

/**
 * What became of the clauses of one chapter.
 *
 * @param name its short name, as on the command line
 * @param title its title
 * @param clauses the clauses that were asked for, in the order of the specification
 */
public record ChapterReport(String name, String title, List<ClauseReport> clauses) {

  /** Copies the clauses. */
  public ChapterReport {
    clauses = List.copyOf(clauses);
  }

  /** How many clauses came out like this. */
  public long count(Outcome outcome) {
    return clauses.stream().filter(clause -> clause.outcome() == outcome).count();
  }
}
