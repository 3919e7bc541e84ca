package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code events}, backups that fail or are refused. */
@TckTest
@Requires(Capability.EVENT_LOG)
class FailureEventsSuite {

  private static final Set<Integer> FAILED = Set.of(214, 215, 226);

  @Test
  @Clauses("EVT-1")
  void aBackupThatFailsLogsItsStartAndItsResult(World world) {
    eachFailure(
        world,
        (attempt, answer, events) -> attempt
            .world()
            .expectThat(
                "EVT-1",
                events.isPairWith(false),
                "an entry for the start and, as the last one, an entry for the failure",
                events));
  }

  @Test
  @Clauses("EVT-6")
  void aFailedBackupLogsItsResultWithTheCode(World world) {
    eachFailure(world, (attempt, answer, events) -> expectFailure(attempt.world(), answer, events));
  }

  @Test
  @Clauses("EVT-6")
  @Requires(Capability.FILE_KINDS)
  void aDamagedDatabaseIsTheCause(World world) {
    expectCause(world, FileKind.DATABASE, 217);
  }

  @Test
  @Clauses("EVT-6")
  @Requires(Capability.FILE_KINDS)
  void aDamagedLogIsTheCause(World world) {
    expectCause(world, FileKind.LOG, 218);
  }

  @Test
  @Clauses("EVT-7")
  void aRefusedCallLogsNothing(World world) {
    Node node = world.start().commit("a=1");
    Entries events = Entries.of(world, node);
    Path directory = world.freshDirectory("backup");
    world
        .expect("RET-8", node.backup(directory, new BackupGrbit(0x100)))
        .fails(JetErr.INVALID_GRBIT);
    world.expectThat("EVT-7", events.all().isEmpty(), "no entry", events);
    List<JetEvent> before = new ArrayList<>();
    List<JetEvent> after = new ArrayList<>();
    Path other = world.freshDirectory("backup");
    Listening second = Listening.at(Snt.BEGIN, () -> {
      before.addAll(events.all());
      Answer answer = node.backup(other, BackupGrbit.FULL);
      world.expect("RET-2", answer).fails(JetErr.BACKUP_IN_PROGRESS);
      after.addAll(events.all());
    });
    world.expect("RET-2", node.backup(directory, BackupGrbit.FULL, second)).success();
    world.expectThat("EVT-7", after.equals(before), "no entry besides " + before, after);
  }

  /** Whether these are found before or after the start is up to the engine; half a pair is not. */
  @Test
  @Clauses({"EVT-7", "EVT-1"})
  void aDirectoryThatDoesNotSuitLeavesNoStartWithoutAnEnd(World world) {
    Node node = world.start().commit("a=1");
    Path strangers = world.freshDirectory("strangers");
    Trees.write(strangers.resolve("notes.txt"), "a note");
    Entries events = Entries.of(world, node);
    for (Path directory : List.of(world.path("missing"), strangers)) {
      events.clear();
      Answer answer = node.backup(directory, BackupGrbit.FULL);
      if (!answer.isSuccess()) {
        world.expectThat(
            "EVT-7",
            events.all().isEmpty() || events.isPairWith(false),
            "no entry, or a start with its result",
            events);
      }
    }
  }

  @Test
  @Clauses("EVT-7")
  @Requires(Capability.INCREMENTAL)
  void aMissingFullBackupIsLoggedWithTheDatabase(World world) {
    Node node = world.start().commit("a=1");
    Entries events = Entries.of(world, node);
    Answer answer = node.backup(world.freshDirectory("backup"), BackupGrbit.INCREMENTAL);
    world.expect("INC-4", answer).fails(JetErr.MISSING_FULL_BACKUP);
    world.expectThat(
        "EVT-7",
        events.ids().equals(List.of(206)) && events.all().size() == 1 && events.names("main.edb"),
        "one entry, 206 with the path of the database",
        events);
  }

  /** Damages a file of a kind that the backup has to read, in the middle. */
  private static void expectCause(World world, FileKind kind, int id) {
    int judged = 0;
    List<Damage> damages = new ArrayList<>();
    try (Attempt attempt = Attempt.of(world, Attempt.Kind.FULL)) {
      Path live = attempt.world().path("main");
      for (Map.Entry<String, String> file :
          Trees.ofKind(attempt.world(), live, kind).entrySet()) {
        int length = file.getValue().length();
        damages.add(Damage.bit(file.getKey(), length / 2, 0));
        damages.add(Damage.bit(file.getKey(), length / 4, 0));
      }
    }
    for (Damage damage : damages) {
      try (Attempt attempt = Attempt.of(world, Attempt.Kind.FULL)) {
        World own = attempt.world();
        Entries events = Entries.of(own, attempt.node());
        damage.in(own, own.path("main"));
        Answer answer = attempt.make();
        if (!answer.isSuccess()) {
          judged++;
          expectFailure(own, answer, events);
          own.expectThat(
              "EVT-6", events.ids().contains(id), id + " for the file that is the cause", events);
        }
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("no such damage made a backup fail");
    }
  }

  private static void expectFailure(World world, Answer answer, Entries events) {
    List<JetEvent> results =
        events.all().stream().filter(e -> FAILED.contains(e.id())).toList();
    world.expectThat(
        "EVT-6",
        results.size() == 1 && results.get(0).error().equals(answer.error()),
        "one of 214, 215 and 226, with the code of the failure",
        events + " and the answer " + answer);
    List<Integer> ids = events.ids();
    int result = ids.indexOf(results.get(0).id());
    boolean before = ids.indexOf(217) < result && ids.indexOf(218) < result;
    world.expectThat("EVT-6", before, "217 and 218 before the result", events);
  }

  /** Judges what was logged of a backup that failed. */
  private interface Judge {
    void judge(Attempt attempt, Answer answer, Entries events);
  }

  /** Makes a backup of each kind fail by a callback that throws. */
  private static void eachFailure(World world, Judge judge) {
    int judged = 0;
    StatusCallback throwing = (snp, snt, snprog) -> {
      throw new IllegalStateException("the callback of the test throws");
    };
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        Entries events = Entries.of(attempt.world(), attempt.node());
        Answer answer = attempt.make(throwing);
        if (!answer.isSuccess()) {
          judged++;
          judge.judge(attempt, answer, events);
        }
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("no backup failed because of what the callback threw");
    }
  }
}
