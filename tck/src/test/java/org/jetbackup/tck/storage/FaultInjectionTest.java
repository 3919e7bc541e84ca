package org.jetbackup.tck.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What faults do to the operations that they strike, and to no others. */
class FaultInjectionTest implements Subject {

  private final KitFileSystem kit = KitFileSystem.inMemory();

  @Override
  public Path root() {
    return kit.root();
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    assertEquals(List.of(), kit.openHandles());
    kit.close();
  }

  private void inject(String fault) {
    kit.inject(Fault.parse(fault));
  }

  @Test
  void aFaultStrikesTheNthMatchingOperationOnce() throws IOException {
    inject("write b/** #2 once before-effect");
    directory("a");
    directory("b");
    file("a/file", "not matched");
    file("b/one", "1");
    assertFalse(kit.fired());
    FileSystemException e = assertThrows(FileSystemException.class, () -> file("b/two", "2"));
    assertEquals("/b/two", e.getFile());
    assertTrue(e.toString().contains("injected: write b/** #2 once before-effect"));
    assertTrue(kit.fired());
    file("b/two", "again");
    assertEquals("again", text(at("b/two")));
  }

  @Test
  void aStickyFaultStrikesUntilCleared() throws IOException {
    inject("create ** #2 sticky before-effect");
    file("one", "");
    assertThrows(IOException.class, () -> file("two", ""));
    assertThrows(IOException.class, () -> directory("three"));
    assertTrue(kit.fired());
    kit.clearFaults();
    assertFalse(kit.fired());
    file("two", "");
  }

  @Test
  void anErrorBeforeTheEffectChangesNothingAndOneAfterItChangesAll() throws IOException {
    file("file", "old");
    inject("any-mutation ** #1 once before-effect");
    assertThrows(IOException.class, () -> Files.move(at("file"), at("moved")));
    assertTrue(Files.exists(at("file")));
    kit.clearFaults();
    inject("any-mutation ** #1 once after-effect");
    assertThrows(IOException.class, () -> Files.move(at("file"), at("moved")));
    assertFalse(Files.exists(at("file")));
    assertEquals("old", text(at("moved")));
  }

  @Test
  void aFileWhoseCreationFailsAfterItsEffectIsThereAndNotOpen() {
    inject("create ** #1 once after-effect");
    assertThrows(IOException.class, () -> open(at("file"), WRITE, CREATE).close());
    assertTrue(Files.exists(at("file")));
    assertEquals(List.of(), kit.openHandles());
  }

  @Test
  void anOpeningThatCannotTruncateOpensNothing() throws IOException {
    file("file", "old");
    inject("write ** #1 once before-effect");
    assertThrows(
        IOException.class, () -> open(at("file"), WRITE, TRUNCATE_EXISTING).close());
    assertEquals("old", text(at("file")));
  }

  @Test
  void aFullDiskTakesSomeBytesAndThenNone() throws IOException {
    inject("any-mutation ** #2 sticky disk-full-after 2");
    try (FileChannel channel = open(at("file"), READ, WRITE, CREATE)) {
      ByteBuffer source = bytes("abcd");
      IOException e = assertThrows(IOException.class, () -> channel.write(source));
      assertTrue(e.toString().contains("No space left on device"), e::toString);
      assertEquals(2, source.position());
      assertEquals(2, channel.size());
      assertThrows(IOException.class, () -> channel.write(source));
      assertEquals(2, channel.size());
      channel.truncate(1);
      channel.force(true);
    }
    assertThrows(FileSystemException.class, () -> directory("directory"));
    assertEquals(0, Files.getFileStore(root()).getUsableSpace());
    kit.clearFaults();
    assertTrue(Files.getFileStore(root()).getUsableSpace() > 0);
    assertEquals("a", text(at("file")));
  }

  @Test
  void aDiskThatWasFullOnceHasSpaceAgain() throws IOException {
    inject("write ** #1 once disk-full-after 100");
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      assertThrows(IOException.class, () -> channel.write(bytes("abcd"), 0));
      assertEquals(4, channel.size());
      assertEquals(1, channel.write(bytes("e"), 4));
    }
    assertTrue(Files.getFileStore(root()).getUsableSpace() > 0);
  }

  @Test
  void shortReadsAndWritesAreNoErrors() throws IOException {
    inject("write ** #1 once short 3");
    inject("read ** #2 sticky short 1");
    try (FileChannel channel = open(at("file"), READ, WRITE, CREATE)) {
      ByteBuffer source = bytes("abcdef");
      assertEquals(3, channel.write(source));
      assertEquals(3, channel.write(source));
      ByteBuffer all = ByteBuffer.allocate(6);
      assertEquals(6, channel.read(all, 0));
      assertEquals(1, channel.read(all.clear(), 0));
      assertEquals(6, all.limit());
    }
    assertEquals("abcdef", text(at("file")));
    assertTrue(kit.fired());
  }

  @Test
  void aTransferLosesNothingByShortReadsAndWrites() throws IOException {
    file("source", "abcdefg");
    inject("write ** #1 sticky short 2");
    inject("read source #1 sticky short 3");
    try (FileChannel source = open(at("source"), READ);
        FileChannel target = open(at("target"), READ, WRITE, CREATE)) {
      assertEquals(7, target.transferFrom(source, 0, 100));
      assertEquals("abcdefg", text(at("target")));
      assertEquals(2, source.transferTo(0, 7, target), "what a short write took");
    }
  }

  @Test
  void accessIsDeniedByItsOwnException() throws IOException {
    file("file", "old");
    inject("read ** #1 sticky access-denied");
    inject("delete ** #1 sticky access-denied");
    assertEquals(
        "/file",
        assertThrows(AccessDeniedException.class, () -> text(at("file"))).getFile());
    assertThrows(AccessDeniedException.class, () -> Subject.listing(root()).close());
    assertThrows(AccessDeniedException.class, () -> Files.delete(at("file")));
    assertTrue(Files.exists(at("file")));
  }

  @Test
  void onlyAtomicMovesCanBeUnsupported() throws IOException {
    file("file", "old");
    inject("move ** #1 sticky not-atomic");
    AtomicMoveNotSupportedException e = assertThrows(
        AtomicMoveNotSupportedException.class,
        () -> Files.move(at("file"), at("moved"), ATOMIC_MOVE));
    assertEquals("/moved", e.getOtherFile());
    Files.move(at("file"), at("moved"));
    assertEquals("old", text(at("moved")));
  }

  @Test
  void aMoveMatchesByEitherPath() throws IOException {
    file("file", "old");
    inject("move staged/** #2 once before-effect");
    directory("staged");
    Files.move(at("file"), at("staged/file"));
    assertThrows(IOException.class, () -> Files.move(at("staged/file"), at("back")));
  }

  @Test
  void forcesOfFilesAndDirectoriesFail() throws IOException {
    directory("directory");
    inject("force ** #1 sticky before-effect");
    try (FileChannel file = open(at("file"), WRITE, CREATE);
        FileChannel directory = open(at("directory"), READ);
        FileChannel synchronous = open(at("file"), WRITE, DSYNC)) {
      assertThrows(IOException.class, () -> file.force(false));
      assertThrows(IOException.class, () -> directory.force(true));
      assertThrows(IOException.class, () -> synchronous.write(bytes("a")));
    }
    assertEquals("a", text(at("file")), "a synchronous write is a write and a force");
    assertEquals(0, kit.forces());
  }

  @Test
  void replacingWithoutAtomicityCanLoseTheTarget() throws IOException {
    file("source", "new");
    file("target", "old");
    inject("move ** #1 once before-effect");
    assertThrows(IOException.class, () -> Files.move(at("source"), at("target"), REPLACE_EXISTING));
    assertFalse(Files.exists(at("target")));
    assertEquals("new", text(at("source")));
  }

  @Test
  void aCopyThatFailsLeavesNoTarget() throws IOException {
    file("source", "content");
    inject("write ** #1 once disk-full-after 3");
    assertThrows(IOException.class, () -> Files.copy(at("source"), at("target")));
    assertFalse(Files.exists(at("target")));
  }

  @Test
  void attributesAndLocksCanFail() throws IOException {
    file("file", "content");
    inject("attributes file #1 sticky before-effect");
    inject("lock ** #1 once before-effect");
    assertThrows(IOException.class, () -> Files.size(at("file")));
    assertFalse(Files.exists(at("file")), "as for any file whose state cannot be read");
    try (FileChannel channel = open(at("file"), WRITE)) {
      assertThrows(IOException.class, channel::tryLock);
      assertTrue(channel.tryLock().isValid());
    }
  }

  @Test
  void aSweepEndsWithThePlaceThatIsNotReached() {
    Fault fault = Fault.parse("any-mutation ** #1 once before-effect");
    int n = 1;
    for (; ; n++) {
      kit.inject(fault.at(n));
      Executable work = writeAndForce("file" + n);
      if (!fails(work)) {
        break;
      }
      assertEquals(n, kit.matched(fault.at(n)));
      assertTrue(kit.fired());
      kit.clearFaults();
    }
    assertFalse(kit.fired());
    assertEquals(5, n, "create, write and two forces can fail");
    assertEquals(4, kit.matched(fault.at(n)));
  }

  private Executable writeAndForce(String name) {
    return () -> {
      try (FileChannel channel = open(at(name), WRITE, CREATE)) {
        channel.write(bytes("abc"));
        channel.force(true);
      }
      try (FileChannel directory = open(root(), READ)) {
        directory.force(true);
      }
    };
  }

  private static boolean fails(Executable work) {
    try {
      work.execute();
      return false;
    } catch (Throwable e) {
      return true;
    }
  }

  @Test
  void twoFaultsCountIndependently() throws IOException {
    inject("write ** #1 once before-effect");
    inject("write ** #2 once before-effect");
    assertThrows(IOException.class, () -> file("one", "1"));
    assertThrows(IOException.class, () -> file("two", "2"));
    file("three", "3");
    assertEquals(3, kit.matched(Fault.parse("write ** #1 once before-effect")));
    assertEquals(0, kit.matched(Fault.parse("write ** #3 once before-effect")));
  }
}
