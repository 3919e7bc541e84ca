package org.jetbackup.tck.report;

import java.util.List;

/**
 * What a run comes to. Only MUST clauses decide; a broken SHOULD or MAY clause is a warning, unless
 * it is on the known list without failing: that list may only get shorter, so a stale line of it
 * fails the run.
 */
public enum Verdict {
  /** Every MUST clause that was tested is kept. */
  CONFORMANT("conformant"),
  /** As conformant, but the known list names a clause that does not fail. */
  STALE("conformant, but the known list is stale"),
  /** A MUST clause is broken, and the known list says so of every such clause. */
  KNOWN("not conformant; nothing new beyond the known list"),
  /** A MUST clause is broken. */
  NOT_CONFORMANT("not conformant"),
  /** No test came as far as an answer, or a MUST clause was tested on an engine that did nothing. */
  NOTHING("nothing was exercised");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The verdict in a few words. */
  public String words() {
    return words;
  }

  static Verdict of(KitReport report) {
    List<Outcome> seen = report.clauses().stream().map(ClauseReport::outcome).toList();
    if (seen.stream().noneMatch(Outcome::tested)) {
      return NOTHING;
    }
    List<Outcome> broken = report.clauses().stream()
        .filter(ClauseReport::binding)
        .map(ClauseReport::outcome)
        .filter(Outcome::broken)
        .toList();
    boolean vacuous = report.with(Outcome.VACUOUS).stream().anyMatch(ClauseReport::binding);
    if (broken.isEmpty() && vacuous) {
      return NOTHING;
    }
    if (broken.isEmpty()) {
      return report.stale().isEmpty() ? CONFORMANT : STALE;
    }
    boolean allKnown = broken.stream().allMatch(outcome -> outcome == Outcome.EXCLUDED);
    return allKnown && report.stale().isEmpty() ? KNOWN : NOT_CONFORMANT;
  }
}
