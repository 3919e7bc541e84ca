package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.fixture.World;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The explorations of one run of the kit. Several clauses are judged by the same states, so each
 * workload is explored once under each profile, when the first test asks for it, and never again.
 *
 * <p>Used by one test at a time.
 */
public final class Explorations {

  /** The profiles that are a MUST. */
  public static final List<Profile> STRONG =
      List.of(Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED);

  /** In this order, because a state belongs to the first profile that has it. */
  private static final List<Profile> ORDER = List.of(
      Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED, Profile.WEAK, Profile.GARBAGE);

  private static final List<Integer> SECTORS =
      List.of(CrashRecorder.SECTOR_DEFAULT, CrashRecorder.SECTOR_TORN);

  private static @Nullable Explorations current;

  /** One workload, recorded, and what was explored of it so far. */
  private record Explored(
      WorkloadRun run, Explorer explorer, Map<Profile, Exploration> explorations) {}

  private record Key(Workload workload, int sectorSize) {}

  private final KitSettings settings;
  private final Map<Key, Explored> explored = new LinkedHashMap<>();

  private Explorations(KitSettings settings) {
    this.settings = settings;
  }

  /**
   * Those of the run to which a test belongs.
   *
   * @throws TestAbortedException if the run is not in memory
   */
  @SuppressWarnings("ReferenceEquality") // equal settings are those of another run
  public static synchronized Explorations of(World world) {
    if (world.settings().storage() != Storage.MEMORY) {
      throw new TestAbortedException("crashes are explored in memory only");
    }
    Explorations known = current;
    if (known == null || known.settings != world.settings()) {
      known = new Explorations(world.settings());
      current = known;
    }
    return known;
  }

  /** What was explored last, in order; empty if nothing was. */
  public static synchronized List<Exploration> latest() {
    return current == null ? List.of() : current.rows();
  }

  /** Forgets what was explored, before another run. */
  public static synchronized void forget() {
    current = null;
  }

  /** What was explored so far, in order. */
  public List<Exploration> rows() {
    return explored.values().stream()
        .flatMap(each -> each.explorations().values().stream())
        .toList();
  }

  /**
   * Judges a clause under some profiles by every workload that it concerns, up to the first that
   * breaks it.
   *
   * @param world of the test
   * @param clause the clause
   * @return the explorations that say so
   * @throws ClauseViolation if it is broken
   * @throws TestAbortedException if no workload concerns it, or no state is in the part that is
   *     judged
   */
  public List<Exploration> judge(World world, String clause, List<Profile> profiles) {
    return judge(world, profiles, run -> run.concerns(clause), row -> row.violation(clause));
  }

  /**
   * Demands everything that CRASH-1 to CRASH-10 demand, under one profile, up to the first workload
   * that breaks one of them.
   *
   * @throws ClauseViolation if something is not so
   * @throws TestAbortedException if it is so but not under a stronger profile, of which this one
   *     allows all states too
   */
  public List<Exploration> judgeAll(World world, Profile profile) {
    List<Exploration> judged = judge(
        world,
        List.of(profile),
        run -> true,
        row -> demandsBroken(row).map(row.violations()::get).findFirst());
    rows().stream()
        .filter(row -> row.profile().compareTo(profile) < 0)
        .flatMap(Explorations::demandsBroken)
        .findFirst()
        .ifPresent(clause -> {
          throw new TestAbortedException(
              "what " + clause + " demands breaks under a stronger profile already");
        });
    return judged;
  }

  private static Stream<String> demandsBroken(Exploration row) {
    return row.violations().keySet().stream().filter(clause -> !clause.equals("CRASH-11"));
  }

  private List<Exploration> judge(
      World world,
      List<Profile> profiles,
      Predicate<WorkloadRun> concerned,
      Function<Exploration, Optional<ClauseViolation>> broken) {
    List<Exploration> rows = new ArrayList<>();
    for (Workload workload : Workload.askedBy(settings)) {
      for (int sectorSize : SECTORS) {
        Explored each = explored.computeIfAbsent(
            new Key(workload, sectorSize), key -> record(world, workload, sectorSize));
        if (concerned.test(each.run()) && tellsMore(each)) {
          for (Profile profile : profiles) {
            Exploration row = explore(world, each, profile);
            Optional<ClauseViolation> violation = broken.apply(row);
            if (violation.isPresent()) {
              throw violation.get();
            }
            rows.add(row);
          }
        }
      }
    }
    if (rows.isEmpty()) {
      throw new TestAbortedException("no workload that the engine offers is about this");
    }
    if (rows.stream().allMatch(row -> row.judged() == 0)
        && rows.stream().anyMatch(row -> row.fresh() > 0)) {
      throw new TestAbortedException("none of the states is in this part of them");
    }
    return rows;
  }

  /** Whether smaller sectors make other states: not where no write spans several of them. */
  private boolean tellsMore(Explored each) {
    Explored usual = explored.get(new Key(each.run().workload(), CrashRecorder.SECTOR_DEFAULT));
    return usual == null
        || usual.run().sectorSize() == each.run().sectorSize()
        || usual.run().recording().unitCount() < each.run().recording().unitCount();
  }

  private static Explored record(World world, Workload workload, int sectorSize) {
    WorkloadRun run = WorkloadRun.of(world, workload, sectorSize);
    return new Explored(run, new Explorer(run), new EnumMap<>(Profile.class));
  }

  /**
   * How many states of a workload may still be judged: all workloads have the same share. Where a
   * profile has more states than that, half of what is left remains for weaker ones.
   */
  private int left(Explored each, Profile profile) {
    int shares = Workload.askedBy(settings).size() * SECTORS.size();
    int used =
        each.explorations().values().stream().mapToInt(Exploration::judged).sum();
    int left = Math.max(0, settings.crashes().statesMax() / shares - used);
    return profile == ORDER.get(ORDER.size() - 1) ? left : (left + 1) / 2;
  }

  private Exploration explore(World world, Explored each, Profile profile) {
    for (Profile stronger : ORDER.subList(0, ORDER.indexOf(profile) + 1)) {
      if (!each.explorations().containsKey(stronger)) {
        each.explorations()
            .put(stronger, each.explorer().explore(world, stronger, left(each, stronger)));
      }
    }
    Exploration result = each.explorations().get(profile);
    if (result == null) {
      throw new IllegalStateException(profile + " is not explored");
    }
    return result;
  }
}
