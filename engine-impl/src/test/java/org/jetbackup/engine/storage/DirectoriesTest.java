package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoriesTest {

  @TempDir
  private Path disk;

  private static long forces(KitFileSystem files) {
    return files.count(OperationKind.FORCE_DIRECTORY);
  }

  @Test
  void whereDirectoriesCannotBeOpenedTheirForceDoesNothing() throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = files.getPath("a");
      Directories.create(directory);
      Directories.force(directory);
      Directories.moveAtomically(directory, files.getPath("b"));
      assertTrue(Directories.exists(files.getPath("b")));
      Path missing = files.getPath("missing");
      Errors.expect(JetErr.FILE_NOT_FOUND, missing, () -> Directories.force(missing));
    }
  }

  @Test
  void aNewOrMovedNameIsForced() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Directories.create(files.root().resolve("a"));
      assertEquals(1, forces(files));
      Directories.create(files.root().resolve("b"));
      Directories.create(files.root().resolve("a").resolve("c"));
      Directories.moveAtomically(
          files.root().resolve("a").resolve("c"), files.root().resolve("a").resolve("d"));
      assertEquals(4, forces(files));
      Directories.moveAtomically(
          files.root().resolve("a").resolve("d"), files.root().resolve("b").resolve("d"));
      assertEquals(6, forces(files));
      assertTrue(files.openHandles().isEmpty());
    }
  }

  @Test
  void onDiskNamesAreForcedThroughAnInterrupt() {
    Path directory = disk.resolve("a");
    Thread.currentThread().interrupt();
    Directories.create(directory);
    Directories.force(directory);
    assertTrue(Thread.interrupted());
    assertTrue(Files.isDirectory(directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"force . #1 once before-effect", "force . #1 sticky before-effect"})
  void aForceThatFailsIsAnErrorFromTheFirstOneOn(String fault) throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.inject(Fault.parse(fault));
      Errors.expect(JetErr.DISK_IO, files.root(), () -> Directories.force(files.root()));
      files.clearFaults();
      Directories.force(files.root());
      assertEquals(1, forces(files));
    }
  }

  @Test
  void onceAForceHasWorkedADirectoryThatCannotBeOpenedIsAnError() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Fault fault = Fault.parse("read . #1 sticky access-denied");
      files.inject(fault);
      Directories.force(files.root()); // nothing tells this file system from one without forces
      files.clearFaults();
      Directories.force(files.root());
      files.inject(fault);
      Errors.expect(JetErr.DISK_IO, files.root(), () -> Directories.force(files.root()));
    }
  }

  @Test
  void aPassingFailureToOpenIsNotTakenForAPropertyOfTheFileSystem() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.inject(Fault.parse("read . #1 once access-denied"));
      Directories.force(files.root());
      assertEquals(1, forces(files));
    }
  }

  @Test
  void anInterruptedForceIsDoneAgain() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.inject(Fault.parse("force . #1 once interrupt"));
      Directories.force(files.root());
      assertTrue(Thread.interrupted());
      assertEquals(1, forces(files));
    }
  }

  @Test
  void whatIsNotThereIsToldFromWhatCannotBeTold() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Path file = Files.createFile(files.root().resolve("file"));
      assertTrue(Directories.exists(file));
      assertTrue(Directories.exists(files.root()));
      assertFalse(Directories.exists(files.root().resolve("other")));
      assertFalse(Directories.exists(files.root().resolve("no").resolve("way")));
      for (String effect : new String[] {"before-effect", "access-denied"}) {
        files.inject(Fault.parse("attributes file #1 once " + effect));
        assertThrows(JetException.class, () -> Directories.exists(file));
        files.clearFaults();
      }
    }
  }

  @Test
  void behindAFileThereIsNothing() throws IOException {
    Path file = Files.createFile(disk.resolve("file"));
    assertFalse(Directories.exists(file.resolve("x")));
    assertFalse(Directories.exists(file.resolve("x").resolve("y")));
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path other = Files.createFile(files.getPath("file"));
      assertFalse(Directories.exists(other.resolve("x")));
    }
  }

  @Test
  void aNameThatNoFileCanHaveIsAnError() {
    Path tooLong = disk.resolve("n".repeat(5_000));
    Errors.expect(JetErr.DISK_IO, tooLong, () -> Directories.exists(tooLong));
  }

  @Test
  void deletingTellsWhetherItWasThere() throws IOException {
    Path file = Files.createFile(disk.resolve("file"));
    assertTrue(Directories.delete(file));
    assertFalse(Directories.delete(file));
    Path full = Files.createDirectory(disk.resolve("full"));
    Files.createFile(full.resolve("file"));
    Errors.expect(JetErr.DISK_IO, full, () -> Directories.delete(full));
  }

  @Test
  void whatExistsIsNotCreatedAndWhatIsMissingIsNotMoved() throws IOException {
    Path directory = Files.createDirectory(disk.resolve("a"));
    Errors.expect(JetErr.FILE_ALREADY_EXISTS, directory, () -> Directories.create(directory));
    Path missing = disk.resolve("b");
    Errors.expect(
        JetErr.FILE_NOT_FOUND, missing, () -> Directories.moveAtomically(missing, directory));
  }

  @Test
  void whetherAForceWasReallyDoneIsTold() throws IOException {
    assertTrue(Directories.canForce(disk));
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      assertTrue(Directories.canForce(files.root()));
      assertEquals(1, forces(files));
      files.inject(Fault.parse("force . #1 once before-effect"));
      Errors.expect(JetErr.DISK_IO, files.root(), () -> Directories.canForce(files.root()));
    }
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = Files.createDirectory(files.getPath("a"));
      assertFalse(Directories.canForce(directory));
    }
  }

  @Test
  void aDirectoryIsRenamedInOneStepOrNotAtAll() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory();
        FileSystem archive =
            FileSystems.newFileSystem(disk.resolve("a.zip"), Map.of("create", "true"))) {
      for (Path root : List.of(disk, files.root(), archive.getPath("/"))) {
        Path source = Files.createDirectory(root.resolve("source"));
        Path target = root.resolve("target");
        Files.createFile(source.resolve("file"));
        boolean done = Directories.renameAtomically(source, target);
        assertEquals(root.getFileSystem() != archive, done);
        assertTrue(Directories.exists((done ? target : source).resolve("file")));
        assertFalse(Directories.exists(done ? source : target));
      }
      files.inject(Fault.parse("move ** #1 sticky not-atomic"));
      Path moved = files.root().resolve("target");
      assertFalse(Directories.renameAtomically(moved, files.root().resolve("source")));
      Path missing = files.root().resolve("missing");
      files.clearFaults();
      Errors.expect(
          JetErr.FILE_NOT_FOUND, missing, () -> Directories.renameAtomically(missing, moved));
    }
  }

  @Test
  void whatIsThereIsToldWithoutFollowingLinks() throws IOException {
    Path file = Files.createFile(disk.resolve("file"));
    Path link = Files.createSymbolicLink(disk.resolve("link"), disk);
    assertEquals(EntryKind.FILE, Directories.kindOf(file));
    assertEquals(EntryKind.DIRECTORY, Directories.kindOf(disk));
    assertEquals(EntryKind.OTHER, Directories.kindOf(link));
    assertEquals(EntryKind.NONE, Directories.kindOf(disk.resolve("missing")));
    assertEquals(EntryKind.NONE, Directories.kindOf(file.resolve("behind")));
    assertTrue(Directories.isDirectory(link));
    assertFalse(Directories.isDirectory(file));
    assertFalse(Directories.isDirectory(disk.resolve("missing")));
    Path moved = disk.resolve("moved");
    Directories.move(file, moved);
    assertEquals(EntryKind.FILE, Directories.kindOf(moved));
    Errors.expect(JetErr.FILE_NOT_FOUND, file, () -> Directories.move(file, moved));
  }
}
