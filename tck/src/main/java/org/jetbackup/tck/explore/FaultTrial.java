package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.OpenHandle;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.workload.Step;

/**
 * One call with one fault, in a world of its own, and what it left behind when the fault is over:
 *
 * <pre>
 *   prepare --> call with the fault --> answer, interrupt flag, handles      FAULT-1, -5, -4
 *                                   --> {@link Aftermath}: the state, the same call again
 *                                   --> the instance ends: no handle at all  FAULT-4
 * </pre>
 */
final class FaultTrial {

  private final World outer;
  private final Workload workload;
  private final Fault fault;
  private final List<ClauseViolation> violations = new ArrayList<>();

  FaultTrial(World outer, Workload workload, Fault fault) {
    this.outer = outer;
    this.workload = workload;
    this.fault = fault;
  }

  /** The call of a workload that meets the fault: the first that is recorded. */
  static Step call(Workload workload) {
    return workload.recorded().steps().get(0);
  }

  /** What the call does to the files where nothing goes wrong. */
  static List<Operation> undisturbed(World outer, Workload workload) {
    try (World world = outer.again()) {
      Performer performer = ready(world, workload);
      world.files().startTrace();
      world.expect("RET-1", performer.perform(call(workload))).success();
      return world.files().trace();
    }
  }

  private static Performer ready(World world, Workload workload) {
    Performer performer = new Performer(world);
    performer.prepare(workload.prepared());
    performer.makeReady(call(workload));
    performer.node().instance(); // making one is no part of the call
    return performer;
  }

  /** Makes the call and judges it. */
  FaultFinding run() {
    return run(false);
  }

  /** Makes a call that broke a clause once more, and tells where and how. */
  ClauseViolation explained(String clause) {
    ClauseViolation violation = run(true).violations().stream()
        .filter(found -> found.clause().equals(clause))
        .findFirst()
        .orElseGet(() -> outer.violation(
            clause,
            "the same call with the same fault keeps the clause every time",
            "it broke the clause once and not again: the engine keeps something in memory"));
    Clause text = Catalogue.load().clause(clause).orElseThrow();
    String headline = "workload " + workload.word() + " (" + workload.title() + "), its call '"
        + call(workload) + "' with the fault " + fault;
    return new ClauseViolation(
        clause,
        text.level() + ": " + text.rule(),
        violation.allowed(),
        violation.seen(),
        Stream.concat(Stream.of(headline), violation.history().stream()).toList(),
        violation.replay());
  }

  private FaultFinding run(boolean explaining) {
    try (World world = outer.again()) {
      world.files().captureStacks(explaining);
      Performer performer = ready(world, workload);
      Step step = call(workload);
      Expectation during = performer.during(step);
      Answer answer;
      boolean interrupted;
      if (explaining) {
        world.files().startTrace();
      }
      world.inject(fault);
      try {
        answer = performer.perform(step);
      } finally {
        interrupted = Thread.interrupted();
      }
      boolean struck = world.files().matched(fault) >= fault.nth();
      world.files().clearFaults();
      if (!struck) {
        return FaultFinding.NOT_STRUCK;
      }
      world.record("the fault is over; it struck "
          + FaultKind.struck(fault, world.files().trace())
              .map(Operation::toString)
              .orElse("one operation"));
      judge(world, () -> expectFlag(world, interrupted));
      judge(world, () -> expectNoneOpenIn(world, performer, answer));
      Aftermath aftermath = new Aftermath(world, performer, step, during, fault, answer);
      judge(world, aftermath::expectTruth);
      judge(world, aftermath::expectState);
      performer.node().abandon();
      judge(world, () -> expectNoneOpen(world));
      return new FaultFinding(
          true, !answer.isSuccess(), aftermath.wasUnavailable(), List.copyOf(violations));
    }
  }

  private void judge(World world, Runnable part) {
    try {
      part.run();
    } catch (ClauseViolation violation) {
      if (violations.stream().noneMatch(v -> v.clause().equals(violation.clause()))) {
        violations.add(violation);
      }
      world.record("(broken: " + violation.clause() + ")");
    }
  }

  /** A thread of the engine's own that was struck instead has nobody to tell. */
  private void expectFlag(World world, boolean interrupted) {
    boolean struck = world
        .files()
        .interruptedThread()
        .filter(thread -> thread.equals(Thread.currentThread()))
        .isPresent();
    if (fault.effect() == Fault.Effect.INTERRUPT && struck) {
      world.expectThat(
          "FAULT-5",
          interrupted,
          "the interrupt flag of the thread is set on return",
          "it is not set");
    }
  }

  private static void expectNoneOpenIn(World world, Performer performer, Answer answer) {
    String directory = world.root().relativize(performer.directory()).toString();
    if (!answer.isSuccess()) {
      firstOpen(world, directory).ifPresent(open -> {
        throw world.violation("FAULT-4", "no handle open below " + directory, open.toString());
      });
    }
  }

  private static void expectNoneOpen(World world) {
    firstOpen(world, "").ifPresent(open -> {
      throw world.violation(
          "FAULT-4", "no handle open when the instance has ended", open.toString());
    });
  }

  private static Optional<OpenHandle> firstOpen(World world, String directory) {
    return world.files().openHandles().stream()
        .filter(open -> directory.isEmpty()
            || open.path().equals(directory)
            || open.path().startsWith(directory + "/"))
        .findFirst();
  }
}
