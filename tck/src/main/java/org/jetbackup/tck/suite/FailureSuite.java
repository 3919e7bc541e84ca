package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code failure}, as far as a backup can be made to fail without touching files. */
@TckTest
class FailureSuite {

  @Test
  @Clauses("FAIL-1")
  void aFullBackupThatIsEndedLeavesNoFile(World world) {
    Ending.each(
        world,
        Attempt.Kind.FULL,
        (attempt, answer) -> FailureSweepSuite.expectNoFile("FAIL-1", attempt));
  }

  @Test
  @Clauses("FAIL-2")
  @Requires(Capability.INCREMENTAL)
  void anIncrementalBackupThatIsEndedLeavesTheChain(World world) {
    Ending.each(
        world,
        Attempt.Kind.INCREMENTAL,
        (attempt, answer) -> FailureSweepSuite.expectChain("FAIL-2", attempt));
  }

  @Test
  @Clauses({"FAIL-2", "INC-7"})
  @Requires(Capability.INCREMENTAL)
  void anIncrementalBackupThatLacksALinkLeavesTheChain(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    node.mustBackup(backup, BackupGrbit.INCREMENTAL);
    Contents moment = node.acknowledged();
    Map<String, String> before = world.tree(backup);
    node.commit("a=3").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    node.commit("a=4").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    if (node.backup(backup, BackupGrbit.INCREMENTAL).isSuccess()) {
      throw new TestAbortedException("the engine still has the missing log");
    }
    Trees.expectSameFiles(world, "FAIL-2", before, backup);
    world.expectRestores("FAIL-2", node, backup, moment);
  }

  @Test
  @Clauses("FAIL-3")
  @Requires(Capability.FILE_KINDS)
  void aBackupThatIsEndedRemovesNoLog(World world) {
    eachKind(
        world,
        kind -> Ending.each(
            world, kind, (attempt, answer) -> FailureSweepSuite.expectLogs("FAIL-3", attempt)));
  }

  @Test
  @Clauses("FAIL-4")
  @Requires(Capability.ROLL_FORWARD)
  void afterABackupWasEndedTheGoodSetAndTheLogStillLeadToTheNewestCommit(World world) {
    eachKind(
        world,
        kind -> Ending.each(
            world,
            kind,
            (attempt, answer) -> FailureSweepSuite.expectRollForward("FAIL-4", attempt)));
  }

  @Test
  @Clauses("FAIL-5")
  @Requires(Capability.HEADER_INFORMATION)
  void aBackupThatIsEndedLeavesTheRecords(World world) {
    eachKind(
        world,
        kind -> Ending.each(
            world, kind, (attempt, answer) -> FailureSweepSuite.expectRecords("FAIL-5", attempt)));
  }

  @Test
  @Clauses("FAIL-6")
  void afterABackupWasStoppedWorkGoesOnAndTheNextOneSucceeds(World world) {
    eachKind(
        world,
        kind -> Ending.each(
            world,
            kind,
            List.of(Ending.THROWN, Ending.STOPPED),
            (attempt, answer) -> FailureSweepSuite.expectRetry("FAIL-6", attempt)));
  }

  @Test
  @Clauses("FAIL-11")
  void anInterruptBeforeTheCallDoesNotEndTheInstance(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        attempt.world().record("the thread is interrupted");
        Thread.currentThread().interrupt();
        expectInterrupted(attempt, attempt.make());
      } finally {
        Thread.interrupted();
      }
    }
  }

  @Test
  @Clauses("FAIL-11")
  void anInterruptDuringTheCallDoesNotEndTheInstance(World world) {
    int judged = 0;
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      for (Snt moment : List.of(Snt.BEGIN, Snt.PROGRESS)) {
        try (Attempt attempt = Attempt.of(world, kind)) {
          Listening interrupting = Listening.at(moment, () -> {
            attempt.world().record("in the callback: the thread is interrupted");
            Thread.currentThread().interrupt();
          });
          Answer answer = attempt.make(interrupting);
          if (interrupting.acted()) {
            judged++;
            expectInterrupted(attempt, answer);
          }
        } finally {
          Thread.interrupted();
        }
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("the engine called the callback not even once");
    }
  }

  private static void expectInterrupted(Attempt attempt, Answer answer) {
    boolean flag = Thread.interrupted();
    World world = attempt.world();
    Node node = attempt.node();
    world.expectThat(
        "FAIL-11", flag, "the interrupt flag of the thread is set on return", "it is not set");
    world.expect("FAIL-11", answer).isOfTheContract();
    world.expectThat(
        "FAIL-11", node.isAvailable(), "an instance in service", node.instance().state());
    if (answer.isSuccess()) {
      world.expectRestores("FAIL-11", node, attempt.directory(), node.acknowledged());
    } else {
      attempt.expectOldState("FAIL-11");
      FailureSweepSuite.expectRetry("FAIL-11", attempt);
    }
    world.expect("FAIL-11", node.tryCommit("late=1")).success();
    world.expectSame("FAIL-11", node.acknowledged(), node.contents());
  }

  /** For every kind of backup; aborts only if none of them could be judged. */
  private static void eachKind(World world, Consumer<Attempt.Kind> body) {
    int judged = 0;
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try {
        body.accept(kind);
        judged++;
      } catch (TestAbortedException e) {
        world.note(String.valueOf(e.getMessage()));
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("the engine offers no moment at which it can be stopped");
    }
  }
}
