package org.jetbackup.tck.explore;

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
import java.util.concurrent.ConcurrentHashMap;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.CrashSettings;
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

  /** What came of one state, and of the crashes within its recovery. */
  private record Judged(Grade grade, List<Failure> failures, int again) {}

  private final WorkloadRun run;
  private final Set<Key> known = new HashSet<>();
  private final Set<Key> knownAgain = ConcurrentHashMap.newKeySet();

  Explorer(WorkloadRun run) {
    this.run = run;
  }

  /**
   * Explores one profile.
   *
   * @param world of the test that asks
   * @param statesMax how many states may be judged
   */
  Exploration explore(World world, Profile profile, int statesMax) {
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
    List<Judged> all =
        Crew.map("explorer", world.settings().limit(), chosen, state -> judge(world, state));
    Map<Grade, Integer> grades = new EnumMap<>(Grade.class);
    all.forEach(judged -> grades.merge(judged.grade(), 1, Integer::sum));
    return new Exploration(
        run.workload(),
        run.sectorSize(),
        profile,
        extent,
        unique.size(),
        fresh.size(),
        chosen.size(),
        all.stream().mapToInt(Judged::again).sum(),
        grades,
        explained(world, all),
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

  private Judged judge(World world, CrashState state) {
    Expectation expected = run.at(state.point());
    Judge judge = new Judge(world, state.image(), expected, List.of(), Optional.empty());
    Finding finding = judge.judge();
    List<Failure> failures = new ArrayList<>();
    finding
        .violations()
        .forEach(v -> failures.add(new Failure(v.clause(), state, Optional.empty())));
    int again = 0;
    if (judge.recovery().isPresent()) {
      for (CrashState second : secondStates(world, judge.recovery().get(), state.profile())) {
        if (knownAgain.add(new Key(second.image(), expected))) {
          again++;
          new Judge(world, second.image(), expected, List.of(), Optional.empty())
              .judgeRecoveryOnly()
              .violations()
              .forEach(v -> failures.add(new Failure(v.clause(), state, Optional.of(second))));
        }
      }
    }
    Grade grade = failures.isEmpty() ? finding.grade() : Grade.FORBIDDEN;
    return new Judged(grade, failures, again);
  }

  private static List<CrashState> secondStates(World world, Recording recovery, Profile profile) {
    List<CrashState> states = new ArrayList<>();
    CrashStates.of(recovery, profile)
        .cappedAt(world.settings().crashes().combinationsMax())
        .forEach(states::add);
    return states;
  }

  /** The first violation of each clause, made as small as possible and explained. */
  private Map<String, ClauseViolation> explained(World world, List<Judged> all) {
    Map<String, ClauseViolation> violations = new LinkedHashMap<>();
    for (Judged judged : all) {
      for (Failure failure : judged.failures()) {
        if (!violations.containsKey(failure.clause())) {
          violations.put(failure.clause(), new Explanation(world, run).of(failure));
        }
      }
    }
    return violations;
  }
}
