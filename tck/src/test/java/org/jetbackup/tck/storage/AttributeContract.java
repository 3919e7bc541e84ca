package org.jetbackup.tck.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Attributes, existence, identity and space. */
interface AttributeContract extends Subject {

  FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  @Test
  default void basicAttributesTellWhatAPathIs() throws IOException {
    BasicFileAttributes file = Files.readAttributes(file("file", "abc"), BasicFileAttributes.class);
    assertTrue(file.isRegularFile());
    assertFalse(file.isDirectory());
    assertEquals(3, file.size());
    BasicFileAttributes directory =
        Files.readAttributes(directory("directory"), BasicFileAttributes.class);
    assertTrue(directory.isDirectory());
    assertFalse(directory.isRegularFile());
  }

  @Test
  default void missingFilesHaveNoAttributes() {
    Path missing = at("missing");
    assertFalse(Files.exists(missing));
    assertTrue(Files.notExists(missing));
    assertFalse(Files.isDirectory(missing));
    assertFalse(Files.isRegularFile(missing, LinkOption.NOFOLLOW_LINKS));
    NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> Files.size(missing));
    assertEquals(missing.toString(), e.getFile());
    assertThrows(NoSuchFileException.class, () -> Files.setLastModifiedTime(missing, LONG_AGO));
    assertThrows(NoSuchFileException.class, missing::toRealPath);
  }

  @Test
  default void timesAreSetAndRead() throws IOException {
    Path file = file("file", "abc");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertEquals(LONG_AGO, Files.getLastModifiedTime(file));
    Files.writeString(file, "changed");
    assertTrue(Files.getLastModifiedTime(file).compareTo(LONG_AGO) > 0);
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    assertNotNull(view);
    assertEquals("basic", view.name());
    view.setTimes(LONG_AGO, null, null);
    assertEquals(LONG_AGO, view.readAttributes().lastModifiedTime());
  }

  @Test
  default void attributesAreReadAndSetByName() throws IOException {
    Path file = file("file", "abc");
    assertEquals(3L, Files.getAttribute(file, "size"));
    assertEquals(true, Files.readAttributes(file, "isRegularFile,size").get("isRegularFile"));
    Files.setAttribute(file, "lastModifiedTime", LONG_AGO);
    assertEquals(LONG_AGO, Files.getAttribute(file, "basic:lastModifiedTime"));
    assertThrows(
        IllegalArgumentException.class, () -> Files.getAttribute(file, "no-such-attribute"));
    assertThrows(
        UnsupportedOperationException.class, () -> Files.getAttribute(file, "no-view:size"));
  }

  @Test
  default void permissionsAreKept() throws IOException {
    assertTrue(fileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = file("file", "abc");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    assertNotNull(view);
    assertEquals(
        "rw-r-----", PosixFilePermissions.toString(view.readAttributes().permissions()));
    assertEquals(Files.getOwner(file), view.getOwner());
  }

  @Test
  default void accessIsChecked() throws IOException {
    Path file = file("file", "abc");
    assertTrue(Files.isReadable(file));
    assertTrue(Files.isWritable(file));
    assertFalse(Files.isReadable(at("missing")));
  }

  @Test
  default void theSameFileIsRecognised() throws IOException {
    Path file = file("file", "abc");
    directory("directory");
    assertTrue(Files.isSameFile(file, file));
    assertTrue(Files.isSameFile(at("missing"), at("missing")));
    assertTrue(Files.isSameFile(file, at("directory/../file")));
    assertFalse(Files.isSameFile(file, file("other", "abc")));
    assertThrows(NoSuchFileException.class, () -> Files.isSameFile(file, at("missing")));
    assertThrows(NoSuchFileException.class, () -> Files.isSameFile(at("missing"), file));
  }

  @Test
  default void theRealPathIsAbsoluteAndExists() throws IOException {
    directory("directory");
    Path file = file("file", "abc");
    Path real = at("directory/./../file").toRealPath();
    assertTrue(real.isAbsolute());
    assertEquals(file.toRealPath(), real);
    assertEquals("file", real.getFileName().toString());
  }

  @Test
  default void namesThatBeginWithADotAreHidden() throws IOException {
    assertTrue(Files.isHidden(file(".hidden", "")));
    assertFalse(Files.isHidden(file("shown", "")));
  }

  @Test
  default void theStoreHasSpace() throws IOException {
    FileStore store = Files.getFileStore(file("file", "abc"));
    assertTrue(store.getTotalSpace() > 0);
    assertTrue(store.getUsableSpace() > 0);
    assertTrue(store.getUnallocatedSpace() <= store.getTotalSpace());
    assertTrue(store.getBlockSize() > 0);
    assertFalse(store.isReadOnly());
    assertTrue(store.supportsFileAttributeView("basic"));
    assertTrue(store.supportsFileAttributeView(BasicFileAttributeView.class));
    assertThrows(NoSuchFileException.class, () -> Files.getFileStore(at("missing")));
  }
}
