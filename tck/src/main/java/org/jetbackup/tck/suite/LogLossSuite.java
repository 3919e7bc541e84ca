package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Fault;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code life-cycle}: an instance that cannot write its log. */
@TckTest
@Requires(Capability.READS_GIVEN_FILE_SYSTEM)
class LogLossSuite {

  @Test
  @Clauses("LIFE-10")
  void everyCallIsRefusedAfterTheLogCouldNotBeWritten(World world) {
    everyCallIsRefused(
        world, "write main/log/** #1 sticky before-effect", JetErr.INSTANCE_UNAVAILABLE);
  }

  @Test
  @Clauses("LIFE-10")
  void everyCallIsRefusedAfterTheLogCouldNotBeForced(World world) {
    everyCallIsRefused(
        world, "force main/log/** #1 sticky before-effect", JetErr.INSTANCE_UNAVAILABLE);
  }

  @Test
  @Clauses("LIFE-10")
  void aFullLogDiskIsToldApart(World world) {
    everyCallIsRefused(
        world,
        "any-mutation main/log/** #1 sticky disk-full-after 0",
        JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL);
  }

  @Test
  @Clauses("LIFE-11")
  void openingAnewBringsBackEveryCommitThatReturned(World world) {
    for (String fault : List.of(
        "any-mutation main/log/** #1 once before-effect",
        "any-mutation main/log/** #1 sticky before-effect",
        "write main/log/** #1 sticky after-effect",
        "write main/log/** #1 sticky disk-full-after 100")) {
      int n = 1;
      while (opensAnew(world, Fault.parse(fault).at(n))) {
        n++;
      }
    }
    world.note("the n-th operation on the log fails in a series of commits, for every n");
  }

  /** Fails the n-th operation on the log in a series of commits; false if there are fewer. */
  private static boolean opensAnew(World world, Fault fault) {
    try (World fresh = world.again()) {
      Node node = fresh.start().commit("a=0");
      fresh.inject(fault);
      List<Contents> allowed = new ArrayList<>();
      for (int i = 1; i < 5 && allowed.isEmpty(); i++) {
        List<String> changes = List.of("a=" + i, "b" + i + "=" + i + "*30000");
        Answer answer = node.tryCommit(changes.toArray(String[]::new));
        if (!answer.isSuccess()) {
          fresh.expect("LIFE-11", answer).failsSomehow();
          Contents before = node.acknowledged();
          node.acknowledgeChanges(changes);
          allowed.addAll(List.of(before, node.acknowledged()));
          node.acknowledge(before);
        }
      }
      boolean struck = fresh.files().fired();
      if (allowed.isEmpty()) {
        allowed.add(node.acknowledged());
      }
      JetInstance instance = node.instance();
      node.abandon();
      fresh.files().clearFaults();
      fresh.record("the cause has ended");
      Answer.to(() -> instance.terminate(TermGrbit.ABRUPT));
      node.start();
      fresh.expectOneOf("LIFE-11", allowed, node.contents());
      return struck;
    }
  }

  private static void everyCallIsRefused(World world, String fault, JetErr error) {
    Node node = world.start().commit("a=1");
    JetDatabase database = node.session().openDatabase(node.file("main"));
    JetTable table = database.openTable(Node.TABLE);
    world.inject(Fault.parse(fault));
    Answer commit = node.tryCommit("a=2", "big=x*60000");
    if (!world.files().fired()) {
      throw new TestAbortedException("a commit does not meet the fault " + fault);
    }
    world.expect("LIFE-11", commit).failsSomehow();
    for (boolean over : List.of(false, true)) {
      refused(world, error, "read", () -> table.get(Contents.bytes("a")));
      refused(world, error, "put", () -> table.put(Contents.bytes("a"), Contents.bytes("3")));
      refused(world, error, "begin session", () -> node.instance().beginSession());
      refused(world, error, "begin transaction", () -> node.session().beginTransaction());
      refused(world, error, "open", () -> node.session().openDatabase(node.file("main")));
      Path other = world.path("main/data/new.edb");
      refused(world, error, "create a database", () -> node.session().createDatabase(other));
      Path backup = world.freshDirectory("backup");
      world.expect("LIFE-10", node.backup(backup, BackupGrbit.FULL)).fails(error);
      if (!over) {
        world.files().clearFaults();
        world.record("the fault is over");
      }
    }
  }

  private static void refused(World world, JetErr error, String name, Answer.Call call) {
    world.expect("LIFE-10", world.attempt("main: " + name, call)).fails(error);
  }
}
