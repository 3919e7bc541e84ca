package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapter {@code incremental}. */
@TckTest
@Requires(Capability.INCREMENTAL)
class IncrementalSuite {

  @Test
  @Clauses({"INC-1", "PAR-5"})
  void aChainRestoresToTheMomentOfItsLastLink(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    for (int i = 2; i < 6; i++) {
      node.commit("a=" + i, "b" + i + "=" + i).commit("-b" + (i - 1));
      world.expect("INC-1", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
      world.expectRestores("INC-1", node, backup, node.acknowledged());
    }
  }

  @Test
  @Clauses("INC-1")
  @Requires(Capability.ATOMIC)
  void aChainOnAnAtomicSetRestoresToTheMomentOfItsLastLink(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.ATOMIC).commit("a=2");
    world.expect("INC-1", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-1", node, backup, node.acknowledged());
    node.commit("a=3").mustBackup(backup, BackupGrbit.ATOMIC).commit("a=4");
    world.expect("INC-1", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-1", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("INC-1")
  void aChainHoldsWhatFillsManyLogFiles(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    for (int i = 0; i < 8; i++) {
      node.commit("big" + i + "=" + i + "*40000");
    }
    world.expect("INC-1", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-1", node, backup, node.acknowledged());
  }

  @Test
  @Clauses({"INC-2", "INC-3"})
  @Requires(Capability.FILE_KINDS)
  void anIncrementalBackupAddsLogFilesAndTouchesNothing(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Map<String, String> before = world.tree(backup);
    node.mustBackup(backup, BackupGrbit.INCREMENTAL);
    Map<String, String> added = new LinkedHashMap<>(world.tree(backup));
    before.forEach((name, content) -> world.expectThat(
        "INC-2",
        content.equals(added.remove(name)),
        "every file and directory stays as it was",
        name + " is changed or gone"));
    List<String> strangers = world.filesBelow(backup).stream()
        .filter(added::containsKey)
        .filter(name -> world.settings().plugin().kindOf(backup.resolve(name)) != FileKind.LOG)
        .toList();
    world.expectThat("INC-3", strangers.isEmpty(), "only log files are added", strangers);
  }

  @Test
  @Clauses("INC-2")
  void anIncrementalBackupTouchesNothingThatWasThere(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    node.mustBackup(backup, BackupGrbit.INCREMENTAL).commit("a=3");
    Map<String, String> before = world.tree(backup);
    node.mustBackup(backup, BackupGrbit.INCREMENTAL);
    List<String> changed = Trees.changed(before, world.tree(backup));
    world.expectThat("INC-2", changed.isEmpty(), "nothing that was there is changed", changed);
  }

  @Test
  @Clauses({"INC-4", "RET-22"})
  void withoutAnyFullBackupThereIsNoIncrementalOne(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("INC-4", answer).fails(JetErr.MISSING_FULL_BACKUP);
    Trees.expectSameTree(world, "INC-4", Map.of(), backup);
    world.expectSame("INC-4", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("INC-5")
  @Requires(Capability.SEVERAL_DATABASES)
  void aDatabaseThatIsNewSinceTheFullBackupIsNotLeftOut(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    node.createDatabase("other").commit("a=2", "other.a=1");
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("INC-5", answer).succeedsOrFails(JetErr.MISSING_FULL_BACKUP);
    if (answer.isSuccess()) {
      world.expectRestores("INC-5", node, backup, node.acknowledged());
    } else {
      Restoration restoration = Restoration.of(world, node, List.of("main"), backup);
      world.expect("FAIL-2", restoration.answer()).success();
      world.expectSame("FAIL-2", moment, restoration.contents().orElse(Contents.EMPTY));
    }
    Path next = world.freshDirectory("backup");
    node.mustBackup(next, BackupGrbit.FULL).commit("other.a=2");
    world.expect("INC-1", node.backup(next, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-1", node, next, node.acknowledged());
  }

  @Test
  @Clauses("INC-12")
  @Requires(Capability.SEVERAL_DATABASES)
  void aDatabaseThatIsNewSinceTheFullBackupNeedsAnotherOne(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    node.createDatabase("other").commit("other.a=1");
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("INC-12", answer).fails(JetErr.MISSING_FULL_BACKUP);
  }

  @Test
  @Clauses("INC-6")
  void aDirectoryWithoutASetCannotBeExtended(World world) {
    Node node = world.start().commit("a=1");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL).commit("a=2");
    Path looseLogs = Trees.copy(world, node.log());
    for (Path directory : List.of(world.freshDirectory("backup"), looseLogs)) {
      Map<String, String> before = world.tree(directory);
      Answer answer = node.backup(directory, BackupGrbit.INCREMENTAL);
      world.expect("INC-6", answer).failsSomehow();
      Trees.expectSameTree(world, "INC-6", before, directory);
    }
  }

  @Test
  @Clauses("INC-13")
  void theCodeForADirectoryWithoutASetAsksForAFullBackup(World world) {
    Node node = world.start().commit("a=1");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL).commit("a=2");
    Answer answer = node.backup(world.freshDirectory("backup"), BackupGrbit.INCREMENTAL);
    world.expect("INC-13", answer).fails(JetErr.MISSING_FULL_BACKUP, JetErr.MISSING_FILE_TO_BACKUP);
  }

  @Test
  @Clauses({"INC-7", "INC-8"})
  void aChainThatMissedABackupIsNotExtendedWithAGap(World world) {
    Node node = world.start().commit("a=1");
    Path first = world.freshDirectory("backup");
    node.mustBackup(first, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    node.commit("a=2").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    node.commit("a=3").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    node.commit("a=4");
    Answer answer = node.backup(first, BackupGrbit.INCREMENTAL);
    world.expect("INC-7", answer).isOfTheContract();
    world.expectRestores("INC-7", node, first, answer.isSuccess() ? node.acknowledged() : moment);
    world
        .expect("INC-8", answer)
        .succeedsOrFails(JetErr.MISSING_FILE_TO_BACKUP, JetErr.INVALID_LOG_SEQUENCE);
  }

  @Test
  @Clauses("INC-9")
  @Requires(Capability.FILE_KINDS)
  void eachLinkHoldsOnlyWhatIsNew(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    int before = world.filesBelow(backup).size();
    node.mustBackup(backup, BackupGrbit.INCREMENTAL);
    int first = world.filesBelow(backup).size() - before;
    node.mustBackup(backup, BackupGrbit.INCREMENTAL);
    int second = world.filesBelow(backup).size() - before - first;
    world.expectThat(
        "INC-9",
        first == 1 && second == 1,
        "one small log file in each link",
        first + " and " + second + " files");
  }

  @Test
  @Clauses("INC-10")
  void aChainGoesOnAfterTheInstanceWasOpenedAgain(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2").restart();
    world.expect("INC-10", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-10", node, backup, node.acknowledged());
    node.restart().commit("a=3").restart().commit("a=4");
    world.expect("INC-10", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-10", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("INC-10")
  void aQuietNightIsNoFailure(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    world.expect("INC-10", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expect("INC-10", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-10", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("INC-11")
  void afterARestoreAFullBackupComesFirst(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2").stop();
    Trees.loseLog(world, node);
    world.expect("REST-1", node.restore(backup)).success();
    node.start();
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("INC-11", answer).fails(JetErr.MISSING_FULL_BACKUP);
    Path next = world.freshDirectory("backup");
    node.acknowledge(node.contents());
    node.mustBackup(next, BackupGrbit.FULL).commit("a=3");
    world.expect("INC-11", node.backup(next, BackupGrbit.INCREMENTAL)).success();
    world.expectRestores("INC-1", node, next, node.acknowledged());
  }
}
