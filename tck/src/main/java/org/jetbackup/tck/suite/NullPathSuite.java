package org.jetbackup.tck.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Midst;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code null-path}. */
@TckTest
@Requires(Capability.NULL_PATH)
class NullPathSuite {

  @Test
  @Clauses("NULL-1")
  void aCallWithoutPathSucceedsAndMakesNoFile(World world) {
    Node node = world.start();
    Set<String> before = strangers(world, node);
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    fill(node);
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    node.restart();
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    Set<String> added = strangers(world, node);
    added.removeAll(before);
    world.expectThat("NULL-1", added.isEmpty(), "no file is made", added);
    world.expectSame("NULL-1", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("NULL-1")
  void anInstanceWithoutDatabasesIsTruncatedToo(World world) {
    Node node = world.node("main").start();
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
  }

  @Test
  @Clauses("NULL-2")
  @Requires({Capability.NULL_PATH, Capability.READS_GIVEN_FILE_SYSTEM})
  void everythingCommittedIsThereAfterwardsEvenAfterACrash(World world) {
    for (boolean crash : List.of(false, true)) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1");
        for (int i = 0; i < 3; i++) {
          fill(node);
          fresh.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
          node.commit("a=" + i, "b" + i + "=" + i);
          (crash ? node.crash() : node.stop()).start();
          fresh.expectSame("NULL-2", node.acknowledged(), node.contents());
          fresh.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
          (crash ? node.crash() : node.stop()).start();
          fresh.expectSame("NULL-2", node.acknowledged(), node.contents());
        }
      }
    }
  }

  @Test
  @Clauses("NULL-3")
  @Requires({Capability.NULL_PATH, Capability.FILE_KINDS})
  void everyLogBehindTheCheckpointIsDeleted(World world) {
    int least = Trees.logs(world, world.node("fresh").start().restart()).size();
    Node node = world.start();
    fill(node);
    node.restart();
    Set<String> before = Trees.logs(world, node).keySet();
    if (before.size() <= least) {
      throw new TestAbortedException("so little data closes no log file of the engine");
    }
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    Set<String> after = Trees.logs(world, node).keySet();
    world.expectThat(
        "NULL-3",
        after.size() <= least,
        "the " + least + " log files that a new instance has as well",
        after);
    world.expectThat(
        "NULL-3", before.containsAll(after), "no new generation beside " + before, after);
  }

  @Test
  @Clauses("NULL-3")
  @Requires({Capability.NULL_PATH, Capability.FILE_KINDS, Capability.CIRCULAR_LOGGING})
  void underCircularLoggingNothingIsDeleted(World world) {
    Node node = world.start();
    fill(node);
    node.circular(true).restart();
    Map<String, String> before = Trees.logs(world, node);
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    world.expectThat(
        "NULL-3",
        before.equals(Trees.logs(world, node)),
        "the log files " + before.keySet(),
        Trees.logs(world, node).keySet());
  }

  @Test
  @Clauses("NULL-4")
  @Requires({Capability.NULL_PATH, Capability.HEADER_INFORMATION})
  void theBackupRecordsStayAsTheyWere(World world) {
    Node node = world.start().commit("a=1");
    expectRecordsStay(world, node);
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL).commit("a=2");
    expectRecordsStay(world, node);
    if (world.has(Capability.INCREMENTAL)) {
      Path backup = world.freshDirectory("backup");
      node.mustBackup(backup, BackupGrbit.FULL).commit("a=3");
      node.mustBackup(backup, BackupGrbit.INCREMENTAL).commit("a=4");
      expectRecordsStay(world, node);
    }
  }

  @Test
  @Clauses("NULL-5")
  void whatForbidsABackupForbidsItWithoutAPathToo(World world) {
    List<Cause> causes = Cause.possible(world.settings().capabilities())
        .filter(cause -> !cause.isOfTheDirectory())
        .filter(cause -> cause != Cause.NULL_CALLBACK && !cause.isIncremental())
        .toList();
    for (Cause cause : causes) {
      try (World fresh = world.again()) {
        Refusal.Seen seen = Refusal.of(fresh, List.of(cause), false);
        fresh.expectThat(
            "NULL-5", seen.tellsOf(List.of(cause)), Refusal.text(List.of(cause)), seen.answer());
        fresh.expectThat("NULL-5", seen.unchanged(), "every file as it was", "files are changed");
      }
    }
  }

  @Test
  @Clauses("NULL-5")
  @Requires({Capability.NULL_PATH, Capability.READS_GIVEN_FILE_SYSTEM})
  void duringInitAndTerminateItIsForbiddenToo(World world) {
    Node node = world.start().commit("a=1", "big=x*60000").crash();
    List<Midst.Seen> init = midst(
        world, node, () -> world.require("main: init", () -> node.instance().init()));
    for (Midst.Seen seen : init) {
      world
          .expect("NULL-5", seen.answer())
          .fails(JetErr.BACKUP_NOT_ALLOWED_YET, JetErr.NOT_INITIALIZED);
    }
    node.attachAll();
    List<Midst.Seen> terminate = midst(
        world,
        node,
        () ->
            world.require("main: terminate", () -> node.instance().terminate(TermGrbit.COMPLETE)));
    for (Midst.Seen seen : terminate) {
      world
          .expect("NULL-5", seen.answer())
          .fails(
              JetErr.TERM_IN_PROGRESS,
              JetErr.NOT_INITIALIZED,
              JetErr.INVALID_PARAMETER,
              JetErr.INVALID_INSTANCE);
    }
    if (init.isEmpty() && terminate.isEmpty()) {
      throw new TestAbortedException("the engine offered no moment in their midst");
    }
  }

  @Test
  @Clauses("NULL-6")
  @Requires({Capability.NULL_PATH, Capability.INCREMENTAL})
  void theIncrementalBitNeedsAFullBackup(World world) {
    Node node = world.start().commit("a=1");
    world
        .expect("NULL-6", node.backup(null, BackupGrbit.INCREMENTAL))
        .fails(JetErr.MISSING_FULL_BACKUP);
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    world.expect("NULL-6", node.backup(null, BackupGrbit.INCREMENTAL)).success();
    world.expectSame("NULL-6", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("NULL-6")
  @Requires({Capability.NULL_PATH, Capability.INCREMENTAL, Capability.CIRCULAR_LOGGING})
  void theIncrementalBitNeedsPlainLogging(World world) {
    Node node = world.start().commit("a=1");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL)
        .circular(true)
        .restart();
    world.expect("NULL-6", node.backup(null, BackupGrbit.INCREMENTAL)).fails(JetErr.INVALID_BACKUP);
  }

  @Test
  @Clauses("NULL-7")
  @Requires({Capability.NULL_PATH, Capability.INCREMENTAL})
  void aChainIsNotExtendedAcrossATruncation(World world) {
    List<BackupGrbit> kinds = List.of(BackupGrbit.FULL, BackupGrbit.INCREMENTAL);
    for (BackupGrbit kind : kinds) {
      for (boolean linked : List.of(false, true)) {
        for (boolean restart : List.of(false, true)) {
          try (World fresh = world.again()) {
            extendAcrossATruncation(fresh, kind, linked, restart);
          }
        }
      }
    }
  }

  private static void extendAcrossATruncation(
      World world, BackupGrbit kind, boolean linked, boolean restart) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    if (linked) {
      node.commit("a=2").mustBackup(backup, BackupGrbit.INCREMENTAL);
    }
    Contents chain = node.acknowledged();
    fill(node);
    if (restart) {
      node.restart();
    }
    world
        .expect(kind.isIncremental() ? "NULL-6" : "NULL-1", node.backup(null, kind))
        .success();
    node.commit("a=3");
    Map<String, String> before = world.tree(backup);
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("NULL-7", answer).isOfTheContract();
    if (!answer.isSuccess()) {
      Trees.expectSameTree(world, "NULL-7", before, backup);
    }
    world.expectRestores("NULL-7", node, backup, answer.isSuccess() ? node.acknowledged() : chain);
  }

  private static List<Midst.Seen> midst(World world, Node node, Runnable call) {
    return Midst.of(
            world, node, call, "backup without a path", () -> node.backup(null, BackupGrbit.FULL))
        .stream()
        .filter(seen -> seen.state() != InstanceState.INITIALIZED)
        .toList();
  }

  private static void expectRecordsStay(World world, Node node) {
    node.restart();
    BackupRecords before = Trees.records(world, node, "main");
    world.expect("NULL-1", node.backup(null, BackupGrbit.FULL)).success();
    BackupRecords after = Trees.records(world, node, "main");
    world.expectThat("NULL-4", before.equals(after), before.toString(), after);
    node.restart();
    BackupRecords later = Trees.records(world, node, "main");
    world.expectThat("NULL-4", before.equals(later), before.toString(), later);
  }

  /** What lies outside the directories of the instance, and in the working directory. */
  private static Set<String> strangers(World world, Node node) {
    Set<String> strangers = new TreeSet<>();
    for (String name : world.filesBelow(world.root())) {
      if (!world.root().resolve(name).startsWith(node.log().getParent())) {
        strangers.add(name);
      }
    }
    Path working = world.root().getFileSystem().getPath("").toAbsolutePath();
    if (!working.equals(world.root())) {
      try (Stream<Path> files = Files.list(working)) {
        files.map(file -> "the working directory's " + file.getFileName()).forEach(strangers::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return strangers;
  }

  private static void fill(Node node) {
    List<String> letters = new ArrayList<>(List.of("s", "t", "u", "v", "w", "x"));
    letters.forEach(letter -> node.commit("big=" + letter + "*40000"));
  }
}
