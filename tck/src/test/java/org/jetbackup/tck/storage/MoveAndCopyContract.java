package org.jetbackup.tck.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Moving, replacing, copying and linking. */
interface MoveAndCopyContract extends Subject {

  @Test
  default void aMoveKeepsContentAndRemovesTheOldName() throws IOException {
    for (CopyOption[] options : new CopyOption[][] {{}, {ATOMIC_MOVE}, {REPLACE_EXISTING}}) {
      Path source = file("source", "content");
      assertEquals(at("target"), Files.move(source, at("target"), options));
      assertFalse(Files.exists(source));
      assertEquals("content", text(at("target")));
      Files.delete(at("target"));
    }
  }

  @Test
  default void aMoveRefusesAnExistingTargetUnlessAskedToReplace() throws IOException {
    Path source = file("source", "new");
    Path target = file("target", "old");
    FileAlreadyExistsException e =
        assertThrows(FileAlreadyExistsException.class, () -> Files.move(source, target));
    assertEquals(target.toString(), e.getFile());
    assertEquals("old", text(target));
    Files.move(source, target, REPLACE_EXISTING);
    assertEquals("new", text(target));
    assertFalse(Files.exists(source));
  }

  @Test
  default void anAtomicMoveReplacesAFileAndAnEmptyDirectory() throws IOException {
    Path target = file("target", "old");
    Files.move(file("source", "new"), target, ATOMIC_MOVE);
    assertEquals("new", text(target));

    directory("emptyTarget");
    directory("full");
    file("full/file", "inside");
    Files.move(at("full"), at("emptyTarget"), ATOMIC_MOVE);
    assertEquals("inside", text(at("emptyTarget/file")));
    assertFalse(Files.exists(at("full")));
  }

  @Test
  default void noMoveReplacesADirectoryThatIsNotEmpty() throws IOException {
    directory("source");
    directory("target");
    file("target/file", "inside");
    assertThrows(
        DirectoryNotEmptyException.class,
        () -> Files.move(at("source"), at("target"), REPLACE_EXISTING));
    assertThrows(
        FileSystemException.class, () -> Files.move(at("source"), at("target"), ATOMIC_MOVE));
    assertEquals("inside", text(at("target/file")));
    assertTrue(Files.isDirectory(at("source")));
  }

  @Test
  default void aDirectoryMovesWithWhatItHolds() throws IOException {
    Files.createDirectories(at("source/sub"));
    file("source/sub/file", "deep");
    Files.move(at("source"), at("target"));
    assertEquals("deep", text(at("target/sub/file")));
    assertFalse(Files.exists(at("source")));
  }

  @Test
  default void movingWhatIsMissingFailsAndLeavesTheTarget() throws IOException {
    Path target = file("target", "old");
    for (CopyOption option : new CopyOption[] {ATOMIC_MOVE, REPLACE_EXISTING}) {
      assertThrows(NoSuchFileException.class, () -> Files.move(at("missing"), target, option));
    }
    assertThrows(NoSuchFileException.class, () -> Files.move(at("missing"), at("other")));
    assertThrows(NoSuchFileException.class, () -> Files.move(target, at("no/parent"), ATOMIC_MOVE));
    assertEquals("old", text(target));
  }

  @Test
  default void movingOntoItselfChangesNothing() throws IOException {
    Path file = file("file", "content");
    Files.move(file, file);
    Files.move(file, file, REPLACE_EXISTING);
    Files.move(file, file, ATOMIC_MOVE);
    assertEquals("content", text(file));
  }

  @Test
  default void aCopyIsAnotherFile() throws IOException {
    Path source = file("source", "content");
    assertEquals(at("copy"), Files.copy(source, at("copy")));
    Files.writeString(source, "changed");
    assertEquals("content", text(at("copy")));
    assertThrows(FileAlreadyExistsException.class, () -> Files.copy(source, at("copy")));
    Files.copy(source, at("copy"), REPLACE_EXISTING);
    assertEquals("changed", text(at("copy")));
    assertThrows(NoSuchFileException.class, () -> Files.copy(at("missing"), at("other")));
    assertFalse(Files.exists(at("other")));
  }

  @Test
  default void copyingADirectoryCopiesNothingInIt() throws IOException {
    directory("source");
    file("source/file", "inside");
    Files.copy(at("source"), at("copy"));
    assertTrue(Files.isDirectory(at("copy")));
    assertFalse(Files.exists(at("copy/file")));
    assertThrows(
        DirectoryNotEmptyException.class,
        () -> Files.copy(at("copy"), at("source"), REPLACE_EXISTING));
  }

  @Test
  default void copyingOntoItselfChangesNothing() throws IOException {
    Path file = file("file", "content");
    Files.copy(file, file);
    Files.copy(file, file, REPLACE_EXISTING);
    assertEquals("content", text(file));
  }

  @Test
  default void timesAreCopiedOnRequest() throws IOException {
    Path source = file("source", "content");
    FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
    Files.setLastModifiedTime(source, time);
    Files.copy(source, at("with"), COPY_ATTRIBUTES);
    Files.copy(source, at("without"));
    assertEquals(time, Files.getLastModifiedTime(at("with")));
    assertFalse(time.equals(Files.getLastModifiedTime(at("without"))));
  }

  @Test
  default void optionsThatMakeNoSenseAreRefused() throws IOException {
    Path file = file("file", "content");
    assertThrows(
        UnsupportedOperationException.class, () -> Files.copy(file, at("copy"), ATOMIC_MOVE));
    assertThrows(
        UnsupportedOperationException.class, () -> Files.move(file, at("target"), COPY_ATTRIBUTES));
    assertEquals("content", text(file));
  }

  @Test
  default void aLinkIsASecondNameOfTheFile() throws IOException {
    Path file = file("file", "content");
    Files.createLink(at("link"), file);
    assertTrue(Files.isSameFile(file, at("link")));
    Files.writeString(at("link"), "changed");
    assertEquals("changed", text(file));
    for (CopyOption option : new CopyOption[] {ATOMIC_MOVE, REPLACE_EXISTING}) {
      Files.move(file, at("link"), option);
      assertTrue(Files.isSameFile(file, at("link")), "a move onto the same file does nothing");
    }
    assertThrows(NoSuchFileException.class, () -> Files.createLink(at("x"), at("missing")));
  }

  @Test
  default void aSymbolicLinkIsFollowedReadAndDeleted() throws IOException {
    Path file = file("file", "content");
    Path near = Files.createSymbolicLink(at("near"), fileSystem().getPath("file"));
    Path far = Files.createSymbolicLink(at("far"), file);
    assertEquals("content", text(near));
    assertEquals("content", text(far));
    assertEquals(fileSystem().getPath("file"), Files.readSymbolicLink(near));
    assertEquals(file, Files.readSymbolicLink(far));
    assertTrue(Files.isSymbolicLink(near));
    assertEquals(file.toRealPath(), far.toRealPath());
    Files.delete(near);
    assertEquals("content", text(file));
  }
}
