package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.param.Parameter;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapter {@code parameters}. */
@TckTest
class ParametersSuite {

  @Test
  @Clauses("PAR-1")
  void anotherInstanceKeepsItsContentItsLogsAndItsRecords(World world) {
    Node neighbour = neighbour(world).commit("a=mine");
    for (char letter = 's'; letter < 'y'; letter++) {
      neighbour.commit("big=" + letter + "*40000");
    }
    neighbour.restart();
    Contents contents = neighbour.acknowledged();
    Set<String> logs = Trees.logs(world, neighbour).keySet();
    List<BackupRecords> records = records(world, neighbour);
    Node node = world.start().commit("a=1").commit("big=y*40000");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    node.commit("big=z*40000").mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    world.expectSame("PAR-1", contents, neighbour.contents());
    world.expectThat(
        "PAR-1",
        logs.equals(Trees.logs(world, neighbour).keySet()),
        "the other instance has the log files " + logs,
        Trees.logs(world, neighbour).keySet());
    world.expectThat(
        "PAR-1",
        records.equals(records(world, neighbour)),
        "the databases of the other instance have the records " + records,
        records(world, neighbour));
    world.expectSame("PAR-1", contents, neighbour.restart().contents());
  }

  @Test
  @Clauses("PAR-1")
  @Requires(Capability.INCREMENTAL)
  void theChainsOfTwoInstancesDoNotMeet(World world) {
    Node neighbour = neighbour(world).commit("a=mine");
    Node node = world.start().commit("a=1");
    Path first = world.freshDirectory("backup");
    Path second = world.freshDirectory("backup");
    node.mustBackup(first, BackupGrbit.FULL);
    Answer early = neighbour.backup(second, BackupGrbit.INCREMENTAL);
    world.expect("PAR-1", early).fails(JetErr.MISSING_FULL_BACKUP, JetErr.MISSING_FILE_TO_BACKUP);
    neighbour.mustBackup(second, BackupGrbit.FULL);
    for (int i = 0; i < 3; i++) {
      node.commit("a=" + i, "big=" + i + "*40000");
      neighbour.commit("b" + i + "=" + i);
      world.expect("PAR-1", node.backup(first, BackupGrbit.INCREMENTAL)).success();
      world.expect("PAR-1", neighbour.backup(second, BackupGrbit.INCREMENTAL)).success();
    }
    world.expectRestores("PAR-1", node, first, node.acknowledged());
    world.expectRestores("PAR-1", neighbour, second, neighbour.acknowledged());
  }

  @Test
  @Clauses("PAR-1")
  void twoInstancesAreBackedUpAtTheSameTime(World world) {
    Node neighbour = neighbour(world).commit("a=mine");
    Node node = world.start().commit("a=1");
    Path first = world.freshDirectory("backup");
    Path second = world.freshDirectory("backup");
    List<Answer> inside = new ArrayList<>();
    Listening during =
        Listening.at(Snt.BEGIN, () -> inside.add(neighbour.backup(second, BackupGrbit.FULL)));
    Answer outside = node.backup(first, BackupGrbit.FULL, during);
    for (Answer answer : inside) {
      world.expect("PAR-1", answer).success();
    }
    world.expect("PAR-1", outside).success();
    world.expectRestores("PAR-1", node, first, node.acknowledged());
    world.expectThat("PROG-1", !inside.isEmpty(), "a Begin", "none");
    world.expectRestores("PAR-1", neighbour, second, neighbour.acknowledged());
  }

  @Test
  @Clauses("PAR-2")
  void nothingIsAddedOutsideTheTargetDirectory(World world) {
    Node node = world.start().commit("a=1").commit("big=x*40000");
    Path backup = world.freshDirectory("backup");
    List<String> before = strangers(world, node, backup);
    node.mustBackup(backup, BackupGrbit.FULL);
    List<String> added = strangers(world, node, backup);
    added.removeAll(before);
    world.expectThat("PAR-2", added.isEmpty(), "no file outside the target directory", added);
    world.expectThat(
        "PAR-2", !world.filesBelow(backup).isEmpty(), "files in the target directory", "none");
  }

  @Test
  @Clauses("PAR-3")
  void withoutAnyBitTheBackupIsFull(World world) {
    Node node = world.start().commit("a=1").commit("b=2");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL).commit("a=3");
    Path backup = world.freshDirectory("backup");
    Answer answer = node.backup(backup, new BackupGrbit(0));
    world.expect("PAR-3", answer).success();
    world.expectRestores("PAR-3", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("PAR-4")
  @Requires(Capability.ATOMIC)
  void withTheAtomicBitTheBackupIsFull(World world) {
    Node node = world.start().commit("a=1").commit("big=x*40000");
    Path earlier = world.freshDirectory("backup");
    node.mustBackup(earlier, BackupGrbit.ATOMIC).commit("a=2");
    Path backup = world.freshDirectory("backup");
    world.expect("PAR-4", node.backup(backup, BackupGrbit.ATOMIC)).success();
    world.expect("PAR-4", node.backup(backup, BackupGrbit.ATOMIC)).success();
    Contents moment = node.acknowledged();
    node.commit("a=3");
    world.record(earlier + " is lost");
    Trees.empty(earlier);
    world.expectRestores("PAR-4", node, backup, moment);
  }

  @Test
  @Clauses("PAR-5")
  @Requires(Capability.INCREMENTAL)
  void withTheIncrementalBitTheSetIsExtended(World world) {
    Node node = world.start().commit("a=1", "big=x*40000");
    Path backup = world.freshDirectory("backup");
    Answer early = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("PAR-5", early).fails(JetErr.MISSING_FULL_BACKUP, JetErr.MISSING_FILE_TO_BACKUP);
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Map<String, String> set = world.tree(backup);
    world.expect("PAR-5", node.backup(backup, BackupGrbit.INCREMENTAL)).success();
    List<String> changed = Trees.changed(set, world.tree(backup));
    world.expectThat("PAR-5", changed.isEmpty(), "the set is extended", changed + " changed");
    world.expectRestores("PAR-5", node, backup, node.acknowledged());
  }

  @Test
  @Clauses("PAR-6")
  void theSnapshotBitIsRefusedOrWithoutEffect(World world) {
    Node node = world.start().commit("a=1");
    snapshot(world, node, BackupGrbit.FULL, world.freshDirectory("backup"));
    if (world.has(Capability.ATOMIC)) {
      snapshot(world, node, BackupGrbit.ATOMIC, world.freshDirectory("backup"));
    }
    if (world.has(Capability.INCREMENTAL)) {
      Path chain = world.freshDirectory("backup");
      node.mustBackup(chain, BackupGrbit.FULL).commit("a=2");
      snapshot(world, node, BackupGrbit.INCREMENTAL, chain);
    }
  }

  @Test
  @Clauses("PAR-8")
  @Requires({Capability.ATOMIC, Capability.INCREMENTAL})
  void bothBitsTogetherActAsTheIncrementalOne(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    BackupGrbit both = BackupGrbit.ATOMIC.with(BackupGrbit.INCREMENTAL);
    Answer early = node.backup(backup, both);
    world.expect("PAR-8", early).fails(JetErr.MISSING_FULL_BACKUP, JetErr.INVALID_GRBIT);
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Map<String, String> before = world.tree(world.root());
    Map<String, String> set = world.tree(backup);
    Answer answer = node.backup(backup, both);
    world.expect("PAR-8", answer).succeedsOrFails(JetErr.INVALID_GRBIT);
    if (answer.isSuccess()) {
      List<String> changed = Trees.changed(set, world.tree(backup));
      world.expectThat("PAR-8", changed.isEmpty(), "the set is extended", changed + " changed");
      world.expectRestores("PAR-8", node, backup, node.acknowledged());
    } else {
      expectUnchanged(world, "PAR-8", before);
    }
  }

  @Test
  @Clauses("PAR-9")
  void aCallbackChangesNothingInTheResult(World world) {
    Contents quiet = backUpTwice(world, StatusCallback.NONE);
    Listening listening = Listening.only();
    try (World other = world.again()) {
      Contents watched = backUpTwice(other, listening);
      world.expectSame("PAR-9", quiet, watched);
    }
    world.expectThat("PAR-9", !listening.heard().isEmpty(), "the callback hears", "nothing");
  }

  @Test
  @Clauses("PAR-10")
  void aParameterOutsideItsRangeIsRefused(World world) {
    neighbour(world).stop();
    Parameters fine = world.node("main").parameters();
    outside(world, fine, SystemParameter.LOG_FILE_SIZE, 63);
    outside(world, fine, SystemParameter.LOG_FILE_SIZE, -1);
    outside(world, fine, SystemParameter.MAX_SESSIONS, -1);
    outside(world, fine, SystemParameter.DATABASE_PAGE_SIZE, 8_191);
    outside(world, fine, SystemParameter.DATABASE_INITIAL_SIZE, 0);
    outside(world, fine, SystemParameter.CACHE_SIZE_BYTES, -1L);
    outside(world, fine, SystemParameter.BASE_NAME, "four");
    outside(world, fine, SystemParameter.RECOVERY, "perhaps");
    Answer answer = world.node("main").with(Parameters.none()).tryStart();
    world.expect("PAR-10", answer).fails(JetErr.INVALID_PARAMETER);
    List<String> files = world.filesBelow(world.path("main"));
    world.expectThat("PAR-10", files.isEmpty(), "no file is created", files);
  }

  private static <T> void outside(World world, Parameters fine, Parameter<T> parameter, T value) {
    Answer answer = world.attempt("set " + parameter.name() + " to " + value, () -> {
      Answer start = world.node("main").with(fine.with(parameter, value)).tryStart();
      world.expect("PAR-10", start).fails(JetErr.INVALID_PARAMETER);
    });
    if (answer.thrown() instanceof ClauseViolation violation) {
      throw violation;
    }
    world.expect("PAR-10", answer).succeedsOrFails(JetErr.INVALID_PARAMETER);
  }

  private static Node neighbour(World world) {
    return world.node("neighbour").start().createDatabase("main");
  }

  /** The same small history in every world, with a full and, where there is one, a second backup. */
  private static Contents backUpTwice(World world, StatusCallback callback) {
    Node node = world.start().commit("a=1", "big=x*40000");
    Path backup = world.freshDirectory("backup");
    world.expect("PAR-9", node.backup(backup, BackupGrbit.FULL, callback)).success();
    node.commit("a=2");
    if (world.has(Capability.INCREMENTAL)) {
      world
          .expect("PAR-9", node.backup(backup, BackupGrbit.INCREMENTAL, callback))
          .success();
    }
    Contents moment = world.has(Capability.INCREMENTAL)
        ? node.acknowledged()
        : node.acknowledged().with("main/t/a", "1");
    world.expectRestores("PAR-9", node, backup, moment);
    return moment;
  }

  private static void snapshot(World world, Node node, BackupGrbit kind, Path backup) {
    Map<String, String> before = world.tree(world.root());
    Answer answer = node.backup(backup, kind.with(BackupGrbit.SNAPSHOT));
    world.expect("PAR-6", answer).succeedsOrFails(JetErr.INVALID_GRBIT);
    if (answer.isSuccess()) {
      world.expectRestores("PAR-6", node, backup, node.acknowledged());
    } else {
      expectUnchanged(world, "PAR-6", before);
    }
  }

  private static void expectUnchanged(World world, String clause, Map<String, String> before) {
    Map<String, String> after = world.tree(world.root());
    world.expectThat(clause, before.equals(after), "nothing changes", "files are changed");
  }

  private static List<BackupRecords> records(World world, Node node) {
    return world.has(Capability.HEADER_INFORMATION)
        ? List.of(Trees.records(world, node, "main"))
        : List.of();
  }

  private static List<String> strangers(World world, Node node, Path backup) {
    List<String> strangers = new ArrayList<>(world.filesBelow(world.root()));
    Path home = node.log().getParent();
    strangers.removeIf(name -> world.root().resolve(name).startsWith(home)
        || world.root().resolve(name).startsWith(backup));
    return strangers;
  }
}
