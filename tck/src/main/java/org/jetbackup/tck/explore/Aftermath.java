package org.jetbackup.tck.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.workload.Step;

/**
 * What a call has left behind that met a fault, judged when the fault is over:
 *
 * <pre>
 *   success:  full effect, now and for the next instance            FAULT-1 (a flipped bit: FAULT-6)
 *   failure:  the old state, then the same call once more           FAULT-2, FAULT-3
 *     of a restore: once more; then, on a copy of what it left, init  FAULT-3, FAULT-7
 * </pre>
 *
 * <p>A commit or a creation of a database that took the instance out of service is a call in flight:
 * nobody can say what is in the log, so the old state is right, and the new one too.
 */
final class Aftermath {

  private static final JetErr[] IN_THE_WAY = {
    JetErr.BACKUP_DIRECTORY_NOT_EMPTY, JetErr.DATABASE_DUPLICATE
  };

  private final World world;
  private final Performer performer;
  private final Node node;
  private final Step step;
  private final Expectation during;
  private final Fault fault;
  private final Answer answer;
  private final boolean unavailable;

  /**
   * Right after the call.
   *
   * @param during what was legal while the call was in flight
   */
  Aftermath(
      World world, Performer performer, Step step, Expectation during, Fault fault, Answer answer) {
    this.world = world;
    this.performer = performer;
    this.node = performer.node();
    this.step = step;
    this.during = during;
    this.fault = fault;
    this.answer = answer;
    this.unavailable = !(step instanceof Step.Restore) && !node.isAvailable();
  }

  /** Whether the call took the instance out of service. */
  boolean wasUnavailable() {
    return unavailable;
  }

  private String truth() {
    return fault.effect() == Fault.Effect.FLIP_BIT ? "FAULT-6" : "FAULT-1";
  }

  /** Judges the answer as such. */
  void expectTruth() {
    world.expect(truth(), answer).isOfTheContract();
  }

  /** Judges the state, and goes on to make the call again where it failed. */
  void expectState() {
    if (answer.isSuccess()) {
      expectEffect(truth(), answer);
    } else if (step instanceof Step.Restore) {
      expectRestoreAgain();
      expectInitOnWhatItLeft();
    } else {
      expectOldState();
      expectRepeats();
    }
  }

  /** Judges that all is there that an answer promised, and still is when the process has died. */
  private void expectEffect(String clause, Answer promise) {
    world.about(clause);
    performer.finish(step, promise);
    revive();
    expectAcknowledged(clause);
    expectDirectory(clause);
    node.crash().start();
    expectAcknowledged(clause);
  }

  private void expectAcknowledged(String clause) {
    world.expectSame(clause, node.acknowledged(), node.contents());
  }

  private void revive() {
    if (!node.isAvailable()) {
      node.abandon();
      node.start();
    }
  }

  /** Judges that the backup directory restores to its last acknowledged moment, or not at all. */
  private void expectDirectory(String clause) {
    Optional<Expectation.Directory> set = performer.now().directory();
    if (set.isPresent()) {
      Restoration found = restore(set.get().databases());
      world.expect(clause, found.answer()).success();
      world.expectOneOf(clause, set.get().moments(), found.contents().orElse(Contents.EMPTY));
    } else if (step instanceof Step.Backup) {
      world.expect(clause, restore(node.databases().keySet()).answer()).failsSomehow();
    }
  }

  private Restoration restore(Iterable<String> databases) {
    TreeSet<String> names = new TreeSet<>();
    databases.forEach(names::add);
    return Restoration.of(world, node, names, performer.directory());
  }

  // A failure that is none of a restore

  private void expectOldState() {
    world.about("FAULT-2");
    revive();
    if (unavailable && step instanceof Step.CreateDatabase create) {
      attachWhatMayBeThere(create);
    }
    Contents seen = node.contents();
    List<Contents> allowed = unavailable ? during.live() : List.of(during.acknowledged());
    world.expectOneOf("FAULT-2", allowed, seen);
    node.acknowledge(seen);
    if (nothingCouldBeTakenBack()) {
      expectDirectoryDuring();
    } else {
      expectDirectory("FAULT-2");
    }
  }

  /** Whether from some operation on nothing had an effect, so that an end could not be undone. */
  private boolean nothingCouldBeTakenBack() {
    return fault.sticky()
        && fault.target() == Fault.Target.ANY_MUTATION
        && (fault.effect() == Fault.Effect.BEFORE_EFFECT
            || fault.effect() == Fault.Effect.ACCESS_DENIED);
  }

  private void expectDirectoryDuring() {
    Optional<Expectation.Directory> set = during.directory();
    if (set.isPresent()) {
      Restoration found = restore(set.get().databases());
      if (!found.answer().isSuccess() && set.get().mayRefuse()) {
        world.expect("FAULT-2", found.answer()).failsSomehow();
        return;
      }
      world.expect("FAULT-2", found.answer()).success();
      world.expectOneOf("FAULT-2", set.get().moments(), found.contents().orElse(Contents.EMPTY));
    }
  }

  private void attachWhatMayBeThere(Step.CreateDatabase create) {
    Path file = node.file(create.name());
    if (!node.databases().containsKey(create.name())) {
      Answer attached =
          world.attempt("attach " + create.name(), () -> node.session().attachDatabase(file));
      if (attached.isSuccess()) {
        node.knows(create.name(), file);
      } else {
        world.expect("FAULT-2", attached).failsSomehow();
      }
    }
  }

  private void expectRepeats() {
    world.about("FAULT-3");
    Answer again = repeat();
    world.expect("FAULT-3", again).success();
    expectEffect("FAULT-3", again);
  }

  private Answer repeat() {
    if (step instanceof Step.CreateDatabase create && node.databases().containsKey(create.name())) {
      return createWhatIsMissingIn(create.name());
    }
    Answer again = performer.perform(step);
    if (fault.sticky() && again.isOneOf(IN_THE_WAY)) {
      // Removing failed too, and what could not be removed is in the way until somebody does it.
      world.require("remove what is in the way", () -> {
        if (step instanceof Step.CreateDatabase create) {
          Files.delete(node.file(create.name()));
        } else {
          World.emptyTree(performer.directory());
        }
      });
      return performer.perform(step);
    }
    return again;
  }

  private Answer createWhatIsMissingIn(String database) {
    String table = database + "/" + Node.TABLE + "/";
    if (node.acknowledged().entries().containsKey(table)) {
      return new Answer(null);
    }
    Answer again = world.attempt("create the table in " + database, () -> {
      try (JetDatabase there = node.session().openDatabase(node.file(database))) {
        there.createTable(Node.TABLE).close();
      }
    });
    if (again.isSuccess()) {
      node.acknowledge(node.acknowledged().with(table, ""));
    }
    return again;
  }

  // A restore that failed

  private void expectRestoreAgain() {
    world.about("FAULT-3");
    if (node.instance().state() != InstanceState.CREATED) {
      node.abandon();
    }
    world.require("copy what it left", () -> World.copyTree(home(), image()));
    Answer again = Restoration.again(world, node, performer.directory());
    world.expect("FAULT-3", again).success();
    performer.finish(step, again);
    expectAcknowledged("FAULT-3");
    expectDirectory("FAULT-3");
  }

  private void expectInitOnWhatItLeft() {
    world.about("FAULT-7");
    node.abandon();
    try {
      World.deleteTree(home());
      Files.move(image(), home());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    world.record("once more, on what the failed restore left");
    Answer init = node.tryStart();
    if (!init.isOneOf(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE)) {
      world.expect("FAULT-7", init).success();
      node.attachAll();
      world.expectOneOf("FAULT-7", during.live(), node.contents());
    }
  }

  private Path home() {
    return world.path("main");
  }

  private Path image() {
    return world.path("main.image");
  }
}
