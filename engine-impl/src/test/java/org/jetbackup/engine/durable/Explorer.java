package org.jetbackup.engine.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Event;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.fixture.Crew;

/**
 * Tries the crashes of one recorded workload, a profile at a time. Profiles are to be asked in
 * their order: a state that a stronger one has is not judged again under a weaker one.
 *
 * <p>Where there are more states than the pace allows, those that are judged are spread evenly, so
 * that every part of the workload is among them.
 */
final class Explorer {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** States are one if they hold the same and the same is legal. */
  private record Key(Image image, int legal) {}

  /**
   * A state that is to be judged, and how it came about.
   *
   * @param path the numbers of the states, one for each crash, as {@link Replay} takes them
   */
  record Trial(CrashState state, List<CrashState> before, String path, List<Picture> legal) {
    int depth() {
      return before.size() + 1;
    }
  }

  /** What came of one trial: what was seen, or what was wrong. */
  record Outcome(Trial trial, Optional<Judge.Seen> seen, Optional<Throwable> wrong) {}

  private final Played played;
  private final Judge judge;
  private final Pace pace;
  private final Set<Key> known = new HashSet<>();

  Explorer(Subject subject, Played played, Pace pace) {
    this.played = played;
    this.judge = new Judge(subject, played::parameters);
    this.pace = pace;
  }

  Explored explore(Profile profile) {
    Set<Key> different = new HashSet<>();
    List<Trial> fresh = new ArrayList<>();
    int[] number = {0};
    CrashStates.Extent extent = CrashStates.of(played.recording(), profile)
        .cappedAt(pace.combinations())
        .forEachRaw(state -> {
          int own = number[0]++;
          Key key = new Key(state.image(), played.legalNumber(state.point()));
          if (different.add(key) && known.add(key)) {
            fresh.add(
                new Trial(state, List.of(), Integer.toString(own), played.legal(state.point())));
          }
        });
    List<Outcome> first = judge(spread(fresh, pace.states()));
    List<Outcome> second = again(first, pace.seconds(), pace.secondStates());
    List<Outcome> third = again(second, pace.thirds(), pace.secondStates());
    return new Explored(
        played, profile, pace, extent, different.size(), fresh.size(), first, second, third);
  }

  private List<Outcome> judge(List<Trial> trials) {
    return Crew.map("crashes of " + played.workload().word(), LIMIT, trials, this::judge);
  }

  private Outcome judge(Trial trial) {
    try {
      Judge.Seen seen = judge.judge(trial.state().image(), trial.legal(), trial.depth());
      return new Outcome(trial, Optional.of(seen), Optional.empty());
    } catch (RuntimeException | Error wrong) {
      return new Outcome(trial, Optional.empty(), Optional.of(wrong));
    }
  }

  /** Crashes within the recovery of some of those that came up. */
  private List<Outcome> again(List<Outcome> outcomes, int recoveries, int statesOfEach) {
    List<Outcome> recovered = outcomes.stream()
        .filter(outcome -> outcome.seen().flatMap(Judge.Seen::recovery).isPresent())
        .toList();
    List<Trial> trials = new ArrayList<>();
    Set<Key> seen = new HashSet<>();
    for (Outcome outcome : spread(recovered, recoveries)) {
      List<Trial> own = within(outcome, pace.combinations()).stream()
          .filter(trial -> seen.add(
              new Key(trial.state().image(), played.legalNumber(first(trial).point()))))
          .toList();
      trials.addAll(spread(own, statesOfEach));
    }
    return judge(trials);
  }

  private static CrashState first(Trial trial) {
    return trial.before().isEmpty() ? trial.state() : trial.before().get(0);
  }

  /**
   * Every state that a crash within a recovery leaves. Once the instance was in service somebody
   * has seen what there is, so nothing else is legal from then on.
   */
  static List<Trial> within(Outcome outcome, int combinations) {
    Judge.Seen seen = outcome.seen().orElseThrow();
    Recording recovery = seen.recovery().orElseThrow();
    int inService = recovery.events().indexOf(new Event.Mark(Judge.IN_SERVICE));
    List<CrashState> before = new ArrayList<>(outcome.trial().before());
    before.add(outcome.trial().state());
    List<Trial> trials = new ArrayList<>();
    int[] number = {0};
    CrashStates.of(recovery, outcome.trial().state().profile())
        .cappedAt(combinations)
        .forEachRaw(state -> trials.add(new Trial(
            state,
            List.copyOf(before),
            outcome.trial().path() + "/" + number[0]++,
            state.point().events() > inService
                ? List.of(seen.picture())
                : outcome.trial().legal())));
    return trials;
  }

  /** As many as may be, evenly from the first to the last. */
  static <T> List<T> spread(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(all.get((int) ((long) i * (all.size() - 1) / Math.max(1, most - 1))));
    }
    return chosen;
  }
}
