package org.jetbackup.tck.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code full}. */
@TckTest
class FullSuite {

  @Test
  @Clauses({"FULL-1", "RET-1", "PAR-3"})
  void aFullBackupRestoresToItsMoment(World world) {
    Node node = world.start().commit("a=1", "b=2").commit("b=3", "-a");
    Path backup = world.freshDirectory("backup");
    world.expect("RET-1", node.backup(backup, BackupGrbit.FULL)).success();
    Contents moment = node.acknowledged();
    node.commit("a=later", "c=later");
    world.expectRestores("FULL-1", node, backup, moment);
  }

  @Test
  @Clauses("FULL-1")
  void aTableThatSpansManyPagesIsRestoredWhole(World world) {
    Node node = world.start();
    for (int i = 0; i < 40; i++) {
      node.commit("key" + i + "=v" + i + "*" + (i * 137), "other" + i + "=x");
    }
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    world.expectRestores("FULL-1", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("FULL-1")
  void anEmptyDatabaseIsRestoredEmpty(World world) {
    Node node = world.start();
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    world.expectRestores("FULL-1", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("FULL-2")
  @Requires(Capability.SEVERAL_DATABASES)
  void everyAttachedDatabaseIsInTheSetAtOneMoment(World world) {
    Node node = world.start().createDatabase("other");
    node.commit("a=1", "other.a=one").commit("a=2", "other.b=two");
    for (int i = 3; i < 6; i++) {
      Path backup = world.freshDirectory("backup");
      node.mustBackup(backup, BackupGrbit.FULL);
      Contents moment = node.acknowledged();
      node.commit("a=" + i, "other.a=" + i);
      world.expectRestores("FULL-2", node, backup, moment);
      node.restart();
    }
  }

  @Test
  @Clauses({"FULL-3", "PAR-2"})
  void aSetIsCompleteByItself(World world) throws IOException {
    Node node = world.start().commit("a=1").commit("b=2");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("c=3");
    Contents moment = node.acknowledged().without("main/t/c");
    Path copy = world.path("elsewhere");
    Trees.copy(backup, copy);
    node.stop();
    Trees.lose(world, node);
    World.deleteTree(backup);
    if (world.has(Capability.RESTORE_ELSEWHERE)) {
      Restoration restoration = Restoration.of(world, node, List.of("main"), copy);
      world.expect("FULL-3", restoration.answer()).success();
      world.expectSame("FULL-3", moment, restoration.contents().orElse(Contents.EMPTY));
    } else {
      world.expect("FULL-3", node.restore(copy)).success();
      world.expectSame("FULL-3", moment, node.start().contents());
    }
  }

  @Test
  @Clauses("FULL-4")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void anOpenTransactionIsNotInTheRestoredState(World world) {
    Node node = world.start().commit("a=1").restart();
    JetSession open =
        world.obtain("begin a second session", () -> node.instance().beginSession());
    world.require("leave p=1 -a open", () -> {
      open.beginTransaction();
      node.change(open, List.of("p=1", "-a"));
    });
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    world.require("commit p=1 -a", open::commitTransaction);
    open.close();
    node.acknowledgeChanges(List.of("p=1", "-a"));
    world.expectSame("FULL-8", node.acknowledged(), node.contents());
    world.expectRestores("FULL-4", node, backup, moment);
  }

  @Test
  @Clauses("FULL-4")
  void aTransactionThatWasRolledBackIsNotInTheRestoredState(World world) {
    Node node = world.start().commit("a=1").rollback("a=2", "b=2");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    world.expectRestores("FULL-4", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("FULL-5")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void commitsDuringTheBackupAreRestoredAsAPrefix(World world) {
    Node node = world.start().commit("a=1", "b=1");
    Path backup = world.freshDirectory("backup");
    List<Contents> prefixes = new ArrayList<>(List.of(node.acknowledged()));
    Listening during = Listening.at(Snt.BEGIN, () -> {
      for (int i = 2; i < 8; i++) {
        node.commit("a=" + i, "b=" + i, "big" + i + "=" + i + "*20000");
        prefixes.add(node.acknowledged());
      }
    });
    Answer answer = node.backup(backup, BackupGrbit.FULL, during);
    world.expect("FULL-5", answer).success();
    Restoration restoration = Restoration.of(world, node, List.of("main"), backup);
    world.expect("FULL-5", restoration.answer()).success();
    world.expectOneOf("FULL-5", prefixes, restoration.contents().orElse(Contents.EMPTY));
  }

  @Test
  @Clauses("FULL-6")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void aFullBackupFinishesTheLogFileThatWasInUse(World world) {
    world.files().startTrace();
    Node node = world.start().commit("a=1");
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      expectNewLogFile(world, node, world.freshDirectory("backup"), grbit);
    }
  }

  @Test
  @Clauses("FULL-6")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM, Capability.INCREMENTAL})
  void anIncrementalBackupFinishesTheLogFileThatWasInUse(World world) {
    world.files().startTrace();
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    expectNewLogFile(world, node, backup, BackupGrbit.INCREMENTAL);
  }

  /**
   * What a commit writes before a backup must not be what a commit writes after it. That the backup
   * itself writes into its log, or gives the file another name, is no matter.
   */
  private static void expectNewLogFile(World world, Node node, Path backup, BackupGrbit grbit) {
    int begin = world.files().trace().size();
    node.commit("b=before");
    int before = world.files().trace().size();
    node.mustBackup(backup, grbit);
    int after = world.files().trace().size();
    node.commit("b=after");
    LogTrace trace = new LogTrace(world);
    Map<Integer, String> finished = trace.written(begin, before);
    Map<Integer, String> later = trace.written(after, Integer.MAX_VALUE);
    if (finished.isEmpty() || later.isEmpty()) {
      throw new TestAbortedException("no file that the plug-in calls a log is written by a commit");
    }
    finished.keySet().retainAll(later.keySet());
    world.expectThat(
        "FULL-6",
        finished.isEmpty(),
        "after a backup " + grbit + ", commits go into another log file than before it",
        finished.values() + " was in use before the backup and is written to after it");
  }

  @Test
  @Clauses("FULL-7")
  @Requires(Capability.FILE_KINDS)
  void theSetHoldsADatabaseAndALog(World world) {
    expectDatabasesAndLog(world, world.start().commit("a=1"));
  }

  @Test
  @Clauses("FULL-7")
  @Requires({Capability.FILE_KINDS, Capability.SEVERAL_DATABASES})
  void theSetHoldsEveryDatabaseAndALog(World world) {
    Node node = world.start().createDatabase("other").commit("a=1", "other.a=1");
    expectDatabasesAndLog(world, node);
  }

  private static void expectDatabasesAndLog(World world, Node node) {
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    int attached = node.databases().size();
    world.expectThat(
        "FULL-7",
        Trees.ofKind(world, backup, FileKind.DATABASE).size() >= attached
            && !Trees.ofKind(world, backup, FileKind.LOG).isEmpty(),
        "at least " + attached + " database files and one log file",
        world.filesBelow(backup));
  }

  @Test
  @Clauses("FULL-8")
  void readersSeeTheSameBeforeAndAfterABackup(World world) {
    Node node = world.start().commit("a=1", "b=2").commit("-a");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    world.expectSame("FULL-8", node.acknowledged(), node.contents());
    node.restart();
    world.expectSame("FULL-8", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("FULL-9")
  void aSetOutlivesLaterBackupsIntoOtherDirectories(World world) {
    Node node = world.start().commit("a=1");
    Path first = world.freshDirectory("backup");
    node.mustBackup(first, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    node.commit("a=2").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    node.commit("a=3").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    world.expectRestores("FULL-9", node, first, moment);
  }

  @Test
  @Clauses("FULL-10")
  void anInstanceWithoutDatabasesCanBeBackedUp(World world) {
    Node node = world.node("main").start();
    Answer answer = node.backup(world.freshDirectory("backup"), BackupGrbit.FULL);
    world.expect("FULL-10", answer).success();
  }
}
