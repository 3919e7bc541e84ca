package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code atomic}. */
@TckTest
@Requires(Capability.ATOMIC)
class AtomicSuite {

  private static final int COPIES_MAX = 12;
  private static final int RUNS = 6;

  @Test
  @Clauses({"ATOM-1", "FULL-1", "FULL-3"})
  void anAtomicBackupIntoAnEmptyDirectoryIsAWholeSet(World world) {
    Node node = world.start().commit("a=1", "b=2").commit("-b", "c=3*3000");
    Path backup = world.freshDirectory("backup");
    world.expect("ATOM-1", node.backup(backup, BackupGrbit.ATOMIC)).success();
    Contents moment = node.acknowledged();
    node.commit("a=later");
    Path copy = Trees.copy(world, backup);
    Trees.empty(backup);
    Trees.expectRestoresInPlace(world, "ATOM-1", node, copy, moment);
  }

  @Test
  @Clauses({"ATOM-1", "FULL-2"})
  @Requires(Capability.SEVERAL_DATABASES)
  void anAtomicBackupHoldsEveryDatabase(World world) {
    Node node = world.start().createDatabase("other").commit("a=1", "other.a=one");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL).restart();
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.ATOMIC);
    Contents moment = node.acknowledged();
    node.commit("a=2", "other.a=two");
    world.expectRestores("ATOM-1", node, backup, moment);
  }

  @Test
  @Clauses("ATOM-2")
  void anAtomicBackupReplacesTheEarlierSet(World world) {
    Node node = world.start();
    Path backup = world.freshDirectory("backup");
    for (int i = 1; i < 5; i++) {
      node.commit("a=" + i, "b" + i + "=" + i).commit("-b" + (i - 1));
      world.expect("ATOM-2", node.backup(backup, BackupGrbit.ATOMIC)).success();
      Contents moment = node.acknowledged();
      node.commit("a=later");
      world.expectRestores("ATOM-2", node, backup, moment);
    }
  }

  @Test
  @Clauses("ATOM-3")
  void anAtomicBackupThatIsEndedLeavesTheEarlierSet(World world) {
    Ending.each(world, Attempt.Kind.ATOMIC, (attempt, answer) -> attempt.expectOldState("ATOM-3"));
  }

  @Test
  @Clauses("ATOM-3")
  @Requires({Capability.ATOMIC, Capability.READS_GIVEN_FILE_SYSTEM})
  void anAtomicBackupThatMeetsAFaultLeavesTheEarlierSet(World world) {
    int failures = 0;
    for (String fault : Attempt.faultsOnTarget(world)) {
      failures += new Sweep(world, Attempt.Kind.ATOMIC, fault)
          .eachFailure(attempt -> attempt.expectOldState("ATOM-3"));
    }
    world.note(failures + " atomic backups failed by a fault in their directory");
  }

  @Test
  @Clauses("ATOM-4")
  void aCopyTakenInACallbackRestoresToTheOldMomentOrTheNew(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.ATOMIC);
    Contents old = node.acknowledged();
    node.commit("a=2");
    List<Path> copies = new ArrayList<>();
    Answer answer = node.backup(backup, BackupGrbit.ATOMIC, (snp, snt, snprog) -> {
      if (copies.size() < COPIES_MAX) {
        copies.add(Trees.copy(world, backup));
      }
    });
    world.expect("ATOM-2", answer).success();
    if (copies.isEmpty()) {
      throw new TestAbortedException("the engine called the callback not even once");
    }
    copies.forEach(copy -> expectOldOrNew(world, node, copy, old));
  }

  @Test
  @Clauses("ATOM-4")
  @Requires({Capability.ATOMIC, Capability.READS_GIVEN_FILE_SYSTEM})
  void whereverAnAtomicBackupIsCutOffTheOldMomentOrTheNewIsThere(World world) {
    int moments = new Sweep(world, Attempt.Kind.ATOMIC, Attempt.CUT_OFF).each((attempt, answer) -> {
      Path copy = Trees.copy(attempt.world(), attempt.directory());
      expectOldOrNew(attempt.world(), attempt.revive(), copy, attempt.old());
    });
    world.note(Sweep.extent(world) + moments + " moments of an atomic backup over an earlier set");
  }

  @Test
  @Clauses("ATOM-5")
  void repeatingDoesNotLetTheDirectoryGrow(World world) {
    Node node = world.start().commit("a=1", "big=x*40000");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.ATOMIC).mustBackup(backup, BackupGrbit.ATOMIC);
    int files = world.filesBelow(backup).size();
    long bytes = Trees.bytes(world, backup);
    for (int i = 2; i < RUNS; i++) {
      node.mustBackup(backup, BackupGrbit.ATOMIC);
    }
    int filesNow = world.filesBelow(backup).size();
    long bytesNow = Trees.bytes(world, backup);
    world.expectThat(
        "ATOM-5",
        filesNow <= files && bytesNow < bytes + bytes / 4,
        "after run " + RUNS + " about what there was after run 2: " + text(files, bytes),
        text(filesNow, bytesNow));
  }

  @Test
  @Clauses("ATOM-6")
  void anAtomicBackupReplacesASetThatAPlainOneMade(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2", "b=2");
    world.expect("ATOM-6", node.backup(backup, BackupGrbit.ATOMIC)).success();
    Contents moment = node.acknowledged();
    node.commit("a=3");
    world.expectRestores("ATOM-6", node, backup, moment);
  }

  /**
   * What was in the directory before and still is, and is in no set of the same moment that was made
   * elsewhere, comes from the earlier set.
   */
  @Test
  @Clauses("ATOM-6")
  void nothingOfTheEarlierSetStays(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    if (world.has(Capability.INCREMENTAL)) {
      node.commit("a=2").mustBackup(backup, BackupGrbit.INCREMENTAL);
    }
    Map<String, String> before = world.tree(backup);
    node.commit("a=3", "big=x*40000").commit("big=y*40000");
    Path elsewhere = world.freshDirectory("backup");
    node.mustBackup(elsewhere, BackupGrbit.ATOMIC).commit("a=4");
    world.expect("ATOM-6", node.backup(backup, BackupGrbit.ATOMIC)).success();
    Set<String> rightful = new HashSet<>(world.tree(elsewhere).values());
    rightful.addAll(List.of("/", ""));
    Map<String, String> now = world.tree(backup);
    List<String> left = before.entrySet().stream()
        .filter(entry -> !rightful.contains(entry.getValue()))
        .filter(entry -> now.containsValue(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
    world.expectThat("ATOM-6", left.isEmpty(), "no file of the earlier set", "still there " + left);
  }

  private static void expectOldOrNew(World world, Node node, Path copy, Contents old) {
    Restoration restoration = Restoration.of(world, node, List.of("main"), copy);
    world.expect("ATOM-4", restoration.answer()).success();
    world.expectOneOf(
        "ATOM-4", List.of(old, node.acknowledged()), restoration.contents().orElse(Contents.EMPTY));
  }

  private static String text(int files, long bytes) {
    return files + " files with " + bytes + " bytes";
  }
}
