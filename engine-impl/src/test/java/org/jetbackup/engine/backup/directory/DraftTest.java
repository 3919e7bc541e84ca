package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {

  @TempDir
  private Path disk;

  /** Stages a set and publishes it; whether that is durable. */
  private static boolean publish(TinyBackup backup, Path directory) {
    LogGeneration high = backup.close(Kind.FULL);
    try (Draft draft = Draft.begin(directory, Runnable::run)) {
      backup.fill(draft, LogGeneration.FIRST, high);
      return draft.publish(BackupDirectory.open(directory).nextSet());
    }
  }

  @Test
  void onDiskAndInTheKitsMemoryASetIsDurable() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      for (Path root : List.of(disk, files.root())) {
        try (TinyBackup backup = new TinyBackup(TinyBackup.directory(root.resolve("logs")))) {
          Path directory = TinyBackup.directory(root.resolve("backup"));
          assertTrue(publish(backup, directory));
          assertEquals(1, SetVerifier.verify(directory).genHigh().value());
        }
      }
      assertTrue(files.openHandles().isEmpty());
    }
  }

  @Test
  void whereDirectoriesCannotBeForcedASetIsPublishedAndNotDurable() throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix());
        TinyBackup backup = new TinyBackup(TinyBackup.directory(files.getPath("logs")))) {
      Path directory = TinyBackup.directory(files.getPath("backup"));
      assertFalse(publish(backup, directory));
      assertEquals(1, SetVerifier.verify(directory).genHigh().value());
    }
  }

  @Test
  void intoAnArchiveASetIsPublishedAndNotDurable() throws IOException {
    Path archive = disk.resolve("backup.zip");
    try (TinyBackup backup = new TinyBackup(TinyBackup.directory(disk.resolve("logs")))) {
      try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
        Path directory = TinyBackup.directory(files.getPath("/backup"));
        assertFalse(publish(backup, directory));
        assertEquals(List.of(), BackupDirectory.open(directory).foreign());
        assertEquals(1, SetVerifier.verify(directory).genHigh().value());
        Path second = backup.full(directory);
        BackupDirectory.open(directory).retire(List.of(directory.resolve("set-000001")));
        assertEquals(List.of(second), BackupDirectory.open(directory).sets());
        backup.work(1);
        backup.increment(second);
        assertEquals(List.of(), BackupDirectory.open(directory).foreign());
      }
      try (FileSystem files = FileSystems.newFileSystem(archive)) {
        Path directory = files.getPath("/backup");
        assertEquals(4, SetVerifier.verify(directory).genHigh().value());
        assertEquals(2, SetVerifier.moments(directory).size());
        assertEquals(1, Directories.list(directory).size());
      }
    }
  }

  @Test
  void whereARenameIsNotOneStepFilesAreMovedOneByOne() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory();
        TinyBackup backup = new TinyBackup(TinyBackup.directory(files.root().resolve("logs")))) {
      Path directory = TinyBackup.directory(files.root().resolve("backup"));
      files.inject(Fault.parse("move backup/** #1 sticky not-atomic"));
      assertFalse(publish(backup, directory));
      Path second = backup.full(directory);
      BackupDirectory.open(directory).retire(List.of(directory.resolve("set-000001")));
      backup.work(1);
      backup.increment(second);
      assertTrue(files.fired());
      assertEquals(List.of(), BackupDirectory.open(directory).foreign());
      assertEquals(4, SetVerifier.verify(directory).genHigh().value());
    }
  }

  @Test
  void anIncrementThatIsHalfMovedDoesNotCountAndGoes() throws IOException {
    try (TinyBackup backup = new TinyBackup(TinyBackup.directory(disk.resolve("logs")))) {
      Path directory = TinyBackup.directory(disk.resolve("backup"));
      Path set = backup.full(directory);
      backup.work(1);
      Path increment = backup.increment(set);
      Path staging = TinyBackup.directory(set.resolve("jetbackup.staging"));
      Path log = increment.resolve("edb00003.log");
      Files.move(log, staging.resolve("edb00003.log"));
      assertEquals(1, SetVerifier.verify(directory).genHigh().value());
      assertEquals(List.of(), BackupDirectory.open(directory).foreign());
      BackupDirectory.open(directory).removeLeftovers();
      assertFalse(Files.exists(increment) || Files.exists(staging));
      assertEquals(1, SetVerifier.verify(directory).genHigh().value());
    }
  }

  @Test
  void whatIsNotPublishedIsDeleted() {
    try (TinyBackup backup = new TinyBackup(TinyBackup.directory(disk.resolve("logs")))) {
      Path directory = TinyBackup.directory(disk.resolve("backup"));
      LogGeneration high = backup.close(Kind.FULL);
      try (Draft draft = Draft.begin(directory, Runnable::run)) {
        backup.fill(draft, LogGeneration.FIRST, high);
        draft.add("2.b.edb").write(ByteBuffer.allocate(10));
        Path name = directory.resolve("set-000001");
        assertThrows(IllegalStateException.class, () -> draft.publish(name));
        assertThrows(IllegalArgumentException.class, () -> draft.add("../x"));
        assertThrows(IllegalArgumentException.class, () -> draft.add("notes.txt"));
      }
      assertEquals(List.of(), Directories.list(directory));
    }
  }

  /** Nothing keeps two instances from one directory; a good set must not give way to a mixture. */
  @Test
  void whatTwoRunsHaveFilledIsNotPublished() {
    Path directory = TinyBackup.directory(disk.resolve("backup"));
    try (Draft first = Draft.begin(directory, Runnable::run)) {
      first.add("1.a.edb").finish();
      try (Draft second = Draft.begin(directory, Runnable::run)) {
        second.add("2.a.edb").finish();
        first.add("edb00001.log").finish();
        for (Draft each : List.of(first, second)) {
          JetException refused =
              assertThrows(JetException.class, () -> each.publish(directory.resolve("set-000001")));
          assertEquals(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, refused.error());
        }
      }
    }
    assertEquals(List.of(), Directories.list(directory));
  }

  @Test
  void aNameThatIsTakenIsLeftAlone() {
    try (TinyBackup backup = new TinyBackup(TinyBackup.directory(disk.resolve("logs")))) {
      Path directory = TinyBackup.directory(disk.resolve("backup"));
      Path taken = TinyBackup.directory(directory.resolve("set-000001"));
      LogGeneration high = backup.close(Kind.FULL);
      try (Draft draft = Draft.begin(directory, Runnable::run)) {
        backup.fill(draft, LogGeneration.FIRST, high);
        Failures.expect(JetErr.FILE_ALREADY_EXISTS, taken, () -> draft.publish(taken));
      }
      assertEquals(List.of(taken), BackupDirectory.open(directory).foreign());
    }
  }

  /** Every operation of a second backup fails once, one after the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "any-mutation backup/** before-effect",
        "any-mutation backup/** after-effect",
        "attributes backup/** before-effect",
        "read backup** before-effect",
        "force backup before-effect",
        "force backup after-effect",
      })
  void aBackupThatFailsLeavesNothing(String pattern) throws IOException {
    String[] words = pattern.split(" ", -1);
    boolean fired = true;
    int failures = 0;
    for (int nth = 1; fired; nth++) {
      String fault = words[0] + " " + words[1] + " #" + nth + " once " + words[2];
      try (KitFileSystem files = KitFileSystem.inMemory();
          TinyBackup backup = new TinyBackup(TinyBackup.directory(files.root().resolve("logs")))) {
        Path directory = TinyBackup.directory(files.root().resolve("backup"));
        backup.full(directory);
        files.inject(Fault.parse(fault));
        boolean failed = fails(backup, directory);
        fired = files.fired();
        files.clearFaults();
        failures += failed ? 1 : 0;
        BackupDirectory found = BackupDirectory.open(directory);
        assertEquals(failed ? 1 : 2, found.sets().size(), fault);
        assertEquals(List.of(), found.foreign(), fault);
        assertEquals(failed ? 1 : 2, SetVerifier.verify(directory).genHigh().value(), fault);
        found.removeLeftovers();
        assertEquals(found.sets(), Directories.list(directory), fault);
        assertTrue(
            files.openHandles().stream().noneMatch(open -> open.path().contains("backup")), fault);
      }
    }
    assertTrue(failures > 0, "no failure");
  }

  private static boolean fails(TinyBackup backup, Path directory) {
    try {
      publish(backup, directory);
      return false;
    } catch (JetException e) {
      return true;
    }
  }

  private static void add(Draft draft, String manifest) {
    try (DraftFile file = draft.add(Manifest.FILE_NAME)) {
      file.write(ByteBuffer.wrap(manifest.getBytes(StandardCharsets.UTF_8)));
      file.finish();
    }
  }

  /** Nothing keeps two runs apart. The one that comes too late must not harm the other's set. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "nothing can be looked at", "another draft"})
  void whatAnotherRunHasPublishedMeanwhileIsNotTakenBack(String how) throws IOException {
    Path set = disk.resolve("set-000001");
    Interceptor other = new Interceptor() {
      private boolean hasCome;

      @Override
      public long before(Operation operation) throws IOException {
        if (operation.kind() == OperationKind.ATOMIC_MOVE && !hasCome) {
          hasCome = true;
          try (Draft second = Draft.begin(disk, Runnable::run)) {
            add(second, "two");
            second.publish(set);
          }
          if (how.equals("another draft")) {
            add(Draft.begin(disk, Runnable::run), "three");
          }
        } else if (hasCome
            && how.equals("nothing can be looked at")
            && operation.kind() == OperationKind.READ_ATTRIBUTES) {
          throw new IOException("input/output error");
        }
        return operation.length();
      }
    };
    try (KitFileSystem files = KitFileSystem.over(disk)) {
      Draft one = Draft.begin(files.root(), Runnable::run);
      add(one, "one");
      files.intercept(other);
      assertThrows(RuntimeException.class, () -> one.publish(files.root().resolve("set-000001")));
      files.release(other);
      try {
        one.close();
      } catch (JetException e) {
        assertTrue(how.startsWith("nothing"), e::toString);
      }
    }
    assertEquals("two", Files.readString(set.resolve(Manifest.FILE_NAME)));
    assertEquals(how.equals("another draft"), Files.exists(disk.resolve("jetbackup.staging")), how);
  }
}
