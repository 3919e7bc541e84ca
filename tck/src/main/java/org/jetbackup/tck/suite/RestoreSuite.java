package org.jetbackup.tck.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code restore}, with sets that are well. */
@TckTest
class RestoreSuite {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  @Clauses("REST-1")
  void everythingComesBackWhenEverythingWasLost(World world) {
    Node node = world.start().commit("a=1", "b=2*5000").commit("-a", "c=3");
    Path backup = Chain.of(world, node).directory();
    Contents moment = node.acknowledged();
    node.commit("a=lost");
    Trees.expectRestoresInPlace(world, "REST-1", node, backup, moment);
    world.expect("REST-1", node.tryCommit("a=new")).success();
    world.expectSame("REST-1", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("REST-1")
  @Requires(Capability.SEVERAL_DATABASES)
  void everyDatabaseComesBackAtItsPath(World world) {
    Node node = world.start().createDatabase("other");
    node.knows("far", world.directory("main/far").resolve("away.edb")).createDatabase("far");
    node.commit("a=1", "other.a=2", "far.a=3");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL).restart();
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    node.commit("a=lost", "other.a=lost", "far.a=lost").stop();
    Trees.empty(world.path("main/far"));
    Trees.expectRestoresInPlace(world, "REST-1", node, backup, moment);
  }

  @Test
  @Clauses("REST-1")
  void aDatabaseThatIsStillThereIsReplaced(World world) {
    for (boolean damaged : List.of(false, true)) {
      try (World own = world.again()) {
        Node node = own.start().commit("a=1");
        Path backup = own.freshDirectory("backup");
        node.mustBackup(backup, BackupGrbit.FULL);
        Contents moment = node.acknowledged();
        node.commit("a=later", "b=later").stop();
        Trees.loseLog(own, node);
        if (damaged) {
          Trees.write(node.file("main"), "this is no database");
        }
        own.expect("REST-1", node.restore(backup)).success();
        own.expectSame("REST-1", moment, node.start().contents());
      }
    }
  }

  @Test
  @Clauses("REST-2")
  @Requires(Capability.RESTORE_ELSEWHERE)
  void aRestoreElsewhereLeavesTheOriginalsAlone(World world) {
    Node node = world.start().commit("a=1", "b=2");
    Path backup = Chain.of(world, node).directory();
    Contents moment = node.acknowledged();
    node.commit("a=later").stop();
    Path live = world.path("main");
    Map<String, String> before = world.tree(live);
    Path destination = world.freshDirectory("destination");
    Node other = world.node("other");
    world.expect("REST-2", other.restore(backup, destination)).success();
    Path restored = destination.resolve(node.file("main").getFileName());
    other.knows("main", restored).start();
    world.expectSame("REST-2", moment, other.contents());
    Trees.expectSameTree(world, "REST-2", before, live);
    world.expectSame("REST-2", node.acknowledged(), node.start().contents());
  }

  @Test
  @Clauses("REST-2")
  @Requires({Capability.RESTORE_ELSEWHERE, Capability.CONCURRENT_SESSIONS})
  void aRestoreElsewhereWorksBesideTheRunningOriginal(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    Contents moment = node.acknowledged();
    node.commit("a=later");
    world.expectRestores("REST-2", node, backup, moment);
    world.expect("REST-2", node.tryCommit("a=latest")).success();
    world.expectSame("REST-2", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("REST-4")
  void anInstanceInServiceIsNotRestored(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    world.expect("REST-4", node.restore(backup)).fails(JetErr.ALREADY_INITIALIZED);
    if (world.has(Capability.RESTORE_ELSEWHERE)) {
      Path destination = world.freshDirectory("destination");
      Answer answer = node.restore(backup, destination);
      world.expect("REST-4", answer).fails(JetErr.ALREADY_INITIALIZED);
      Trees.expectSameTree(world, "REST-4", Map.of(), destination);
    }
    world.expectSame("REST-4", node.acknowledged(), node.contents());
    world.expect("REST-4", node.tryCommit("a=3")).success();
    world.expectSame("REST-4", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("REST-5")
  void aRestoreLeavesTheInstanceUninitialized(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).stop();
    Trees.lose(world, node);
    world.expect("REST-1", node.restore(backup)).success();
    Path next = world.freshDirectory("backup");
    world.expect("REST-5", node.backup(next, BackupGrbit.FULL)).fails(JetErr.NOT_INITIALIZED);
    Answer init = world.attempt("main: init", () -> node.instance().init());
    world.expect("REST-5", init).success();
  }

  @Test
  @Clauses("REST-5")
  void aFailedRestoreLeavesTheInstanceUninitialized(World world) {
    Node node = world.start().commit("a=1").stop();
    Answer answer = node.restore(world.freshDirectory("backup"));
    world.expect("REST-9", answer).failsSomehow();
    Path next = world.freshDirectory("backup");
    world.expect("REST-5", node.backup(next, BackupGrbit.FULL)).fails(JetErr.NOT_INITIALIZED);
    Answer init = world.attempt("main: init", () -> node.instance().init());
    world.expect("REST-5", init).success();
  }

  @Test
  @Clauses({"REST-6", "REST-7"})
  void aSetCanBeRestoredAgainAndAgain(World world) {
    Node node = world.start().commit("a=1", "b=2");
    Path backup = Chain.of(world, node).directory();
    Contents moment = node.acknowledged();
    Map<String, String> set = world.tree(backup);
    for (int i = 0; i < 3; i++) {
      Trees.expectRestoresInPlace(world, "REST-6", node, backup, moment);
      world.expectRestores("REST-6", node, backup, moment);
      Trees.expectSameTree(world, "REST-7", set, backup);
      node.commit("a=after" + i);
    }
  }

  @Test
  @Clauses("REST-8")
  void aDirectoryThatIsNotThereCannotBeRestored(World world) {
    Node node = world.start().commit("a=1").stop();
    Map<String, String> before = world.tree(world.path("main/data"));
    world.expect("REST-8", node.restore(world.path("missing"))).fails(JetErr.INVALID_PATH);
    if (world.has(Capability.RESTORE_ELSEWHERE)) {
      Answer answer = node.restore(world.path("missing"), world.freshDirectory("destination"));
      world.expect("REST-8", answer).fails(JetErr.INVALID_PATH);
    }
    Trees.expectSameTree(world, "REST-9", before, world.path("main/data"));
  }

  @Test
  @Clauses("REST-9")
  void aDirectoryWithoutASetDoesNotCostTheDatabases(World world) {
    Node node = world.start().commit("a=1").stop();
    Path data = world.path("main/data");
    Map<String, String> before = world.tree(data);
    Path strangers = world.freshDirectory("strangers");
    Trees.write(strangers.resolve("notes.txt"), "a note");
    Trees.write(strangers.resolve("old").resolve("notes.txt"), "an old note");
    for (Path directory : List.of(world.freshDirectory("empty"), strangers)) {
      Answer answer = node.restore(directory);
      world.expect("REST-9", answer).fails(JetErr.FILE_NOT_FOUND, JetErr.INVALID_PATH);
      Trees.expectSameTree(world, "REST-9", before, data);
      if (world.has(Capability.RESTORE_ELSEWHERE)) {
        Path destination = world.freshDirectory("destination");
        Answer elsewhere = node.restore(directory, destination);
        world.expect("REST-9", elsewhere).fails(JetErr.FILE_NOT_FOUND, JetErr.INVALID_PATH);
        Trees.expectSameTree(world, "REST-9", Map.of(), destination);
      }
    }
    world.expectSame("REST-9", node.acknowledged(), node.start().contents());
  }

  @Test
  @Clauses("REST-10")
  @Requires(Capability.RESTORE_ELSEWHERE)
  void aDestinationThatIsNotThereIsAMistake(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).stop();
    Path missing = world.path("missing").resolve("deeper");
    Answer answer = world.node("other").restore(backup, missing);
    world.expect("REST-10", answer).fails(JetErr.INVALID_PATH);
  }

  @Test
  @Clauses("REST-10")
  @Requires({Capability.RESTORE_ELSEWHERE, Capability.CREATE_PATH})
  void aDestinationThatIsNotThereIsMadeOnDemand(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).stop();
    Path missing = world.path("missing").resolve("deeper");
    Node other = world.node("other");
    other.with(other.parameters().with(SystemParameter.CREATE_PATH_IF_NOT_EXIST, true));
    world.expect("REST-10", other.restore(backup, missing)).success();
    other.knows("main", missing.resolve("main.edb")).start();
    world.expectSame("REST-10", node.acknowledged(), other.contents());
  }

  @Test
  @Clauses("REST-15")
  @Requires({Capability.RESTORE_ELSEWHERE, Capability.FILE_KINDS})
  void aRestoreElsewhereDoesNotWriteTheLiveLog(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    node.commit("a=later", "big=x*40000").commit("big=y*40000").stop();
    expectLogUntouched(world, node, backup);
    world.expectSame("REST-15", node.acknowledged(), node.start().contents());
  }

  @Test
  @Clauses("REST-15")
  @Requires({Capability.RESTORE_ELSEWHERE, Capability.FILE_KINDS})
  void aRestoreElsewhereDoesNotWriteALiveLogThatDoesNotContinueTheSet(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    for (int i = 0; i < 2; i++) {
      node.commit("a=later" + i, "big=x*40000").commit("big=y*40000");
      node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    }
    node.commit("a=last").stop();
    expectLogUntouched(world, node, backup);
    world.expectSame("REST-15", node.acknowledged(), node.start().contents());
  }

  /** Somebody has put the files that the backups removed back into the log directory. */
  @Test
  @Clauses("REST-15")
  @Requires({Capability.RESTORE_ELSEWHERE, Capability.FILE_KINDS})
  void aRestoreElsewhereDoesNotWriteALiveLogThatTheSetHoldsAsWell(World world) {
    Node node = world.start().commit("a=1", "big=x*40000").commit("big=y*40000").commit("a=2");
    Map<String, String> closed = Trees.closedLogs(world, node);
    Path backup = Chain.of(world, node).directory();
    node.commit("a=later").stop();
    Map<String, String> now = Trees.logs(world, node);
    closed.forEach((name, content) -> {
      if (!now.containsKey(name)) {
        Trees.write(node.log().resolve(name), content);
      }
    });
    expectLogUntouched(world, node, backup);
  }

  private static void expectLogUntouched(World world, Node node, Path backup) {
    Map<String, String> before = Trees.logs(world, node);
    Answer answer = node.restore(backup, world.freshDirectory("destination"));
    world.expect("REST-15", answer).isOfTheContract();
    List<String> changed = Trees.changed(before, Trees.logs(world, node));
    world.expectThat("REST-15", changed.isEmpty(), "the live log as it was", changed);
    node.abandon();
  }

  @Test
  @Clauses("REST-16")
  @Requires({Capability.SEVERAL_DATABASES, Capability.RESTORE_ELSEWHERE})
  void twoDatabasesOfOneNameDoNotFitIntoOneDestination(World world) {
    Node node = world.start();
    node.knows("twin", world.directory("main/twin").resolve("main.edb")).createDatabase("twin");
    node.commit("a=1", "twin.a=2");
    Path backup = world.freshDirectory("backup");
    if (!node.backup(backup, BackupGrbit.FULL).isSuccess()) {
      throw new TestAbortedException("the engine makes no set with two such databases, see DIR-7");
    }
    Path destination = world.freshDirectory("destination");
    Answer answer = world.node("other").restore(backup, destination);
    world.expect("REST-16", answer).fails(JetErr.FILE_ALREADY_EXISTS);
    List<String> written = world.filesBelow(destination);
    world.expectThat("REST-16", written.isEmpty(), "nothing in the destination", written);
  }

  @Test
  @Clauses("REST-19")
  void aDatabaseBeneathTheLogDirectoryMovesWithIt(World world) {
    String place = "sub/inner.edb";
    world.directory("main/log/sub");
    Node node = world.node("main").start();
    node.knows("inner", node.log().resolve(place)).createDatabase("inner").commit("inner.a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("inner.a=later").stop();
    Map<String, String> before = world.tree(world.path("main"));
    world.directory("other/log/sub");
    Node other = world.node("other");
    Path moved = other.log().resolve(place);
    world.expect("REST-19", other.restore(backup)).success();
    world.expectThat(
        "REST-19",
        Files.exists(moved),
        "a database " + place + " beneath the log directory",
        world.filesBelow(world.path("other")));
    Trees.expectSameTree(world, "REST-19", before, world.path("main"));
    other.knows("inner", moved).start();
    world.expectSame("REST-19", node.acknowledged().with("inner/t/a", "1"), other.contents());
  }

  @Test
  @Clauses("REST-17")
  @Requires(Capability.LIST_MOMENTS)
  void theMomentsAreThoseOfTheBackupsInTheChain(World world) {
    Node node = world.start();
    Path backup = world.freshDirectory("backup");
    List<Instant> before = new ArrayList<>();
    List<Instant> after = new ArrayList<>();
    int backups = world.has(Capability.INCREMENTAL) ? 4 : 1;
    for (int i = 0; i < backups; i++) {
      node.commit("a=" + i).passTime(AN_HOUR);
      before.add(node.now().truncatedTo(ChronoUnit.SECONDS));
      node.mustBackup(backup, i == 0 ? BackupGrbit.FULL : BackupGrbit.INCREMENTAL);
      after.add(node.now());
      node.passTime(AN_HOUR);
      List<RestoreMoment> moments =
          world.obtain("list moments", () -> world.engine().restoreMoments(backup));
      world.expectThat("REST-17", moments.size() == i + 1, (i + 1) + " moments", moments);
      for (int k = 0; k <= i; k++) {
        RestoreMoment moment = moments.get(k);
        boolean kind = (k == 0) == (moment.kind() == RestoreMoment.Kind.FULL);
        boolean ascends = k == 0 || moments.get(k - 1).genHigh().compareTo(moment.genHigh()) < 0;
        boolean time =
            !moment.time().isBefore(before.get(k)) && !moment.time().isAfter(after.get(k));
        world.expectThat(
            "REST-17",
            kind && ascends && time,
            "backup " + k + " of the chain, made after " + before.get(k),
            moments);
      }
      world.expectRestores("REST-17", node, backup, node.acknowledged());
    }
  }
}
