package org.jetbackup.tck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jetbackup.spec.Level;

/** The verdict in one line, the last one that a run prints. */
public final class VerdictLine {

  private VerdictLine() {}

  /** The line, without a line feed. */
  public static String of(KitReport report) {
    String verdict = switch (report.verdict()) {
      case CONFORMANT, STALE -> "conformant: ";
      case KNOWN -> "NOT conformant; nothing new beyond the known list: ";
      case NOT_CONFORMANT -> "NOT conformant: ";
      case NOTHING -> "nothing was exercised: ";
    };
    return verdict + explanation(report);
  }

  /** What follows the verdict: which clauses were kept or broken, where, and what was asked for. */
  static String explanation(KitReport report) {
    String text = switch (report.verdict()) {
      case CONFORMANT, STALE -> keeps(report);
      case KNOWN, NOT_CONFORMANT -> breaks(report);
      case NOTHING ->
        report.with(Outcome.VACUOUS).isEmpty()
            ? "no test came as far as an answer about " + report.run().subject()
            : report.run().subject() + " was not seen to write anything";
    };
    return text + vacuous(report) + unanswered(report) + asked(report) + stale(report);
  }

  private static String keeps(KitReport report) {
    long must = report.kept(Level.MUST);
    String kept = switch ((int) Math.min(must, 2)) {
      case 0 -> "breaks no MUST clause, but none was tested here";
      case 1 -> "keeps the one MUST clause tested here";
      default -> "keeps all " + must + " MUST clauses tested here";
    };
    String should = report.tested(Level.SHOULD) == 0
        ? ""
        : " (SHOULD: " + report.kept(Level.SHOULD) + " of " + report.tested(Level.SHOULD) + ")";
    return report.run().subject() + " " + kept + should + " " + report.run().places();
  }

  private static String breaks(KitReport report) {
    List<String> parts = new ArrayList<>();
    add(parts, "breaks ", binding(report, Outcome.FAILED), "");
    add(parts, "hangs at ", binding(report, Outcome.HUNG), "");
    add(parts, "breaks ", binding(report, Outcome.EXCLUDED), " as known");
    if (parts.isEmpty()) {
      parts.add("breaks no MUST clause");
    }
    long broken = report.tested(Level.MUST) - report.kept(Level.MUST);
    return report.run().subject()
        + " "
        + String.join(", ", parts)
        + " ("
        + broken
        + " of "
        + report.tested(Level.MUST)
        + " MUST clauses)";
  }

  private static void add(List<String> parts, String verb, String ids, String rest) {
    if (!ids.isEmpty()) {
      parts.add(verb + ids + rest);
    }
  }

  /** The ids of the MUST clauses that came out like this. */
  private static String binding(KitReport report, Outcome outcome) {
    return report.with(outcome).stream()
        .filter(ClauseReport::binding)
        .map(ClauseReport::id)
        .collect(Collectors.joining(", "));
  }

  private static String vacuous(KitReport report) {
    String ids = binding(report, Outcome.VACUOUS);
    return ids.isEmpty() ? "" : "; not exercised: " + ids;
  }

  /** MUST clauses whose tests came to no answer, which a good verdict must not pass over. */
  private static String unanswered(KitReport report) {
    boolean kept = report.verdict() == Verdict.CONFORMANT || report.verdict() == Verdict.STALE;
    String ids = kept ? binding(report, Outcome.SKIPPED) : "";
    return ids.isEmpty() ? "" : "; no answer about " + ids;
  }

  private static String stale(KitReport report) {
    return report.stale().isEmpty()
        ? ""
        : "; stale on the known list, take off: " + String.join(", ", report.stale());
  }

  private static String asked(KitReport report) {
    return report.run().asked().isEmpty()
        ? ""
        : "; asked for: " + String.join(", ", report.run().asked());
  }
}
