package org.jetbackup.tck.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.HungException;
import org.jetbackup.tck.VacuousException;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.Violation;
import org.opentest4j.MultipleFailuresError;

/** Reads out of what a test threw why it failed. */
final class Cause {

  /** Frames that differ from run to run, or are the same below every test. */
  private static final List<String> UNTOLD =
      List.of("java.lang.reflect.", "jdk.internal.", "org.junit.", "net.jqwik.", "java.util.");

  private static final int FRAMES_SHOWN = 12;

  private final Throwable thrown;

  Cause(Throwable thrown) {
    this.thrown = thrown;
  }

  Outcome outcome() {
    if (violation().isPresent()) {
      return Outcome.FAILED;
    }
    if (find(HungException.class::isInstance).isPresent()) {
      return Outcome.HUNG;
    }
    return find(VacuousException.class::isInstance).isPresent() ? Outcome.VACUOUS : Outcome.FAILED;
  }

  Optional<Violation> violation() {
    return find(ClauseViolation.class::isInstance)
        .map(ClauseViolation.class::cast)
        .map(v -> new Violation(v.clause(), v.allowed(), v.seen(), v.history(), v.replay()));
  }

  String message() {
    return find(ClauseViolation.class::isInstance)
        .or(() -> find(HungException.class::isInstance))
        .or(() -> find(VacuousException.class::isInstance))
        .map(known -> Optional.ofNullable(known.getMessage()).orElse(known.toString()))
        .orElseGet(() -> "defect of the kit or the plug-in: " + trace());
  }

  private Optional<Throwable> find(Predicate<Throwable> wanted) {
    return all(thrown).filter(wanted).findFirst();
  }

  private static Stream<Throwable> all(Throwable throwable) {
    Stream<Throwable> inside = throwable instanceof MultipleFailuresError several
        ? several.getFailures().stream()
        : Stream.ofNullable(throwable.getCause());
    return Stream.concat(Stream.of(throwable), inside.flatMap(Cause::all));
  }

  private String trace() {
    return all(thrown).map(Cause::describe).collect(Collectors.joining("\ncaused by "));
  }

  private static String describe(Throwable throwable) {
    return throwable
        + Arrays.stream(throwable.getStackTrace())
            .filter(frame -> !frame.getClassName().contains("$$Lambda"))
            .filter(frame -> UNTOLD.stream().noneMatch(frame.getClassName()::startsWith))
            .limit(FRAMES_SHOWN)
            .map(frame -> "\n  at " + frame.getClassName() + "." + frame.getMethodName() + ":"
                + frame.getLineNumber())
            .collect(Collectors.joining());
  }
}
