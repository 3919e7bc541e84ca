package org.jetbackup.tck.report;

import static org.jetbackup.tck.report.Samples.judge;
import static org.jetbackup.tck.report.Samples.passed;
import static org.jetbackup.tck.report.Samples.test;
import static org.jetbackup.tck.report.Samples.violation;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.api.Test;

class VerdictLineTest {

  private static final Storage MEMORY = Storage.MEMORY;

  @Test
  void aConformantEngineKeepsAllThatWasTested() {
    KitReport report = judge(
        List.of(
            passed("a", MEMORY, "FULL-1", "FULL-2", "FULL-4"),
            passed("a", Storage.DISK, "FULL-1", "FULL-2", "FULL-4")),
        KnownList.NONE,
        MEMORY,
        Storage.DISK);

    assertEquals(
        "conformant: acme-store 3.1 keeps all 2 MUST clauses tested here (SHOULD: 1 of 1) in memory"
            + " and on disk",
        VerdictLine.of(report));
  }

  @Test
  void aBrokenShouldClauseIsCounted() {
    KitReport report =
        judge(passed("a", MEMORY, "FULL-1"), violation("b", MEMORY, broken("FULL-4"), "FULL-4"));

    assertEquals(
        "conformant: acme-store 3.1 keeps the one MUST clause tested here (SHOULD: 0 of 1) in memory",
        VerdictLine.of(report));
  }

  @Test
  void brokenClausesAreNamed() {
    assertEquals(
        "NOT conformant: acme-store 3.1 breaks FULL-2, hangs at FULL-5, breaks INC-2 as known"
            + " (3 of 5 MUST clauses)",
        VerdictLine.of(Samples.everything()));
  }

  @Test
  void nothingNewBeyondTheKnownListIsSaid() {
    KnownList known = KnownList.parse("FULL-2 2027-01-01 x", Set.of("FULL-2"));
    List<TestReport> tests = List.of(violation("b", MEMORY, broken("FULL-2"), "FULL-2"));

    assertEquals(
        "NOT conformant; nothing new beyond the known list: acme-store 3.1 breaks FULL-2 as known"
            + " (1 of 1 MUST clauses)",
        VerdictLine.of(judge(tests, known, MEMORY)));
  }

  @Test
  void staleEntriesAreNamed() {
    KnownList known = KnownList.parse("FULL-1 2027-01-01 x", Set.of("FULL-1"));

    assertEquals(
        "conformant: acme-store 3.1 keeps the one MUST clause tested here in memory; stale on the"
            + " known list, take off: FULL-1",
        VerdictLine.of(judge(List.of(passed("a", MEMORY, "FULL-1")), known, MEMORY)));
  }

  @Test
  void mustClausesThatWereNotExercisedAreNamed() {
    KitReport report = judge(
        passed("a", MEMORY, "FULL-1"),
        test("b", MEMORY, Outcome.VACUOUS, "no force seen", "FULL-2"));

    assertEquals(
        "nothing was exercised: acme-store 3.1 was not seen to write anything; not exercised: FULL-2",
        VerdictLine.of(report));
  }

  private static Violation broken(String clause) {
    return violation(clause, "something", "nothing");
  }
}
