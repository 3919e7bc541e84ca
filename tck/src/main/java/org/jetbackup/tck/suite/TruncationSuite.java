package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code truncation}; for TRUNC-3 see {@link RollForwardSuite}. */
@TckTest
class TruncationSuite {

  private static final int CYCLES = 6;
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  @Clauses("TRUNC-1")
  @Requires(Capability.FILE_KINDS)
  void cyclesOfWritesAndFullBackupsDoNotPileUpLogs(World world) {
    Node node = world.start();
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      List<Integer> counts = new ArrayList<>();
      Path directory = world.freshDirectory("backup");
      for (int i = 0; i < CYCLES; i++) {
        fill(node);
        node.mustBackup(grbit.isAtomic() ? directory : world.freshDirectory("backup"), grbit);
        counts.add(Trees.logs(world, node).size());
      }
      expectNoGrowth(world, counts);
    }
  }

  @Test
  @Clauses("TRUNC-1")
  @Requires({Capability.FILE_KINDS, Capability.INCREMENTAL})
  void cyclesOfWritesAndIncrementalBackupsDoNotPileUpLogs(World world) {
    Node node = world.start();
    Path directory = world.freshDirectory("backup");
    fill(node);
    node.mustBackup(directory, BackupGrbit.FULL);
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      fill(node);
      node.mustBackup(directory, BackupGrbit.INCREMENTAL);
      counts.add(Trees.logs(world, node).size());
    }
    expectNoGrowth(world, counts);
  }

  @Test
  @Clauses("TRUNC-2")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void recoveryDoesNotMissWhatWasTruncated(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        World own = attempt.world();
        Node node = attempt.node();
        own.expect("RET-1", attempt.make()).success();
        expectRecovers(own, node);
        node.commit("a=after", "big=z*40000").commit("-big");
        own.expect("RET-1", attempt.makeNext()).success();
        node.commit("b=after");
        expectRecovers(own, node);
      }
    }
  }

  @Test
  @Clauses("TRUNC-2")
  @Requires({Capability.READS_GIVEN_FILE_SYSTEM, Capability.CONCURRENT_SESSIONS})
  void recoveryTakesBackWhatWasOpenDuringTheBackup(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        World own = attempt.world();
        Node node = attempt.node();
        JetSession open = own.obtain("begin a second session", node.instance()::beginSession);
        own.require("leave p=1 -a open", () -> {
          open.beginTransaction();
          node.change(open, List.of("p=1", "-a"));
        });
        own.expect("RET-1", attempt.make()).success();
        node.commit("b=after");
        expectRecovers(own, node);
      }
    }
  }

  @Test
  @Clauses("TRUNC-2")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void recoveryDoesNotMissWhatADatabaseThatCouldNotBeWrittenLacks(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      new Sweep(world, kind, "any-mutation main/data/** #1 sticky before-effect")
          .bulky()
          .each((attempt, answer) -> {
            attempt.world().expect("RET-19", answer).isOfTheContract();
            expectRecovers(attempt.world(), attempt.node());
          });
    }
  }

  @Test
  @Clauses("TRUNC-4")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void whenTheFirstLogIsRemovedTheSetIsComplete(World world) {
    int judged = 0;
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt =
          Attempt.cutOffBefore(world, kind, operation -> Attempt.removesLog(world, operation))) {
        World own = attempt.world();
        Path copy = Trees.copy(own, attempt.directory());
        own.expectRestores("TRUNC-4", attempt.revive(), copy, attempt.node().acknowledged());
        judged++;
      } catch (TestAbortedException e) {
        world.note(String.valueOf(e.getMessage()));
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("no backup removed a log file");
    }
  }

  @Test
  @Clauses("TRUNC-5")
  @Requires(Capability.HEADER_INFORMATION)
  void aFullBackupIsRecorded(World world) {
    Node node = world.start().commit("a=1");
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      Optional<Bkinfo> before = Trees.records(world, node, "main").fullPrevious();
      node.mustBackup(world.freshDirectory("backup"), grbit);
      BackupRecords now = Trees.records(world, node, "main");
      world.expectThat(
          "TRUNC-5",
          now.fullPrevious().isPresent() && !now.fullPrevious().equals(before),
          "a new record of a full backup, other than " + before,
          now);
    }
  }

  @Test
  @Clauses("TRUNC-5")
  @Requires({Capability.HEADER_INFORMATION, Capability.SEVERAL_DATABASES})
  void aFullBackupIsRecordedInEveryDatabase(World world) {
    Node node = world.start().createDatabase("other").commit("a=1", "other.a=1");
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    for (String database : List.of("main", "other")) {
      BackupRecords now = Trees.records(world, node, database);
      world.expectThat("TRUNC-5", now.fullPrevious().isPresent(), "a record in " + database, now);
    }
  }

  @Test
  @Clauses("TRUNC-6")
  @Requires({Capability.HEADER_INFORMATION, Capability.INCREMENTAL})
  void anIncrementalBackupIsRecordedBesideTheFullOne(World world) {
    Node node = world.start().commit("a=1");
    Path directory = world.freshDirectory("backup");
    node.mustBackup(directory, BackupGrbit.FULL);
    BackupRecords before = Trees.records(world, node, "main");
    for (int i = 0; i < 3; i++) {
      node.commit("a=2").mustBackup(directory, BackupGrbit.INCREMENTAL);
      BackupRecords now = Trees.records(world, node, "main");
      world.expectThat(
          "TRUNC-6",
          now.incrementalPrevious().isPresent()
              && !now.incrementalPrevious().equals(before.incrementalPrevious())
              && now.fullPrevious().equals(before.fullPrevious()),
          "a new record of an incremental backup beside " + before,
          now);
      before = now;
    }
  }

  @Test
  @Clauses("TRUNC-7")
  @Requires(Capability.HEADER_INFORMATION)
  void theTimeInARecordIsThatOfTheBackup(World world) {
    Node node = world.start().commit("a=1").passTime(AN_HOUR);
    Path directory = world.freshDirectory("backup");
    expectTime(world, node, directory, BackupGrbit.FULL);
    if (world.has(Capability.INCREMENTAL)) {
      node.passTime(AN_HOUR).commit("a=2").passTime(AN_HOUR);
      expectTime(world, node, directory, BackupGrbit.INCREMENTAL);
    }
  }

  @Test
  @Clauses("TRUNC-8")
  @Requires(Capability.HEADER_INFORMATION)
  void theRangesOfTheRecordsFollowOneAnother(World world) {
    Node node = world.start().commit("a=1");
    Path directory = world.freshDirectory("backup");
    Bkinfo before = null;
    for (Attempt.Kind kind : List.of(Attempt.Kind.FULL, Attempt.Kind.INCREMENTAL)) {
      for (int i = 0; i < 3 && Attempt.Kind.offered(world).contains(kind); i++) {
        node.commit("a=" + i, "big=" + i + "*40000").commit("big=x*40000");
        directory = kind == Attempt.Kind.FULL ? world.freshDirectory("backup") : directory;
        node.mustBackup(directory, kind.grbit());
        Bkinfo now = record(world, node, kind.grbit());
        if (before != null) {
          boolean follows = now.genLow().compareTo(before.genHigh().next()) <= 0;
          boolean goesOn = now.genHigh().compareTo(before.genHigh()) > 0;
          world.expectThat(
              "TRUNC-8",
              goesOn && (follows || kind == Attempt.Kind.FULL),
              "a range that ends after generation " + before.genHigh() + " and leaves no gap to it",
              now);
        }
        before = now;
      }
    }
  }

  @Test
  @Clauses("TRUNC-9")
  @Requires(Capability.HEADER_INFORMATION)
  void theRecordsOutliveTheInstance(World world) {
    Node node = world.start().commit("a=1");
    BackupRecords never = Trees.records(world, node, "main");
    world.expectThat("TRUNC-9", never.equals(BackupRecords.NONE), "no record", never);
    Path directory = world.freshDirectory("backup");
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      Path target = kind == Attempt.Kind.FULL ? world.freshDirectory("backup") : directory;
      node.commit("a=" + kind).mustBackup(target, kind.grbit());
      BackupRecords before = Trees.records(world, node, "main");
      directory = target;
      BackupRecords after = Trees.records(world, node.restart(), "main");
      world.expectThat("TRUNC-9", after.equals(before), before.toString(), after);
    }
  }

  private static void fill(Node node) {
    for (int i = 0; i < 3; i++) {
      node.commit("big=" + (char) ('a' + i) + "*40000");
    }
  }

  private static void expectNoGrowth(World world, List<Integer> counts) {
    world.expectThat(
        "TRUNC-1",
        counts.get(CYCLES - 1) <= Math.max(counts.get(0), counts.get(1)),
        "no more log files from cycle to cycle",
        counts + " log files after the backups");
  }

  private static void expectRecovers(World world, Node node) {
    node.crash();
    node.start();
    world.expectSame("TRUNC-2", node.acknowledged(), node.contents());
  }

  private static void expectTime(World world, Node node, Path directory, BackupGrbit grbit) {
    Instant before = node.now().truncatedTo(ChronoUnit.SECONDS);
    node.mustBackup(directory, grbit);
    Instant after = node.now();
    Instant time = record(world, node.passTime(AN_HOUR), grbit).logtimeMark();
    world.expectThat(
        "TRUNC-7",
        !time.isBefore(before) && !time.isAfter(after),
        "a time from " + before + " to " + after,
        time);
  }

  private static Bkinfo record(World world, Node node, BackupGrbit grbit) {
    BackupRecords records = Trees.records(world, node, "main");
    return (grbit.isIncremental() ? records.incrementalPrevious() : records.fullPrevious())
        .orElseThrow(() -> world.violation(
            grbit.isIncremental() ? "TRUNC-6" : "TRUNC-5",
            "a record of the backup",
            records.toString()));
  }
}
