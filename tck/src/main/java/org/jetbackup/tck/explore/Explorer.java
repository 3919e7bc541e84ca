package org.jetbackup.tck.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.fixture.Crew;
import org.jetbackup.tck.fixture.Watchdog;
import org.jetbackup.tck.fixture.World;

/**
 * Tries every crash of one recorded workload. The profiles are to be asked in their order: a state
 * that a stronger one has is not judged again under a weaker one.
 *
 * <p>Used by one thread; it judges on all processors.
 */
final class Explorer {

  /** Two states are one if they hold the same and the same is legal. */
  private record Key(Image image, Expectation expected) {}

  /** A state that a crash within the recovery of another one has left; that one by its index. */
  private record Second(int first, CrashState state) {
    @Override
    public String toString() {
      return "recovery crashed too: " + state;
    }
  }

  /** A failure, and what was seen when it was found. */
  private record Broken(Failure failure, ClauseViolation violation) {}

  /**
   * What crashes within one recovery leave.
   *
   * @param chosen those that are judged
   * @param all whether these are all
   */
  private record Seconds(List<CrashState> chosen, boolean all) {
    private static final Seconds NONE = new Seconds(List.of(), true);
  }

  /**
   * What came of one state.
   *
   * @param again what crashes within its recovery leave
   */
  private record Judged(CrashState state, Grade grade, List<Broken> failures, Seconds again) {

    private Judged and(Finding finding) {
      return with(finding, Optional.empty());
    }

    private Judged and(Finding finding, CrashState second) {
      return with(finding, Optional.of(second));
    }

    private Judged with(Finding finding, Optional<CrashState> second) {
      if (finding.violations().isEmpty()) {
        return this;
      }
      List<Broken> more = new ArrayList<>(failures);
      finding
          .violations()
          .forEach(v -> more.add(new Broken(new Failure(v.clause(), state, second), v)));
      return new Judged(state, Grade.FORBIDDEN, more, again);
    }
  }

  /** What came of the states of one profile. */
  private static final class Tally {
    private final Map<Grade, Integer> grades = new EnumMap<>(Grade.class);
    private final Map<String, Broken> broken = new LinkedHashMap<>();
    private int again;
    private int sampled;

    private void add(Judged judged) {
      again += judged.again().chosen().size();
      sampled += judged.again().all() ? 0 : 1;
      judged.failures().forEach(each -> broken.putIfAbsent(each.failure().clause(), each));
    }
  }

  /** States that are judged together; what they leave behind is in memory meanwhile. */
  private static final int BATCH = 512;

  /**
   * States that a stronger profile has are judged there. Their recoveries are crashed once more
   * under the weaker one, which can lose more of them, for so much of the states that may be judged.
   */
  private static final int OLD_SHARE = 4;

  private final WorkloadRun run;
  private final Set<Key> known = new HashSet<>();
  private final Set<Key> knownAgain = new HashSet<>();
  private Optional<Throwable> ended = Optional.empty();

  Explorer(WorkloadRun run) {
    this.run = run;
  }

  /**
   * Explores one profile. What has ended one exploration before its time, such as an engine that
   * hangs, ends every later one too: which of the states are right, nobody knows then.
   *
   * @param world of the test that asks
   * @param statesMax how many states may be judged
   */
  Exploration explore(World world, Profile profile, int statesMax) {
    if (ended.isPresent()) {
      throw thrown(ended.get());
    }
    try {
      return exploreAll(world, profile, statesMax);
    } catch (RuntimeException | Error e) {
      ended = Optional.of(e);
      throw e;
    }
  }

  private static RuntimeException thrown(Throwable ended) {
    if (ended instanceof Error error) {
      throw error;
    }
    return (RuntimeException) ended;
  }

  private Exploration exploreAll(World world, Profile profile, int statesMax) {
    long begin = System.nanoTime();
    CrashSettings settings = world.settings().crashes();
    Set<Key> unique = new HashSet<>();
    List<CrashState> fresh = new ArrayList<>();
    List<CrashState> old = new ArrayList<>();
    CrashStates.Extent extent = CrashStates.of(run.recording(), profile)
        .cappedAt(settings.combinationsMax())
        .forEachRaw(state -> {
          Watchdog.alive();
          Key key = new Key(state.image(), run.at(state.point()));
          if (unique.add(key)) {
            (known.add(key) ? fresh : old).add(state);
          }
        });
    List<CrashState> chosen = chosen(world, fresh, statesMax);
    List<CrashState> recovered = chosen(world, old, statesMax / OLD_SHARE);
    Tally tally = new Tally();
    inBatches(chosen, profile, batch -> {
      for (Judged judged : judge(world, batch, state -> judge(world, state))) {
        tally.add(judged);
        tally.grades.merge(judged.grade(), 1, Integer::sum);
      }
    });
    inBatches(
        recovered,
        profile,
        batch -> judge(world, batch, state -> recover(world, state)).forEach(tally::add));
    return new Exploration(
        run.workload(),
        run.sectorSize(),
        profile,
        extent,
        unique.size(),
        fresh.size(),
        chosen.size(),
        tally.again,
        tally.sampled + old.size() - recovered.size(),
        tally.grades,
        explained(world, tally.broken),
        (System.nanoTime() - begin) / 1_000_000);
  }

  private void inBatches(
      List<CrashState> states, Profile profile, Consumer<List<CrashState>> action) {
    for (int from = 0; from < states.size(); from += BATCH) {
      Kit.progress(run.workload().word() + ", " + profile.word() + ", " + from + " of "
          + states.size() + " states");
      action.accept(states.subList(from, Math.min(from + BATCH, states.size())));
    }
  }

  /** The states of this part, as many as may be judged; which ones, the seed decides. */
  private static List<CrashState> chosen(World world, List<CrashState> fresh, int statesMax) {
    CrashSettings settings = world.settings().crashes();
    List<Integer> numbers = new ArrayList<>();
    for (int i = settings.shard() - 1; i < fresh.size(); i += settings.shards()) {
      numbers.add(i);
    }
    if (numbers.size() > statesMax) {
      Collections.shuffle(numbers, new Random(world.settings().seed()));
      numbers = new ArrayList<>(numbers.subList(0, statesMax));
      Collections.sort(numbers);
    }
    return numbers.stream().map(fresh::get).toList();
  }

  /**
   * Judges states on all processors, then what a second crash can leave of each. Which state a
   * second one is told with must not depend on who was faster, so equal ones are sorted out in
   * between, in order.
   */
  private List<Judged> judge(
      World world, List<CrashState> states, Function<CrashState, Judged> once) {
    Duration limit = world.settings().limit();
    List<Judged> judged = new ArrayList<>();
    List<Second> seconds = new ArrayList<>();
    for (Judged first : Crew.map(crew(), limit, states, once)) {
      Expectation expected = run.at(first.state().point());
      List<CrashState> own = first.again().chosen().stream()
          .filter(second -> knownAgain.add(new Key(second.image(), expected)))
          .toList();
      own.forEach(second -> seconds.add(new Second(judged.size(), second)));
      Seconds again = new Seconds(own, first.again().all());
      judged.add(new Judged(first.state(), first.grade(), first.failures(), again));
    }
    List<Finding> findings = Crew.map(
        crew(),
        limit,
        seconds,
        second -> judgeAgain(world, judged.get(second.first()).state(), second.state()));
    for (int i = 0; i < seconds.size(); i++) {
      Second second = seconds.get(i);
      judged.set(second.first(), judged.get(second.first()).and(findings.get(i), second.state()));
    }
    return judged;
  }

  private String crew() {
    return "explorer of " + run.workload().word();
  }

  private Judged judge(World world, CrashState state) {
    Judge judge = judgeOf(world, state.image(), state);
    Finding finding = judge.judge();
    Seconds again = seconds(world, judge.recovery(), state);
    return new Judged(state, finding.grade(), List.of(), again).and(finding);
  }

  private Judged recover(World world, CrashState state) {
    Seconds again = seconds(world, judgeOf(world, state.image(), state).recoverOnly(), state);
    return new Judged(state, Grade.ACCEPTABLE, List.of(), again);
  }

  /** Of what is on the disk, where that is legal which is so after a first crash. */
  private Judge judgeOf(World world, Image image, CrashState first) {
    return new Judge(world, image, run.at(first.point()), List.of(), Optional.empty());
  }

  /**
   * What second crashes leave; of many some, spread evenly. They begin at another one for each
   * moment of the first crash, because recoveries resemble each other.
   */
  private static Seconds seconds(World world, Optional<Recording> recovery, CrashState first) {
    if (recovery.isEmpty()) {
      return Seconds.NONE;
    }
    CrashSettings settings = world.settings().crashes();
    List<CrashState> all = new ArrayList<>();
    CrashStates.Extent extent = CrashStates.of(recovery.get(), first.profile())
        .cappedAt(settings.secondCombinationsMax())
        .forEach(all::add);
    int stride = (all.size() + settings.secondStatesMax() - 1) / settings.secondStatesMax();
    if (stride <= 1) {
      return new Seconds(all, extent.exhaustive());
    }
    List<CrashState> chosen = new ArrayList<>();
    for (int i = first.point().events() % stride; i < all.size(); i += stride) {
      chosen.add(all.get(i));
    }
    return new Seconds(chosen, false);
  }

  private Finding judgeAgain(World world, CrashState first, CrashState second) {
    return judgeOf(world, second.image(), first).judgeRecoveryOnly();
  }

  /** The first violation of each clause, made as small as possible and explained. */
  private Map<String, ClauseViolation> explained(World world, Map<String, Broken> broken) {
    Map<String, ClauseViolation> violations = new LinkedHashMap<>();
    broken.forEach((clause, first) ->
        violations.put(clause, new Explanation(world, run).of(first.failure(), first.violation())));
    return violations;
  }
}
