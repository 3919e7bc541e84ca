package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code failure}, with a fault at every single operation of a backup in turn. */
@TckTest
@Requires(Capability.READS_GIVEN_FILE_SYSTEM)
class FailureSweepSuite {

  private static final List<String> EVERYWHERE = List.of(
      "any-mutation ** #1 once before-effect",
      "read ** #1 once before-effect",
      "any-mutation ** #1 sticky disk-full-after 10",
      "any-mutation ** #1 once after-effect",
      "any-mutation ** #1 sticky before-effect",
      "write ** #1 once disk-full-after 1",
      "write ** #1 once short 1",
      "read ** #1 sticky before-effect",
      "read ** #1 sticky access-denied",
      "read ** #1 once short 1",
      "attributes ** #1 once before-effect",
      "attributes ** #1 sticky access-denied",
      "lock ** #1 sticky before-effect");

  private static final String NO_DELETE = "delete " + Attempt.TARGET + " #1 sticky before-effect";

  @Test
  @Clauses("FAIL-1")
  void aFullBackupThatMeetsAFaultLeavesNoFile(World world) {
    for (String fault : Attempt.faultsOnTarget(world)) {
      new Sweep(world, Attempt.Kind.FULL, fault).eachFailure(a -> expectNoFile("FAIL-1", a));
    }
  }

  @Test
  @Clauses("FAIL-2")
  @Requires(Capability.INCREMENTAL)
  void anIncrementalBackupThatMeetsAFaultLeavesTheChain(World world) {
    for (String fault : Attempt.faultsOnTarget(world)) {
      new Sweep(world, Attempt.Kind.INCREMENTAL, fault).eachFailure(a -> expectChain("FAIL-2", a));
    }
  }

  @Test
  @Clauses("FAIL-3")
  @Requires(Capability.FILE_KINDS)
  void aBackupThatMeetsAFaultRemovesNoLog(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      new Sweep(world, kind, EVERYWHERE.get(0)).bulky().eachFailure(a -> expectLogs("FAIL-3", a));
    }
  }

  @Test
  @Clauses("FAIL-4")
  @Requires(Capability.ROLL_FORWARD)
  void afterAFaultTheGoodSetAndTheLogStillLeadToTheNewestCommit(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      new Sweep(world, kind, EVERYWHERE.get(0)).eachFailure(a -> expectRollForward("FAIL-4", a));
    }
  }

  @Test
  @Clauses("FAIL-5")
  @Requires(Capability.HEADER_INFORMATION)
  void aBackupThatMeetsAFaultLeavesTheRecords(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      new Sweep(world, kind, EVERYWHERE.get(0)).eachFailure(a -> expectRecords("FAIL-5", a));
    }
  }

  @Test
  @Clauses("FAIL-6")
  void afterAFaultInTheTargetWorkGoesOnAndTheNextOneSucceeds(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      List<String> faults = Attempt.faultsOnTarget(world);
      for (String fault : faults.subList(0, Math.min(faults.size(), 3))) {
        new Sweep(world, kind, fault).eachFailure(a -> expectRetry("FAIL-6", a));
      }
    }
  }

  @Test
  @Clauses("FAIL-7")
  void whateverFailsTheAnswerIsTrue(World world) {
    boolean fast = world.settings().storage() == Storage.MEMORY;
    int plays = 0;
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      for (String fault : fast ? EVERYWHERE : EVERYWHERE.subList(0, 2)) {
        plays += new Sweep(world, kind, fault).each(FailureSweepSuite::expectTruth);
      }
    }
    world.note(Sweep.extent(world) + plays + " backups, each with a fault at another operation");
  }

  @Test
  @Clauses({"FAIL-8", "FAIL-6"})
  void whatCannotBeRemovedIsNotAcceptedByRestore(World world) {
    for (String fault : Attempt.faultsOnTarget(world)) {
      new Sweep(world, Attempt.Kind.FULL, fault)
          .besides(NO_DELETE)
          .eachFailure(FailureSweepSuite::expectUseless);
    }
  }

  @Test
  @Clauses({"FAIL-8", "FAIL-6"})
  void whatCannotBeRemovedDoesNotChangeWhatAGoodSetRestoresTo(World world) {
    List<Attempt.Kind> kinds = new ArrayList<>(Attempt.Kind.offered(world));
    kinds.remove(Attempt.Kind.FULL);
    if (kinds.isEmpty()) {
      throw new TestAbortedException("the engine makes no backup into a directory with a set");
    }
    for (Attempt.Kind kind : kinds) {
      for (String fault : Attempt.faultsOnTarget(world)) {
        new Sweep(world, kind, fault)
            .besides(NO_DELETE)
            .eachFailure(FailureSweepSuite::expectUseless);
      }
    }
  }

  @Test
  @Clauses("FAIL-9")
  void aBackupThatCannotBeForcedIsNotAcknowledged(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      int forces = 0;
      for (String manner : List.of("once before-effect", "sticky before-effect")) {
        forces += new Sweep(world, kind, "force " + Attempt.TARGET + " #1 " + manner)
            .each(FailureSweepSuite::expectForced);
      }
      world.expectThat(
          "FAIL-9", forces > 0, "what a backup writes is forced to the disk", "no force at all");
    }
  }

  @Test
  @Clauses("FAIL-10")
  void aLogThatCannotBeDeletedDoesNotMakeTheBackupFail(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      expectSuccessWithout(world, kind, Attempt.LOG_DIRECTORY);
    }
  }

  @Test
  @Clauses({"FAIL-10", "ATOM-2"})
  @Requires(Capability.ATOMIC)
  void aReplacedSetThatCannotBeDeletedDoesNotMakeTheBackupFail(World world) {
    expectSuccessWithout(world, Attempt.Kind.ATOMIC, "backup1/");
  }

  /**
   * Refuses all deletions in a directory. Where the first of them comes after the set is published,
   * the backup succeeds, and the next one makes up for them.
   */
  private static void expectSuccessWithout(World world, Attempt.Kind kind, String directory) {
    Predicate<Operation> deletes = operation ->
        operation.kind() == OperationKind.DELETE && operation.path().startsWith(directory);
    try (Attempt cut = Attempt.cutOffBefore(world, kind, deletes)) {
      Restoration there =
          Restoration.of(cut.world(), cut.revive(), Set.of("main"), cut.directory());
      if (!there.contents().equals(Optional.of(cut.node().acknowledged()))) {
        throw new TestAbortedException("the engine deletes something before it publishes the set");
      }
    }
    int left;
    try (Attempt whole = Attempt.of(world, kind)) {
      world.expect("RET-1", whole.make()).success();
      world.expect("RET-1", whole.makeNext()).success();
      left = whole.world().filesBelow(whole.world().path(directory)).size();
    }
    try (Attempt attempt = Attempt.of(world, kind)) {
      World own = attempt.world();
      own.inject(Fault.parse("delete " + directory + "** #1 sticky access-denied"));
      own.expect("FAIL-10", attempt.make()).success();
      own.files().clearFaults();
      Contents now = attempt.node().acknowledged();
      own.expectRestores("FAIL-10", attempt.node(), attempt.directory(), now);
      own.expect("FAIL-10", attempt.makeNext()).success();
      int files = own.filesBelow(own.path(directory)).size();
      own.expectThat(
          "FAIL-10",
          files <= left,
          left + " files in " + directory + ", as if they could have been deleted at once",
          files + " files");
    }
  }

  private static void expectTruth(Attempt attempt, Answer answer) {
    World world = attempt.world();
    world.expect("FAIL-7", answer).isOfTheContract();
    if (answer.isSuccess()) {
      attempt.revive();
      Contents now = attempt.node().acknowledged();
      world.expectRestores("FAIL-7", attempt.node(), attempt.directory(), now);
    }
  }

  private static void expectForced(Attempt attempt, Answer answer) {
    if (answer.isSuccess()) {
      List<Operation> trace = attempt.world().files().trace();
      for (int i = 0; i < trace.size(); i++) {
        Operation force = trace.get(i);
        if (force.kind().forces() && force.failure() != null) {
          attempt
              .world()
              .expectThat(
                  "FAIL-9",
                  isMadeGood(force, trace.subList(i + 1, trace.size()))
                      || isOfNoMatter(force, trace, i),
                  "a failure, or that " + force.path() + " is written and forced anew",
                  "success, although this was never made good: " + force);
        }
      }
    }
  }

  private static boolean isMadeGood(Operation failed, List<Operation> later) {
    boolean fresh = failed.kind() == OperationKind.FORCE_DIRECTORY;
    for (Operation operation : later) {
      if (operation.path().equals(failed.path()) && operation.failure() == null) {
        if (operation.kind() == OperationKind.DELETE
            || (fresh && operation.kind().forces())) {
          return true;
        }
        fresh |= operation.kind() == OperationKind.WRITE;
      }
    }
    return false;
  }

  /**
   * Whether the force was of a directory into which nothing that this backup made has come since its
   * last good force: a replaced set that got another name, for example, is no data of the backup.
   */
  private static boolean isOfNoMatter(Operation failed, List<Operation> trace, int index) {
    Set<String> made = new HashSet<>();
    Set<String> unforced = new HashSet<>();
    for (Operation each : trace.subList(0, index)) {
      if (each.failure() == null) {
        String name = each.path();
        switch (each.kind()) {
          case CREATE, CREATE_DIRECTORY -> {
            made.add(name);
            unforced.add(name);
          }
          case MOVE, ATOMIC_MOVE -> {
            if (made.contains(name)) {
              String target = String.valueOf(each.target());
              made.add(target);
              unforced.add(target);
            }
            unforced.remove(name);
          }
          case DELETE -> unforced.remove(name);
          case FORCE_DIRECTORY -> unforced.removeIf(entry -> isDirectlyIn(name, entry));
          default -> {}
        }
      }
    }
    return failed.kind() == OperationKind.FORCE_DIRECTORY
        && unforced.stream().noneMatch(entry -> isDirectlyIn(failed.path(), entry));
  }

  private static boolean isDirectlyIn(String directory, String name) {
    return name.startsWith(directory + "/") && name.indexOf('/', directory.length() + 1) < 0;
  }

  /** What a failed backup could not remove is not accepted, nor is it in the way of the next one. */
  private static void expectUseless(Attempt attempt) {
    attempt.expectOldState("FAIL-8");
    Answer again = Answer.to(attempt.node()::session);
    attempt.world().expect("FAIL-6", again).success();
    Answer retry = attempt.make();
    // What could not be removed may be in the way of the next one, until somebody removes it.
    attempt.world().expect("FAIL-6", retry).succeedsOrFails(JetErr.BACKUP_DIRECTORY_NOT_EMPTY);
  }

  static void expectNoFile(String clause, Attempt attempt) {
    List<String> files = attempt.world().filesBelow(attempt.directory());
    attempt.world().expectThat(clause, files.isEmpty(), "no file in the directory", files);
  }

  static void expectChain(String clause, Attempt attempt) {
    Trees.expectSameFiles(attempt.world(), clause, attempt.tree(), attempt.directory());
    attempt.expectOldState(clause);
  }

  static void expectRecords(String clause, Attempt attempt) {
    attempt.revive();
    Optional<BackupRecords> now =
        Optional.of(Trees.records(attempt.world(), attempt.node(), "main"));
    attempt
        .world()
        .expectThat(
            clause,
            now.equals(attempt.records()),
            attempt.records() + ", as before the backup",
            now);
  }

  static void expectLogs(String clause, Attempt attempt) {
    List<String> gone = Trees.goneLogs(attempt.world(), attempt.node(), attempt.closedLogs());
    attempt
        .world()
        .expectThat(clause, gone.isEmpty(), "every log file that was there", gone + " is gone");
  }

  static void expectRollForward(String clause, Attempt attempt) {
    Node node = attempt.revive().commit("late=1");
    node.stop();
    Trees.loseDatabases(attempt.world(), node);
    attempt.world().expect(clause, node.restore(attempt.good())).success();
    attempt.world().expectSame(clause, node.acknowledged(), node.start().contents());
  }

  static void expectRetry(String clause, Attempt attempt) {
    World world = attempt.world();
    Node node = attempt.node();
    world.expectThat(
        clause, node.isAvailable(), "an instance in service", node.instance().state());
    world.expect(clause, node.tryCommit("late=1")).success();
    world.expectSame(clause, node.acknowledged(), node.contents());
    world.expect(clause, attempt.make()).success();
    Path directory = attempt.directory();
    Restoration restoration = attempt.look(directory);
    world.expect(clause, restoration.answer()).success();
    world.expectSame(clause, node.acknowledged(), restoration.contents().orElse(Contents.EMPTY));
  }
}
