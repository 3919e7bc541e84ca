package org.jetbackup.tck.suite;

import java.util.List;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.explore.CrashTable;
import org.jetbackup.tck.explore.Explorations;
import org.jetbackup.tck.explore.Wreck;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.workload.Choices;
import org.jetbackup.tck.workload.History;
import org.jetbackup.tck.workload.Player;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Chapter {@code crash}. Every test asks the {@link Explorations}, which crash the engine at every
 * operation of small workloads, once for all of them.
 */
@TckTest
@Requires(Capability.READS_GIVEN_FILE_SYSTEM)
class CrashSuite {

  /** One step of each kind, as {@link Choices} numbers them. */
  private static final List<Integer> EVERY_KIND =
      List.of(0, 7, 2, 10, 3, 46, 9, 0, 11, 12, 13, 4, 5, 7, 6, 10, 15, 7, 28, 10, 30, 0);

  @Test
  @Clauses("CRASH-1")
  void everyCommitThatHadReturnedIsThere(World world) {
    judge(world, "CRASH-1");
  }

  @Test
  @Clauses("CRASH-2")
  void nothingIsThereButWhatWasCommittedAndTheCallInFlightAsAWhole(World world) {
    judge(world, "CRASH-2");
  }

  @Test
  @Clauses("CRASH-3")
  void aBackupThatHadReturnedRestoresToItsMoment(World world) {
    judge(world, "CRASH-3");
  }

  @Test
  @Clauses("CRASH-4")
  void theFirstFullBackupRestoresToItsMomentOrIsRefused(World world) {
    judge(world, "CRASH-4");
  }

  @Test
  @Clauses("CRASH-5")
  @Requires({Capability.ATOMIC, Capability.READS_GIVEN_FILE_SYSTEM})
  void anAtomicBackupLeavesNoMomentWithoutARestorableSet(World world) {
    judge(world, "CRASH-5");
  }

  @Test
  @Clauses("CRASH-6")
  @Requires({Capability.INCREMENTAL, Capability.READS_GIVEN_FILE_SYSTEM})
  void anIncrementalBackupLeavesTheChainOrExtendsIt(World world) {
    judge(world, "CRASH-6");
  }

  @Test
  @Clauses("CRASH-7")
  @Requires({Capability.ROLL_FORWARD, Capability.READS_GIVEN_FILE_SYSTEM})
  void theNewestSetAndTheLiveLogLeadToTheNewestCommit(World world) {
    judge(world, "CRASH-7");
  }

  @Test
  @Clauses("CRASH-8")
  void recoveryMayCrashTooAndIsStartedAgain(World world) {
    judge(world, "CRASH-8");
  }

  @Test
  @Clauses("CRASH-9")
  void theNextFullAndTheNextIncrementalBackupSucceed(World world) {
    judge(world, "CRASH-9");
  }

  @Test
  @Clauses("CRASH-10")
  void aRestoreThatWasInterruptedCanBeRepeated(World world) {
    judge(world, "CRASH-10");
  }

  @Test
  @Clauses("CRASH-11")
  void afterAnInterruptedRestoreInitAsksForItOrFindsOneOfTheTwoStates(World world) {
    judge(world, "CRASH-11");
  }

  @Test
  @Clauses("CRASH-12")
  void allOfItHoldsWhereDirectoryChangesHaveNoOrder(World world) {
    world.note(CrashTable.summary(Explorations.of(world).judgeAll(world, Profile.WEAK)));
  }

  @Test
  @Clauses("CRASH-13")
  void allOfItHoldsWhereUnforcedSectorsAreNoise(World world) {
    world.note(CrashTable.summary(Explorations.of(world).judgeAll(world, Profile.GARBAGE)));
  }

  @Test
  @Clauses("CRASH-14")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void damageInAClosedGenerationIsNotTakenForItsEnd(World world) {
    Wreck wreck = Wreck.of(world);
    List<Wreck.Place> places = wreck.closedGenerations();
    if (places.isEmpty()) {
      throw new TestAbortedException("the engine keeps no closed generation that it would need");
    }
    for (Wreck.Place place : places) {
      Wreck.Seen seen = wreck.open(place);
      world.expect("CRASH-14", seen.answer()).isOfTheContract();
      if (seen.answer().isSuccess()) {
        world.expectSame("CRASH-14", wreck.acknowledged(), seen.contents());
      }
    }
    world.note(places.size() + " damaged bytes of closed generations");
  }

  @Test
  @Clauses("CRASH-15")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void damageInTheLastBatchMayBeTakenForATornEnd(World world) {
    Wreck wreck = Wreck.of(world);
    int torn = 0;
    List<Wreck.Place> places = wreck.lastBatch();
    for (Wreck.Place place : places) {
      Wreck.Seen seen = wreck.open(place);
      world.expect("CRASH-15", seen.answer()).isOfTheContract();
      if (seen.answer().isSuccess()) {
        List<Contents> allowed = List.of(wreck.acknowledged(), wreck.beforeTheLastCommit());
        world.expectOneOf("CRASH-15", allowed, seen.contents());
        torn += seen.contents().equals(wreck.acknowledged()) ? 0 : 1;
      }
    }
    world.note("interesting: " + torn + " of " + places.size()
        + " damaged bytes of the last batch were taken for its torn end");
  }

  @Test
  @Clauses("CRASH-16")
  void theSameCallsMakeTheSameFileOperations(World world) {
    History history = new Choices(world.settings().capabilities()).decode(EVERY_KIND);
    List<String> first = operations(world, history);
    List<String> second = operations(world, history);
    world.record(history.toString());
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      world.expectThat("CRASH-16", first.get(i).equals(second.get(i)), first.get(i), second.get(i));
    }
    world.expectThat(
        "CRASH-16",
        first.size() == second.size(),
        first.size() + " operations",
        second.size() + " operations");
    world.note(first.size() + " file operations, twice the same");
  }

  private static void judge(World world, String clause) {
    world.note(
        CrashTable.summary(Explorations.of(world).judge(world, clause, Explorations.STRONG)));
  }

  private static List<String> operations(World world, History history) {
    try (World fresh = world.again()) {
      fresh.files().startTrace();
      Player.play(fresh, history);
      return fresh.files().trace().stream().map(Operation::toString).toList();
    }
  }
}
