package org.jetbackup.tck.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.launcher.sample.SamplePlugin;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.JsonReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.TestReport;
import org.jetbackup.tck.report.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceRunTest {

  static final String SAMPLES = "org.jetbackup.tck.launcher.sample";

  private final KitReport broken = runOf(new SamplePlugin.Broken()).run();

  @Test
  void aTestThatPassesKeepsItsNote() {
    TestReport test = test("FirstSampleSuite.aTestPassesAndLeavesANote", Storage.MEMORY);

    assertEquals(Outcome.PASSED, test.outcome());
    assertEquals("7 call sequences", test.note());
    assertEquals("A test passes and leaves a note", test.sentence());
    assertEquals(Outcome.PASSED, outcome("FULL-1"));
  }

  @Test
  void aViolationKeepsWhatItSays() {
    TestReport test = test("FirstSampleSuite.aTestStopsAtItsFirstViolation", Storage.DISK);

    assertEquals("FULL-2", test.violation().orElseThrow().clause());
    assertEquals("replay FULL-2", test.violation().orElseThrow().replay());
    assertEquals(Outcome.FAILED, outcome("FULL-2"));
    assertEquals(Outcome.SKIPPED, outcome("FULL-3"));
  }

  @Test
  void aDefectIsToldWithoutPathsOfThisMachine() {
    TestReport test = test("FirstSampleSuite.aDefectIsNoViolation", Storage.MEMORY);

    assertTrue(test.defect());
    assertTrue(
        test.message()
            .startsWith(
                "defect of the kit or the plug-in: java.lang.IllegalStateException: nothing at"
                    + " ./edb.log\n  at org.jetbackup.tck.launcher.sample.FirstSampleSuite"),
        test.message());
    assertTrue(test.message().contains("caused by java.lang.IllegalArgumentException: why"));
    assertFalse(test.message().contains(Path.of("").toAbsolutePath().toString()));
  }

  @Test
  void aTestThatHangsIsToldApart() {
    assertEquals(Outcome.HUNG, outcome("FULL-5"));
    assertTrue(test("FirstSampleSuite.aTestHangs", Storage.DISK)
        .replay()
        .endsWith(" --clause FULL-5 --storage disk --seed 1"));
  }

  @Test
  void aTestAboutAnotherEngineIsNotApplicableAndAnAbortedOneIsSkipped() {
    assertEquals(
        Outcome.NOT_APPLICABLE,
        test("FirstSampleSuite.aTestIsAboutAnotherEngine", Storage.MEMORY).outcome());
    TestReport aborted = test("FirstSampleSuite.aTestNeedsMemory", Storage.DISK);
    assertEquals(Outcome.SKIPPED, aborted.outcome());
    assertEquals("only in memory", aborted.message());
    assertEquals(Outcome.PASSED, outcome("ATOM-1"));
  }

  @Test
  void theCasesOfATestThatPassedAreReportedTogether() {
    TestReport rest = test("FirstSampleSuite.aTestHasSeveralCases", Storage.MEMORY);
    TestReport one = test("FirstSampleSuite.aTestHasSeveralCases[2]", Storage.MEMORY);

    assertEquals(Outcome.PASSED, rest.outcome());
    assertEquals("2 of 3 cases", rest.note());
    assertEquals(Outcome.FAILED, one.outcome());
    assertEquals(Outcome.FAILED, outcome("ATOM-2"));
    assertEquals(Outcome.PASSED, outcome("ATOM-3"));
  }

  @Test
  void aPropertyShowsItsShrunkHistory() {
    TestReport test = test("FirstSampleSuite.aPropertyHasManyTries", Storage.MEMORY);

    assertEquals(List.of("number 11"), test.violation().orElseThrow().history());
  }

  @Test
  void aClassThatCannotBeSetUpFailsItsTestsAndASkippedOneSkipsThem() {
    assertEquals(Outcome.FAILED, outcome("DATA-2"));
    assertEquals(Outcome.SKIPPED, outcome("DATA-3"));
    assertEquals("switched off as a whole", clause("DATA-3").why());
    assertEquals(
        "A test of a class that cannot be set up",
        test("Failing.aTestOfAClassThatCannotBeSetUp", Storage.DISK).sentence());
  }

  @Test
  void anEngineThatBreaksNothingConforms() {
    KitReport report = runOf(new SamplePlugin()).run();

    assertEquals(Verdict.CONFORMANT, report.verdict());
    assertEquals("sample 1.0", report.run().subject());
  }

  @Test
  void aSelectionRunsOnlyTheTestsThatNameOneOfItsClauses() {
    Selection selection = Selection.of(Catalogue.load(), List.of("atomic"), List.of("full-3"));
    KitReport report = runOf(new SamplePlugin()).only(selection).run();

    assertEquals(List.of("atomic", "FULL-3"), report.run().asked());
    assertEquals(
        "FirstSampleSuite.aTestHasSeveralCases, FirstSampleSuite.aTestNeedsMemory,"
            + " FirstSampleSuite.aTestStopsAtItsFirstViolation",
        report.tests().stream()
            .map(TestReport::method)
            .distinct()
            .collect(Collectors.joining(", ")));
    assertTrue(
        report.clauses().stream().map(ClauseReport::id).allMatch(selection::includes),
        "a clause that was not asked for");
  }

  @Test
  void twoRunsGiveTheSameReportTimesApart() {
    KitReport again = runOf(new SamplePlugin.Broken()).run();

    assertEquals(timeless(broken), timeless(again));
  }

  @Test
  void progressIsToldFromBeginToEnd() {
    List<String> told = new ArrayList<>();
    runOf(new SamplePlugin.Broken())
        .on(EnumSet.of(Storage.DISK))
        .telling(new Progress() {
          @Override
          public void begun(Storage storage, int tests) {
            told.add(storage.word() + " " + tests);
          }

          @Override
          public void testEnded(int done) {
            told.add(Integer.toString(done));
          }

          @Override
          public void chapterEnded(
              String chapter, Storage storage, int tests, int brokenOnes, int silent) {
            told.add(chapter + " " + tests + " " + brokenOnes + " " + silent);
          }
        })
        .run();

    assertEquals("disk 10", told.get(0));
    assertTrue(
        told.containsAll(List.of("10", "full 4 3 0", "data 3 2 1", "atomic 2 1 1")),
        told::toString);
  }

  @Test
  void aTestThatNamesNoClauseStopsTheRun() {
    ConformanceRun run = runOf(new SamplePlugin()).from("org.jetbackup.tck.launcher.nameless");

    assertEquals(
        "NamelessSuite.aTestThatNamesNoClause names no clause",
        assertThrows(IllegalStateException.class, run::run).getMessage());
  }

  static ConformanceRun runOf(SamplePlugin plugin) {
    return ConformanceRun.of(KitSettings.of(plugin))
        .on(EnumSet.allOf(Storage.class))
        .from(SAMPLES)
        .by(Clock.fixed(Instant.parse("2026-11-23T16:20:00Z"), ZoneOffset.UTC));
  }

  private static String timeless(KitReport report) {
    return JsonReport.of(report).replaceAll("\"millis\": \\d+", "");
  }

  private TestReport test(String method, Storage storage) {
    return broken.tests().stream()
        .filter(test -> test.method().equals(method) && test.storage() == storage)
        .findFirst()
        .orElseThrow(() -> new AssertionError(broken.tests().toString()));
  }

  private ClauseReport clause(String id) {
    return broken.clauses().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private Outcome outcome(String clause) {
    return clause(clause).outcome();
  }
}
