package org.jetbackup.engine.durable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;

/**
 * One state again, by its numbers: {@code workload:disk:profile:combinations:path}. It means the
 * same as long as the engine makes the same operations.
 */
final class Replay {

  /** The system property by which a test asks for it. */
  static final String PROPERTY = "jetbackup.crash.replay";

  private Replay() {}

  static String of(Explored row, Explorer.Trial trial) {
    return String.join(
        ":",
        row.played().workload().word(),
        row.played().disk().word(),
        row.profile().word(),
        Integer.toString(row.pace().combinations()),
        trial.path());
  }

  /** Judges it; what is wrong is thrown. */
  static void run(Subject subject, String text) {
    String[] parts = text.split(":", -1);
    Workload workload = Workload.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    Played played = Played.of(subject, workload, Disk.valueOf(parts[1].toUpperCase(Locale.ROOT)));
    Profile profile = Profile.ofWord(parts[2]);
    int combinations = Integer.parseInt(parts[3]);
    String[] path = parts[4].split("/", -1);
    CrashState first = numbered(played, profile, combinations, Integer.parseInt(path[0]));
    Judge judge = new Judge(subject, played::parameters);
    Explorer.Trial trial =
        new Explorer.Trial(first, List.of(), path[0], played.legal(first.point()));
    for (int i = 1; i < path.length; i++) {
      Judge.Seen seen = judge.judge(trial.state().image(), trial.legal(), trial.depth());
      Explorer.Outcome outcome = new Explorer.Outcome(trial, Optional.of(seen), Optional.empty());
      trial = Explorer.within(outcome, combinations).get(Integer.parseInt(path[i]));
    }
    System.out.println("replayed: " + trial.state());
    judge.judge(trial.state().image(), trial.legal(), trial.depth());
  }

  private static CrashState numbered(Played played, Profile profile, int combinations, int wanted) {
    CrashState[] found = new CrashState[1];
    int[] number = {0};
    CrashStates.of(played.recording(), profile).cappedAt(combinations).forEachRaw(state -> {
      if (number[0]++ == wanted) {
        found[0] = state;
      }
    });
    if (found[0] == null) {
      throw new IllegalArgumentException("there is no state " + wanted + " of " + number[0]);
    }
    return found[0];
  }
}
