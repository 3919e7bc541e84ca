package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapters {@code restore} and {@code truncation}: a set together with the live log. */
@TckTest
@Requires(Capability.ROLL_FORWARD)
class RollForwardSuite {

  @Test
  @Clauses("REST-3")
  void withTheLiveLogNoCommitIsLost(World world) {
    Node node = world.start().commit("a=1", "b=1");
    Path backup = Chain.of(world, node).directory();
    for (int i = 0; i < 5; i++) {
      node.commit("a=later" + i, "big" + i + "=" + i + "*30000").commit("-b", "c=" + i);
    }
    node.stop();
    Trees.loseDatabases(world, node);
    expectNewest(world, "REST-3", node, backup);
  }

  @Test
  @Clauses("REST-3")
  void aDatabaseThatIsStillThereDoesNotKeepTheLogFromBeingApplied(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    node.commit("a=2", "b=2").stop();
    expectNewest(world, "REST-3", node, backup);
  }

  @Test
  @Clauses("REST-3")
  void aDamagedDatabaseDoesNotKeepTheLogFromBeingApplied(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    node.commit("a=2", "b=2").stop();
    Trees.write(node.file("main"), "this is no database");
    expectNewest(world, "REST-3", node, backup);
  }

  @Test
  @Clauses("REST-3")
  void theLogOfAProcessThatDiedIsAppliedToItsEnd(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    node.commit("a=2").commit("b=2*20000").commit("-a").crash();
    Trees.loseDatabases(world, node);
    expectNewest(world, "REST-3", node, backup);
  }

  @Test
  @Clauses("REST-3")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void whatWasNeverCommittedDoesNotComeBack(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    JetSession open =
        world.obtain("begin a second session", () -> node.instance().beginSession());
    world.require("leave p=1 -a open", () -> {
      open.beginTransaction();
      node.change(open, List.of("p=1", "-a"));
    });
    node.commit("b=2").crash();
    Trees.loseDatabases(world, node);
    expectNewest(world, "REST-3", node, backup);
  }

  @Test
  @Clauses({"TRUNC-3", "REST-3"})
  void afterEveryBackupItsSetAndTheLogLeadToTheNewestCommit(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        World own = attempt.world();
        Node node = attempt.node();
        own.expect("RET-1", attempt.make()).success();
        node.commit("a=later", "big=z*40000").commit("-big").stop();
        Trees.loseDatabases(own, node);
        expectNewest(own, "TRUNC-3", node, attempt.directory());
      }
    }
  }

  @Test
  @Clauses("REST-14")
  void theLogOfAnEarlierLifeIsNotApplied(World world) {
    afterAnotherLife(world).expectNothingInvented();
  }

  @Test
  @Clauses("REST-14")
  void aLogWithAGapAfterTheSetIsNotApplied(World world) {
    withGap(world).expectNothingInvented();
  }

  @Test
  @Clauses("REST-14")
  void theLogOfAnotherFutureIsNotApplied(World world) {
    afterAnotherFuture(world).expectNothingInvented();
  }

  @Test
  @Clauses("REST-18")
  void theCodeForALogThatDoesNotContinueTheSetSaysSo(World world) {
    List<Function<World, Misfit>> all = List.of(
        RollForwardSuite::afterAnotherLife,
        RollForwardSuite::withGap,
        RollForwardSuite::afterAnotherFuture);
    for (Function<World, Misfit> each : all) {
      try (World own = world.again()) {
        Misfit misfit = each.apply(own);
        own.expect("REST-18", misfit.answer)
            .succeedsOrFails(
                JetErr.INVALID_LOG_SEQUENCE,
                JetErr.MISSING_CURRENT_LOG_FILES,
                JetErr.EXISTING_LOG_FILE_HAS_BAD_SIGNATURE,
                JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS);
      }
    }
  }

  /** A restore in place where the live log does not fit the set. */
  private record Misfit(World world, Node node, Answer answer, List<Contents> allowed) {

    static Misfit of(World world, Node node, Path backup, Contents... allowed) {
      return new Misfit(world, node, node.restore(backup), List.of(allowed));
    }

    void expectNothingInvented() {
      world.expect("REST-14", answer).isOfTheContract();
      if (answer.isSuccess()) {
        world.expectOneOf("REST-14", allowed, node.start().contents());
      }
    }
  }

  private static Misfit afterAnotherLife(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    node.stop();
    Trees.lose(world, node);
    Node stranger = node.twin(List.of());
    stranger
        .start()
        .createDatabase("main")
        .commit("a=foreign")
        .commit("x=foreign")
        .stop();
    return Misfit.of(world, node, backup, moment);
  }

  private static Misfit withGap(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    for (int i = 2; i < 5; i++) {
      node.commit("a=" + i, "big=" + i + "*40000").commit("big=y*40000");
      node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    }
    node.commit("a=5").stop();
    return Misfit.of(world, node, backup, moment, node.acknowledged());
  }

  /** Two futures of one set: the log of the first must not be applied to a set of the second. */
  private static Misfit afterAnotherFuture(World world) {
    Node node = world.start().commit("a=1");
    Path first = world.freshDirectory("backup");
    node.mustBackup(first, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    for (int i = 0; i < 4; i++) {
      node.commit("one=" + i, "big=" + i + "*40000");
    }
    node.stop();
    Path log = Trees.copy(world, node.log());
    Trees.expectRestoresInPlace(world, "REST-1", node, first, moment);
    Path second = world.freshDirectory("backup");
    node.commit("two=1").mustBackup(second, BackupGrbit.FULL);
    Contents future = node.acknowledged();
    node.stop();
    world.record("the log of the first future is back");
    Trees.empty(node.log());
    Trees.copy(log, node.log());
    return Misfit.of(world, node, second, future);
  }

  private static void expectNewest(World world, String clause, Node node, Path backup) {
    world.expect(clause, node.restore(backup)).success();
    world.expectSame(clause, node.acknowledged(), node.start().contents());
  }
}
