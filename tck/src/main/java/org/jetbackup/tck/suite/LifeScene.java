package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.life.LifeCall;
import org.jetbackup.tck.life.LifeRow;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of LIFE-13, played in a world of its own: everything that its call needs is
 * opened first, then the instance is brought into the state, then the call is made and judged.
 */
final class LifeScene {

  private static final TermGrbit NOBODYS_BIT = new TermGrbit(0x10);

  /** What was seen of one call. */
  record Seen(InstanceState before, Answer answer, InstanceState after) {}

  private final World world;
  private final LifeRow row;
  private final Node node;
  private final Path empty;
  private @Nullable Handles handles;

  /** What a session had open before. */
  private record Handles(
      JetSession session, JetDatabase database, JetTable table, JetCursor cursor) {

    void close() {
      cursor.close();
      table.close();
      database.close();
    }
  }

  LifeScene(World world, LifeRow row) {
    this.world = world;
    this.row = row;
    this.node = world.node("main");
    this.empty = world.freshDirectory("empty");
  }

  /**
   * Whether the engine can be brought to show this row. Where a transaction is open, it takes a
   * second session to lose the log.
   */
  static boolean isPossible(World world, LifeRow row) {
    boolean twoSessions = row.state() == InstanceState.UNAVAILABLE && row.call().isInATransaction();
    return !twoSessions || world.has(Capability.CONCURRENT_SESSIONS);
  }

  World world() {
    return world;
  }

  Node node() {
    return node;
  }

  /** Puts an instance into service and opens what the call needs. */
  LifeScene inService() {
    world.start();
    node.commit("a=1");
    if (row.call().isOfASession()) {
      world.require("main: open the table and a cursor, " + row.call().text() + " later", () -> {
        handles = open(node.session());
        if (row.call() == LifeCall.DETACH) {
          handles().close();
        }
        if (row.call().isInATransaction()) {
          handles().session().beginTransaction();
          handles().table().put(Contents.bytes("a"), Contents.bytes("2"));
        }
      });
    }
    return this;
  }

  /** Changes something in a transaction: in a session of its own, if the first one has one open. */
  Answer commitSomething() {
    List<String> changes = List.of("b=1", "big=x*60000");
    return world.attempt("main: commit " + changes, () -> {
      if (row.call().isInATransaction()) {
        commit(node.instance().beginSession(), changes);
      } else {
        commit(node.session(), changes);
      }
    });
  }

  private void commit(JetSession session, List<String> changes) {
    session.beginTransaction();
    try {
      node.change(session, changes);
      session.commitTransaction();
    } finally {
      if (session == node.session()) {
        Answer.to(session::rollbackTransaction);
      }
    }
  }

  private Handles open(JetSession session) {
    JetDatabase database = session.openDatabase(node.file("main"));
    JetTable table = database.openTable(Node.TABLE);
    return new Handles(session, database, table, table.cursor(KeyRange.all()));
  }

  private Handles handles() {
    return Objects.requireNonNull(handles, "opened in service");
  }

  /** Makes the call; any thread may do so. */
  Seen call() {
    JetInstance instance = node.instance();
    InstanceState before = instance.state();
    Answer answer = world.attempt("main: " + row.call().text(), () -> call(instance, row.call()));
    return new Seen(before, answer, instance.state());
  }

  private void call(JetInstance instance, LifeCall call) {
    switch (call) {
      case INIT -> instance.init();
      case BEGIN_SESSION -> instance.beginSession();
      case BACKUP -> instance.backup(empty, BackupGrbit.FULL, StatusCallback.NONE);
      case RESTORE -> instance.restore(empty, StatusCallback.NONE);
      case STOP_SERVICE -> instance.stopService();
      case STOP_BACKUP -> instance.stopBackup();
      case TERMINATE -> instance.terminate(TermGrbit.NONE);
      case TERMINATE_COMPLETE -> instance.terminate(TermGrbit.COMPLETE);
      case TERMINATE_ABRUPT -> instance.terminate(TermGrbit.ABRUPT);
      case TERMINATE_UNKNOWN -> instance.terminate(NOBODYS_BIT);
      case STATE -> instance.state();
      case PARAMETERS -> instance.parameters();
      case ADD_LISTENER -> instance.addEventListener(event -> {});
      default -> call(handles(), call);
    }
  }

  private void call(Handles open, LifeCall call) {
    switch (call) {
      case BEGIN_TRANSACTION -> open.session().beginTransaction();
      case COMMIT -> open.session().commitTransaction();
      case ROLLBACK -> open.session().rollbackTransaction();
      case GET -> open.table().get(Contents.bytes("a"));
      case PUT -> open.table().put(Contents.bytes("a"), Contents.bytes("3"));
      case MOVE_CURSOR -> open.cursor().moveFirst();
      case CREATE_DATABASE -> open.session().createDatabase(node.file("second"));
      case ATTACH -> open.session().attachDatabase(node.file("main"));
      case DETACH -> open.session().detachDatabase(node.file("main"));
      case OPEN_DATABASE -> open.session().openDatabase(node.file("main"));
      case CLOSE -> {
        open.close();
        open.session().close();
      }
      default -> throw new IllegalArgumentException("no call of a session: " + call);
    }
  }

  /** Judges a call that was made while nothing else went on. */
  void judge(Seen seen) {
    boolean right = seen.before() == row.state();
    expect(right, "state() tells " + row.state(), "it tells " + seen.before());
    judgeAnswer(seen.answer());
    InstanceState then = seen.answer().isSuccess() ? row.then() : row.state();
    boolean free = isFree(seen.answer());
    expect(
        free || seen.after() == then,
        "state() tells " + then + " after " + row.call().text() + " -> " + seen.answer(),
        "it tells " + seen.after());
  }

  /** Judges what was answered, whatever else went on. */
  void judgeAnswer(Answer answer) {
    boolean mayBeMissing = row.call().mayBeMissing(world.settings().capabilities());
    String also = mayBeMissing ? " or -1001, as the engine need not have it" : "";
    expect(
        row.allowed().permits(answer, mayBeMissing),
        row.call().text() + " -> " + row.allowed() + also + " (from " + row.source() + ")",
        row.call().text() + " -> " + answer);
    if (row.call() == LifeCall.PARAMETERS) {
      boolean same = node.instance().parameters().equals(node.parameters());
      expect(same, "the parameters of its creation", "other ones");
    }
  }

  /** Where any answer will do, and where an end may be reported as a dirty one, so will any state. */
  private boolean isFree(Answer answer) {
    boolean ends = row.then() == InstanceState.TERMINATED && row.state() != row.then();
    return !row.hasSource() || (ends && !answer.isSuccess());
  }

  private void expect(boolean holds, String allowed, String seen) {
    String state = "in state " + row.state() + ": ";
    world.expectThat("LIFE-13", holds, state + allowed, state + seen);
  }
}
