package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapter {@code circular}. */
@TckTest
class CircularSuite {

  @Test
  @Clauses("CIRC-1")
  @Requires(Capability.CIRCULAR_LOGGING)
  void aFullBackupWorksUnderCircularLogging(World world) {
    Node node = circular(world).commit("a=1");
    fill(node, 6);
    Path backup = world.freshDirectory("backup");
    world.expect("CIRC-1", node.backup(backup, BackupGrbit.FULL)).success();
    Contents moment = node.acknowledged();
    fill(node, 3);
    world.expectRestores("CIRC-1", node, backup, moment);
  }

  @Test
  @Clauses("CIRC-2")
  @Requires({Capability.CIRCULAR_LOGGING, Capability.CONCURRENT_SESSIONS})
  void logsThatTheBackupNeedsAreNotReusedMeanwhile(World world) {
    Node node = circular(world).commit("a=1");
    Path backup = world.freshDirectory("backup");
    List<Contents> prefixes = new ArrayList<>(List.of(node.acknowledged()));
    Listening during = Listening.at(Snt.BEGIN, () -> {
      for (int i = 0; i < 8; i++) {
        node.commit("big=" + (char) ('a' + i) + "*40000", "n=" + i);
        prefixes.add(node.acknowledged());
      }
    });
    Answer answer = node.backup(backup, BackupGrbit.FULL, during);
    world.expect("CIRC-2", answer).isOfTheContract();
    if (answer.isSuccess()) {
      Restoration restoration = Restoration.of(world, node, List.of("main"), backup);
      world.expect("CIRC-2", restoration.answer()).success();
      world.expectOneOf("CIRC-2", prefixes, restoration.contents().orElse(Contents.EMPTY));
    } else {
      world.expectDoesNotRestore("FAIL-8", node, backup);
    }
  }

  @Test
  @Clauses({"RET-7", "CIRC-3", "RET-22"})
  @Requires({Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL})
  void anIncrementalBackupIsRefusedUnderCircularLogging(World world) {
    Node node = circular(world).commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Map<String, String> directory = world.tree(backup);
    Map<String, String> log = world.tree(node.log());
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("RET-7", answer).fails(JetErr.INVALID_BACKUP);
    Trees.expectSameTree(world, "CIRC-3", directory, backup);
    Trees.expectSameTree(world, "CIRC-3", log, node.log());
  }

  @Test
  @Clauses({"RET-7", "CIRC-3"})
  @Requires({Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL})
  void circularLoggingThatIsSwitchedOnLaterEndsTheChain(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Contents full = node.acknowledged().with("main/t/a", "1");
    node.circular(true).restart();
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("RET-7", answer).fails(JetErr.INVALID_BACKUP);
    world.expectRestores("CIRC-3", node, backup, full);
  }

  @Test
  @Clauses("CIRC-4")
  @Requires({Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL})
  void aSpellOfCircularLoggingLeavesNoHiddenGap(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents full = node.acknowledged();
    node.circular(true).restart().commit("a=2");
    fill(node, 6);
    node.circular(false).restart().commit("a=3");
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("CIRC-4", answer).isOfTheContract();
    world.expectRestores("CIRC-4", node, backup, answer.isSuccess() ? node.acknowledged() : full);
  }

  @Test
  @Clauses("CIRC-5")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void withoutCircularLoggingOnlyBackupsRemoveLogs(World world) {
    world.files().startTrace();
    Node node = world.start().commit("a=1");
    for (int i = 0; i < 3; i++) {
      fill(node, 4);
      node.restart();
    }
    List<String> lost = new LogTrace(world).lost();
    world.expectThat("CIRC-5", lost.isEmpty(), "every log file keeps what is in it", lost);
  }

  private static Node circular(World world) {
    Node node = world.node("main").circular(true).start();
    return node.createDatabase("main");
  }

  private static void fill(Node node, int times) {
    for (int i = 0; i < times; i++) {
      node.commit("big=" + (char) ('a' + i) + "*40000");
    }
  }
}
