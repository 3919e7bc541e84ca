package org.jetbackup.tck.suite;

import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Beside;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code data}: its transactions. */
@TckTest
class TransactionsSuite {

  /** Changes of one record, {@code k}, which is there at first. */
  private static final List<String> CHANGES = List.of("k=2", "-k", "k=2*20000");

  @Test
  @Clauses("DATA-8")
  void afterRollbackNothingOfATransactionIsLeft(World world) {
    Node node = world.start().commit("a=1", "b=1", "c=1", "big=x*30000");
    JetTable table = table(node, node.session());
    world.require("main: insert, put and delete, then roll back", () -> {
      node.session().beginTransaction();
      table.insert(Contents.bytes("d"), Contents.bytes("2"));
      table.put(Contents.bytes("a"), Contents.bytes("2"));
      table.put(Contents.bytes("e"), Contents.bytes("y".repeat(30_000)));
      table.delete(Contents.bytes("b"));
      table.delete(Contents.bytes("big"));
      table.delete(Contents.bytes("d"));
      table.insert(Contents.bytes("b"), Contents.bytes("3"));
      node.session().rollbackTransaction();
    });
    world.expectSame("DATA-8", node.acknowledged(), node.contents());
    node.rollback("a=4", "-c").commit("f=5");
    world.expectSame("DATA-8", node.acknowledged(), node.contents());
    world.expectSame("DATA-8", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("DATA-9")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void aTransactionKeepsTheStateInWhichItBegan(World world) {
    Node node = world.start().commit("a=1", "b=1", "c=1");
    JetSession reader = begin(world, node, "a reader");
    Contents began = node.acknowledged();
    node.commit("a=2", "-b", "d=2").commit("e=x*30000");
    world.expectSame("DATA-9", began, read(world, node, reader));
    world.require(
        "reader: put c=mine f=mine", () -> node.change(reader, List.of("c=mine", "f=mine")));
    node.commit("g=3");
    Contents mine = began.with("main/t/c", "mine").with("main/t/f", "mine");
    world.expectSame("DATA-9", mine, read(world, node, reader));
    world.expectSame("DATA-9", node.acknowledged(), node.contents());
    world.require("reader: commit", reader::commitTransaction);
    node.acknowledgeChanges(List.of("c=mine", "f=mine"));
    world.expectSame("DATA-9", node.acknowledged(), node.contents());
    world.require("reader: begin again", reader::beginTransaction);
    world.expectSame("DATA-9", node.acknowledged(), read(world, node, reader));
    reader.close();
  }

  @Test
  @Clauses("DATA-9")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void whatIsNotCommittedIsNotSeenByOthers(World world) {
    Node node = world.start().commit("a=1", "b=1");
    JetSession writer = begin(world, node, "a writer");
    world.require("writer: put a=2 -b c=2", () -> node.change(writer, List.of("a=2", "-b", "c=2")));
    world.expectSame("DATA-9", node.acknowledged(), node.contents());
    world.require("writer: roll back", writer::rollbackTransaction);
    world.expectSame("DATA-8", node.acknowledged(), node.contents());
    writer.close();
  }

  @Test
  @Clauses("DATA-10")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void ofTwoOpenChangesOfARecordOneIsRefused(World world) {
    for (String earlier : CHANGES) {
      for (String later : CHANGES) {
        try (World fresh = world.again()) {
          Node node = fresh.start().commit("k=1", "other=1");
          JetSession first = begin(fresh, node, "the first");
          JetSession second = begin(fresh, node, "the second");
          fresh.require("first: " + earlier, () -> node.change(first, List.of(earlier)));
          Answer change = change(fresh, node, second, later);
          Answer commit = fresh.attempt("first: commit", first::commitTransaction);
          if (commit.isSuccess()) {
            node.acknowledgeChanges(List.of(earlier));
            expectConflict(fresh, node, second, change);
          } else {
            fresh.expect("DATA-10", commit).fails(JetErr.WRITE_CONFLICT);
            fresh.require("first: roll back", first::rollbackTransaction);
            expectUnaffected(fresh, node, second, later, change);
          }
        }
      }
    }
  }

  @Test
  @Clauses("DATA-10")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void aChangeOfWhatWasCommittedSinceIsRefused(World world) {
    for (String earlier : CHANGES) {
      for (String later : CHANGES) {
        try (World fresh = world.again()) {
          Node node = fresh.start().commit("k=1", "other=1");
          JetSession late = begin(fresh, node, "the late one");
          node.commit(earlier);
          expectConflict(fresh, node, late, change(fresh, node, late, later));
        }
      }
    }
  }

  @Test
  @Clauses("DATA-10")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void changesOfDifferentRecordsDoNotConflict(World world) {
    Node node = world.start().commit("a=1", "b=1", "c=1");
    JetSession first = begin(world, node, "the first");
    JetSession second = begin(world, node, "the second");
    world.require("first: a=2 d=2", () -> node.change(first, List.of("a=2", "d=2")));
    Answer other = world.attempt("second: b=3 -c", () -> node.change(second, List.of("b=3", "-c")));
    world.expect("DATA-10", other).success();
    world
        .expect("DATA-10", world.attempt("second: commit", second::commitTransaction))
        .success();
    world
        .expect("DATA-10", world.attempt("first: commit", first::commitTransaction))
        .success();
    node.acknowledgeChanges(List.of("a=2", "d=2", "b=3", "-c"));
    world.expectSame("DATA-10", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("DATA-12")
  void aTransactionThatIsTooLongCanBeRolledBack(World world) {
    Node node = world.node("main");
    node.with(node.parameters()
            .with(SystemParameter.VERSION_STORE_SIZE_BYTES, 64L << 10)
            .with(SystemParameter.CHECKPOINT_TOO_DEEP, 0x20))
        .start()
        .createDatabase("main")
        .commit("a=1");
    world.require("main: begin transaction", () -> node.session().beginTransaction());
    Answer answer = new Answer(null);
    for (int i = 0; i < 200 && answer.isSuccess(); i++) {
      List<String> change = List.of("a=" + i, "key" + i + "=x*40000");
      answer = world.attempt("main: put 40000 bytes", () -> node.change(node.session(), change));
    }
    if (answer.isSuccess()) {
      throw new TestAbortedException("the engine can undo a transaction of eight million bytes");
    }
    world
        .expect("DATA-12", answer)
        .fails(
            JetErr.VERSION_STORE_OUT_OF_MEMORY,
            JetErr.CHECKPOINT_DEPTH_TOO_DEEP,
            JetErr.TRANSACTION_TOO_LONG);
    Answer rollback = world.attempt("main: roll back", () -> node.session().rollbackTransaction());
    world.expect("DATA-12", rollback).success();
    world.expectSame("DATA-12", node.acknowledged(), node.contents());
    world.expect("DATA-12", node.tryCommit("a=2")).success();
    world.expectSame("DATA-12", node.acknowledged(), node.restart().contents());
  }

  /** Makes a change from another thread, so that one which waits for the first is said to hang. */
  private static Answer change(World world, Node node, JetSession session, String change) {
    return Beside.call(
            "change",
            () -> world.attempt("later: " + change, () -> node.change(session, List.of(change))))
        .answer();
  }

  /** The conflict shows at the change, or at the commit; in the end nothing of it is there. */
  private static void expectConflict(World world, Node node, JetSession session, Answer change) {
    Answer answer = change;
    if (answer.isSuccess()) {
      answer = world.attempt("later: commit", session::commitTransaction);
    }
    world.expect("DATA-10", answer).fails(JetErr.WRITE_CONFLICT);
    world.require("later: roll back", session::rollbackTransaction);
    session.close();
    world.expectSame("DATA-10", node.acknowledged(), node.contents());
  }

  /** Where the earlier transaction got the conflict, the later one goes through. */
  private static void expectUnaffected(
      World world, Node node, JetSession session, String changed, Answer change) {
    world.expect("DATA-10", change).success();
    world
        .expect("DATA-10", world.attempt("later: commit", session::commitTransaction))
        .success();
    node.acknowledgeChanges(List.of(changed));
    world.expectSame("DATA-10", node.acknowledged(), node.contents());
  }

  private static JetSession begin(World world, Node node, String who) {
    return world.obtain("begin a transaction: " + who, () -> {
      JetSession session = node.instance().beginSession();
      session.beginTransaction();
      return session;
    });
  }

  /** Reads with cursors, and once more key by key. */
  private static Contents read(World world, Node node, JetSession session) {
    List<Contents> read = new ArrayList<>();
    world.require("read everything in that transaction", () -> {
      try (JetDatabase database = session.openDatabase(node.file("main"));
          JetTable table = database.openTable(Node.TABLE)) {
        Contents contents = Contents.read("main", database);
        for (String key : List.of("a", "b", "c", "d", "e", "f", "g")) {
          String path = "main/t/" + key;
          contents = table
              .get(Contents.bytes(key))
              .map(Contents::text)
              .map(value -> Contents.EMPTY.with(path, value))
              .map(contents::and)
              .orElse(contents.without(path));
        }
        read.addAll(List.of(Contents.read("main", database), contents));
      }
    });
    world.expectSame("DATA-9", read.get(0), read.get(1));
    return read.get(0);
  }

  private static JetTable table(Node node, JetSession session) {
    return session.openDatabase(node.file("main")).openTable(Node.TABLE);
  }
}
