package org.jetbackup.tck.explore;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.fixture.Crew;
import org.jetbackup.tck.fixture.World;

/** Judges the one state of a replay file. */
public final class CrashReplay {

  private CrashReplay() {}

  /**
   * Plays the workload, crashes it at the same place, loses the same, and judges what is left.
   *
   * @param name the name of the file, for the next replay
   * @param out hears of the steps up to the crash
   * @return the violation, if the clause of the file is still broken
   * @throws IllegalArgumentException if the engine does not do what it did when the file was written
   */
  public static Optional<ClauseViolation> run(
      KitSettings settings, ReplayFile file, String name, Consumer<String> out) {
    KitSettings here = settings.on(Storage.MEMORY);
    Kit.use(here);
    // A crew of one: its watchdog looks after an engine that hangs.
    return Crew.map("replay", here.limit(), List.of(file), f -> judge(here, f, name, out))
        .get(0);
  }

  private static Optional<ClauseViolation> judge(
      KitSettings settings, ReplayFile file, String name, Consumer<String> out) {
    try (World world = World.create(settings, "CrashReplay", file.clause())) {
      WorkloadRun run = WorkloadRun.of(world, file.workload(), file.sectorSize());
      CrashState state = find(run.recording(), file, file.moment());
      out.accept("prepared: " + file.prepared());
      run.recording()
          .events()
          .subList(0, state.point().events())
          .forEach(event -> out.accept("  " + event));
      out.accept("crash: " + state);
      if (!state.image().fingerprint().equals(file.image())) {
        out.accept("note: what is left is not the same, byte for byte, as when the file was made");
      }
      Optional<CrashState> second = file.again().map(again -> {
        Recording recovery = recovery(world, run, state);
        CrashState found = find(recovery, file, again);
        out.accept("and again, in recovery: " + found);
        return found;
      });
      return new Explanation(world, run)
          .seen(new Failure(file.clause(), state, second), Optional.of(name));
    }
  }

  private static Recording recovery(World world, WorkloadRun run, CrashState state) {
    Judge judge =
        new Judge(world, state.image(), run.at(state.point()), List.of(), Optional.empty());
    judge.judge();
    return judge
        .recovery()
        .orElseThrow(() -> new IllegalArgumentException(
            "recovery does not write any more, so it cannot crash as the file says"));
  }

  private static CrashState find(Recording recording, ReplayFile file, ReplayFile.Moment moment) {
    try {
      return CrashStates.of(recording, file.profile()).find(moment.point(), moment.lost());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the engine does not do any more what it did when the replay file was made: "
              + e.getMessage(),
          e);
    }
  }
}
