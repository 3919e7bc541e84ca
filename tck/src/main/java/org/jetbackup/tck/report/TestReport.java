package org.jetbackup.tck.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jetbackup.tck.Storage;

/**
 * What became of one test on one storage.
 *
 * @param sentence what the test claims, for people
 * @param method simple class name and method name, joined by a dot; the case in brackets, if one of
 *     several cases of a test did not pass
 * @param storage where the engine's files lay
 * @param clauses the clauses that the test names, the main one first
 * @param outcome passed, failed, hung, vacuous, skipped or not applicable
 * @param message why, unless it passed; otherwise empty
 * @param violation the clause that the engine broke, if that is why it failed
 * @param replay the command that shows it again, if it failed or hung; otherwise empty
 * @param note what the test says about itself, such as the number of call sequences; may be empty
 * @param millis how long it took
 */
public record TestReport(
    String sentence,
    String method,
    Storage storage,
    List<String> clauses,
    Outcome outcome,
    String message,
    Optional<Violation> violation,
    String replay,
    String note,
    long millis) {

  /** By name, then by storage. */
  public static final Comparator<TestReport> ORDER =
      Comparator.comparing(TestReport::method).thenComparing(TestReport::storage);

  /** Copies the clauses. */
  public TestReport {
    clauses = List.copyOf(clauses);
  }

  /** What names this report among all of a run. */
  public String key() {
    return method + " (" + storage.word() + ")";
  }

  /** Whether it failed without a word about a clause: the kit or the plug-in has a defect. */
  public boolean defect() {
    return outcome == Outcome.FAILED && violation.isEmpty();
  }

  /** What it found; equal for two reports that differ only in storage, time and replay command. */
  public List<Object> finding() {
    return violation
        .<List<Object>>map(v -> List.of(method, v.clause(), v.allowed(), v.seen(), v.history()))
        .orElseGet(() -> List.of(method, message));
  }
}
