package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Open handles, freezing and closing. */
class KitControlTest implements Subject {

  private final FileSystem below = Jimfs.newFileSystem(Configuration.unix());
  private KitFileSystem kit;

  @BeforeEach
  void make() throws IOException {
    kit = KitFileSystem.over(Files.createDirectories(below.getPath("/base/dir")));
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
    assertTrue(below.isOpen());
    below.close();
  }

  @Override
  public Path root() {
    return kit.root();
  }

  /** Opens a file and leaves closing it to the test. */
  private FileChannel leak() throws IOException {
    return open(at("leaked"), WRITE, CREATE);
  }

  @Test
  void whatIsOpenIsListedWithThePlaceWhereItWasOpened() throws IOException {
    FileChannel channel = leak();
    InputStream stream = Files.newInputStream(at("leaked"));
    DirectoryStream<Path> listing = Subject.listing(root());
    FileChannel directory = open(root(), READ);
    assertEquals(
        List.of("channel leaked", "channel leaked", "directory listing .", "directory channel ."),
        kit.openHandles().stream().map(open -> open.what() + " " + open.path()).toList());
    String text = kit.openHandles().get(0).toString();
    List<String> lines = text.lines().toList();
    assertEquals("channel leaked is still open, opened", lines.get(0));
    assertTrue(lines.stream().noneMatch(line -> line.contains("java.nio.file")), text);
    assertTrue(
        lines.stream().limit(3).anyMatch(line -> line.contains("KitControlTest.leak(")), text);
    for (AutoCloseable each : List.of(channel, stream, listing, directory)) {
      assertDoesNotThrow(each::close);
    }
    assertEquals(List.of(), kit.openHandles());
  }

  @Test
  void stacksAreCapturedOnlyOnRequest() throws IOException {
    kit.captureStacks(false);
    try (FileChannel channel = leak()) {
      assertTrue(channel.isOpen());
      assertEquals("channel leaked is still open", kit.openHandles().get(0).toString());
    }
  }

  @Test
  void afterAFreezeEveryOperationFailsAndNothingChanges() throws IOException {
    Path file = file("file", "abc");
    FileChannel channel = open(file, READ, WRITE);
    FileChannel directory = open(root(), READ);
    DirectoryStream<Path> listing = Subject.listing(root());
    FileLock lock = channel.lock();
    assertTrue(lock.isValid());
    kit.freeze();
    assertTrue(kit.isFrozen());
    assertFalse(fileSystem().isOpen());
    for (Executable use : new Executable[] {
      () -> channel.read(ByteBuffer.allocate(1)),
      () -> channel.write(bytes("x")),
      () -> channel.write(bytes("x"), 0),
      () -> channel.truncate(0),
      () -> channel.force(true),
      channel::size,
      channel::position,
      () -> channel.position(0),
      channel::tryLock,
      () -> directory.force(true),
      () -> Files.delete(file),
      () -> Files.move(file, at("moved")),
      () -> Files.copy(file, at("copy")),
      () -> Files.createDirectory(at("directory")),
      () -> Files.size(file),
      () -> file.toRealPath(),
      () -> open(file, READ).close(),
      () -> Subject.listing(root()).close(),
      () -> Files.getFileStore(root()).getUsableSpace(),
    }) {
      IOException e = assertThrows(IOException.class, use);
      assertTrue(String.valueOf(e.getMessage()).contains("frozen"), e::toString);
    }
    assertThrows(DirectoryIteratorException.class, () -> listing.iterator().hasNext());
    assertFalse(Files.exists(file));
    assertEquals("abc", Files.readString(below.getPath("/base/dir/file")));
  }

  @Test
  void closingAfterAFreezeGivesHandlesBackAndDoesNothingElse() throws IOException {
    FileChannel channel = open(at("file"), WRITE, CREATE, DELETE_ON_CLOSE);
    DirectoryStream<Path> listing = Subject.listing(root());
    FileChannel directory = open(root(), READ);
    kit.freeze();
    channel.close();
    listing.close();
    directory.close();
    assertEquals(List.of(), kit.openHandles());
    assertTrue(Files.exists(below.getPath("/base/dir/file")));
    assertThrows(ClosedChannelException.class, () -> channel.write(bytes("x")));
  }

  @Test
  void whatTookTheNameOfAFileIsNotDeletedWithIt() throws IOException {
    try (FileChannel channel = open(at("temporary"), WRITE, CREATE, DELETE_ON_CLOSE)) {
      Files.move(at("temporary"), at("moved"));
      file("temporary", "another");
      assertTrue(channel.isOpen());
    }
    assertEquals("another", Subject.text(at("temporary")));
    assertTrue(Files.exists(at("moved")));
  }

  @Test
  void aFrozenFileSystemStopsOthersInTheMiddleOfTheirWork() throws Exception {
    Thread writer = new Thread(() -> {
      try (FileChannel channel = leak()) {
        while (true) {
          channel.write(bytes("x"));
          channel.force(true);
        }
      } catch (IOException e) {
        Thread.currentThread().setName(e.toString());
      }
    });
    writer.start();
    while (kit.writes() < 100) {
      Thread.onSpinWait();
    }
    kit.freeze();
    long size = Files.size(below.getPath("/base/dir/leaked"));
    writer.join();
    assertEquals(size, Files.size(below.getPath("/base/dir/leaked")));
    assertEquals(size, kit.writes());
  }

  @Test
  void aCloneOfAFrozenFileSystemCanBeOpened() throws IOException {
    FileChannel abandoned = leak();
    abandoned.write(bytes("kept"));
    FileLock lock = abandoned.lock();
    kit.freeze();
    try (KitFileSystem clone = KitFileSystem.over(below.getPath("/base/dir"));
        FileChannel channel = open(clone.root().resolve("leaked"), READ, WRITE)) {
      assertTrue(channel.tryLock().isValid());
      assertEquals(4, channel.size());
    }
    assertThrows(IOException.class, lock::release);
  }

  @Test
  void aFreezeGivesTheLocksOnADiskBack(@TempDir Path directory) throws IOException {
    try (KitFileSystem abandoned = KitFileSystem.over(directory);
        KitFileSystem clone = KitFileSystem.over(directory)) {
      FileChannel held = open(abandoned.root().resolve("file"), WRITE, CREATE);
      assertTrue(held.lock().isValid());
      try (FileChannel channel = open(clone.root().resolve("file"), WRITE)) {
        assertThrows(OverlappingFileLockException.class, channel::tryLock);
        abandoned.freeze();
        assertTrue(channel.tryLock().isValid());
      }
    }
  }

  @Test
  void closingTheFileSystemClosesWhatIsOpen() throws IOException {
    FileChannel channel = leak();
    kit.close();
    kit.close();
    assertFalse(channel.isOpen());
    assertFalse(fileSystem().isOpen());
    assertEquals(List.of(), kit.openHandles());
    assertThrows(ClosedChannelException.class, () -> channel.write(bytes("x")));
    assertThrows(ClosedFileSystemException.class, () -> Files.size(at("leaked")));
    assertThrows(ClosedFileSystemException.class, () -> leak().close());
    assertTrue(Files.exists(below.getPath("/base/dir/leaked")));
    kit.freeze();
    assertFalse(kit.isFrozen());
  }

  @Test
  void itsStateIsPrinted() throws IOException {
    assertEquals("KitFileSystem[open]", kit.toString());
    kit.freeze();
    assertEquals("KitFileSystem[frozen]", kit.toString());
    kit.close();
    assertEquals("KitFileSystem[closed]", kit.toString());
  }
}
