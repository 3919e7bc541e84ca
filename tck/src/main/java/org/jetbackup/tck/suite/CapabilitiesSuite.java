package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapter {@code capabilities}: what an engine does not declare it refuses. */
@TckTest
class CapabilitiesSuite {

  /** What the page about the backup call describes. */
  private static final Set<Capability> PAGE = EnumSet.of(
      Capability.ATOMIC,
      Capability.INCREMENTAL,
      Capability.CIRCULAR_LOGGING,
      Capability.LOGGING_OFF,
      Capability.NULL_PATH,
      Capability.CREATE_PATH,
      Capability.EVENT_LOG,
      Capability.PROGRESS,
      Capability.STOP_SERVICE,
      Capability.HEADER_INFORMATION);

  @Test
  @Clauses("CAP-1")
  @Requires(absent = Capability.ATOMIC)
  void withoutAtomicTheBitIsRefused(World world) {
    expectBackupRefused(world, "CAP-1", BackupGrbit.ATOMIC);
  }

  @Test
  @Clauses("CAP-1")
  @Requires(absent = Capability.INCREMENTAL)
  void withoutIncrementalTheBitIsRefused(World world) {
    expectBackupRefused(world, "CAP-1", BackupGrbit.INCREMENTAL);
  }

  @Test
  @Clauses("CAP-2")
  @Requires(absent = Capability.CIRCULAR_LOGGING)
  void withoutCircularLoggingTheParameterIsRefused(World world) {
    Parameters parameters = world.node("main").parameters();
    expectStartRefused(world, parameters.with(SystemParameter.CIRCULAR_LOG, true));
  }

  @Test
  @Clauses("CAP-2")
  @Requires(absent = Capability.LOGGING_OFF)
  void withoutLoggingOffTheParameterIsRefused(World world) {
    Parameters parameters = world.node("main").parameters();
    expectStartRefused(world, parameters.with(SystemParameter.RECOVERY, "off"));
  }

  @Test
  @Clauses("CAP-2")
  @Requires(absent = Capability.CREATE_PATH)
  void withoutCreatePathTheParameterIsRefused(World world) {
    Parameters parameters = world.node("main").parameters();
    expectStartRefused(world, parameters.with(SystemParameter.CREATE_PATH_IF_NOT_EXIST, true));
  }

  @Test
  @Clauses("CAP-3")
  @Requires(absent = Capability.NULL_PATH)
  void withoutNullPathACallWithoutPathIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Map<String, String> before = world.tree(world.root());
    expectRefused(world, "CAP-3", node.backup(null, BackupGrbit.FULL), before);
  }

  @Test
  @Clauses("CAP-3")
  @Requires(absent = Capability.RESTORE_ELSEWHERE)
  void withoutRestoreElsewhereACallWithADestinationIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).stop();
    Path destination = world.freshDirectory("destination");
    node.instance();
    Map<String, String> before = world.tree(world.root());
    expectRefused(world, "CAP-3", node.restore(backup, destination), before);
  }

  @Test
  @Clauses("CAP-4")
  @Requires(absent = Capability.EVENT_LOG)
  void withoutEventLogAListenerIsRefused(World world) {
    Node node = world.start().commit("a=1");
    expectRefused(
        world, node, "add an event listener", () -> node.instance().addEventListener(event -> {}));
  }

  @Test
  @Clauses("CAP-4")
  @Requires(absent = Capability.STOP_BACKUP)
  void withoutStopBackupTheCallIsRefused(World world) {
    Node node = world.start().commit("a=1");
    expectRefused(world, node, "stop backup", () -> node.instance().stopBackup());
  }

  @Test
  @Clauses("CAP-4")
  @Requires(absent = Capability.STOP_SERVICE)
  void withoutStopServiceTheCallIsRefused(World world) {
    Node node = world.start().commit("a=1");
    expectRefused(world, node, "stop service", () -> node.instance().stopService());
  }

  @Test
  @Clauses("CAP-4")
  @Requires(absent = Capability.HEADER_INFORMATION)
  void withoutHeaderInformationTheCallIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Path file = node.file("main");
    expectRefused(world, node, "read the header", () -> node.session().databaseHeader(file));
  }

  @Test
  @Clauses("CAP-4")
  @Requires(absent = Capability.VERIFY_SET)
  void withoutVerifySetTheCallIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    expectRefused(world, node, "verify the set", () -> world.engine().verifyBackup(backup));
  }

  @Test
  @Clauses("CAP-4")
  @Requires(absent = Capability.LIST_MOMENTS)
  void withoutListMomentsTheCallIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    expectRefused(world, node, "list the moments", () -> world.engine().restoreMoments(backup));
  }

  @Test
  @Clauses("CAP-5")
  @Requires(absent = Capability.SEVERAL_DATABASES)
  void withoutSeveralDatabasesASecondOneIsRefused(World world) {
    Node donor = world.node("donor").start().createDatabase("main").stop();
    Path foreign = donor.file("main");
    Node node = world.start().commit("a=1");
    Path second = world.path("main/data/second.edb");
    expectRefused(
        world, "CAP-5", node, "create a second", () -> node.session().createDatabase(second));
    expectRefused(
        world, "CAP-5", node, "attach a second", () -> node.session().attachDatabase(foreign));
  }

  @Test
  @Clauses("CAP-5")
  @Requires(absent = Capability.CONCURRENT_SESSIONS)
  void withoutConcurrentSessionsASecondOneIsRefused(World world) {
    Node node = world.start().commit("a=1");
    expectRefused(
        world, "CAP-5", node, "begin a second session", () -> node.instance().beginSession());
    world.expect("CAP-5", node.tryCommit("a=2")).success();
  }

  @Test
  @Clauses("CAP-6")
  @Requires(absent = Capability.ROLL_FORWARD)
  void withoutRollForwardLiveLogsAreRefusedOrLeftOut(World world) {
    Node node = world.start().commit("a=1", "b=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents moment = node.acknowledged();
    node.commit("a=2", "-b", "c=2").stop();
    node.instance();
    Map<String, String> before = world.tree(world.root());
    Answer answer = node.restore(backup);
    if (answer.isSuccess()) {
      world.expectSame("CAP-6", moment, node.start().contents());
    } else {
      expectRefused(world, "CAP-6", answer, before);
      world.expectSame("CAP-6", node.acknowledged(), node.start().contents());
    }
  }

  @Test
  @Clauses("CAP-7")
  void theWholePageIsDeclared(World world) {
    List<String> missing = PAGE.stream()
        .filter(capability -> !world.has(capability))
        .map(Capability::word)
        .toList();
    world.expectThat(
        "CAP-7",
        missing.isEmpty(),
        "every capability that the page describes is declared",
        missing + " not declared");
  }

  private static void expectBackupRefused(World world, String clause, BackupGrbit kind) {
    Node node = world.start().commit("a=1");
    Path empty = world.freshDirectory("backup");
    Path used = world.freshDirectory("backup");
    node.mustBackup(used, BackupGrbit.FULL).commit("a=2");
    for (Path backup : List.of(empty, used)) {
      Map<String, String> before = world.tree(world.root());
      expectRefused(world, clause, node.backup(backup, kind, StatusCallback.NONE), before);
    }
    world.expectSame(clause, node.acknowledged(), node.contents());
  }

  /** The refusal may come when the instance is created, or at init. */
  private static void expectStartRefused(World world, Parameters parameters) {
    world.node("neighbour").start().createDatabase("main").stop();
    Map<String, String> before = world.tree(world.root());
    Node node = world.node("main").with(parameters);
    Answer answer = node.tryStart();
    expectRefused(world, "CAP-2", answer, before);
  }

  private static void expectRefused(World world, Node node, String name, Answer.Call call) {
    expectRefused(world, "CAP-4", node, name, call);
  }

  private static void expectRefused(
      World world, String clause, Node node, String name, Answer.Call call) {
    node.session();
    Map<String, String> before = world.tree(world.root());
    expectRefused(world, clause, world.attempt("main: " + name, call), before);
    world.expectSame(clause, node.acknowledged(), node.contents());
    world.expect(clause, node.tryCommit("after=" + name)).success();
  }

  private static void expectRefused(
      World world, String clause, Answer answer, Map<String, String> before) {
    world.expect(clause, answer).fails(JetErr.FEATURE_NOT_AVAILABLE);
    world.expectThat(
        clause, before.equals(world.tree(world.root())), "nothing changes", "files are changed");
  }
}
