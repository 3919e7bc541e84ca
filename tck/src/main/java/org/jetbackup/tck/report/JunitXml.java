package org.jetbackup.tck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jetbackup.tck.Storage;

/**
 * The report in the XML that build servers read: a suite for each chapter, a case for each clause on
 * each storage. Failures and errors are what makes the verdict: a MUST clause that is broken is a
 * failure, one that only a hung test or a defect of the kit or the plug-in speaks against is an
 * error. All else that is not passed is skipped, with its outcome as the reason; a broken SHOULD
 * clause among them carries what was seen.
 */
public final class JunitXml {

  private enum Kind {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED
  }

  private JunitXml() {}

  /** The report as an XML document. */
  public static String of(KitReport report) {
    Markup xml = new Markup();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.open("testsuites", "name", "jetbackup conformance of " + report.run().subject());
    report.chapters().forEach(chapter -> suite(xml, chapter));
    xml.raw("\n").close().raw("\n");
    return xml.toString();
  }

  private static void suite(Markup xml, ChapterReport chapter) {
    List<Kind> kinds = new ArrayList<>();
    for (ClauseReport clause : chapter.clauses()) {
      clause.storages().forEach((storage, outcome) -> kinds.add(kind(clause, storage, outcome)));
    }
    xml.raw("\n  ");
    xml.open(
        "testsuite",
        "name",
        chapter.name() + ": " + chapter.title(),
        "tests",
        Integer.toString(kinds.size()),
        "failures",
        count(kinds, Kind.FAILURE),
        "errors",
        count(kinds, Kind.ERROR),
        "skipped",
        count(kinds, Kind.SKIPPED));
    for (ClauseReport clause : chapter.clauses()) {
      clause
          .storages()
          .forEach((storage, outcome) -> testCase(xml, chapter, clause, storage, outcome));
    }
    xml.raw("\n  ").close();
  }

  private static String count(List<Kind> kinds, Kind wanted) {
    return Long.toString(kinds.stream().filter(kind -> kind == wanted).count());
  }

  private static void testCase(
      Markup xml, ChapterReport chapter, ClauseReport clause, Storage storage, Outcome outcome) {
    long millis = clause.tests().stream()
        .filter(test -> test.storage() == storage)
        .mapToLong(TestReport::millis)
        .sum();
    xml.raw("\n    ");
    xml.open(
        "testcase",
        "classname",
        "jetbackup." + chapter.name(),
        "name",
        clause.id() + " (" + storage.word() + ")",
        "time",
        String.format(Locale.ROOT, "%.3f", millis / 1000.0));
    String rule = clause.level() + ": " + clause.clause().rule();
    switch (kind(clause, storage, outcome)) {
      case PASSED -> {}
      case FAILURE -> detail(xml, "failure", outcome, rule, evidence(clause, storage));
      case ERROR -> detail(xml, "error", outcome, rule, evidence(clause, storage));
      case SKIPPED -> {
        String why = clause.outcome() == outcome ? clause.why() : outcome.meaning();
        String reason = outcome.word() + ": " + why;
        detail(xml, "skipped", outcome, reason, evidence(clause, storage));
      }
    }
    xml.close();
  }

  private static void detail(
      Markup xml, String element, Outcome outcome, String message, String text) {
    xml.raw("\n      ");
    xml.open(element, "type", outcome.word(), "message", message).text(text).close();
    xml.raw("\n    ");
  }

  private static String evidence(ClauseReport clause, Storage storage) {
    return against(clause, storage).stream()
        .map(test -> test.method() + "\n" + test.message())
        .collect(Collectors.joining("\n\n"));
  }

  private static List<TestReport> against(ClauseReport clause, Storage storage) {
    return clause.evidence().stream().filter(test -> test.storage() == storage).toList();
  }

  private static Kind kind(ClauseReport clause, Storage storage, Outcome outcome) {
    if (outcome == Outcome.PASSED) {
      return Kind.PASSED;
    }
    if (!clause.binding() || (outcome != Outcome.FAILED && outcome != Outcome.HUNG)) {
      return Kind.SKIPPED;
    }
    boolean violated =
        against(clause, storage).stream().anyMatch(test -> test.violation().isPresent());
    return violated ? Kind.FAILURE : Kind.ERROR;
  }
}
