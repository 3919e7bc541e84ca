package org.jetbackup.tck.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Beside;
import org.jetbackup.tck.fixture.Expectation;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Midst;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code return-codes}: each code with its own cause. */
@TckTest
class ReturnCodesSuite {

  @Test
  @Clauses("RET-1")
  void whenTheCallReturnsTheSetIsComplete(World world) {
    for (BackupGrbit kind : kinds(world)) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1", "big=x*60000").commit("big=y*60000");
        Path backup = fresh.freshDirectory("backup");
        if (kind.isIncremental()) {
          node.mustBackup(backup, BackupGrbit.FULL).commit("a=2", "b=x*60000").commit("b=y*60000");
        }
        Answer answer = node.backup(backup, kind);
        Contents moment = node.acknowledged();
        fresh.expect("RET-1", answer).success();
        Map<String, String> returned = fresh.tree(backup);
        node.abandon();
        fresh.expectThat(
            "RET-1",
            returned.equals(fresh.tree(backup)),
            "nothing is left to be done in the directory",
            "it changed after the call had returned");
        fresh.expectRestores("RET-1", node.start(), backup, moment);
      }
    }
  }

  @Test
  @Clauses("RET-2")
  void aSecondBackupIsRefusedAndTheFirstGoesOn(World world) {
    Node node = world.start().commit("a=1");
    Path chain = world.freshDirectory("backup");
    node.mustBackup(chain, BackupGrbit.FULL).commit("a=2");
    List<Supplier<Answer>> seconds = new ArrayList<>();
    Path empty = world.freshDirectory("backup");
    seconds.add(() -> node.backup(empty, BackupGrbit.FULL));
    if (world.has(Capability.ATOMIC)) {
      seconds.add(() -> node.backup(chain, BackupGrbit.ATOMIC));
    }
    if (world.has(Capability.INCREMENTAL)) {
      seconds.add(() -> node.backup(chain, BackupGrbit.INCREMENTAL));
    }
    if (world.has(Capability.NULL_PATH)) {
      seconds.add(() -> node.backup(null, BackupGrbit.FULL));
    }
    for (Supplier<Answer> second : seconds) {
      Path backup = world.freshDirectory("backup");
      List<Answer> inside = new ArrayList<>();
      Listening during = Listening.at(Snt.BEGIN, () -> {
        inside.add(second.get());
        inside.add(Beside.call("second backup", second).answer());
      });
      Answer first = node.backup(backup, BackupGrbit.FULL, during);
      expectBegin(during);
      inside.forEach(answer -> world.expect("RET-2", answer).fails(JetErr.BACKUP_IN_PROGRESS));
      world.expect("RET-2", first).success();
      world.expectRestores("RET-2", node, backup, node.acknowledged());
    }
    world.expectThat(
        "RET-2",
        world.tree(empty).isEmpty(),
        "an empty directory",
        world.tree(empty).keySet());
  }

  @Test
  @Clauses("RET-2")
  void ofBackupsFromSeveralThreadsAtOnceTheOthersAreRefused(World world) {
    Node node = world.start().commit("a=1", "big=x*60000");
    List<Path> backups = new ArrayList<>();
    List<Supplier<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path backup = world.freshDirectory("backup");
      backups.add(backup);
      calls.add(() -> node.backup(backup, BackupGrbit.FULL));
    }
    Answer[] answers = Beside.race("backup", calls);
    int successes = 0;
    for (int i = 0; i < answers.length; i++) {
      world.expect("RET-2", answers[i]).succeedsOrFails(JetErr.BACKUP_IN_PROGRESS);
      if (answers[i].isSuccess()) {
        successes++;
        world.expectRestores("RET-2", node, backups.get(i), node.acknowledged());
      }
    }
    world.expectThat("RET-2", successes > 0, "at least one succeeds", "none");
  }

  @Test
  @Clauses("RET-3")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void aBackupDuringInitIsRefused(World world) {
    for (Midst.Seen seen : duringInit(world)) {
      world
          .expect("RET-3", seen.answer())
          .fails(JetErr.BACKUP_NOT_ALLOWED_YET, JetErr.NOT_INITIALIZED);
    }
  }

  @Test
  @Clauses("RET-4")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void aBackupDuringInitIsToldToWait(World world) {
    List<Midst.Seen> moments = duringInit(world).stream()
        .filter(s -> s.state() == InstanceState.INITIALIZING)
        .toList();
    if (moments.isEmpty()) {
      throw new TestAbortedException("at no moment of init was the state INITIALIZING");
    }
    for (Midst.Seen seen : moments) {
      world.expect("RET-4", seen.answer()).fails(JetErr.BACKUP_NOT_ALLOWED_YET);
    }
  }

  @Test
  @Clauses("RET-5")
  @Requires(Capability.STOP_SERVICE)
  void aBackupAfterStopServiceIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Path chain = world.freshDirectory("backup");
    node.mustBackup(chain, BackupGrbit.FULL).commit("a=2");
    world.require("main: stop service", () -> node.instance().stopService());
    for (BackupGrbit kind : kinds(world)) {
      Path backup = kind.isIncremental() ? chain : world.freshDirectory("backup");
      world
          .expect("RET-5", node.backup(backup, kind))
          .fails(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE);
    }
  }

  @Test
  @Clauses("RET-8")
  void unknownBitsAreRefusedAloneAndBesideKnownOnes(World world) {
    Node node = world.start().commit("a=1");
    Path chain = world.freshDirectory("backup");
    node.mustBackup(chain, BackupGrbit.FULL).commit("a=2");
    Path empty = world.freshDirectory("backup");
    List<BackupGrbit> known = new ArrayList<>(kinds(world));
    known.add(BackupGrbit.SNAPSHOT);
    for (BackupGrbit kind : known) {
      Path backup = kind.isIncremental() ? chain : empty;
      Map<String, String> before = world.tree(backup);
      for (int shift = 0; shift < Integer.SIZE; shift++) {
        BackupGrbit bit = new BackupGrbit(1 << shift);
        if ((bit.bits() & 0x15) == 0) {
          world.expect("RET-8", node.backup(backup, kind.with(bit))).fails(JetErr.INVALID_GRBIT);
        }
      }
      world.expectThat(
          "RET-8", before.equals(world.tree(backup)), "the directory as it was", "it is changed");
    }
  }

  @Test
  @Clauses("RET-9")
  void missingArgumentsAreRejected(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    Map<String, String> before = world.tree(world.root());
    List<Answer> answers = List.of(
        world.attempt(
            "main: backup with null option bits",
            () -> node.instance().backup(backup, null, (snp, snt, snprog) -> {})),
        world.attempt(
            "main: backup with a null callback",
            () -> node.instance().backup(backup, BackupGrbit.FULL, null)));
    for (Answer answer : answers) {
      world.expectThat(
          "RET-9",
          answer.isOneOf(JetErr.INVALID_PARAMETER) || Refusal.isRejection(answer),
          Answer.text(JetErr.INVALID_PARAMETER) + ", or a NullPointerException or its like",
          answer);
    }
    world.expectThat(
        "RET-9", before.equals(world.tree(world.root())), "nothing changes", "files are changed");
  }

  @Test
  @Clauses("RET-10")
  void aMissingDirectoryIsReportedAndNotMade(World world) {
    Node node = world.start().commit("a=1");
    for (String name : List.of("missing", "missing/below")) {
      Path missing = world.path(name);
      world.expect("RET-10", node.backup(missing, BackupGrbit.FULL)).fails(JetErr.INVALID_PATH);
      if (world.has(Capability.ATOMIC)) {
        world.expect("RET-10", node.backup(missing, BackupGrbit.ATOMIC)).fails(JetErr.INVALID_PATH);
      }
    }
    world.expectThat(
        "RET-10", Files.notExists(world.path("missing")), "no directory", "it was made");
  }

  @Test
  @Clauses("RET-11")
  @Requires(Capability.LOGGING_OFF)
  void aBackupWithoutLoggingIsRefused(World world) {
    Node node = world.node("main");
    node.with(node.parameters().with(SystemParameter.RECOVERY, "off"));
    node.start().createDatabase("main").commit("a=1");
    for (BackupGrbit kind : kinds(world)) {
      Path backup = world.freshDirectory("backup");
      Answer answer = node.backup(backup, kind);
      JetErr[] expected = {JetErr.LOGGING_DISABLED};
      world
          .expect("RET-11", answer)
          .fails(
              kind.isIncremental()
                  ? Expectation.anyOf(expected, JetErr.MISSING_FULL_BACKUP)
                  : expected);
      world.expectThat(
          "RET-11",
          world.tree(backup).isEmpty(),
          "an empty directory",
          world.tree(backup).keySet());
    }
  }

  @Test
  @Clauses("RET-14")
  void aBackupBeforeInitIsRefused(World world) {
    world.start();
    Node node = world.node("never");
    for (BackupGrbit kind : kinds(world)) {
      Path backup = world.freshDirectory("backup");
      world.expect("RET-14", node.backup(backup, kind)).fails(JetErr.NOT_INITIALIZED);
      List<String> files = world.filesBelow(backup);
      world.expectThat("RET-14", files.isEmpty(), "no file", files);
    }
    List<String> files = world.filesBelow(world.path("never"));
    world.expectThat("RET-14", files.isEmpty(), "no file", files);
  }

  @Test
  @Clauses("RET-16")
  @Requires(Capability.PROGRESS)
  void aBackupDuringARestoreIsRefused(World world) {
    Node node = world.start().commit("a=1");
    Path set = world.freshDirectory("backup");
    node.mustBackup(set, BackupGrbit.FULL).stop();
    Trees.lose(world, node);
    Path backup = world.freshDirectory("backup");
    List<Answer> inside = new ArrayList<>();
    Listening during =
        Listening.at(Snt.BEGIN, () -> inside.add(node.backup(backup, BackupGrbit.FULL)));
    Answer restore =
        world.attempt("main: restore " + set, () -> node.instance().restore(set, during));
    expectBegin(during);
    inside.forEach(answer -> world.expect("RET-16", answer).fails(JetErr.RESTORE_IN_PROGRESS));
    world.expect("RET-16", restore).success();
    world.expectSame("RET-16", node.acknowledged(), node.start().contents());
  }

  @Test
  @Clauses("RET-18")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void aBackupDuringTerminateIsRefused(World world) {
    Node node = world.start().commit("a=1", "big=x*60000");
    Path backup = world.freshDirectory("backup");
    List<Midst.Seen> moments = Midst.of(
            world,
            node,
            () -> world.require(
                "main: terminate", () -> node.instance().terminate(TermGrbit.COMPLETE)),
            "backup",
            () -> node.backup(backup, BackupGrbit.FULL))
        .stream()
        .filter(seen -> seen.state() != InstanceState.INITIALIZED)
        .toList();
    if (moments.isEmpty()) {
      throw new TestAbortedException("the engine offered no moment in the midst of terminate");
    }
    for (Midst.Seen seen : moments) {
      world
          .expect("RET-18", seen.answer())
          .fails(
              JetErr.TERM_IN_PROGRESS,
              JetErr.NOT_INITIALIZED,
              JetErr.INVALID_PARAMETER,
              JetErr.INVALID_INSTANCE);
    }
  }

  @Test
  @Clauses("RET-19")
  void everyFailureIsOneOfTheCatalogue(World world) {
    List<Answer> failures = new ArrayList<>();
    Node never = world.node("never");
    failures.add(never.backup(world.freshDirectory("backup"), BackupGrbit.FULL));
    Node node = world.start().commit("a=1");
    Path empty = world.freshDirectory("backup");
    failures.add(node.tryStart());
    failures.add(node.backup(world.path("missing"), BackupGrbit.FULL));
    failures.add(node.backup(empty, new BackupGrbit(0x8)));
    failures.add(node.restore(empty));
    failures.add(
        world.attempt("main: roll back nothing", () -> node.session().rollbackTransaction()));
    failures.add(world.attempt(
        "main: attach a missing file",
        () -> node.session().attachDatabase(world.path("missing.edb"))));
    failures.add(world.attempt(
        "main: open a missing table",
        () ->
            node.session().openDatabase(node.file("main")).openTable("missing").close()));
    node.stop();
    failures.add(world.node("main").restore(empty));
    failures.forEach(failure -> world.expect("RET-19", failure).isOfTheContract());
    failures.removeIf(Answer::isSuccess);
    world.expectThat("RET-19", !failures.isEmpty(), "what cannot be done fails", "it succeeds");
    for (Answer failure : failures) {
      JetErr error = failure.error().orElseThrow();
      world.expectThat(
          "RET-19",
          error.isError() && JetErr.ofNumber(error.number()).equals(Optional.of(error)),
          "a code of the catalogue that stands for a failure",
          error);
    }
  }

  private static List<Midst.Seen> duringInit(World world) {
    Node node = world.start().commit("a=1", "big=x*60000").crash();
    Path backup = world.freshDirectory("backup");
    List<Midst.Seen> moments = Midst.of(
            world,
            node,
            () -> world.require("main: init", () -> node.instance().init()),
            "backup",
            () -> node.backup(backup, BackupGrbit.FULL))
        .stream()
        .filter(seen -> seen.state() != InstanceState.INITIALIZED)
        .toList();
    if (moments.isEmpty()) {
      throw new TestAbortedException("the engine offered no moment in the midst of init");
    }
    return moments;
  }

  /** The kinds of backup that the engine declares. */
  static List<BackupGrbit> kinds(World world) {
    List<BackupGrbit> kinds = new ArrayList<>(List.of(BackupGrbit.FULL));
    if (world.has(Capability.ATOMIC)) {
      kinds.add(BackupGrbit.ATOMIC);
    }
    if (world.has(Capability.INCREMENTAL)) {
      kinds.add(BackupGrbit.INCREMENTAL);
    }
    return kinds;
  }

  private static void expectBegin(Listening listening) {
    if (!listening.acted()) {
      throw new TestAbortedException("the engine reported no Begin");
    }
  }
}
