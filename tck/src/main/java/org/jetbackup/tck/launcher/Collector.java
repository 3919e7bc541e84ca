package org.jetbackup.tck.launcher;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.ReplayCommand;
import org.jetbackup.tck.report.TestReport;
import org.jetbackup.tck.report.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Collects what becomes of the tests of one pass over the suites.
 *
 * <p>A test of the kit is a method. The platform may report about the method itself, about cases of
 * it that turn up while it runs, or only about a class or an engine around it that failed or was
 * skipped as a whole; here all of these end as reports about methods.
 */
final class Collector implements TestExecutionListener {

  private final KitSettings settings;
  private final Function<String, String> chapterOf;
  private final Progress progress;
  private final Scrubber scrubber = new Scrubber(System.getProperties());
  private final Map<String, RunningTest> tests = new LinkedHashMap<>();
  private final Map<String, Long> begun = new HashMap<>();
  private @Nullable TestPlan plan;
  private int done;

  /**
   * Prepares to listen.
   *
   * @param settings the settings of this pass
   * @param chapterOf the chapter of a clause
   * @param progress who is told
   */
  Collector(KitSettings settings, Function<String, String> chapterOf, Progress progress) {
    this.settings = settings;
    this.chapterOf = chapterOf;
    this.progress = progress;
  }

  /** What became of every test, in no order. */
  List<TestReport> reports() {
    return tests.values().stream().flatMap(test -> test.reports().stream()).toList();
  }

  @Override
  public void testPlanExecutionStarted(TestPlan newPlan) {
    plan = newPlan;
    newPlan.getRoots().forEach(this::register);
    progress.begun(settings.storage(), tests.size());
  }

  private void register(TestIdentifier identifier) {
    Optional<SuiteTest> test = SuiteTest.of(identifier.getSource());
    if (test.isPresent()) {
      String clause = test.get().clauses().get(0);
      String replay = scrubber.clean(ReplayCommand.of(settings, clause, settings.history()));
      tests.put(
          identifier.getUniqueId(),
          new RunningTest(test.get(), chapterOf.apply(clause), settings, replay));
    } else {
      plan().getChildren(identifier).forEach(this::register);
    }
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    begun.put(identifier.getUniqueId(), System.nanoTime());
    RunningTest test = tests.get(identifier.getUniqueId());
    if (test != null) {
      progress.testBegun(test.chapter(), test.sentence());
    }
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    add(identifier, Outcome.SKIPPED, reason, Optional.empty());
    end(identifier);
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    Optional<Throwable> thrown = result.getThrowable();
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        // That a class or an engine ended well says nothing about its tests.
        if (identifier.isTest()) {
          add(identifier, Outcome.PASSED, "", Optional.empty());
        }
      }
      case ABORTED -> {
        Optional<Cause> broken =
            thrown.map(Cause::new).filter(cause -> cause.violation().isPresent());
        if (broken.isPresent()) {
          Cause cause = broken.get();
          add(identifier, cause.outcome(), cause.message(), cause.violation());
          break;
        }
        String reason = thrown.map(Throwable::getMessage).orElse("aborted without a reason");
        String prefix = "Assumption failed: ";
        add(
            identifier,
            Outcome.SKIPPED,
            reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason,
            Optional.empty());
      }
      case FAILED -> {
        Optional<Cause> cause = thrown.map(Cause::new);
        add(
            identifier,
            cause.map(Cause::outcome).orElse(Outcome.FAILED),
            cause.map(Cause::message).orElse("failed without a word"),
            cause.flatMap(Cause::violation));
      }
    }
    end(identifier);
  }

  /** Adds a case to the test of which the platform speaks, or else to all tests below. */
  private void add(
      TestIdentifier identifier, Outcome outcome, String message, Optional<Violation> violation) {
    Long start = begun.get(identifier.getUniqueId());
    long millis = start == null ? 0 : (System.nanoTime() - start) / 1_000_000;
    Optional<RunningTest> owner = owner(identifier);
    boolean whole = owner.isEmpty() || tests.containsKey(identifier.getUniqueId());
    String label = whole ? "" : scrubber.clean(identifier.getDisplayName());
    for (RunningTest test : owner.map(List::of).orElseGet(() -> below(identifier))) {
      progress.caseEnded(test.add(
          outcome, scrubber.clean(message), violation.map(scrubber::clean), label, millis));
    }
  }

  /** The test that this is, or of which it is a case. */
  private Optional<RunningTest> owner(TestIdentifier identifier) {
    Optional<TestIdentifier> up = Optional.of(identifier);
    while (up.isPresent() && !tests.containsKey(up.get().getUniqueId())) {
      up = plan().getParent(up.get());
    }
    return up.map(found -> tests.get(found.getUniqueId()));
  }

  private List<RunningTest> below(TestIdentifier identifier) {
    return plan().getDescendants(identifier).stream()
        .map(descendant -> tests.get(descendant.getUniqueId()))
        .filter(Objects::nonNull)
        .toList();
  }

  private void end(TestIdentifier identifier) {
    RunningTest itself = tests.get(identifier.getUniqueId());
    List<RunningTest> ended = itself == null ? below(identifier) : List.of(itself);
    ended.stream().filter(RunningTest::end).forEach(this::tell);
  }

  private void tell(RunningTest test) {
    done++;
    progress.testEnded(done);
    List<RunningTest> chapter =
        tests.values().stream().filter(t -> t.chapter().equals(test.chapter())).toList();
    if (chapter.stream().allMatch(RunningTest::ended)) {
      long broken = chapter.stream().filter(t -> t.worst().broken()).count();
      long silent = chapter.stream().filter(t -> !t.worst().tested()).count();
      progress.chapterEnded(
          test.chapter(),
          settings.storage(),
          chapter.size(),
          Math.toIntExact(broken),
          Math.toIntExact(silent));
    }
  }

  private TestPlan plan() {
    return Objects.requireNonNull(plan, "before the tests began");
  }
}
