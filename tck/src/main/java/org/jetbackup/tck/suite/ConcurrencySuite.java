package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Beside;
import org.jetbackup.tck.fixture.Expectation;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code concurrency}. */
@TckTest
class ConcurrencySuite {

  private static final int THREADS = 4;
  private static final int TIMES = 15;

  /** What is done to the set of databases while a backup runs. */
  private enum Change {
    CREATE,
    ATTACH,
    DETACH
  }

  @Test
  @Clauses("CONC-1")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void otherSessionsWorkWhileABackupRuns(World world) {
    workDuringBackup(world, Snt.BEGIN);
  }

  @Test
  @Clauses("CONC-1")
  @Requires({Capability.CONCURRENT_SESSIONS, Capability.PROGRESS})
  void otherSessionsWorkWhileABackupCopies(World world) {
    workDuringBackup(world, Snt.PROGRESS);
  }

  @Test
  @Clauses("CONC-2")
  @Requires(Capability.SEVERAL_DATABASES)
  void theSetOfDatabasesDoesNotChangeUnderABackup(World world) {
    for (Change change : Change.values()) {
      try (World fresh = world.again()) {
        changeDatabases(
            fresh,
            "CONC-2",
            change,
            answer -> fresh.expect("CONC-2", answer).succeedsOrFails(refusals(change)));
      }
    }
  }

  @Test
  @Clauses("CONC-3")
  @Requires(Capability.SEVERAL_DATABASES)
  void changesOfTheSetOfDatabasesAreRefusedDuringABackup(World world) {
    for (Change change : Change.values()) {
      try (World fresh = world.again()) {
        changeDatabases(
            fresh,
            "CONC-3",
            change,
            answer -> fresh.expect("CONC-3", answer).fails(refusals(change)));
      }
    }
  }

  @Test
  @Clauses("CONC-4")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void aSessionServesOneThreadAtATime(World world) {
    Node node = world.start();
    JetSession session = node.session();
    JetTable table = session.openDatabase(node.file("main")).openTable(Node.TABLE);
    List<Supplier<Answer>> threads = new ArrayList<>();
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      String name = "t" + i;
      threads.add(() -> Answer.to(() -> putMany(table, name, done, answers)));
    }
    world.record("two threads put records through one session");
    for (Answer thread : Beside.race("put", threads)) {
      world.expect("CONC-4", thread).success();
    }
    for (Answer answer : answers) {
      world.expect("CONC-4", answer).succeedsOrFails(JetErr.SESSION_SHARING_VIOLATION);
    }
    node.acknowledgeChanges(done);
    world.expectSame("CONC-4", node.acknowledged(), node.contents());
    world.expect("CONC-4", node.tryCommit("after=1")).success();
    world.expectSame("CONC-4", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("CONC-5")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void commitsOfManyThreadsAreAllInTheNextBackup(World world) {
    Node node = world.start().commit("a=1");
    for (int round = 0; round < 3; round++) {
      commitFromManyThreads(world, node, "r" + round);
      Path backup = world.freshDirectory("backup");
      node.mustBackup(backup, BackupGrbit.FULL);
      world.expectRestores("CONC-5", node, backup, node.acknowledged());
    }
    world.expectSame("CONC-5", node.acknowledged(), node.restart().contents());
  }

  private static void workDuringBackup(World world, Snt moment) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    List<Answer> answers = new ArrayList<>();
    List<Contents> read = Collections.synchronizedList(new ArrayList<>());
    Contents before = node.acknowledged();
    Listening during = Listening.at(moment, () -> {
      Beside work = Beside.call("work", () -> {
        read.add(node.contents());
        return node.tryCommit("a=2", "big=x*60000");
      });
      answers.add(work.answer());
    });
    Answer backedUp = node.backup(backup, BackupGrbit.FULL, during);
    requireMoment(during);
    answers.forEach(answer -> world.expect("CONC-1", answer).success());
    read.forEach(contents -> world.expectSame("CONC-1", before, contents));
    world.expect("CONC-1", backedUp).success();
    world.expectSame("CONC-1", node.acknowledged(), node.contents());
    Restoration restoration = Restoration.of(world, node, List.of("main"), backup);
    world.expect("CONC-1", restoration.answer()).success();
    world.expectOneOf(
        "CONC-1",
        List.of(before, node.acknowledged()),
        restoration.contents().orElse(Contents.EMPTY));
  }

  private static void changeDatabases(
      World world, String clause, Change change, java.util.function.Consumer<Answer> judge) {
    Node node = world.start().createDatabase("other").commit("a=1", "other.a=1");
    List<String> attached = new ArrayList<>(List.of("main", "other"));
    Path other = node.file("other");
    Contents moment = node.acknowledged();
    if (change == Change.ATTACH) {
      attached.remove("other");
      moment = moment.withoutDatabase("other");
      node.stop().forgetAllBut(List.of("main"));
      node.start();
    }
    JetSession session = node.session();
    Answer.Call call = switch (change) {
      case CREATE -> () -> session.createDatabase(node.file("third")).close();
      case ATTACH -> () -> session.attachDatabase(other);
      case DETACH -> () -> session.detachDatabase(other);
    };
    Path backup = world.freshDirectory("backup");
    List<Answer> inside = new ArrayList<>();
    Listening during = Listening.at(
        Snt.BEGIN, () -> inside.add(world.attempt("main: " + change + " a database", call)));
    Answer answer = node.backup(backup, BackupGrbit.FULL, during);
    requireMoment(during);
    inside.forEach(judge);
    world.expect(clause, answer).success();
    Restoration restoration = Restoration.of(world, node, attached, backup);
    world.expect(clause, restoration.answer()).success();
    world.expectSame(clause, moment, restoration.contents().orElse(Contents.EMPTY));
  }

  /** An engine need not be able to detach at all. */
  private static JetErr[] refusals(Change change) {
    JetErr[] refusal = {JetErr.BACKUP_IN_PROGRESS};
    return change == Change.DETACH
        ? Expectation.anyOf(refusal, JetErr.FEATURE_NOT_AVAILABLE)
        : refusal;
  }

  private static void putMany(
      JetTable table, String name, List<String> done, List<Answer> answers) {
    for (int i = 0; i < TIMES * 6; i++) {
      byte[] key = Contents.bytes(name + "-" + i);
      Answer answer = Answer.to(() -> table.put(key, key));
      answers.add(answer);
      if (answer.isSuccess()) {
        done.add(Contents.text(key) + "=" + Contents.text(key));
      }
    }
  }

  private static void commitFromManyThreads(World world, Node node, String round) {
    List<Supplier<Answer>> threads = new ArrayList<>();
    List<String> committed = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < THREADS; i++) {
      JetSession session =
          world.obtain("begin session " + i, () -> node.instance().beginSession());
      String name = round + "-" + i + "-";
      threads.add(() -> Answer.to(() -> commitMany(node, session, name, committed)));
    }
    world.record(THREADS + " threads commit at once, " + TIMES + " times each");
    for (Answer thread : Beside.race("commit", threads)) {
      world.expect("CONC-5", thread).success();
    }
    node.acknowledgeChanges(committed);
  }

  private static void commitMany(
      Node node, JetSession session, String name, List<String> committed) {
    try (session) {
      for (int i = 0; i < TIMES; i++) {
        List<String> changes =
            List.of(name + i + "=first", name + i + "b=second", name + "last=" + i);
        session.beginTransaction();
        node.change(session, changes);
        session.commitTransaction();
        committed.addAll(changes);
      }
    }
  }

  private static void requireMoment(Listening listening) {
    if (!listening.acted()) {
      throw new TestAbortedException("the engine reported no such moment");
    }
  }
}
