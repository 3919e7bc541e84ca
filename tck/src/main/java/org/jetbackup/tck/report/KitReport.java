package org.jetbackup.tck.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbackup.spec.Level;

/**
 * Everything that a run of the kit found.
 *
 * @param run who was judged, and how
 * @param chapters the clauses that were asked for, in the order of the specification
 * @param tests every test that has a part in it, by name and storage
 * @param stale clauses on the known list that do not fail (any more)
 * @param tables what the kit tried beyond single tests, the same in every run
 */
public record KitReport(
    RunInfo run,
    List<ChapterReport> chapters,
    List<TestReport> tests,
    List<String> stale,
    List<Table> tables) {

  /** Copies and sorts. */
  public KitReport {
    chapters = List.copyOf(chapters);
    tests = tests.stream().sorted(TestReport.ORDER).toList();
    stale = List.copyOf(stale);
    tables = List.copyOf(tables);
  }

  /** The same with these tables. */
  public KitReport showing(List<Table> others) {
    return new KitReport(run, chapters, tests, stale, others);
  }

  /** All clauses, in the order of the specification. */
  public List<ClauseReport> clauses() {
    return chapters.stream().flatMap(chapter -> chapter.clauses().stream()).toList();
  }

  /** The clauses that came out like one of these. */
  public List<ClauseReport> with(Outcome... outcomes) {
    List<Outcome> wanted = Arrays.asList(outcomes);
    return clauses().stream()
        .filter(clause -> wanted.contains(clause.outcome()))
        .toList();
  }

  /** How many clauses came out like this. */
  public long count(Outcome outcome) {
    return clauses().stream().filter(clause -> clause.outcome() == outcome).count();
  }

  /** How many clauses of a level were seen to be kept. */
  public long kept(Level level) {
    return of(level).filter(clause -> clause.outcome() == Outcome.PASSED).count();
  }

  /** How many clauses of a level were seen to be kept or to be broken. */
  public long tested(Level level) {
    return of(level).filter(clause -> clause.outcome().tested()).count();
  }

  /** How many clauses of a level were asked for. */
  public long total(Level level) {
    return of(level).count();
  }

  /** Whether the engine keeps every MUST clause that was tested, and none is on the known list. */
  public boolean conformant() {
    Verdict verdict = verdict();
    return verdict == Verdict.CONFORMANT || verdict == Verdict.STALE;
  }

  /** What all this comes to. */
  public Verdict verdict() {
    return Verdict.of(this);
  }

  private Stream<ClauseReport> of(Level level) {
    return clauses().stream().filter(clause -> clause.level() == level);
  }
}
