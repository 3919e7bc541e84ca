package org.jetbackup.tck.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Nothing of the file system below gets out, and nothing of another one gets in. */
class ContainmentTest implements Subject {

  private final FileSystem below = Jimfs.newFileSystem(Configuration.unix());
  private KitFileSystem kit;
  private Path base;

  @BeforeEach
  void make() throws IOException {
    base = Files.createDirectories(below.getPath("/secret/base"));
    Files.writeString(below.getPath("/secret/outside"), "outside");
    kit = KitFileSystem.over(base);
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
    below.close();
  }

  @Override
  public Path root() {
    return kit.root();
  }

  @Test
  void theRootHoldsWhatIsBeneathTheDirectoryBelow() throws IOException {
    assertEquals("/", root().toString());
    file("file", "abc");
    assertEquals("abc", Files.readString(base.resolve("file")));
    Files.writeString(base.resolve("other"), "xyz");
    assertEquals("xyz", Subject.text(at("other")));
    assertEquals("xyz", Files.readString(fileSystem().getPath("other")), "relative to the root");
  }

  @Test
  void goingUpFromTheRootStaysAtTheRoot() throws IOException {
    Path up = at("../outside");
    assertFalse(Files.exists(up));
    file("../../file", "abc");
    assertTrue(Files.exists(base.resolve("file")));
    assertEquals(root(), at("../..").toRealPath());
    directory("a");
    assertTrue(Files.isSameFile(at("a/../../../a"), at("a")));
  }

  @Test
  void exceptionsNameWrappedPaths() throws IOException {
    file("file", "abc");
    directory("full");
    file("full/file", "abc");
    for (Executable use : new Executable[] {
      () -> Files.delete(at("missing")),
      () -> Files.delete(at("full")),
      () -> Files.createDirectory(at("file")),
      () -> Subject.listing(at("file")).close(),
      () -> Files.move(at("file"), at("full")),
      () -> Files.move(at("missing"), at("file"), ATOMIC_MOVE),
      () -> Files.copy(at("missing"), at("other")),
      () -> Files.readSymbolicLink(at("file")),
      () -> FileChannel.open(at("no/file"), READ).close(),
    }) {
      FileSystemException e = assertThrows(FileSystemException.class, use);
      assertTrue(e.getFile().startsWith("/"), e::toString);
      assertFalse(e.toString().contains("secret"), e::toString);
      assertEquals(null, e.getCause());
    }
  }

  @Test
  void pathsOfOtherFileSystemsAreRefused() throws IOException {
    Path file = file("file", "abc");
    try (KitFileSystem other = KitFileSystem.over(base)) {
      for (Path foreign : new Path[] {base, other.root().resolve("file")}) {
        assertThrows(ProviderMismatchException.class, () -> file.resolve(foreign));
        assertThrows(ProviderMismatchException.class, () -> file.relativize(foreign));
        assertThrows(ClassCastException.class, () -> file.compareTo(foreign));
        assertThrows(
            ProviderMismatchException.class, () -> fileSystem().provider().delete(foreign));
        assertThrows(
            ProviderMismatchException.class, () -> fileSystem().provider().move(file, foreign));
        assertThrows(ProviderMismatchException.class, () -> Files.createLink(file, foreign));
        assertFalse(file.startsWith(foreign));
        assertFalse(file.endsWith(foreign));
        assertFalse(Files.isSameFile(file, foreign));
        assertNotEquals(file, foreign);
      }
      assertEquals("/file", other.root().resolve("file").toString());
    }
  }

  @Test
  void theJdkCopiesAndMovesBetweenFileSystems() throws IOException {
    Path outside = below.getPath("/secret/outside");
    Files.copy(outside, at("in"));
    assertEquals("outside", Subject.text(at("in")));
    Files.move(at("in"), below.getPath("/secret/out"));
    assertEquals("outside", Files.readString(below.getPath("/secret/out")));
    assertThrows(
        AtomicMoveNotSupportedException.class, () -> Files.move(outside, at("in"), ATOMIC_MOVE));
  }

  @Test
  void linksThatLeadOutAreNotResolved() throws IOException {
    Files.createSymbolicLink(base.resolve("link"), below.getPath("/secret/outside"));
    assertThrows(FileSystemException.class, () -> at("link").toRealPath());
    assertThrows(FileSystemException.class, () -> Files.readSymbolicLink(at("link")));
  }

  @Test
  void listedPathsAreWrapped() throws IOException {
    file("file", "abc");
    try (Stream<Path> paths = Files.walk(fileSystem().getPath(""))) {
      assertTrue(paths.allMatch(path -> path.getFileSystem() == fileSystem()));
    }
    assertEquals(fileSystem(), root().toRealPath().getFileSystem());
  }

  @Test
  void whatIsNotOfferedSaysSo() throws IOException {
    Path file = file("file", "abc");
    assertThrows(UnsupportedOperationException.class, file::toFile);
    assertThrows(UnsupportedOperationException.class, () -> fileSystem().newWatchService());
    assertEquals("jetbackup-kit:/file", file.toUri().toString());
    assertThrows(FileSystemNotFoundException.class, () -> Path.of(file.toUri()));
    try (FileChannel channel = FileChannel.open(file, READ)) {
      assertThrows(UnsupportedOperationException.class, () -> channel.map(MapMode.READ_ONLY, 0, 3));
    }
  }

  /** As Java 17 documents it; the default file system of later releases takes the bytes. */
  @Test
  void aTransferToBeyondTheEndTakesNothing() throws IOException {
    try (FileChannel source = FileChannel.open(file("source", "abc"), READ);
        FileChannel target = FileChannel.open(file("target", ""), WRITE)) {
      assertEquals(0, target.transferFrom(source, 1, 3));
      assertEquals(0, target.size());
      assertEquals(0, source.position());
    }
  }

  @Test
  void listingsHaveAFixedOrderThatIsNotTheAlphabet() throws IOException {
    for (int i = 0; i < 20; i++) {
      file("file" + (10 + i), "");
    }
    try (Stream<Path> first = Files.list(root());
        Stream<Path> second = Files.list(root())) {
      var paths = first.toList();
      assertEquals(paths, second.toList());
      assertNotEquals(paths, paths.stream().sorted().toList());
    }
  }
}
