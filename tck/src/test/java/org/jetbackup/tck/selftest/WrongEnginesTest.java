package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Chapter;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.launcher.ConformanceRun;
import org.jetbackup.tck.launcher.Selection;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.TestReport;
import org.jetbackup.tck.report.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong engine is caught by the clause that it breaks, with a message that says it all. */
class WrongEnginesTest {

  private static final int TRIES = 50;
  private static final int HISTORY_MAX = 45;
  private static final int ENGINES_MIN = 20;

  private final Catalogue catalogue = Catalogue.load();

  static Stream<Arguments> rows() {
    return Arrays.stream(WrongEngine.values())
        .flatMap(wrong -> wrong.clauses().stream().map(clause -> Arguments.of(wrong, clause)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("rows")
  void isCaughtByTheClauseThatItBreaks(WrongEngine wrong, String id) {
    KitReport report = judge(wrong, id);
    ClauseReport clause =
        report.clauses().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    assertEquals(Outcome.FAILED, clause.outcome(), () -> wrong + ": " + described(report));
    List<Violation> violations = clause.evidence().stream()
        .flatMap(test -> test.violation().stream())
        .filter(violation -> violation.clause().equals(id))
        .toList();
    assertFalse(violations.isEmpty(), () -> wrong + ": " + described(report));
    violations.forEach(violation -> assertSaysItAll(wrong, id, violation));
  }

  @Test
  void everySuiteHasAWrongEngine() {
    assertTrue(WrongEngine.values().length >= ENGINES_MIN);
    Set<String> chapters = Arrays.stream(WrongEngine.values())
        .flatMap(wrong -> wrong.clauses().stream())
        .map(id -> catalogue.clause(id).orElseThrow().chapter())
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = catalogue.chapters().stream()
        .filter(chapter -> chapter.clauses().stream().anyMatch(this::isTested))
        .map(Chapter::name)
        .filter(name -> !chapters.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing, "chapters without a wrong engine");
  }

  @Test
  void aMessageIsRenderedWithClauseAndTextAndAllItNeeds() {
    ClauseViolation violation = new ClauseViolation(
        "INC-4", "MUST: rule", "-560", "success", List.of("full -> success"), "run --clause");
    assertEquals("""
        INC-4 MUST: rule
          allowed: -560
          seen:    success
          history:
            full -> success
          replay:  run --clause""", violation.getMessage());
  }

  private boolean isTested(Clause clause) {
    return clause.isTestable() && !catalogue.untested().containsKey(clause.id());
  }

  private KitReport judge(WrongEngine wrong, String clause) {
    Set<String> during = wrong.seenFirst().map(seen -> Set.of(seen.workload())).orElse(Set.of());
    KitSettings settings = KitSettings.of(wrong.plugin())
        .withTries(TRIES)
        .crashing(CrashSettings.QUICK.during(during));
    return ConformanceRun.of(settings)
        .only(Selection.of(catalogue, List.of(), List.of(clause)))
        .run();
  }

  private static void assertSaysItAll(WrongEngine wrong, String clause, Violation violation) {
    assertFalse(violation.allowed().isBlank(), "what was allowed");
    assertFalse(violation.seen().isBlank(), "what was seen");
    assertFalse(
        wrong != WrongEngine.THROWS_WHAT_IT_LIKES
            && violation.seen().contains("NullPointerException"),
        violation.seen());
    assertFalse(violation.history().isEmpty(), "the calls that led there");
    assertTrue(violation.history().size() <= HISTORY_MAX, "a short history");
    assertTrue(violation.replay().contains("--clause " + clause), violation.replay());
    assertTrue(violation.replay().contains("--seed"), violation.replay());
  }

  private static String described(KitReport report) {
    return report.clauses().stream()
        .map(clause -> clause.id()
            + " "
            + clause.outcome()
            + " "
            + clause.why()
            + clause.tests().stream()
                .filter(test -> test.outcome() != Outcome.PASSED)
                .map(TestReport::message)
                .map(message -> "\n" + message)
                .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }
}
