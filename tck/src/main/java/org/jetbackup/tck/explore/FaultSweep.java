package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.HungException;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.fixture.Crew;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.workload.Step;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Calls with a fault at their n-th operation, for n = 1, 2, ... until there is no n-th one: the first
 * recorded step of every workload under every kind of fault. Several clauses are judged by the same
 * calls, so each workload is swept once in a run of the kit, when the first test asks for it.
 *
 * <p>Used by one test at a time; the calls of a workload are made on all processors.
 */
public final class FaultSweep {

  /** At how many operations a fault is injected at most; of more, every second or third has to do. */
  private static final int POINTS_MAX = 250;

  /** So many operations more than in an undisturbed call are still taken for the same call. */
  private static final int SLACK = 50;

  private static @Nullable FaultSweep current;

  private final KitSettings settings;
  private final Map<Workload, List<SweepRow>> swept = new LinkedHashMap<>();
  private final Map<Workload, HungException> hung = new HashMap<>();

  private FaultSweep(KitSettings settings) {
    this.settings = settings;
  }

  /**
   * That of the run to which a test belongs.
   *
   * @throws TestAbortedException if the run is not in memory
   */
  @SuppressWarnings("ReferenceEquality") // equal settings are those of another run
  public static synchronized FaultSweep of(World world) {
    if (world.settings().storage() != Storage.MEMORY) {
      throw new TestAbortedException("faults are swept over the workloads in memory only");
    }
    FaultSweep known = current;
    if (known == null || known.settings != world.settings()) {
      known = new FaultSweep(world.settings());
      current = known;
    }
    return known;
  }

  /** What was swept last, in order; empty if nothing was. */
  public static synchronized List<SweepRow> latest() {
    return current == null ? List.of() : current.rows();
  }

  /** Forgets what was swept, before another run. */
  public static synchronized void forget() {
    current = null;
  }

  /** What was swept so far, in order. */
  public List<SweepRow> rows() {
    return swept.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Judges a clause by every workload and every kind of fault that it concerns, up to the first
   * workload that breaks it.
   *
   * @param world of the test
   * @param clause the clause
   * @return the rows that say so
   * @throws ClauseViolation if it is broken
   * @throws TestAbortedException if there was no operation to strike
   */
  public List<SweepRow> judge(World world, String clause) {
    List<SweepRow> judged = new ArrayList<>();
    for (Workload workload : Workload.askedBy(settings)) {
      if (concerns(clause, workload)) {
        for (SweepRow row : sweptOnce(world, workload)) {
          Fault fault = row.broken().get(clause);
          if (fault != null) {
            throw new FaultTrial(world, workload, fault).explained(clause);
          }
          if (concerns(clause, FaultKind.parse(row.kind()))) {
            judged.add(row);
          }
        }
      }
    }
    if (judged.stream().allMatch(row -> row.points() == 0)) {
      throw new TestAbortedException("the engine makes no file operation that this is about");
    }
    return judged;
  }

  private static boolean concerns(String clause, Workload workload) {
    return !clause.equals("FAULT-7") || FaultTrial.call(workload) instanceof Step.Restore;
  }

  private static boolean concerns(String clause, FaultKind kind) {
    return switch (clause) {
      case "FAULT-1" -> !kind.is(Fault.Effect.FLIP_BIT);
      case "FAULT-5" -> kind.is(Fault.Effect.INTERRUPT);
      case "FAULT-6" -> kind.is(Fault.Effect.FLIP_BIT);
      default -> true;
    };
  }

  /** Swept when it is asked for first. What hung is not waited for again. */
  private List<SweepRow> sweptOnce(World world, Workload workload) {
    HungException earlier = hung.get(workload);
    if (earlier != null) {
      throw earlier;
    }
    try {
      return swept.computeIfAbsent(workload, unknown -> sweep(world, unknown));
    } catch (HungException e) {
      hung.put(workload, e);
      throw e;
    }
  }

  private static List<SweepRow> sweep(World world, Workload workload) {
    Kit.progress("faults, " + workload.word());
    List<Operation> trace = FaultTrial.undisturbed(world, workload);
    return Crew.map(
        "fault sweep of " + workload.word(),
        world.settings().limit(),
        FaultKind.ALL,
        kind -> sweep(world, workload, kind, kind.places(trace)));
  }

  private static SweepRow sweep(
      World world, Workload workload, FaultKind kind, List<Operation> places) {
    int stride = Math.max(1, (places.size() + POINTS_MAX - 1) / POINTS_MAX);
    int points = 0;
    int failed = 0;
    int unavailable = 0;
    Map<String, Fault> broken = new LinkedHashMap<>();
    boolean struck = !places.isEmpty();
    // An engine that does more each time would have no end.
    int last = 2 * places.size() + SLACK;
    for (int n = 1; struck && n <= last; n += stride) {
      Fault fault = kind.at(n, places);
      FaultFinding finding = new FaultTrial(world, workload, fault).run();
      struck = finding.struck();
      points += struck ? 1 : 0;
      failed += finding.failed() ? 1 : 0;
      unavailable += finding.unavailable() ? 1 : 0;
      finding.violations().forEach(violation -> broken.putIfAbsent(violation.clause(), fault));
    }
    return new SweepRow(
        workload,
        kind.toString(),
        places.size(),
        points,
        failed,
        unavailable,
        stride == 1 && !struck,
        broken);
  }
}
