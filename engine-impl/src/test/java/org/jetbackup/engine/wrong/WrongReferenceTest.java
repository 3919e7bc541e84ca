package org.jetbackup.engine.wrong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kit finds each bug of the reference engine by the clause that it breaks, and finds nothing in
 * the engine as it is.
 *
 * <p>A build tries those that take a second or so. With {@code -Djetbackup.wrong=all} it tries all,
 * those too that it takes crashes and faults to see.
 */
class WrongReferenceTest {

  private static final boolean ALL = "all".equals(System.getProperty("jetbackup.wrong"));
  private static final String PAGE = "docs/wrong-engines.md";
  private static final String HEADING = "## The reference engine with bugs\n";
  private static final int BUGS_MIN = 40;

  /** Clauses that are soon broken, and take long where they are not. */
  private static final Set<String> SLOW_TO_PASS = Set.of(
      "RET-7",
      "RET-12",
      "RET-15",
      "RET-19",
      "LIFE-13",
      "FULL-1",
      "INC-1",
      "DIR-3",
      "DIR-8",
      "FAIL-1",
      "FAIL-3",
      "FAIL-5",
      "TRUNC-2",
      "REST-1",
      "REST-7",
      "VER-7",
      "EVT-6",
      "CRASH-16");

  static Stream<Arguments> rows() {
    return chosen()
        .flatMap(wrong -> wrong.clauses().stream().map(clause -> Arguments.of(wrong, clause)));
  }

  static Stream<Arguments> controls() {
    return chosen()
        .flatMap(wrong ->
            wrong.clauses().stream().map(clause -> List.<Object>of(clause, wrong.during())))
        .filter(each -> ALL || !SLOW_TO_PASS.contains(each.get(0)))
        .distinct()
        .map(each -> Arguments.of(each.toArray()));
  }

  private static Stream<WrongReference> chosen() {
    return Arrays.stream(WrongReference.values()).filter(wrong -> ALL || !wrong.isSlow());
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("rows")
  void isCaughtByTheClauseThatItBreaks(WrongReference wrong, String id) {
    KitReport report = Trial.judge(WrongClasses.engine(wrong.changes()), id, wrong.during());
    ClauseReport clause = Trial.verdict(report, id);
    assertEquals(Outcome.FAILED, clause.outcome(), () -> wrong + ": " + Trial.described(report));
    List<Violation> violations = clause.evidence().stream()
        .flatMap(test -> test.violation().stream())
        .filter(violation -> violation.clause().equals(id))
        .toList();
    assertFalse(violations.isEmpty(), () -> wrong + ": " + Trial.described(report));
    violations.forEach(violation -> assertTrue(
        wrong == WrongReference.THROWS_WHAT_IT_LIKES
            || !violation.seen().contains("NullPointerException"),
        violation::seen));
  }

  static Stream<WrongReference> seenByCrashes() {
    return chosen().filter(wrong -> wrong.seenFirst().isPresent());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("seenByCrashes")
  void noStrongerProfileSeesIt(WrongReference wrong) {
    assertEquals(
        wrong.seenFirst(),
        Trial.firstProfile(
            WrongClasses.engine(wrong.changes()), wrong.clauses().get(0), wrong.during()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("controls")
  void theEngineAsItIsPasses(String id, Set<String> during) {
    KitReport report = Trial.judge(new ReferenceEngine(), id, during);
    assertEquals(
        Outcome.PASSED, Trial.verdict(report, id).outcome(), () -> Trial.described(report));
  }

  @Test
  void everyWrongEngineOfTheKitIsHereOrHasAReasonNotToBe() throws IOException {
    assertTrue(WrongReference.values().length >= BUGS_MIN);
    Set<String> here = new TreeSet<>(Counterparts.NONE.keySet());
    for (WrongReference wrong : WrongReference.values()) {
      assertTrue(here.add(wrong.mistake()) || isTwice(wrong), wrong.mistake());
    }
    String kit = Files.readString(page());
    Set<String> missing = kit.substring(0, kit.indexOf(HEADING))
        .lines()
        .filter(line -> line.matches("\\| .*[A-Z]+-\\d+.*"))
        .map(line -> line.substring(2, line.indexOf(" |", 2)))
        .filter(mistake -> !here.contains(mistake))
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing);
  }

  /** One mistake is two rows where a crash sees it too, and says so in other words. */
  private static boolean isTwice(WrongReference wrong) {
    return wrong.seenFirst().isPresent();
  }

  /** Compares with the page; with -Djetbackup.generate=true, writes it. */
  @Test
  void thePageHasTheTable() throws IOException {
    String present = Files.readString(page());
    String kit = present.substring(0, present.indexOf(HEADING));
    String expected = kit + HEADING + Counterparts.page();
    if (Boolean.getBoolean("jetbackup.generate")) {
      Files.writeString(page(), expected);
    } else {
      assertEquals(expected, present, PAGE + ": -Djetbackup.generate=true writes it");
    }
  }

  private static Path page() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve(".mvn"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("this test runs inside the project only");
      }
    }
    return directory.resolve(PAGE);
  }
}
