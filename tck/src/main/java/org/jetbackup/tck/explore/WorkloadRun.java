package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.Event;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.workload.Step;

/**
 * A workload that was played and recorded, with what is legal after a crash at each moment.
 *
 * @param workload what was played
 * @param sectorSize how many bytes a crash loses or keeps together
 * @param recording what it did to the files; a mark stands where the expectation changes
 * @param expectations what is legal after so many marks
 */
record WorkloadRun(
    Workload workload, int sectorSize, Recording recording, List<Expectation> expectations) {

  /** Plays a workload in a world of its own within another one. */
  static WorkloadRun of(World outer, Workload workload, int sectorSize) {
    try (World world = outer.again()) {
      world.files().captureStacks(false);
      CrashRecorder recorder = CrashRecorder.on(world.files(), sectorSize);
      Performer performer = new Performer(world);
      performer.prepare(workload.prepared());
      List<Step> steps = workload.recorded().steps();
      performer.makeReady(steps.get(0));
      recorder.begin();
      List<Expectation> expectations = new ArrayList<>(List.of(performer.now()));
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        if (i > 0) {
          performer.makeReady(step);
        }
        expectations.add(performer.during(step));
        recorder.mark(step + " begins");
        Answer answer = performer.perform(step);
        world.expect("RET-1", answer).success();
        recorder.mark(step + " has returned");
        performer.finish(step, answer);
        expectations.add(performer.now());
      }
      return new WorkloadRun(workload, sectorSize, recorder.end(), List.copyOf(expectations));
    }
  }

  /** What is legal after a crash at a point. */
  Expectation at(CrashPoint point) {
    List<Event> before = recording.events().subList(0, point.events());
    return expectations.get((int) marks(before).count());
  }

  /** Whether the workload has a moment at which a clause demands something. */
  boolean concerns(String clause) {
    return switch (clause) {
      case "CRASH-3", "CRASH-4", "CRASH-5", "CRASH-6" ->
        expectations.stream()
            .flatMap(expected -> expected.directory().stream())
            .anyMatch(directory -> directory.clause().equals(clause));
      case "CRASH-7" -> expectations.stream().anyMatch(Expectation::rollsForward);
      case "CRASH-10", "CRASH-11" -> expectations.stream().anyMatch(Expectation::restoring);
      default -> true;
    };
  }

  private static Stream<Event.Mark> marks(List<Event> events) {
    return events.stream().filter(Event.Mark.class::isInstance).map(Event.Mark.class::cast);
  }
}
