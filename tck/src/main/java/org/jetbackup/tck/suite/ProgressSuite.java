package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Listening.Heard;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code progress}. */
@TckTest
class ProgressSuite {

  private static final String MISSING = "missing";

  @Test
  @Clauses({"PROG-1", "PROG-2", "PROG-3"})
  void aFullBackupReportsItsBeginAndItsEnd(World world) {
    Node node = filled(world);
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      Listening listening = Listening.only();
      Answer answer = node.backup(world.freshDirectory("backup"), grbit, listening);
      world.expect("PROG-1", answer).success();
      expectEnds(world, "PROG-1", listening);
      expectBackup(world, "PROG-2", listening);
      expectCounts(world, "PROG-3", listening);
    }
  }

  @Test
  @Clauses("PROG-2")
  void whateverHappensOnlyABackupIsReported(World world) {
    Node node = filled(world);
    Path backup = world.freshDirectory("backup");
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      Listening listening = Listening.only();
      node.backup(backup, kind.grbit(), listening);
      node.backup(world.path(MISSING), kind.grbit(), listening);
      expectBackup(world, "PROG-2", listening);
    }
  }

  /** The api itself refuses wrong counts, with an exception that the engine would have to hide. */
  @Test
  @Clauses("PROG-3")
  void theCountsAreLegalAtAnySize(World world) {
    Node node = world.start();
    for (int i = 0; i < 6; i++) {
      node.commit("big" + i + "=" + i + "*40000");
      Listening listening = Listening.only();
      Path backup = world.freshDirectory("backup");
      world.expect("PROG-3", node.backup(backup, BackupGrbit.FULL, listening)).success();
      expectCounts(world, "PROG-3", listening);
    }
  }

  @Test
  @Clauses("PROG-4")
  @Requires(Capability.PROGRESS)
  void progressGoesForwardAndReachesItsTotal(World world) {
    Node node = filled(world);
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      Listening listening = Listening.only();
      Path backup = world.freshDirectory("backup");
      world.expect("PROG-4", node.backup(backup, grbit, listening)).success();
      expectMotion(world, "PROG-4", listening);
    }
  }

  @Test
  @Clauses("PROG-5")
  void aBackupThatIsRefusedOrEndedReportsNoComplete(World world) {
    Node node = filled(world);
    Listening refused = Listening.only();
    Answer missing = node.backup(world.path(MISSING), BackupGrbit.FULL, refused);
    world.expect("RET-10", missing).fails(JetErr.INVALID_PATH);
    expectNoComplete(world, refused);
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        Listening listening = Listening.at(Snt.BEGIN, () -> {
          throw new IllegalStateException("the callback of the test throws");
        });
        if (!attempt.make(listening).isSuccess()) {
          expectNoComplete(attempt.world(), listening);
        }
      }
    }
  }

  @Test
  @Clauses("PROG-5")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void aBackupThatMeetsAFaultReportsNoComplete(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      sweep(world, kind, (attempt, listening) -> expectNoComplete(attempt.world(), listening));
    }
  }

  @Test
  @Clauses("PROG-6")
  @Requires(Capability.PROGRESS)
  void aBackupWhoseCallbackThrewOnceReportsItsFailureLast(World world) {
    int judged = 0;
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      Attempt.Kind kind = grbit.isAtomic() ? Attempt.Kind.ATOMIC : Attempt.Kind.FULL;
      for (Snt moment : List.of(Snt.BEGIN, Snt.PROGRESS)) {
        try (Attempt attempt = Attempt.small(world, kind)) {
          Listening listening = throwing(moment, new IllegalStateException("the callback throws"));
          if (!attempt.make(listening).isSuccess()) {
            judged++;
            expectFailLast(attempt.world(), listening);
          }
        }
      }
    }
    expectCalled(judged);
  }

  @Test
  @Clauses("PROG-6")
  @Requires({Capability.PROGRESS, Capability.STOP_BACKUP})
  void aBackupThatIsStoppedReportsItsFailureLast(World world) {
    int judged = 0;
    for (Snt moment : List.of(Snt.BEGIN, Snt.PROGRESS)) {
      try (Attempt attempt = Attempt.of(world, Attempt.Kind.FULL)) {
        Listening listening =
            Listening.at(moment, () -> attempt.node().instance().stopBackup());
        if (!attempt.make(listening).isSuccess()) {
          judged++;
          expectFailLast(attempt.world(), listening);
        }
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("no backup could be stopped");
    }
  }

  @Test
  @Clauses("PROG-6")
  @Requires({Capability.PROGRESS, Capability.READS_GIVEN_FILE_SYSTEM})
  void aBackupThatMeetsAFaultReportsItsFailureLast(World world) {
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      sweep(
          world,
          grbit.isAtomic() ? Attempt.Kind.ATOMIC : Attempt.Kind.FULL,
          (attempt, listening) -> {
            if (listening.kinds().contains(Snt.BEGIN)) {
              expectFailLast(attempt.world(), listening);
            }
          });
    }
  }

  @Test
  @Clauses("PROG-7")
  @Requires(Capability.INCREMENTAL)
  void anIncrementalBackupIsSilentOrReportsLikeAFullOne(World world) {
    Node node = filled(world);
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    for (int i = 0; i < 3; i++) {
      node.commit("a=" + i, "big=" + i + "*40000").commit("big=x*40000");
      Listening listening = Listening.only();
      world
          .expect("PROG-7", node.backup(backup, BackupGrbit.INCREMENTAL, listening))
          .success();
      if (!listening.heard().isEmpty()) {
        expectEnds(world, "PROG-7", listening);
        expectBackup(world, "PROG-7", listening);
        expectCounts(world, "PROG-7", listening);
        if (world.has(Capability.PROGRESS)) {
          expectMotion(world, "PROG-7", listening);
        }
      }
    }
  }

  @Test
  @Clauses("PROG-8")
  @Requires(Capability.PROGRESS)
  void aRestoreReportsItsBeginAndItsEnd(World world) {
    Node node = filled(world);
    Path backup = Chain.of(world, node).directory();
    node.stop();
    Trees.lose(world, node);
    Listening listening = Listening.only();
    Answer answer =
        world.attempt("main: restore " + backup, () -> node.instance().restore(backup, listening));
    world.expect("REST-1", answer).success();
    expectRestore(world, listening);
    world.expectThat(
        "PROG-8",
        listening.kinds().get(listening.kinds().size() - 1) == Snt.COMPLETE,
        "Complete as the last report",
        listening.heard());
  }

  @Test
  @Clauses("PROG-8")
  @Requires(Capability.PROGRESS)
  void aRestoreOfADamagedSetReportsNoOtherKind(World world) {
    Node node = filled(world);
    Path backup = Chain.of(world, node).directory();
    node.stop();
    Trees.lose(world, node);
    for (String file : world.filesBelow(backup)) {
      Path copy = Trees.copy(world, backup);
      Damage.losses(backup, file).get(0).in(world, copy);
      Listening listening = Listening.only();
      Answer answer =
          world.attempt("main: restore " + copy, () -> node.instance().restore(copy, listening));
      if (!listening.heard().isEmpty()) {
        expectRestore(world, listening);
        world.expectThat(
            "PROG-8",
            answer.isSuccess() == listening.kinds().contains(Snt.COMPLETE),
            "Complete if it succeeds",
            answer + " after " + listening.heard());
      }
    }
  }

  @Test
  @Clauses("PROG-9")
  void aCallbackThatThrowsLeavesNoHalfBackup(World world) {
    int judged = 0;
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      for (Snt moment : Snt.values()) {
        try (Attempt attempt = Attempt.of(world, kind)) {
          Listening listening = throwing(moment, new IllegalStateException("the callback throws"));
          Answer answer = attempt.make(listening);
          if (listening.acted()) {
            judged++;
            expectWholeOrNothing(attempt, answer);
          }
        }
      }
    }
    expectCalled(judged);
  }

  @Test
  @Clauses("PROG-10")
  void whatTheCallbackThrowsIsTheCauseOfTheFailure(World world) {
    int judged = 0;
    for (Snt moment : List.of(Snt.BEGIN, Snt.PROGRESS)) {
      try (Attempt attempt = Attempt.of(world, Attempt.Kind.FULL)) {
        RuntimeException thrown = new IllegalStateException("the callback throws");
        Listening listening = throwing(moment, thrown);
        Answer answer = attempt.make(listening);
        if (listening.acted()) {
          judged++;
          attempt.world().expect("PROG-10", answer).fails(JetErr.CALLBACK_FAILED);
          Throwable failure = answer.thrown();
          attempt
              .world()
              .expectThat(
                  "PROG-10",
                  failure != null && failure.getCause() == thrown,
                  "what was thrown as the cause",
                  failure == null ? "success" : String.valueOf(failure.getCause()));
        }
      }
    }
    expectCalled(judged);
  }

  private static void expectCalled(int times) {
    if (times == 0) {
      throw new TestAbortedException("the engine called the callback not even once");
    }
  }

  private static Listening throwing(Snt moment, RuntimeException what) {
    return Listening.at(moment, () -> {
      throw what;
    });
  }

  private static void expectWholeOrNothing(Attempt attempt, Answer answer) {
    World world = attempt.world();
    Node node = attempt.node();
    world.expect("PROG-9", answer).isOfTheContract();
    if (answer.isSuccess()) {
      world.expectRestores("PROG-9", node, attempt.directory(), node.acknowledged());
    } else {
      Trees.expectSameFiles(world, "PROG-9", attempt.tree(), attempt.directory());
      attempt.expectOldState("PROG-9");
      FailureSweepSuite.expectRetry("PROG-9", attempt);
    }
  }

  /** Judges what was heard of each backup that failed by a fault in its directory. */
  private static void sweep(World world, Attempt.Kind kind, BiConsumer<Attempt, Listening> judge) {
    Listening[] listening = new Listening[1];
    new Sweep(world, kind, Attempt.faultsOnTarget(world).get(0))
        .making(attempt -> {
          listening[0] = Listening.only();
          return attempt.make(listening[0]);
        })
        .eachFailure(attempt -> judge.accept(attempt, listening[0]));
  }

  private static void expectEnds(World world, String clause, Listening listening) {
    List<Snt> kinds = listening.kinds();
    boolean holds = kinds.size() >= 2
        && kinds.get(0) == Snt.BEGIN
        && kinds.get(kinds.size() - 1) == Snt.COMPLETE
        && kinds.stream().filter(k -> k == Snt.BEGIN || k == Snt.COMPLETE).count() == 2;
    world.expectThat(clause, holds, "one Begin first and one Complete last", listening.heard());
  }

  private static void expectBackup(World world, String clause, Listening listening) {
    boolean holds = listening.heard().stream().allMatch(heard -> heard.snp() == Snp.BACKUP);
    world.expectThat(clause, holds, "only reports of a backup", listening.heard());
  }

  private static void expectCounts(World world, String clause, Listening listening) {
    boolean holds = listening.heard().stream()
        .map(Heard::snprog)
        .allMatch(s -> s.cunitDone() >= 0 && s.cunitDone() <= s.cunitTotal());
    world.expectThat(clause, holds, "done from 0 to total", listening.heard());
  }

  private static void expectMotion(World world, String clause, Listening listening) {
    List<Heard> heard = listening.heard();
    world.expectThat(
        clause, listening.kinds().contains(Snt.PROGRESS), "at least one Progress", heard);
    long done = 0;
    for (Heard each : heard) {
      world.expectThat(clause, each.snprog().cunitDone() >= done, "done never decreases", heard);
      done = each.snprog().cunitDone();
    }
    world.expectThat(
        clause,
        done == heard.get(heard.size() - 1).snprog().cunitTotal(),
        "done is total in Complete",
        heard);
  }

  private static void expectNoComplete(World world, Listening listening) {
    world.expectThat(
        "PROG-5",
        !listening.kinds().contains(Snt.COMPLETE),
        "no Complete from a backup that failed",
        listening.heard());
  }

  private static void expectFailLast(World world, Listening listening) {
    List<Snt> kinds = listening.kinds();
    world.expectThat(
        "PROG-6",
        kinds.indexOf(Snt.FAIL) == kinds.size() - 1 && kinds.contains(Snt.FAIL),
        "Fail as the last report",
        listening.heard());
  }

  private static void expectRestore(World world, Listening listening) {
    boolean holds = !listening.heard().isEmpty()
        && listening.kinds().get(0) == Snt.BEGIN
        && listening.heard().stream().allMatch(heard -> heard.snp() == Snp.RESTORE);
    world.expectThat("PROG-8", holds, "reports of a restore only, Begin first", listening.heard());
  }

  private static Node filled(World world) {
    return world.start().commit("a=1", "big=x*40000").commit("b=2*30000");
  }
}
