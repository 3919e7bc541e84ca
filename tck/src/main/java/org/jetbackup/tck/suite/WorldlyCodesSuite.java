package org.jetbackup.tck.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.fixture.Expectation;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code return-codes}: the codes that tell of damage and of a log that cannot be written. */
@TckTest
class WorldlyCodesSuite {

  private static final JetErr[] UNAVAILABLE = {
    JetErr.INSTANCE_UNAVAILABLE,
    JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL,
    JetErr.LOG_WRITE_FAIL
  };

  private static final String NEEDLE = "A needle that lies in the haystack. ";

  @Test
  @Clauses("RET-6")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void aBackupAfterTheLogWasLostIsRefusedUntilTheInstanceIsOpenedAnew(World world) {
    for (String fault : List.of(
        "write main/log/** #1 sticky before-effect",
        "force main/log/** #1 sticky before-effect",
        "any-mutation main/log/** #1 sticky disk-full-after 0")) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1");
        fresh.inject(Fault.parse(fault));
        Answer commit = node.tryCommit("a=2", "big=x*60000");
        if (!fresh.files().fired()) {
          throw new TestAbortedException("a commit does not meet the fault " + fault);
        }
        fresh.expect("LIFE-11", commit).failsSomehow();
        Path backup = fresh.freshDirectory("backup");
        fresh.expect("RET-6", node.backup(backup, BackupGrbit.FULL)).fails(UNAVAILABLE);
        fresh.files().clearFaults();
        fresh.record("the fault is over");
        fresh.expect("RET-6", node.backup(backup, BackupGrbit.FULL)).fails(UNAVAILABLE);
        node.abandon();
        node.start();
        node.acknowledge(node.contents());
        fresh.expect("RET-6", node.backup(backup, BackupGrbit.FULL)).success();
        fresh.expectRestores("RET-6", node, backup, node.acknowledged());
      }
    }
  }

  @Test
  @Clauses("RET-12")
  @Requires(Capability.FILE_KINDS)
  void aDamagedLogFileIsReportedOrNotCopied(World world) {
    AtomicInteger damages = new AtomicInteger();
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      int file = 0;
      while (damageLog(world, kind, file, damages)) {
        file++;
      }
    }
    if (damages.get() == 0) {
      throw new TestAbortedException("the engine has no closed log file");
    }
    world.note(damages + " damages of closed log files");
  }

  @Test
  @Clauses("RET-13")
  @Requires({Capability.READS_GIVEN_FILE_SYSTEM, Capability.FILE_KINDS})
  void aBackupThatCannotWriteItsLogFails(World world) {
    int judged = 0;
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      for (String effect : List.of("before-effect", "disk-full-after 0")) {
        Fault fault = Fault.parse("any-mutation main/log/** #1 sticky " + effect);
        judged += cutLogOff(world, kind, fault) ? 1 : 0;
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("no backup of the engine writes to a log file");
    }
  }

  @Test
  @Clauses("RET-15")
  @Requires(Capability.FILE_KINDS)
  void aDamagedPageIsReportedOrNotCopied(World world) {
    int found = 0;
    for (int length : List.of(10, 1_000)) {
      for (int damage = 0; damage < Damaged.values().length; damage++) {
        try (World fresh = world.again()) {
          found += damagePage(fresh, length, Damaged.values()[damage]) ? 1 : 0;
        }
      }
    }
    if (found == 0) {
      throw new TestAbortedException("no record is to be found in a database file as it is");
    }
  }

  /** What happens to a page, at a place in the midst of a record. */
  private enum Damaged {
    BIT {
      @Override
      void in(byte[] content, int place) {
        content[place] ^= 1;
      }
    },
    BYTE {
      @Override
      void in(byte[] content, int place) {
        content[place] ^= (byte) 0xFF;
      }
    },
    SECTOR {
      @Override
      void in(byte[] content, int place) {
        int start = place / 512 * 512;
        Arrays.fill(content, start, Math.min(start + 512, content.length), (byte) 0x5A);
      }
    };

    abstract void in(byte[] content, int place);
  }

  /** Damages one closed log file in every way; false if there are not that many files. */
  private static boolean damageLog(
      World world, Attempt.Kind kind, int file, AtomicInteger damages) {
    for (int which = 0; ; which += world.settings().storage() == Storage.MEMORY ? 1 : 5) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        List<String> closed = List.copyOf(attempt.closedLogs().keySet());
        if (file >= closed.size()) {
          return false;
        }
        Path log = attempt.node().log();
        List<Damage> all = Damage.changes(attempt.world(), log, closed.get(file));
        if (which >= all.size()) {
          return true;
        }
        Wound wound = Wound.of(log.resolve(closed.get(file)));
        all.get(which).in(attempt.world(), log);
        damages.incrementAndGet();
        Answer answer = wound.during(attempt::make);
        judge(
            attempt.world(),
            "RET-12",
            answer,
            JetErr.LOG_READ_VERIFY_FAILURE,
            attempt.node(),
            attempt.directory());
      }
    }
  }

  /** Fails the first write to a log file in a backup, and all that follows; false if none is. */
  private static boolean cutLogOff(World world, Attempt.Kind kind, Fault fault) {
    for (int n = 1; ; n++) {
      try (Attempt attempt = Attempt.small(world, kind)) {
        World own = attempt.world();
        own.files().startTrace();
        own.inject(fault.at(n));
        Answer answer = attempt.make();
        Optional<Operation> struck = own.files().trace().stream()
            .filter(operation -> operation.failure() != null && operation.mutates())
            .filter(operation -> operation.path().startsWith(Attempt.LOG_DIRECTORY))
            .findFirst();
        if (struck.isEmpty()) {
          return false;
        }
        if (writesLog(own, struck.get())) {
          own.expect("RET-13", answer).fails(Expectation.anyOf(UNAVAILABLE, JetErr.LOG_DISK_FULL));
          return true;
        }
      }
    }
  }

  private static boolean writesLog(World world, Operation operation) {
    return operation.kind() != OperationKind.DELETE
        && (isLog(world, operation.path())
            || (operation.target() != null && isLog(world, operation.target())));
  }

  private static boolean isLog(World world, String name) {
    return world.settings().plugin().kindOf(world.path(name)) == FileKind.LOG;
  }

  /** Damages the page of a record and backs up; false if the record is not to be found. */
  private static boolean damagePage(World world, int times, Damaged damaged) {
    Node node =
        world.start().commit("a=1", "needle=" + NEEDLE + "*" + times, "z=1").restart();
    Path file = node.file("main");
    Wound wound = Wound.of(file);
    int start = Contents.text(wound.whole).indexOf(NEEDLE.repeat(8));
    if (start < 0) {
      return false;
    }
    byte[] broken = wound.whole.clone();
    damaged.in(broken, start + NEEDLE.length() * 4);
    world.record("a " + damaged + " in the midst of a record in " + file + " is damaged");
    write(file, broken);
    Path backup = world.freshDirectory("backup");
    Answer answer = wound.during(() -> node.backup(backup, BackupGrbit.FULL));
    judge(world, "RET-15", answer, JetErr.READ_VERIFY_FAILURE, node, backup);
    return true;
  }

  private static void judge(
      World world, String clause, Answer answer, JetErr error, Node node, Path backup) {
    world.expect(clause, answer).succeedsOrFails(error);
    if (answer.isSuccess()) {
      world.expectRestores(clause, node, backup, node.acknowledged());
    }
  }

  /** A file that is damaged for a while, and what it held before. */
  private static final class Wound {
    private final Path file;
    private final byte[] whole;

    private Wound(Path file) {
      this.file = file;
      this.whole = read(file);
    }

    static Wound of(Path file) {
      return new Wound(file);
    }

    /** Makes a call and then takes the damage back, where the file still has it. */
    Answer during(Supplier<Answer> call) {
      byte[] broken = read(file);
      Answer answer = call.get();
      if (Files.exists(file)) {
        byte[] now = read(file);
        for (int i = 0; i < Math.min(now.length, whole.length); i++) {
          now[i] = broken[i] != whole[i] && now[i] == broken[i] ? whole[i] : now[i];
        }
        write(file, now);
      }
      return answer;
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
