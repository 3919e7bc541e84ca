package org.jetbackup.tck.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Event;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.fixture.World;

/**
 * Makes of a failure something to work with: the smallest deviation that still fails, the steps that
 * led there, what was lost, a replay file.
 */
final class Explanation {

  private static final int STEPS_SHOWN = 8;

  private final World world;
  private final WorkloadRun run;

  Explanation(World world, WorkloadRun run) {
    this.world = world;
    this.run = run;
  }

  /**
   * Explains a failure.
   *
   * @param first what was seen when it was found; it stands if the same state is judged otherwise now
   * @return the violation: of the clause under a strong profile, of the clause about the profile
   *     under a weaker one
   */
  ClauseViolation of(Failure failure, ClauseViolation first) {
    Profile profile = failure.state().profile();
    Failure small = reduced(failure);
    Optional<String> file = replayName(small);
    Optional<ClauseViolation> seen = seen(small, file);
    if (seen.isEmpty()) {
      return named(seenOnce(first, failure), profile);
    }
    ClauseViolation named = named(seen.get(), profile);
    file.ifPresent(name -> write(small, name, named));
    return named;
  }

  private ClauseViolation seenOnce(ClauseViolation first, Failure failure) {
    List<String> lines = new ArrayList<>(story(failure.state()));
    failure.second().ifPresent(second -> add(lines, "init writes, and crashes too: " + second));
    lines.addAll(first.history());
    lines.add("(the same state judged once more is right: the engine keeps something in memory)");
    Clause clause = Catalogue.load().clause(first.clause()).orElseThrow();
    return new ClauseViolation(
        first.clause(),
        clause.level() + ": " + clause.rule(),
        first.allowed(),
        first.seen(),
        lines,
        first.replay());
  }

  /** Judges a failure once more, with everything told. */
  Optional<ClauseViolation> seen(Failure failure, Optional<String> replay) {
    CrashState state = failure.state();
    Expectation expected = run.at(state.point());
    List<String> story = new ArrayList<>(story(state));
    Finding finding;
    if (failure.second().isPresent()) {
      CrashState second = failure.second().get();
      add(story, "init writes, and crashes too: " + second);
      finding = new Judge(world, second.image(), expected, story, replay).judgeRecoveryOnly();
    } else {
      finding = new Judge(world, state.image(), expected, story, replay).judge();
    }
    return finding.violations().stream()
        .filter(violation -> violation.clause().equals(failure.clause()))
        .findFirst();
  }

  private Failure reduced(Failure failure) {
    String clause = failure.clause();
    Expectation expected = run.at(failure.state().point());
    if (failure.second().isPresent()) {
      CrashState small = CrashStates.reduce(
          failure.second().get(),
          candidate -> judge(candidate, expected).judgeRecoveryOnly().breaks(clause));
      return new Failure(clause, failure.state(), Optional.of(small));
    }
    CrashState small = CrashStates.reduce(
        failure.state(), candidate -> judge(candidate, expected).judge().breaks(clause));
    return new Failure(clause, small, Optional.empty());
  }

  private Judge judge(CrashState state, Expectation expected) {
    return new Judge(world, state.image(), expected, List.of(), Optional.empty());
  }

  private List<String> story(CrashState state) {
    List<String> story = new ArrayList<>();
    if (!run.workload().prepared().steps().isEmpty()) {
      story.add("prepared: " + run.workload().prepared());
    }
    story.add("then: " + run.workload().recorded());
    Recording recording = run.recording();
    List<Event> before = recording.events().subList(0, state.point().events());
    int first = Math.max(0, before.size() - STEPS_SHOWN);
    if (first > 0) {
      story.add("(" + first + " steps before)");
    }
    before.subList(first, before.size()).forEach(event -> story.add("  " + event));
    add(story, "CRASH: " + state);
    return story;
  }

  private static void add(List<String> story, String lines) {
    lines.lines().forEach(story::add);
  }

  private ClauseViolation named(ClauseViolation violation, Profile profile) {
    String id = clauseOf(violation.clause(), profile);
    if (id.equals(violation.clause())) {
      return violation;
    }
    Clause clause = Catalogue.load().clause(id).orElseThrow();
    return new ClauseViolation(
        id,
        clause.level() + ": " + clause.rule(),
        "what " + violation.clause() + " allows: " + violation.allowed(),
        violation.seen(),
        violation.history(),
        violation.replay().replace("--clause " + violation.clause() + " ", "--clause " + id + " "));
  }

  /** The clause that is broken when a demand of a clause is not met under a profile. */
  private static String clauseOf(String clause, Profile profile) {
    return switch (profile) {
      case WEAK -> "CRASH-12";
      case GARBAGE -> "CRASH-13";
      default -> clause;
    };
  }

  private Optional<String> replayName(Failure failure) {
    return world
        .settings()
        .crashes()
        .replays()
        .map(directory -> directory
            .resolve(failure.clause() + "-" + run.workload().word() + "-"
                + failure.state().profile().word() + "-" + run.sectorSize() + ".crash")
            .toString());
  }

  private void write(Failure failure, String name, ClauseViolation violation) {
    Path directory = world.settings().crashes().replays().orElseThrow();
    CrashState state = failure.state();
    ReplayFile replay = new ReplayFile(
        failure.clause(),
        run.workload().prepared(),
        run.workload().recorded(),
        state.profile(),
        run.sectorSize(),
        moment(state),
        failure.second().map(Explanation::moment),
        state.image().fingerprint());
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.getFileSystem().getPath(name),
          replay.print(List.of(
              violation.clause() + ", allowed: " + violation.allowed(),
              "seen: " + violation.seen(),
              run.recording().describe(state.point()),
              "once more: " + violation.replay())));
    } catch (IOException e) {
      throw new UncheckedIOException("a replay file could not be written", e);
    }
  }

  private static ReplayFile.Moment moment(CrashState state) {
    CrashPoint point = state.point();
    return new ReplayFile.Moment(point, state.lost());
  }
}
