package org.jetbackup.tck.report;

import static org.jetbackup.tck.report.Samples.judge;
import static org.jetbackup.tck.report.Samples.passed;
import static org.jetbackup.tck.report.Samples.test;
import static org.jetbackup.tck.report.Samples.violation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private static final Storage MEMORY = Storage.MEMORY;
  private static final Storage DISK = Storage.DISK;

  @Test
  void aClauseWhoseTestsAllPassedIsPassed() {
    KitReport report = judge(passed("a", MEMORY, "FULL-1"), passed("b", MEMORY, "FULL-1"));

    assertOutcome(Outcome.PASSED, "", "FULL-1", report);
    assertEquals(Verdict.CONFORMANT, report.verdict());
  }

  @Test
  void aViolationBreaksTheClauseThatItNamesAndStopsTheOthersOfItsTest() {
    KitReport report = judge(violated("a", MEMORY, "FULL-2", "FULL-2", "FULL-3"));

    assertOutcome(Outcome.FAILED, "seen: nothing", "FULL-2", report);
    assertOutcome(Outcome.SKIPPED, "its test stopped at FULL-2", "FULL-3", report);
    assertEquals(Verdict.NOT_CONFORMANT, report.verdict());
  }

  @Test
  void aViolationOfAClauseThatTheTestDoesNotNameBreaksThatClause() {
    KitReport report = judge(violated("a", MEMORY, "FULL-1", "FULL-3"));

    assertOutcome(Outcome.FAILED, "seen: nothing", "FULL-1", report);
    assertOutcome(Outcome.SKIPPED, "its test stopped at FULL-1", "FULL-3", report);
  }

  @Test
  void aClauseThatAnotherTestPassedDoesNotSufferFromATestThatStopped() {
    KitReport report =
        judge(violated("a", MEMORY, "FULL-2", "FULL-2", "FULL-3"), passed("b", MEMORY, "FULL-3"));

    assertOutcome(Outcome.PASSED, "", "FULL-3", report);
  }

  @Test
  void aPassOnOneStorageIsNoPassOnAnotherOneWhereTheTestStopped() {
    KitReport report = judge(
        List.of(passed("a", MEMORY, "FULL-3"), violated("a", DISK, "FULL-2", "FULL-3")),
        KnownList.NONE,
        MEMORY,
        DISK);

    assertOutcome(Outcome.SKIPPED, "its test stopped at FULL-2", "FULL-3", report);
    assertEquals(
        Map.of(MEMORY, Outcome.PASSED, DISK, Outcome.SKIPPED),
        clause("FULL-3", report).storages());
  }

  @Test
  void aTestThatWasAbortedOnOneStorageTakesNothingFromAPassOnTheOther() {
    KitReport report = judge(
        List.of(
            passed("a", MEMORY, "FULL-1"),
            test("a", DISK, Outcome.SKIPPED, "only in memory", "FULL-1")),
        KnownList.NONE,
        MEMORY,
        DISK);

    assertOutcome(Outcome.PASSED, "one test gave no answer: only in memory", "FULL-1", report);
  }

  @Test
  void aFailureOnOneStorageFailsTheClause() {
    KitReport report = judge(
        List.of(passed("a", MEMORY, "FULL-1"), violated("a", DISK, "FULL-1", "FULL-1")),
        KnownList.NONE,
        MEMORY,
        DISK);

    assertOutcome(Outcome.FAILED, "seen: nothing", "FULL-1", report);
  }

  @Test
  void aDefectFailsEveryClauseOfItsTest() {
    KitReport report =
        judge(test("a", MEMORY, Outcome.FAILED, "defect of the kit\n  at x", "FULL-1", "FULL-2"));

    assertOutcome(Outcome.FAILED, "defect of the kit", "FULL-1", report);
    assertOutcome(Outcome.FAILED, "defect of the kit", "FULL-2", report);
  }

  @Test
  void aTestThatHangsHangsItsClauses() {
    KitReport report = judge(test("a", MEMORY, Outcome.HUNG, "stood at x", "FULL-1"));

    assertOutcome(Outcome.HUNG, "stood at x", "FULL-1", report);
    assertEquals(Verdict.NOT_CONFORMANT, report.verdict());
  }

  @Test
  void aClauseAboutAnUndeclaredCapabilityIsNotApplicable() {
    KitReport report = judge(passed("a", MEMORY, "FULL-1"));

    assertOutcome(
        Outcome.NOT_APPLICABLE, "needs circular-logging, which is not declared", "INC-3", report);
  }

  @Test
  void aClauseWhoseTestsAreAllAboutOtherEnginesIsNotApplicable() {
    KitReport report =
        judge(test("a", MEMORY, Outcome.NOT_APPLICABLE, "the engine declares atomic", "FULL-1"));

    assertOutcome(Outcome.NOT_APPLICABLE, "the engine declares atomic", "FULL-1", report);
  }

  @Test
  void clausesWithoutATestSayWhy() {
    KitReport report = judge(passed("a", MEMORY, "FULL-1"));

    assertOutcome(Outcome.UNTESTED, "waits for a second engine", "INC-4", report);
    assertOutcome(Outcome.UNTESTED, "no test names it", "FULL-2", report);
    assertOutcome(
        Outcome.UNTESTABLE,
        "no test can switch off the computer on which it runs",
        "FULL-7",
        report);
  }

  @Test
  void aClauseOfWhichNothingWasExercisedIsVacuousUnlessAnotherTestPassedIt() {
    TestReport empty = test("a", MEMORY, Outcome.VACUOUS, "no force seen", "FULL-1");

    assertOutcome(Outcome.VACUOUS, "no force seen", "FULL-1", judge(empty));
    assertOutcome(Outcome.PASSED, "", "FULL-1", judge(empty, passed("b", MEMORY, "FULL-1")));
  }

  @Test
  void aBrokenShouldClauseDoesNotDecide() {
    KitReport report =
        judge(passed("a", MEMORY, "FULL-1"), violated("b", MEMORY, "FULL-4", "FULL-4"));

    assertOutcome(Outcome.FAILED, "seen: nothing", "FULL-4", report);
    assertTrue(report.conformant());
    assertEquals(Verdict.CONFORMANT, report.verdict());
  }

  @Test
  void aKnownFailureIsExcludedUpToItsDateAndNeverConformant() {
    KitReport report = judge(violatedOnly("FULL-2"), known("FULL-2 2026-11-23 issue 17"), MEMORY);

    assertOutcome(Outcome.EXCLUDED, "known until 2026-11-23: issue 17", "FULL-2", report);
    assertFalse(report.conformant());
    assertEquals(Verdict.KNOWN, report.verdict());
  }

  @Test
  void aKnownFailureFailsAfterItsDate() {
    KitReport report = judge(violatedOnly("FULL-2"), known("FULL-2 2026-11-22 issue 17"), MEMORY);

    assertOutcome(
        Outcome.FAILED, "known until 2026-11-22, which is over; seen: nothing", "FULL-2", report);
    assertEquals(Verdict.NOT_CONFORMANT, report.verdict());
  }

  @Test
  void anEntryWhoseClausePassesIsStaleAndDecides() {
    KitReport report =
        judge(List.of(passed("a", MEMORY, "FULL-1")), known("FULL-1 2027-01-01 mended?"), MEMORY);

    assertEquals(List.of("FULL-1"), report.stale());
    assertEquals(Verdict.STALE, report.verdict());
  }

  @Test
  void aRunWithoutAnyAnswerIsNoVerdict() {
    assertEquals(
        Verdict.NOTHING,
        judge(test("a", MEMORY, Outcome.SKIPPED, "aborted", "FULL-1")).verdict());
    assertEquals(Verdict.NOTHING, judge().verdict());
  }

  @Test
  void onlyClausesAskedForAreJudgedAndThoseSeenBroken() {
    KitReport report = new Verdicts(Samples.info(MEMORY), Map.of(), KnownList.NONE, Samples.TODAY)
        .judge(
            Samples.chapters(),
            clause -> clause.id().equals("FULL-3"),
            List.of(violated("a", MEMORY, "INC-4", "FULL-3", "FULL-2")));

    assertEquals(
        List.of("FULL-3", "INC-4"),
        report.clauses().stream().map(ClauseReport::id).toList());
  }

  private static List<TestReport> violatedOnly(String clause) {
    return List.of(violated("a", MEMORY, clause, clause));
  }

  private static TestReport violated(
      String method, Storage storage, String broken, String... clauses) {
    return violation(method, storage, violation(broken, "something", "nothing"), clauses);
  }

  private static KnownList known(String line) {
    return KnownList.parse(line, Set.of("FULL-1", "FULL-2"));
  }

  private static ClauseReport clause(String id, KitReport report) {
    return report.clauses().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private static void assertOutcome(Outcome outcome, String why, String id, KitReport report) {
    assertEquals(outcome, clause(id, report).outcome());
    assertEquals(why, clause(id, report).why());
  }
}
