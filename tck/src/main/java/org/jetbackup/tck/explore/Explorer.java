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

  /** States that are judged together; what they leave behind is in memory meanwhile. */
  private static final int BATCH = 512;

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
    CrashStates.Extent extent = CrashStates.of(run.recording(), profile)
        .cappedAt(settings.combinationsMax())
        .forEachRaw(state -> {
          Watchdog.alive();
          Key key = new Key(state.image(), run.at(state.point()));
          if (unique.add(key) && known.add(key)) {
            fresh.add(state);
          }
        });
    List<CrashState> chosen = chosen(world, fresh, statesMax);
    Map<Grade, Integer> grades = new EnumMap<>(Grade.class);
    Map<String, Broken> broken = new LinkedHashMap<>();
    int again = 0;
    int sampled = 0;
    for (int from = 0; from < chosen.size(); from += BATCH) {
      Kit.progress(run.workload().word() + ", " + profile.word() + ", " + from + " of "
          + chosen.size() + " states");
      List<CrashState> batch = chosen.subList(from, Math.min(from + BATCH, chosen.size()));
      for (Judged judged : judge(world, batch)) {
        grades.merge(judged.grade(), 1, Integer::sum);
        again += judged.again().chosen().size();
        sampled += judged.again().all() ? 0 : 1;
        judged.failures().forEach(each -> broken.putIfAbsent(each.failure().clause(), each));
      }
    }
    return new Exploration(
        run.workload(),
        run.sectorSize(),
        profile,
        extent,
        unique.size(),
        fresh.size(),
        chosen.size(),
        again,
        sampled,
        grades,
        explained(world, broken),
        (System.nanoTime() - begin) / 1_000_000);
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
  private List<Judged> judge(World world, List<CrashState> states) {
    Duration limit = world.settings().limit();
    List<Judged> judged = new ArrayList<>();
    List<Second> seconds = new ArrayList<>();
    for (Judged first : Crew.map(crew(), limit, states, state -> judge(world, state))) {
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
    Judge judge =
        new Judge(world, state.image(), run.at(state.point()), List.of(), Optional.empty());
    Finding finding = judge.judge();
    Seconds again =
        judge.recovery().map(recovery -> seconds(world, recovery, state)).orElse(Seconds.NONE);
    return new Judged(state, finding.grade(), List.of(), again).and(finding);
  }

  /**
   * What second crashes leave; of many some, spread evenly. They begin at another one for each
   * moment of the first crash, because recoveries resemble each other.
   */
  private static Seconds seconds(World world, Recording recovery, CrashState first) {
    CrashSettings settings = world.settings().crashes();
    List<CrashState> all = new ArrayList<>();
    CrashStates.Extent extent = CrashStates.of(recovery, first.profile())
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
    return new Judge(world, second.image(), run.at(first.point()), List.of(), Optional.empty())
        .judgeRecoveryOnly();
  }

  /** The first violation of each clause, made as small as possible and explained. */
  private Map<String, ClauseViolation> explained(World world, Map<String, Broken> broken) {
    Map<String, ClauseViolation> violations = new LinkedHashMap<>();
    broken.forEach((clause, first) ->
        violations.put(clause, new Explanation(world, run).of(first.failure(), first.violation())));
    return violations;
  }
}
