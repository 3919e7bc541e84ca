package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Beside;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code life-cycle}, but for the loss of the log. */
@TckTest
class LifeCycleSuite {

  @Test
  @Clauses("LIFE-1")
  void initTwiceIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Map<String, String> log = world.tree(node.log());
    Answer answer = world.attempt("main: init", () -> node.instance().init());
    world.expect("LIFE-1", answer).fails(JetErr.ALREADY_INITIALIZED);
    Trees.expectSameTree(world, "LIFE-1", log, node.log());
    world.expectSame("LIFE-1", node.acknowledged(), node.contents());
    world.expect("LIFE-1", node.tryCommit("a=2")).success();
    world.expectSame("LIFE-1", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("LIFE-2")
  void whatWasCommittedIsThereAfterTerminate(World world) {
    for (TermGrbit mode : List.of(TermGrbit.COMPLETE, TermGrbit.NONE, TermGrbit.ABRUPT)) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1", "b=1").commit("a=2", "-b", "big=x*60000");
        fresh.expect("LIFE-2", node.terminate(mode)).success();
        node.start();
        fresh.expectSame("LIFE-2", node.acknowledged(), node.contents());
        node.commit("c=3");
        fresh.expect("LIFE-2", node.terminate(mode)).success();
        fresh.expectSame("LIFE-2", node.acknowledged(), node.start().contents());
      }
    }
  }

  @Test
  @Clauses("LIFE-2")
  void whatWasLeftOpenAtTerminateIsGone(World world) {
    for (TermGrbit mode : List.of(TermGrbit.COMPLETE, TermGrbit.NONE, TermGrbit.ABRUPT)) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1", "b=1");
        fresh.require("main: leave a=2 -b c=3 open", () -> {
          node.session().beginTransaction();
          node.change(node.session(), List.of("a=2", "-b", "c=3"));
        });
        fresh.expect("LIFE-2", node.terminate(mode)).success();
        fresh.expectSame("LIFE-2", node.acknowledged(), node.start().contents());
      }
    }
  }

  @Test
  @Clauses("LIFE-3")
  void theHandleIsDeadAfterTerminate(World world) {
    for (TermGrbit mode : List.of(TermGrbit.COMPLETE, TermGrbit.ABRUPT)) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1");
        JetInstance instance = node.instance();
        fresh.expect("LIFE-2", node.terminate(mode)).success();
        Path backup = fresh.freshDirectory("backup");
        expectDead(
            fresh,
            fresh.attempt(
                "main: backup to " + backup,
                () -> instance.backup(backup, BackupGrbit.FULL, (snp, snt, snprog) -> {})));
        expectDead(fresh, fresh.attempt("main: begin session", instance::beginSession));
        fresh.expectThat(
            "LIFE-3", fresh.tree(backup).isEmpty(), "an empty directory", fresh.tree(backup));
      }
    }
  }

  @Test
  @Clauses("LIFE-4")
  @Requires(Capability.STOP_SERVICE)
  void afterStopServiceOnlyWindingDownIsServed(World world) {
    Node node = world.start().commit("a=1");
    JetSession session = node.session();
    world.require("main: leave a=2 open", () -> {
      session.beginTransaction();
      node.change(session, List.of("a=2"));
    });
    world.require("main: stop service", () -> node.instance().stopService());
    expectStopped(
        world, world.attempt("main: begin session", () -> node.instance().beginSession()));
    expectServed(world, world.attempt("main: roll back", session::rollbackTransaction));
    expectStopped(world, world.attempt("main: begin transaction", session::beginTransaction));
    expectServed(
        world, world.attempt("main: detach", () -> session.detachDatabase(node.file("main"))));
    expectServed(world, world.attempt("main: close the session", session::close));
    expectServed(world, node.terminate(TermGrbit.COMPLETE));
    node.abandon();
    world.expectSame("DATA-8", node.acknowledged(), node.start().contents());
  }

  @Test
  @Clauses("LIFE-5")
  @Requires(Capability.STOP_SERVICE)
  void stopServiceLetsABackupEndOrEndsIt(World world) {
    Node node = world.start().commit("a=1", "big=x*60000");
    Path backup = world.freshDirectory("backup");
    Answer answer = during(
        node,
        backup,
        () -> world.require("main: stop service", () -> node.instance().stopService()));
    world.expect("LIFE-5", answer).succeedsOrFails(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE);
    node.restart();
    if (answer.isSuccess()) {
      world.expectRestores("LIFE-5", node, backup, node.acknowledged());
    } else {
      world.expectDoesNotRestore("LIFE-5", node, backup);
    }
  }

  @Test
  @Clauses({"LIFE-6", "FAIL-6"})
  @Requires(Capability.STOP_BACKUP)
  void stopBackupEndsARunningBackup(World world) {
    for (BackupGrbit kind : ReturnCodesSuite.kinds(world)) {
      if (!kind.isIncremental()) {
        try (World fresh = world.again()) {
          Node node = fresh.start().commit("a=1", "big=x*60000");
          Path backup = fresh.freshDirectory("backup");
          Listening stop = Listening.at(Snt.BEGIN, () -> node.instance().stopBackup());
          Answer answer = node.backup(backup, kind, stop);
          requireMoment(stop);
          fresh.expect("LIFE-6", answer).fails(JetErr.BACKUP_ABORT_BY_SERVER);
          fresh.expectDoesNotRestore("LIFE-6", node, backup);
          fresh.expect("FAIL-6", node.backup(backup, kind)).success();
          fresh.expectRestores("FAIL-6", node, backup, node.acknowledged());
        }
      }
    }
  }

  @Test
  @Clauses({"LIFE-6", "FAIL-6"})
  @Requires(Capability.STOP_BACKUP)
  void stopBackupFromAnotherThreadEndsARunningBackup(World world) {
    Node node = world.start().commit("a=1", "big=x*60000");
    Path backup = world.freshDirectory("backup");
    List<Answer> stops = new ArrayList<>();
    Listening stop = Listening.at(
        Snt.BEGIN,
        () -> stops.add(Beside.call(
                "stop backup",
                () -> world.attempt("main: stop backup", () -> node.instance().stopBackup()))
            .answer()));
    Answer answer = node.backup(backup, BackupGrbit.FULL, stop);
    requireMoment(stop);
    stops.forEach(each -> world.expect("LIFE-6", each).success());
    world.expect("LIFE-6", answer).fails(JetErr.BACKUP_ABORT_BY_SERVER);
    world.expect("FAIL-6", node.backup(backup, BackupGrbit.FULL)).success();
  }

  @Test
  @Clauses("LIFE-7")
  void ofTerminateAndARunningBackupOneWins(World world) {
    Node node = world.start().commit("a=1", "big=x*60000");
    Path backup = world.freshDirectory("backup");
    List<Beside> calls = new ArrayList<>();
    JetInstance instance = node.instance();
    Answer answer = during(node, backup, () -> {
      Beside call = Beside.call(
          "terminate",
          () -> world.attempt("main: terminate", () -> instance.terminate(TermGrbit.COMPLETE)));
      call.settle();
      calls.add(call);
    });
    Answer terminate = calls.get(0).answer();
    world.expect("LIFE-7", terminate).succeedsOrFails(JetErr.BACKUP_IN_PROGRESS);
    if (terminate.isSuccess() && answer.isSuccess()) {
      throw new TestAbortedException("terminate came to its turn after the backup only");
    }
    if (terminate.isSuccess()) {
      world.expect("LIFE-7", answer).fails(JetErr.TERM_IN_PROGRESS);
      node.abandon();
      node.start();
      world.expectDoesNotRestore("LIFE-7", node, backup);
    } else {
      world.expect("LIFE-7", answer).success();
      world.expectRestores("LIFE-7", node, backup, node.acknowledged());
    }
    world.expectSame("LIFE-7", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("LIFE-8")
  void aRunningBackupRefusesCompleteTermination(World world) {
    Node node = world.start().commit("a=1");
    for (TermGrbit mode : List.of(TermGrbit.COMPLETE, TermGrbit.NONE)) {
      Path backup = world.freshDirectory("backup");
      List<Answer> inside = new ArrayList<>();
      Answer answer = during(node, backup, () -> inside.add(node.terminate(mode)));
      inside.forEach(each -> world.expect("LIFE-8", each).fails(JetErr.BACKUP_IN_PROGRESS));
      world.expect("LIFE-8", answer).success();
      world.expectRestores("LIFE-8", node, backup, node.acknowledged());
      world.expect("LIFE-8", node.tryCommit("after=" + mode)).success();
      Path next = world.freshDirectory("backup");
      world.expect("LIFE-8", node.backup(next, BackupGrbit.FULL)).success();
      world.expectRestores("LIFE-8", node, next, node.acknowledged());
    }
  }

  @Test
  @Clauses({"LIFE-9", "FAIL-1"})
  void abruptTerminationEndsARunningBackup(World world) {
    for (TermGrbit mode : List.of(TermGrbit.ABRUPT, TermGrbit.STOP_BACKUP)) {
      for (boolean beside : List.of(false, true)) {
        try (World fresh = world.again()) {
          terminateDuringBackup(fresh, mode, beside);
        }
      }
    }
  }

  @Test
  @Clauses("LIFE-12")
  void aSecondInstanceDoesNotGetALogInUse(World world) {
    Node node = world.start().commit("a=1");
    Node second = node.twin(List.of());
    Answer answer = second.tryStart();
    second.abandon();
    world
        .expect("LIFE-12", answer)
        .fails(JetErr.LOG_FILE_PATH_IN_USE, JetErr.SYSTEM_PATH_IN_USE, JetErr.FILE_ACCESS_DENIED);
    world.expect("LIFE-12", node.tryCommit("a=2")).success();
    world.expectSame("LIFE-12", node.acknowledged(), node.contents());
    Path backup = world.freshDirectory("backup");
    world.expect("LIFE-12", node.backup(backup, BackupGrbit.FULL)).success();
    world.expectSame("LIFE-12", node.acknowledged(), node.restart().contents());
  }

  private static void terminateDuringBackup(World world, TermGrbit mode, boolean beside) {
    Node node = world.start().commit("a=1", "big=x*60000");
    Path backup = world.freshDirectory("backup");
    List<Beside> calls = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    JetInstance instance = node.instance();
    Answer backedUp = during(node, backup, () -> {
      Answer.Call call = () -> instance.terminate(mode);
      String name = "main: terminate " + mode + (beside ? " on another thread" : "");
      if (beside) {
        Beside started = Beside.call(name, () -> world.attempt(name, call));
        started.settle();
        calls.add(started);
      } else {
        answers.add(world.attempt(name, call));
      }
    });
    calls.forEach(call -> answers.add(call.answer()));
    if (mode.equals(TermGrbit.STOP_BACKUP)
        && answers.stream().anyMatch(answer -> answer.isOneOf(JetErr.FEATURE_NOT_AVAILABLE))) {
      world.expect("LIFE-9", backedUp).success();
      return;
    }
    answers.forEach(answer -> world.expect("LIFE-9", answer).success());
    world.expect("LIFE-9", backedUp).fails(JetErr.TERM_IN_PROGRESS, JetErr.BACKUP_ABORT_BY_SERVER);
    List<String> left = world.filesBelow(backup);
    world.expectThat("FAIL-1", left.isEmpty(), "no file", left);
    node.abandon();
    world.expectSame("LIFE-2", node.acknowledged(), node.start().contents());
  }

  /** Backs up and does something at the Begin. */
  private static Answer during(Node node, Path backup, Answer.Call what) {
    List<Answer> inside = new ArrayList<>();
    Listening listening = Listening.at(Snt.BEGIN, () -> inside.add(Answer.to(what)));
    Answer answer = node.backup(backup, BackupGrbit.FULL, listening);
    requireMoment(listening);
    for (Answer each : inside) {
      if (each.thrown() instanceof ClauseViolation violation) {
        throw violation;
      }
    }
    return answer;
  }

  private static void requireMoment(Listening listening) {
    if (!listening.acted()) {
      throw new TestAbortedException("the engine reported no Begin");
    }
  }

  private static void expectDead(World world, Answer answer) {
    world
        .expect("LIFE-3", answer)
        .fails(JetErr.NOT_INITIALIZED, JetErr.INVALID_PARAMETER, JetErr.INVALID_INSTANCE);
  }

  private static void expectStopped(World world, Answer answer) {
    world.expect("LIFE-4", answer).fails(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE);
  }

  private static void expectServed(World world, Answer answer) {
    world.expectThat(
        "LIFE-4",
        !answer.isOneOf(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE),
        "not refused with " + Answer.text(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE),
        answer);
  }
}
