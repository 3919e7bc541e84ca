package org.jetbackup.tck.launcher;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.TestReport;
import org.jetbackup.tck.report.Violation;

/**
 * A test while it runs, and the cases of it that came to their end. Most tests have one case, which
 * is the test itself. Of a test with several, those that passed are reported together.
 */
final class RunningTest {

  private final SuiteTest test;
  private final String chapter;
  private final Storage storage;
  private final String replay;
  private final boolean applicable;
  private final List<TestReport> cases = new ArrayList<>();
  private boolean ended;

  /**
   * Begins.
   *
   * @param test the test
   * @param chapter the chapter of its main clause
   * @param settings the settings under which it runs
   * @param replay the command that runs it again
   */
  RunningTest(SuiteTest test, String chapter, KitSettings settings, String replay) {
    this.test = test;
    this.chapter = chapter;
    this.storage = settings.storage();
    this.replay = replay;
    this.applicable = test.isAbout(settings.capabilities());
  }

  /** The chapter of its main clause. */
  String chapter() {
    return chapter;
  }

  String sentence() {
    return test.sentence();
  }

  /** Adds a case; the label is empty if the case is the whole test. */
  TestReport add(
      Outcome outcome, String message, Optional<Violation> violation, String label, long millis) {
    boolean beside = outcome == Outcome.SKIPPED && !applicable;
    TestReport added = new TestReport(
        label.isEmpty() ? sentence() : sentence() + ": " + label,
        label.isEmpty() && cases.isEmpty()
            ? test.name()
            : test.name() + "[" + (cases.size() + 1) + "]",
        storage,
        test.clauses(),
        beside ? Outcome.NOT_APPLICABLE : outcome,
        message,
        violation,
        outcome.broken() ? violation.map(Violation::replay).orElse(replay) : "",
        Kit.noteOf(test.name()).orElse(""),
        millis);
    cases.add(added);
    return added;
  }

  /** Says that no more cases come; returns whether that was news. */
  boolean end() {
    boolean news = !ended;
    ended = true;
    return news;
  }

  boolean ended() {
    return ended;
  }

  /** The worst outcome of a case; a test without a case was skipped. */
  Outcome worst() {
    EnumSet<Outcome> seen = EnumSet.noneOf(Outcome.class);
    reports().forEach(report -> seen.add(report.outcome()));
    return seen.contains(Outcome.PASSED) && !seen.iterator().next().broken()
        ? Outcome.PASSED
        : seen.iterator().next();
  }

  List<TestReport> reports() {
    if (cases.isEmpty()) {
      String message = "the test engine found no case of it to run";
      return List.of(report(Outcome.SKIPPED, message, "", 0));
    }
    List<TestReport> passed =
        cases.stream().filter(report -> report.outcome() == Outcome.PASSED).toList();
    if (cases.size() == 1 || passed.isEmpty()) {
      return List.copyOf(cases);
    }
    List<TestReport> reports = new ArrayList<>(cases);
    reports.removeAll(passed);
    String note = passed.get(passed.size() - 1).note();
    String counted = passed.size() + " of " + cases.size() + " cases";
    long millis = passed.stream().mapToLong(TestReport::millis).sum();
    reports.add(
        report(Outcome.PASSED, "", note.isEmpty() ? counted : counted + ", " + note, millis));
    return reports;
  }

  private TestReport report(Outcome outcome, String message, String note, long millis) {
    return new TestReport(
        sentence(),
        test.name(),
        storage,
        test.clauses(),
        outcome,
        message,
        Optional.empty(),
        "",
        note,
        millis);
  }
}
