package org.jetbackup.tck.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
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
    player.checkRestore();
    return player.faultFired;
  }

  private void play(Step step) {
    if (step instanceof Step.Commit commit) {
      node.commit(commit.changes().toArray(String[]::new));
    } else if (step instanceof Step.Rollback rollback) {
      node.rollback(rollback.changes().toArray(String[]::new));
    } else if (step instanceof Step.Pending pending) {
      pend(pending.changes());
    } else if (step instanceof Step.Settle) {
      settle(true);
    } else if (step instanceof Step.CreateDatabase create) {
      node.createDatabase(create.name());
      oracle.created(create.name());
    } else if (step instanceof Step.Backup backup) {
      backup(backup);
    } else if (step instanceof Step.Elsewhere) {
      elsewhere();
    } else if (step instanceof Step.Reopen reopen) {
      reopen(reopen);
    } else if (step instanceof Step.Restore restore) {
      switch (restore.manner()) {
        case CHECK -> checkRestore();
        case IN_PLACE -> restoreInPlace(false);
        case ROLL_FORWARD -> restoreInPlace(true);
      }
    }
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
    step.fault().ifPresent(world::inject);
    Answer answer = step.kind() == Step.Backup.Kind.TRUNCATE
        ? node.backup(null, BackupGrbit.FULL)
        : node.backup(directory, grbit(step.kind()));
    boolean struck = world.files().fired();
    world.files().clearFaults();
    faultFired |= struck;
    judge(allowed, answer, struck);
    if (answer.isSuccess()) {
      oracle.backedUp(step.kind(), node.acknowledged(), struck);
    } else if (struck) {
      afterFault(step);
    }
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
      List<String> texts = new ArrayList<>();
      if (allowed.success()) {
        texts.add("success");
      }
      allowed.errors().stream().map(Answer::text).sorted().forEach(texts::add);
      throw world.violation(allowed.clause(), String.join(" or ", texts), answer.toString());
    }
  }

  /** The set is what it was, and the same call succeeds once the cause is gone. */
  private void afterFault(Step.Backup step) {
    if (!node.isAvailable()) {
      pendingSession = null;
      node.terminate(TermGrbit.ABRUPT);
      node.abandon();
      node.start();
    }
    checkLive();
    checkRestore();
    Oracle.Allowed allowed = oracle.allowedFor(step.kind());
    if (allowed.success() && allowed.errors().isEmpty()) {
      Answer again = step.kind() == Step.Backup.Kind.TRUNCATE
          ? node.backup(null, BackupGrbit.FULL)
          : node.backup(directory, grbit(step.kind()));
      world.expect("FAIL-6", again).success();
      oracle.backedUp(step.kind(), node.acknowledged(), false);
      checkRestore();
    }
  }

  private static BackupGrbit grbit(Step.Backup.Kind kind) {
    return switch (kind) {
      case FULL, TRUNCATE -> BackupGrbit.FULL;
      case ATOMIC -> BackupGrbit.ATOMIC;
      case INCREMENTAL -> BackupGrbit.INCREMENTAL;
    };
  }

  private void checkLive() {
    world.expectSame("DATA-1", node.acknowledged(), node.contents());
  }

  private void checkRestore() {
    Restoration restoration = Restoration.of(world, node, oracle.databasesOfSet(), directory);
    Optional<Contents> moment = oracle.moment();
    if (moment.isEmpty()) {
      world.expect("FAIL-1", restoration.answer()).failsSomehow();
      return;
    }
    world.expect("RET-1", restoration.answer()).success();
    world.expectSame("RET-1", moment.get(), restoration.contents().orElse(Contents.EMPTY));
  }

  private void restoreInPlace(boolean withLog) {
    Optional<Contents> moment = oracle.moment();
    if (moment.isEmpty() || (withLog && !oracle.canRollForward())) {
      return;
    }
    settle(false);
    node.stop();
    Contents expected = withLog ? node.acknowledged() : moment.get();
    if (!withLog) {
      world.require("lose the log", () -> loseLog(node.log()));
    }
    Answer answer = node.restore(directory);
    String clause = withLog ? "REST-3" : "REST-1";
    world.expect(clause, answer).success();
    node.forgetAllBut(oracle.databasesOfSet());
    oracle.restoredInPlace();
    node.start();
    world.expectSame(clause, expected, node.contents());
    node.acknowledge(expected);
  }

  private static void loseLog(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        World.deleteTree(file);
      }
    }
  }
}
