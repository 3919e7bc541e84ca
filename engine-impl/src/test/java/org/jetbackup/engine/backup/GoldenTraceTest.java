package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jetbackup.api.Environment;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.jetbackup.tck.storage.Story;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a backup does to files is what was once read and found good. Where a change is meant, {@code
 * -Djetbackup.generate=true} writes the texts anew, to be read again.
 */
class GoldenTraceTest {

  private static final String GOLDEN = "src/test/resources/org/jetbackup/engine/backup/golden";

  /** A text that is longer is not read. */
  private static final int LINES = 120;

  private static final int PAGE_BYTES = 4096;
  private static final Instant TIME = Instant.parse("2026-11-26T08:00:00Z");

  /** A kind of backup. */
  enum Kind {
    FULL(BackupGrbit.FULL),
    ATOMIC(BackupGrbit.ATOMIC),
    INCREMENTAL(BackupGrbit.INCREMENTAL);

    private final BackupGrbit grbit;

    Kind(BackupGrbit grbit) {
      this.grbit = grbit;
    }

    /** What its golden text is called. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBackupTouchesFilesAsItAlwaysDid(Kind kind) throws IOException {
    String text =
        new Story().heading(kind.word() + " backup").tell(traceOf(kind)).toString();
    Path file = Path.of(System.getProperty("basedir", ""), GOLDEN).resolve(kind.word() + ".txt");
    if (Boolean.getBoolean("jetbackup.generate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    String golden = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(
        golden, text, kind + " has another trace: if it is meant, -Djetbackup.generate=true");
    assertTrue(text.lines().count() < LINES, kind::toString);
  }

  @ParameterizedTest
  @EnumSource
  void theSameBackupHasTheSameTrace(Kind kind) {
    assertEquals(
        new Story().tell(traceOf(kind)).lines(), new Story().tell(traceOf(kind)).lines());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPublishedIsDurableAndNothingElseIsGoneBefore(Kind kind) {
    assertEquals(List.of(), faultsOf(traceOf(kind)));
  }

  /** The checker of the order sees what is not done, and what is done too early. */
  @ParameterizedTest
  @EnumSource
  void anOrderThatIsWrongIsSeen(Kind kind) {
    List<Operation> trace = traceOf(kind);
    int publish = PublicationOrder.publishOf(trace);
    int forced = PublicationOrder.forceOf(trace, publish);
    int omitted = 0;
    int moved = 0;
    for (int i = 0; i < trace.size(); i++) {
      Operation operation = trace.get(i);
      List<Operation> without = new ArrayList<>(trace);
      without.remove(i);
      boolean isForce = operation.kind() == OperationKind.FORCE_DATA
          || operation.kind() == OperationKind.FORCE_DIRECTORY;
      if (isForce && (operation.path().contains("staging") || i == forced)) {
        omitted++;
        assertNotEquals(List.of(), faultsOf(without), () -> "omitted: " + operation);
      }
      if (operation.kind() == OperationKind.DELETE && operation.path().startsWith("log/")) {
        moved++;
        without.add(publish, operation);
        assertNotEquals(List.of(), faultsOf(without), () -> "before publication: " + operation);
      }
    }
    assertTrue(omitted > 2 && moved > 0, () -> kind.toString());
  }

  private static List<String> faultsOf(List<Operation> trace) {
    return PublicationOrder.faultsOf(trace, "log", "a.edb", 2 * PAGE_BYTES);
  }

  /** The trace of one backup that has closed log files to copy and to delete. */
  private static List<Operation> traceOf(Kind kind) {
    Environment environment =
        new Environment(Clock.fixed(TIME, ZoneOffset.UTC), new SplittableRandom(1), Runnable::run);
    try (KitFileSystem files = KitFileSystem.inMemory();
        Site site = new Site(files.root())
            .in(environment)
            .with(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)
            .with(SystemParameter.CHECKPOINT_DEPTH_MAX, 64L << 10)) {
      files.captureStacks(false);
      Path directory = site.directory("backup");
      site.start().put(0, 40);
      if (kind != Kind.FULL) {
        site.instance().backup(directory, BackupGrbit.FULL, StatusCallback.NONE);
      }
      site.put(40, 300);
      files.startTrace();
      site.instance().backup(directory, kind.grbit, StatusCallback.NONE);
      files.stopTrace();
      return files.trace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
