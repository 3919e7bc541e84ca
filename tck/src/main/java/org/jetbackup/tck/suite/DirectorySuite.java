package org.jetbackup.tck.suite;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.event.EventSeverity;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Fault;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code directory}. */
@TckTest
class DirectorySuite {

  private static final int COPIES_MAX = 12;

  /** What people have in directories, and what engines like to call their own things. */
  private static final List<String> STRANGERS = List.of(
      "notes.txt",
      ".hidden",
      "temp/keep.txt",
      "tmp/keep.txt",
      "new/keep.txt",
      "old/keep.txt",
      "backup.tmp/keep.txt",
      "main.edb",
      "edb.log");

  @Test
  @Clauses("DIR-1")
  @Requires(Capability.CREATE_PATH)
  void aMissingDirectoryIsMadeOnDemandWithItsParents(World world) {
    Node node = world.node("main");
    node.with(node.parameters().with(SystemParameter.CREATE_PATH_IF_NOT_EXIST, true));
    node.start().createDatabase("main").commit("a=1");
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      Path missing = world.path("year" + grbit).resolve("month").resolve("day");
      world.expect("DIR-1", node.backup(missing, grbit)).success();
      world.expectRestores("DIR-1", node, missing, node.acknowledged());
    }
  }

  @Test
  @Clauses("DIR-2")
  void aDirectoryWithSomethingElseInItIsRefused(World world) {
    Node node = world.start().commit("a=1");
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      for (String stranger : STRANGERS) {
        Path directory = world.freshDirectory("backup");
        Trees.write(directory.resolve(stranger), "belongs to somebody");
        world.record(stranger + " lies in " + directory);
        world
            .expect("DIR-2", node.backup(directory, grbit))
            .fails(JetErr.BACKUP_DIRECTORY_NOT_EMPTY);
      }
    }
  }

  @Test
  @Clauses("DIR-3")
  void whatTheEngineDidNotMakeStaysAsItIs(World world) {
    Node node = world.start().commit("a=1");
    for (String stranger : STRANGERS) {
      Path directory = world.freshDirectory("backup");
      node.mustBackup(directory, BackupGrbit.FULL).commit("a=2");
      Path path = directory.resolve(stranger);
      if (Files.exists(path)) {
        continue;
      }
      Trees.write(path, "belongs to somebody");
      world.record(stranger + " comes into " + directory);
      for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
        node.backup(directory, kind.grbit());
        expectKept(world, directory, stranger);
      }
      Path other = world.freshDirectory("backup");
      Trees.write(other.resolve(stranger), "belongs to somebody");
      for (BackupGrbit grbit : Trees.fullKinds(world)) {
        node.backup(other, grbit);
        expectKept(world, other, stranger);
      }
    }
  }

  @Test
  @Clauses("DIR-3")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void cleaningUpAfterAFaultTakesNothingThatIsNotTheEngines(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      new Sweep(world, kind, Attempt.faultsOnTarget(world).get(0)).each((attempt, answer) -> {
        Path stranger = attempt.directory().resolve("temp").resolve("keep.txt");
        if (!Files.exists(stranger)) {
          Trees.write(stranger, "belongs to somebody");
          attempt.make();
          expectKept(attempt.world(), attempt.directory(), "temp/keep.txt");
        }
      });
    }
  }

  @Test
  @Clauses("DIR-4")
  void aPlainBackupOverAnEarlierSetDoesNotMixTheTwo(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    Contents old = node.acknowledged();
    node.commit("a=2", "b=2*20000");
    Answer answer = node.backup(backup, BackupGrbit.FULL);
    world.expect("DIR-4", answer).isOfTheContract();
    Contents moment = answer.isSuccess() ? node.acknowledged() : old;
    node.commit("a=3");
    world.expectRestores("DIR-4", node, backup, moment);
  }

  @Test
  @Clauses("DIR-5")
  void aPlainBackupOverAnEarlierSetIsRefused(World world) {
    Node node = world.start().commit("a=1");
    for (BackupGrbit first : Trees.fullKinds(world)) {
      Path backup = world.freshDirectory("backup");
      node.mustBackup(backup, first).commit("a=2");
      Answer answer = node.backup(backup, BackupGrbit.FULL);
      world.expect("DIR-5", answer).fails(JetErr.BACKUP_DIRECTORY_NOT_EMPTY);
    }
  }

  @Test
  @Clauses("DIR-6")
  void aCopyTakenInACallbackIsRefusedOrWhole(World world) {
    Node node = world.start().commit("a=1", "big=x*40000");
    Path backup = world.freshDirectory("backup");
    List<Path> copies = new ArrayList<>();
    Answer answer = node.backup(backup, BackupGrbit.FULL, (snp, snt, snprog) -> {
      if (copies.size() < COPIES_MAX) {
        copies.add(Trees.copy(world, backup));
      }
    });
    world.expect("FULL-1", answer).success();
    if (copies.isEmpty()) {
      throw new TestAbortedException("the engine called the callback not even once");
    }
    copies.forEach(copy -> expectRefusedOrWhole(world, node, copy));
  }

  @Test
  @Clauses("DIR-6")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void whereverABackupIsCutOffACopyIsRefusedOrWhole(World world) {
    int moments = new Sweep(world, Attempt.Kind.FULL, Attempt.CUT_OFF).each((attempt, answer) -> {
      Path copy = Trees.copy(attempt.world(), attempt.directory());
      expectRefusedOrWhole(attempt.world(), attempt.revive(), copy);
    });
    world.note(Sweep.extent(world) + moments + " moments of a full backup");
  }

  @Test
  @Clauses("DIR-7")
  @Requires(Capability.SEVERAL_DATABASES)
  void twoDatabasesOfOneNameShareASet(World world) {
    Node node = world.start();
    node.knows("twin", world.directory("main/data/twin").resolve("main.edb"));
    node.createDatabase("twin").commit("a=1", "twin.a=2").commit("twin.b=3");
    Path backup = world.freshDirectory("backup");
    Answer answer = node.backup(backup, BackupGrbit.FULL);
    world.expect("DIR-7", answer).succeedsOrFails(JetErr.FILE_ALREADY_EXISTS);
    if (answer.isSuccess()) {
      Contents moment = node.acknowledged();
      node.commit("a=later", "twin.a=later").stop();
      Trees.lose(world, node);
      world.directory("main/data/twin");
      world.expect("DIR-7", node.restore(backup)).success();
      world.expectSame("DIR-7", moment, node.start().contents());
    }
  }

  @Test
  @Clauses("DIR-8")
  @Requires({Capability.READS_GIVEN_FILE_SYSTEM, Capability.FILE_KINDS, Capability.EVENT_LOG})
  void withoutAnAtomicRenameNoLogIsRemoved(World world) {
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      try (World own = world.again()) {
        Path target = own.freshDirectory("backup");
        own.inject(Fault.parse("move " + Attempt.TARGET + " #1 sticky not-atomic"));
        expectCautious(own, target, grbit);
      }
    }
  }

  @Test
  @Clauses("DIR-8")
  @Requires({Capability.READS_GIVEN_FILE_SYSTEM, Capability.FILE_KINDS, Capability.EVENT_LOG})
  void whereADirectoryCannotBeForcedNoLogIsRemoved(World world) throws IOException {
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      try (World own = world.again();
          FileSystem forceless = Jimfs.newFileSystem(Configuration.unix())) {
        Path target = Files.createDirectories(forceless.getPath("/backup"));
        expectCautious(own, target, grbit);
      }
    }
  }

  @Test
  @Clauses("DIR-8")
  @Requires({Capability.READS_GIVEN_FILE_SYSTEM, Capability.FILE_KINDS, Capability.EVENT_LOG})
  void intoAnArchiveNoLogIsRemoved(World world) throws IOException {
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      try (World own = world.again();
          FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
          FileSystem archive =
              FileSystems.newFileSystem(memory.getPath("a.zip"), Map.of("create", "true"))) {
        Path target = Files.createDirectories(archive.getPath("/backup"));
        expectCautious(own, target, grbit);
      }
    }
  }

  /** A backup to such a place fails, or succeeds, says so, and removes no log. */
  private static void expectCautious(World world, Path target, BackupGrbit grbit) {
    Node node = world.start().commit("a=1", "big=x*40000").commit("big=y*40000");
    Map<String, String> closed = Trees.closedLogs(world, node);
    List<JetEvent> events = new ArrayList<>();
    world.require("listen", () -> node.instance().addEventListener(events::add));
    Answer answer = node.backup(target, grbit);
    world.expect("DIR-8", answer).isOfTheContract();
    List<String> gone = Trees.goneLogs(world, node, closed);
    world.expectThat("DIR-8", gone.isEmpty(), "every log file stays", gone + " is gone");
    if (answer.isSuccess()) {
      world.expectThat(
          "DIR-8",
          events.stream().anyMatch(event -> event.severity() == EventSeverity.WARNING),
          "a warning that the set may not last",
          events);
      world.files().clearFaults();
      world.expectRestores("RET-1", node, target, node.acknowledged());
    }
  }

  private static void expectRefusedOrWhole(World world, Node node, Path copy) {
    Restoration restoration = Restoration.of(world, node, List.of("main"), copy);
    world.expect("DIR-6", restoration.answer()).isOfTheContract();
    restoration
        .contents()
        .ifPresent(contents -> world.expectSame("DIR-6", node.acknowledged(), contents));
  }

  private static void expectKept(World world, Path directory, String stranger) {
    String content = world.tree(directory).getOrDefault(stranger, "nothing");
    world.expectThat(
        "DIR-3",
        content.equals("belongs to somebody"),
        stranger + " as it was",
        "it is gone or changed, there is " + world.tree(directory).keySet());
  }
}
