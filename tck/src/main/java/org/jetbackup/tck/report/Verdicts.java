package org.jetbackup.tck.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jetbackup.spec.Chapter;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.Storage;

/**
 * Gives every clause its outcome, from those of the tests.
 *
 * <p>First on each storage alone:
 *
 * <ol>
 *   <li>A test failed because of this clause, whether or not it names it: failed.
 *   <li>A test that names it failed without a word about any clause: failed, by a defect of the kit
 *       or the plug-in, which has to be mended before anything can be said.
 *   <li>A test that names it hung: hung.
 *   <li>A capability that it needs is not declared, or all its tests are about others: not
 *       applicable.
 *   <li>A test that names it passed: passed, even if another one stopped early.
 *   <li>A test that names it exercised nothing: vacuous.
 *   <li>All that is left: skipped; its tests stopped at another clause or were aborted.
 * </ol>
 *
 * <p>Then over all storages: the worst counts, but tests that were aborted on one storage (not
 * stopped by another clause) take nothing away from a pass on the other one. Last, what fails and is
 * on the known list becomes excluded.
 */
public final class Verdicts {

  private final RunInfo run;
  private final Map<String, String> untested;
  private final KnownList known;
  private final LocalDate today;

  /**
   * Prepares to judge.
   *
   * @param run who is judged, and how
   * @param untested the clauses that wait for a test, each with the reason
   * @param known the clauses known to be broken
   * @param today the day by which the entries of that list are judged
   */
  public Verdicts(RunInfo run, Map<String, String> untested, KnownList known, LocalDate today) {
    this.run = run;
    this.untested = Map.copyOf(untested);
    this.known = known;
    this.today = today;
  }

  /**
   * Judges.
   *
   * @param chapters the whole specification
   * @param asked the clauses to judge; a clause that a test saw broken is judged in any case
   * @param tests what became of every test on every storage
   */
  public KitReport judge(List<Chapter> chapters, Predicate<Clause> asked, List<TestReport> tests) {
    Set<String> broken = tests.stream()
        .flatMap(test -> test.violation().stream())
        .map(Violation::clause)
        .collect(Collectors.toSet());
    List<ChapterReport> judged = new ArrayList<>();
    for (Chapter chapter : chapters) {
      List<ClauseReport> clauses = chapter.clauses().stream()
          .filter(clause -> asked.test(clause) || broken.contains(clause.id()))
          .map(clause -> judge(clause, tests))
          .toList();
      if (!clauses.isEmpty()) {
        judged.add(new ChapterReport(chapter.name(), chapter.title(), clauses));
      }
    }
    return new KitReport(run, judged, tests, stale(judged), List.of());
  }

  /** Whether a test speaks against a clause. */
  static boolean against(String clause, TestReport test) {
    return switch (test.outcome()) {
      case FAILED ->
        test.violation()
            .map(violation -> violation.clause().equals(clause))
            .orElseGet(() -> test.clauses().contains(clause));
      case HUNG -> test.clauses().contains(clause);
      default -> false;
    };
  }

  private ClauseReport judge(Clause clause, List<TestReport> all) {
    List<TestReport> tests = all.stream()
        .filter(test -> test.clauses().contains(clause.id()) || against(clause.id(), test))
        .sorted(TestReport.ORDER)
        .toList();
    Map<Storage, Outcome> storages = new EnumMap<>(Storage.class);
    for (Storage storage : run.storages()) {
      List<TestReport> here =
          tests.stream().filter(test -> test.storage() == storage).toList();
      storages.put(storage, known(clause, onOneStorage(clause, here)));
    }
    Outcome outcome = overAll(clause, storages, tests);
    return new ClauseReport(clause, outcome, why(clause, outcome, tests), storages, tests);
  }

  private Outcome onOneStorage(Clause clause, List<TestReport> tests) {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (TestReport test : tests) {
      boolean stopped = test.outcome() == Outcome.FAILED && !against(clause.id(), test);
      seen.add(stopped ? Outcome.SKIPPED : test.outcome());
    }
    if (seen.contains(Outcome.FAILED) || seen.contains(Outcome.HUNG)) {
      return Outcome.worst(seen);
    }
    if (!missing(clause).isEmpty()) {
      return Outcome.NOT_APPLICABLE;
    }
    if (seen.isEmpty()) {
      return clause.untestableBecause().isPresent() ? Outcome.UNTESTABLE : Outcome.UNTESTED;
    }
    return seen.contains(Outcome.PASSED) ? Outcome.PASSED : Outcome.worst(seen);
  }

  private Outcome overAll(Clause clause, Map<Storage, Outcome> storages, List<TestReport> tests) {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (Map.Entry<Storage, Outcome> entry : storages.entrySet()) {
      boolean silent = entry.getValue() == Outcome.SKIPPED && !stopped(clause, entry, tests);
      if (!(silent && storages.containsValue(Outcome.PASSED))) {
        seen.add(entry.getValue());
      }
    }
    return Outcome.worst(seen);
  }

  private static boolean stopped(
      Clause clause, Map.Entry<Storage, Outcome> storage, List<TestReport> tests) {
    return tests.stream()
        .filter(test -> test.storage() == storage.getKey())
        .anyMatch(test -> test.outcome() == Outcome.FAILED && !against(clause.id(), test));
  }

  private Outcome known(Clause clause, Outcome outcome) {
    boolean counts = known.of(clause.id()).filter(entry -> entry.counts(today)).isPresent();
    return outcome.broken() && counts ? Outcome.EXCLUDED : outcome;
  }

  private List<String> stale(List<ChapterReport> chapters) {
    return chapters.stream()
        .flatMap(chapter -> chapter.clauses().stream())
        .filter(clause -> known.of(clause.id()).isPresent())
        .filter(clause -> !clause.outcome().broken())
        .filter(clause -> clause.outcome() != Outcome.SKIPPED)
        .filter(clause -> clause.outcome() != Outcome.VACUOUS)
        .map(ClauseReport::id)
        .toList();
  }

  private Set<String> missing(Clause clause) {
    Set<String> missing = new TreeSet<>(clause.capabilities());
    run.capabilities().forEach(capability -> missing.remove(capability.word()));
    return missing;
  }

  private String why(Clause clause, Outcome outcome, List<TestReport> tests) {
    return switch (outcome) {
      case FAILED -> expired(clause) + blame(clause, tests);
      case HUNG -> expired(clause) + message(tests, Outcome.HUNG);
      case EXCLUDED ->
        known
            .of(clause.id())
            .map(entry -> "known until " + entry.until() + ": " + entry.reason())
            .orElseThrow();
      case VACUOUS -> message(tests, Outcome.VACUOUS);
      case SKIPPED -> skipped(clause, tests);
      case PASSED -> partly(tests);
      case NOT_APPLICABLE ->
        missing(clause).isEmpty()
            ? message(tests, Outcome.NOT_APPLICABLE)
            : "needs " + String.join(" and ", missing(clause)) + ", which is not declared";
      case UNTESTED -> untested.getOrDefault(clause.id(), "no test names it");
      case UNTESTABLE -> clause.untestableBecause().orElse("");
    };
  }

  private String expired(Clause clause) {
    return known
        .of(clause.id())
        .map(entry -> "known until " + entry.until() + ", which is over; ")
        .orElse("");
  }

  private static String blame(Clause clause, List<TestReport> tests) {
    return tests.stream()
        .filter(test -> test.outcome() == Outcome.FAILED && against(clause.id(), test))
        .findFirst()
        .map(test ->
            test.violation().map(violation -> "seen: " + violation.seen()).orElse(test.message()))
        .map(Verdicts::firstLine)
        .orElse("");
  }

  private static String skipped(Clause clause, List<TestReport> tests) {
    return tests.stream()
        .filter(test -> !against(clause.id(), test))
        .flatMap(test -> test.violation().stream())
        .findFirst()
        .map(violation -> "its test stopped at " + violation.clause())
        .orElseGet(() -> message(tests, Outcome.SKIPPED));
  }

  /** What a pass leaves out. */
  private static String partly(List<TestReport> tests) {
    return tests.stream()
        .filter(test -> test.outcome() == Outcome.SKIPPED)
        .findFirst()
        .map(test -> "one test gave no answer: " + firstLine(test.message()))
        .orElse("");
  }

  private static String message(List<TestReport> tests, Outcome outcome) {
    return tests.stream()
        .filter(test -> test.outcome() == outcome)
        .map(TestReport::message)
        .findFirst()
        .map(Verdicts::firstLine)
        .orElse("");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
