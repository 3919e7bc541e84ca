package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.READ;
import static java.util.stream.Collectors.toCollection;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Making, listing, walking, forcing and deleting directories. */
interface DirectoryContract extends Subject {

  private static Set<String> namesIn(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }

  @Test
  default void aDirectoryIsMadeOnceAndInAnExistingParent() throws IOException {
    Path directory = directory("directory");
    assertTrue(Files.isDirectory(directory));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(directory));
    assertThrows(NoSuchFileException.class, () -> Files.createDirectory(at("no/parent")));
    Files.createDirectories(at("directory/a/b/c"));
    Files.createDirectories(at("directory/a/b/c"));
    assertTrue(Files.isDirectory(at("directory/a/b/c")));
    file("file", "");
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectories(at("file")));
  }

  @Test
  default void onlyEmptyDirectoriesAreDeleted() throws IOException {
    Path directory = directory("directory");
    Path file = file("directory/file", "x");
    DirectoryNotEmptyException e =
        assertThrows(DirectoryNotEmptyException.class, () -> Files.delete(directory));
    assertEquals(directory.toString(), e.getFile());
    Files.delete(file);
    Files.delete(directory);
    assertFalse(Files.exists(directory));
  }

  @Test
  default void deletingWhatIsMissingFailsUnlessAllowed() throws IOException {
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> Files.delete(at("missing")));
    assertEquals(at("missing").toString(), e.getFile());
    assertFalse(Files.deleteIfExists(at("missing")));
    assertTrue(Files.deleteIfExists(file("file", "x")));
  }

  @Test
  default void aListingHoldsEachEntryOnceBeneathTheGivenPath() throws IOException {
    Path directory = directory("directory");
    assertEquals(Set.of(), namesIn(directory));
    directory("directory/sub");
    file("directory/one", "");
    file("directory/two", "");
    assertEquals(Set.of("one", "sub", "two"), namesIn(directory));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        assertEquals(directory, entry.getParent());
        assertEquals(fileSystem(), entry.getFileSystem());
        assertTrue(Files.exists(entry));
      }
    }
  }

  @Test
  default void aListingIsFilteredByGlobOrByCode() throws IOException {
    file("a.log", "");
    file("b.log", "");
    file("c.txt", "");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root(), "*.{log,tmp}")) {
      Set<String> names = new TreeSet<>();
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
      assertEquals(Set.of("a.log", "b.log"), names);
    }
    DirectoryStream.Filter<Path> failing = entry -> {
      throw new IOException("from the filter");
    };
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root(), failing)) {
      assertThrows(DirectoryIteratorException.class, () -> entries.iterator().hasNext());
    }
  }

  @Test
  default void aListingIsReadOnceAndNotAfterClosing() throws IOException {
    DirectoryStream<Path> entries = Subject.listing(root());
    Iterator<Path> iterator = entries.iterator();
    assertThrows(IllegalStateException.class, entries::iterator);
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
    entries.close();
    entries.close();
    assertThrows(IllegalStateException.class, entries::iterator);
  }

  @Test
  default void onlyDirectoriesAreListed() throws IOException {
    Path file = file("file", "");
    assertThrows(NotDirectoryException.class, () -> Subject.listing(file).close());
    assertThrows(NoSuchFileException.class, () -> Subject.listing(at("missing")).close());
  }

  @Test
  default void aTreeIsWalkedAndDeleted() throws IOException {
    Files.createDirectories(at("tree/a/b"));
    file("tree/a/one", "1");
    file("tree/a/b/two", "2");
    try (Stream<Path> walk = Files.walk(at("tree"))) {
      assertEquals(
          Set.of("", "a", "a/b", "a/b/two", "a/one"),
          walk.map(path -> at("tree").relativize(path).toString())
              .collect(toCollection(TreeSet::new)));
    }
    Files.walkFileTree(at("tree"), new Deletion());
    assertFalse(Files.exists(at("tree")));
  }

  /** Deletes a tree from its leaves. */
  final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  @Test
  default void aDirectoryIsForcedThroughAReadingChannel() throws IOException {
    FileChannel channel = open(directory("directory"), READ);
    channel.force(true);
    channel.force(false);
    assertThrows(IOException.class, () -> channel.read(ByteBuffer.allocate(1)));
    assertThrows(NonWritableChannelException.class, () -> channel.write(bytes("x")));
    channel.close();
    assertFalse(channel.isOpen());
    assertThrows(ClosedChannelException.class, () -> channel.force(true));
    assertThrows(NoSuchFileException.class, () -> open(at("missing"), READ).close());
  }

  @Test
  default void temporaryFilesGetNamesOfTheirOwn() throws IOException {
    Path one = Files.createTempFile(root(), "temp", ".tmp");
    Path other = Files.createTempFile(root(), "temp", ".tmp");
    assertFalse(one.equals(other));
    assertEquals(2, namesIn(root()).size());
    assertTrue(Files.isDirectory(Files.createTempDirectory(root(), "temp")));
  }
}
