package org.jetbackup.tck.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jspecify.annotations.Nullable;

/**
 * Plays a history in a world and judges every answer and every state on the way. At the end the live
 * databases must hold what was acknowledged, and the current backup directory must restore to exactly
 * the state for which it stands, or not at all if it holds no set.
 */
public final class Player {

  private final World world;
  private final Oracle oracle = new Oracle();
  private Node node;
  private Path directory;
  private @Nullable JetSession pendingSession;
  private List<String> pendingChanges = List.of();
  private boolean faultFired;

  private Player(World world) {
    this.world = world;
    this.node = world.start();
    this.directory = world.freshDirectory("backup");
    oracle.created("main");
  }

  /**
   * Plays a history.
   *
   * @return whether a fault of the history struck
   * @throws ClauseViolation if the engine broke a clause
   */
  public static boolean play(World world, History history) {
    world.replayable(history.toString());
    Player player = new Player(world);
    history.steps().forEach(player::play);
    player.checkLive();
    player.checkRestore("RET-1");
    return player.faultFired;
  }

  private void play(Step step) {
    if (step instanceof Step.Commit commit) {
      node.commit(known(commit.changes()));
    } else if (step instanceof Step.Rollback rollback) {
      node.rollback(known(rollback.changes()));
    } else if (step instanceof Step.Pending pending) {
      pend(pending.changes());
    } else if (step instanceof Step.Settle) {
      settle(true);
    } else if (step instanceof Step.CreateDatabase create) {
      create(create.name());
    } else if (step instanceof Step.Backup backup) {
      backup(backup);
    } else if (step instanceof Step.Elsewhere) {
      elsewhere();
    } else if (step instanceof Step.Reopen reopen) {
      reopen(reopen);
    } else if (step instanceof Step.Restore restore) {
      switch (restore.manner()) {
        case CHECK -> checkRestore("RET-1");
        case IN_PLACE -> restoreInPlace(false);
        case ROLL_FORWARD -> restoreInPlace(true);
      }
    }
  }

  private void create(String database) {
    if (!node.databases().containsKey(database)) {
      node.createDatabase(database);
      oracle.created(database);
    }
  }

  /** The changes that concern databases which are still there: a restore may have dropped some. */
  private String[] known(List<String> changes) {
    return changes.stream()
        .filter(change -> node.databases().containsKey(node.databaseOf(change)))
        .toArray(String[]::new);
  }

  private void pend(List<String> changes) {
    settle(false);
    JetSession session =
        world.obtain("begin a second session", () -> node.instance().beginSession());
    world.require("leave open " + String.join(" ", changes), () -> {
      session.beginTransaction();
      node.change(session, changes);
    });
    pendingSession = session;
    pendingChanges = changes;
  }

  private void settle(boolean commit) {
    JetSession session = pendingSession;
    if (session == null) {
      return;
    }
    world.require(commit ? "commit what was left open" : "roll back what was left open", () -> {
      if (commit) {
        session.commitTransaction();
      } else {
        session.rollbackTransaction();
      }
      session.close();
    });
    if (commit) {
      node.acknowledgeChanges(pendingChanges);
    }
    pendingSession = null;
  }

  private void elsewhere() {
    directory = world.freshDirectory("backup");
    oracle.elsewhere();
  }

  private void reopen(Step.Reopen reopen) {
    settle(false);
    node.stop();
    if (reopen.logging() != Step.Reopen.Logging.SAME) {
      boolean circular = reopen.logging() == Step.Reopen.Logging.CIRCULAR;
      node.circular(circular);
      oracle.circular(circular);
    }
    node.start();
    checkLive();
  }

  private void backup(Step.Backup step) {
    if (step.kind() == Step.Backup.Kind.FULL && oracle.holdsSet()) {
      elsewhere();
    }
    Oracle.Allowed allowed = oracle.allowedFor(step.kind());
    Map<String, String> before =
        step.fault().isPresent() ? world.fileContents(directory) : Map.of();
    step.fault().ifPresent(world::inject);
    Answer answer = call(step.kind());
    boolean struck = world.files().fired();
    world.files().clearFaults();
    faultFired |= struck;
    judge(allowed, answer, struck);
    if (struck) {
      revive();
    }
    if (answer.isSuccess()) {
      oracle.backedUp(step.kind(), node.acknowledged(), struck);
    } else if (struck) {
      afterFault(step.kind(), allowed, before);
    }
  }

  private Answer call(Step.Backup.Kind kind) {
    return switch (kind) {
      case FULL -> node.backup(directory, BackupGrbit.FULL);
      case ATOMIC -> node.backup(directory, BackupGrbit.ATOMIC);
      case INCREMENTAL -> node.backup(directory, BackupGrbit.INCREMENTAL);
      case TRUNCATE -> node.backup(null, BackupGrbit.FULL);
    };
  }

  private void judge(Oracle.Allowed allowed, Answer answer, boolean struck) {
    world.expect("RET-19", answer).isOfTheContract();
    if (struck && !answer.isSuccess()) {
      return;
    }
    boolean fine = answer.isSuccess()
        ? allowed.success()
        : answer.error().filter(allowed.errors()::contains).isPresent();
    if (!fine) {
      throw world.violation(allowed.clause(), allowed.toString(), answer.toString());
    }
  }

  /** Opens the instance again if a fault has closed it. */
  private void revive() {
    if (!node.isAvailable()) {
      pendingSession = null;
      node.terminate(TermGrbit.ABRUPT);
      node.abandon();
      node.start();
    }
  }

  /** The directory is what it was, and the same call succeeds once the cause is gone. */
  private void afterFault(
      Step.Backup.Kind kind, Oracle.Allowed allowed, Map<String, String> before) {
    checkLive();
    boolean replaces = kind == Step.Backup.Kind.ATOMIC && oracle.holdsSet();
    if (!replaces) {
      String clause = kind == Step.Backup.Kind.INCREMENTAL ? "FAIL-2" : "FAIL-1";
      Map<String, String> after = world.fileContents(directory);
      world.expectThat(
          clause, before.equals(after), "the files " + before.keySet(), after.keySet());
    }
    checkRestore(replaces ? "ATOM-3" : "FAIL-2");
    if (allowed.mustSucceed()) {
      world.expect("FAIL-6", call(kind)).success();
      oracle.backedUp(kind, node.acknowledged(), false);
      checkRestore("FAIL-6");
    }
  }

  private void checkLive() {
    world.expectSame("DATA-1", node.acknowledged(), node.contents());
  }

  /** Looks at what the current directory restores to; judged by the clause if it holds a set. */
  private void checkRestore(String clause) {
    if (!world.has(Capability.RESTORE_ELSEWHERE)) {
      settle(false); // the instance makes room for the restore
    }
    Restoration restoration = Restoration.of(world, node, oracle.databasesOfSet(), directory);
    Optional<Contents> moment = oracle.moment();
    if (moment.isEmpty()) {
      world.expect("REST-9", restoration.answer()).failsSomehow();
      return;
    }
    world.expect(clause, restoration.answer()).success();
    world.expectSame(clause, moment.get(), restoration.contents().orElse(Contents.EMPTY));
  }

  private void restoreInPlace(boolean withLog) {
    Optional<Contents> moment = oracle.moment();
    if (moment.isEmpty()) {
      refuseRestore();
      return;
    }
    if (withLog && !oracle.canRollForward()) {
      world.record("(no restore here: the log may not continue the set)");
      return;
    }
    settle(false);
    node.stop();
    Contents expected = withLog ? node.acknowledged() : moment.get();
    if (!withLog) {
      world.require("lose the log", () -> World.emptyTree(node.log()));
    }
    Answer answer = node.restore(directory);
    String clause = withLog ? "REST-3" : "REST-1";
    world.expect(clause, answer).success();
    world.require("drop what the set does not hold", this::dropWhatTheSetLacks);
    oracle.restoredInPlace();
    node.start();
    world.expectSame(clause, expected, node.contents());
    node.acknowledge(expected);
  }

  /** A directory without a set restores to nothing, and the databases that are there stay. */
  private void refuseRestore() {
    settle(false);
    node.stop();
    world.expect("REST-9", node.restore(directory)).failsSomehow();
    node.abandon();
    node.start();
    checkLive();
  }

  private void dropWhatTheSetLacks() throws IOException {
    for (Map.Entry<String, Path> database : node.databases().entrySet()) {
      if (!oracle.databasesOfSet().contains(database.getKey())) {
        Files.deleteIfExists(database.getValue());
      }
    }
    node.forgetAllBut(oracle.databasesOfSet());
  }
}
