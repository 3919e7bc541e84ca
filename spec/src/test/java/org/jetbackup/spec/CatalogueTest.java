package org.jetbackup.spec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification as it is delivered. */
class CatalogueTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  /** An id of a clause inside a text, such as RET-2. */
  private static final Pattern ID = Pattern.compile("\\b[A-Z]{3,}-[0-9]+\\b");

  /** A number of an error with its symbol, such as -526 (JET_errInvalidBackup). */
  private static final Pattern CODE =
      Pattern.compile("(?<![\\w])(-[0-9]{3,4}) \\((JET_err[A-Za-z]+)\\)");

  /** Sources without which a MUST would only tell how the original or our engine is built. */
  private static final Pattern BINDING =
      Pattern.compile("contract .*|crash .*|house api|decision (A11|B8|C7)");

  static Stream<String> statements() {
    return Stream.of(ids("P", 8), ids("R", 17), ids("S", 5), ids("F", 2), ids("N", 10), ids("L", 7))
        .flatMap(Function.identity());
  }

  private static Stream<String> ids(String letter, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void everyStatementOfTheContractHasAClause(String statement) {
    String source = "contract " + statement;
    assertTrue(
        CATALOGUE.clauses().stream().anyMatch(clause -> clause.sources().contains(source)),
        () -> "no clause has the source " + source);
  }

  @ParameterizedTest
  @MethodSource("outwardDecisions")
  void everyDecisionThatAnObserverCanNoticeHasAClause(String decision) {
    String source = "decision " + decision;
    assertTrue(
        CATALOGUE.clauses().stream().anyMatch(clause -> clause.sources().contains(source)),
        () -> "no clause has the source " + source);
  }

  /** A1 and A12 are about clauses themselves; C6, C9, C13 and C14 stay inside the engine. */
  static Stream<String> outwardDecisions() {
    Set<String> inward = Set.of("A1", "A12");
    return Stream.concat(
        Stream.concat(ids("A", 13), ids("B", 8)).filter(id -> !inward.contains(id)),
        Stream.of("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C10", "C11", "C12"));
  }

  @Test
  void chaptersComeInTheirOrder() {
    assertEquals(
        List.of(
            "parameters",
            "return-codes",
            "life-cycle",
            "data",
            "full",
            "atomic",
            "incremental",
            "circular",
            "null-path",
            "failure",
            "restore",
            "directory",
            "truncation",
            "verification",
            "progress",
            "events",
            "capabilities",
            "concurrency",
            "crash",
            "facade",
            "faults"),
        CATALOGUE.chapters().stream().map(Chapter::name).toList());
  }

  @Test
  void idsAreUniqueAndNumberedFromOneInEachChapter() {
    Set<String> seen = new HashSet<>();
    for (Chapter chapter : CATALOGUE.chapters()) {
      List<String> ids = chapter.clauses().stream().map(Clause::id).toList();
      String prefix = ids.get(0).replaceAll("-.*", "-");
      assertEquals(ids(prefix, ids.size()).toList(), ids);
      ids.forEach(id -> assertTrue(seen.add(id), id));
    }
  }

  @Test
  void aClauseIsFoundByItsId() {
    Clause clause = CATALOGUE.clause("RET-7").orElseThrow();

    assertEquals("RET-7", clause.id());
    assertEquals(Level.MUST, clause.level());
    assertEquals(Set.of("circular-logging", "incremental"), clause.capabilities());
    assertEquals(List.of("contract R6", "contract N3"), clause.sources());
    assertEquals("return-codes", clause.chapter());
    assertTrue(clause.rule().contains("-526 (JET_errInvalidBackup)"), clause.rule());
    assertTrue(CATALOGUE.clause("RET-0").isEmpty());
  }

  @Test
  void everyClauseNamedInATextExists() {
    for (Clause clause : CATALOGUE.clauses()) {
      String texts = clause.rule() + " " + clause.reason();
      ID.matcher(texts)
          .results()
          .map(MatchResult::group)
          .forEach(id ->
              assertTrue(CATALOGUE.clause(id).isPresent(), () -> clause.id() + " speaks of " + id));
    }
  }

  @Test
  void aNumberHasOneSymbolEverywhereAndASymbolOneNumber() {
    List<MatchResult> codes = CATALOGUE.clauses().stream()
        .flatMap(clause -> CODE.matcher(clause.rule() + " " + clause.reason()).results())
        .toList();
    Set<String> pairs = codes.stream().map(MatchResult::group).collect(Collectors.toSet());

    assertFalse(pairs.isEmpty());
    assertEquals(
        pairs.size(), codes.stream().map(code -> code.group(1)).distinct().count());
    assertEquals(
        pairs.size(), codes.stream().map(code -> code.group(2)).distinct().count());
  }

  @Test
  void aMustRestsOnMoreThanTheInsideOfAnEngine() {
    List<String> baseless = CATALOGUE.clauses().stream()
        .filter(clause -> clause.level() == Level.MUST)
        .filter(clause -> clause.sources().stream()
            .noneMatch(source -> BINDING.matcher(source).matches()))
        .map(Clause::id)
        .toList();

    assertEquals(List.of(), baseless);
  }

  @Test
  void everyCapabilityIsNeededBySomeClause() {
    Set<String> used = CATALOGUE.clauses().stream()
        .flatMap(clause -> clause.capabilities().stream())
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(CATALOGUE.capabilities().keySet()), used);
  }

  @Test
  void textsAreReadable() {
    assertAll(CATALOGUE.clauses().stream().map(clause -> () -> {
      String texts = clause.rule() + " " + clause.reason();
      assertFalse(texts.contains("  "), clause.id());
      assertTrue(clause.rule().matches(".*[.)]"), clause.id());
      assertTrue(clause.reason().endsWith("."), clause.id());
    }));
  }
}
