package org.jetbackup.tck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.selftest.ModelPlugin;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ExplorationsTest {

  private static final String RESTORES = "CRASH-10";
  private static final List<Profile> ALL = List.of(
      Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED, Profile.WEAK, Profile.GARBAGE);

  @Test
  void aSecondRunSaysTheSameButForTheTime() {
    assertEquals(withoutSeconds(explore(settings())), withoutSeconds(explore(settings())));
  }

  @Test
  void partsTogetherAreTheWhole() {
    List<Exploration> whole = explore(settings());
    List<Exploration> first = explore(settings().crashing(CrashSettings.QUICK.part(1, 3)));
    List<Exploration> second = explore(settings().crashing(CrashSettings.QUICK.part(2, 3)));
    List<Exploration> third = explore(settings().crashing(CrashSettings.QUICK.part(3, 3)));

    long parts = sum(first, Exploration::judged)
        + sum(second, Exploration::judged)
        + sum(third, Exploration::judged);

    assertEquals(sum(whole, Exploration::judged), parts);
    assertTrue(sum(second, Exploration::judged) > 0);
    assertEquals(sum(whole, Exploration::unique), sum(third, Exploration::unique));
  }

  @Test
  void aPartSaysThatItIsNotExhaustive() {
    List<Exploration> part = explore(settings().crashing(CrashSettings.QUICK.part(1, 3)));

    assertTrue(CrashTable.summary(part).startsWith("bounded in "), CrashTable.summary(part));
    String whole =
        CrashTable.summary(explore(settings().crashing(CrashSettings.QUICK.going(true))));
    assertTrue(whole.startsWith("exhaustive: "), whole);
  }

  @Test
  void secondCrashesThatWereLeftOutAreToldOf() {
    List<Exploration> quick = explore(settings());
    List<Exploration> full = explore(settings().crashing(CrashSettings.QUICK.going(true)));

    assertTrue(sum(quick, Exploration::sampled) > 0);
    assertTrue(sum(quick, Exploration::again) < sum(full, Exploration::again));
    for (Exploration row : quick) {
      assertEquals(row.sampled() == 0, row.exhaustive(), row::reach);
      assertEquals(row.sampled() > 0, row.reach().contains("second crashes"), row::reach);
    }
  }

  @Test
  void whatOneTestHasExploredTheNextOneUses() {
    KitSettings settings = settings();
    Kit.use(settings);
    try (World first = World.create(settings, "first", RESTORES);
        World second = World.create(settings, "second", RESTORES)) {
      List<Exploration> rows = Explorations.of(first).judge(first, RESTORES, List.of(Profile.KILL));
      assertEquals(rows, Explorations.of(second).judge(second, RESTORES, List.of(Profile.KILL)));
      assertEquals(0, second.files().writes());
    }
  }

  @Test
  void aStateBelongsToTheStrongestProfileThatHasIt() {
    for (Exploration row : explore(settings())) {
      boolean first = row.profile() == Profile.KILL;
      assertTrue(first ? row.fresh() == row.unique() : row.fresh() < row.unique(), row.toString());
    }
  }

  @Test
  void aClauseThatNoWorkloadConcernsIsNotCalledKept() {
    KitSettings settings = settings();
    Kit.use(settings);
    try (World world = World.create(settings.on(Storage.DISK), "x", RESTORES)) {
      assertThrows(TestAbortedException.class, () -> Explorations.of(world));
    }
  }

  @Test
  void everyWorkloadWritesAndDiffersFromTheOthers() {
    KitSettings settings = settings();
    Kit.use(settings);
    try (World world = World.create(settings, "x", "CRASH-1")) {
      WorkloadRun before = null;
      for (Workload workload : Workload.offeredBy(settings.capabilities())) {
        WorkloadRun run = WorkloadRun.of(world, workload, 4096);
        assertTrue(run.recording().writes(), workload.word());
        assertEquals(
            2 * workload.recorded().steps().size() + 1, run.expectations().size());
        if (before != null) {
          assertNotEquals(before.recording().events(), run.recording().events());
        }
        before = run;
      }
    }
  }

  private static KitSettings settings() {
    return KitSettings.of(new ModelPlugin());
  }

  private static List<Exploration> explore(KitSettings settings) {
    Kit.use(settings);
    try (World world = World.create(settings, "ExplorationsTest", RESTORES)) {
      return Explorations.of(world).judge(world, RESTORES, ALL);
    }
  }

  private static long sum(List<Exploration> rows, ToLongFunction<Exploration> figure) {
    return rows.stream().mapToLong(figure).sum();
  }

  private static List<String> withoutSeconds(List<Exploration> rows) {
    return rows.stream()
        .map(row -> new Exploration(
            row.workload(),
            row.sectorSize(),
            row.profile(),
            row.extent(),
            row.unique(),
            row.fresh(),
            row.judged(),
            row.again(),
            row.sampled(),
            row.grades(),
            row.violations(),
            0))
        .map(Exploration::toString)
        .toList();
  }
}
