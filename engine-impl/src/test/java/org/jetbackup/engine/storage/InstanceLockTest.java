package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceLockTest {

  @TempDir
  private Path disk;

  /** Everything that holds on every file system. */
  private static void holds(Path parent) throws IOException {
    Path directory = Files.createDirectory(parent.resolve("logs"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), directory);
    Path other = Files.createDirectory(parent.resolve("other"));
    try (InstanceLock lock = InstanceLock.acquire(directory);
        InstanceLock apart = InstanceLock.acquire(other)) {
      assertEquals(directory, lock.directory());
      assertEquals(other, apart.directory());
      for (Path spelling :
          new Path[] {directory, parent.resolve("./logs"), parent.resolve("other/../logs"), link}) {
        Errors.expect(JetErr.LOG_FILE_PATH_IN_USE, spelling, () -> InstanceLock.acquire(spelling));
      }
    }
    InstanceLock again = InstanceLock.acquire(link);
    again.close();
    again.close();
    InstanceLock.acquire(directory).close();
    assertEquals(0, Files.size(directory.resolve(FileNames.LOCK)));
  }

  @Test
  void aDirectoryOnDiskHasOneOwner() throws IOException {
    holds(disk);
  }

  @Test
  void aDirectoryInMemoryHasOneOwner() throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      holds(files.getPath("").toAbsolutePath());
    }
  }

  @Test
  void aDirectoryOfTheKitHasOneOwner() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      holds(files.root());
      assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    }
  }

  @Test
  void theSamePathOfTwoFileSystemsIsTwoDirectories() throws IOException {
    try (KitFileSystem one = KitFileSystem.inMemory();
        KitFileSystem two = KitFileSystem.inMemory();
        InstanceLock first = InstanceLock.acquire(one.root());
        InstanceLock second = InstanceLock.acquire(two.root())) {
      assertEquals(first.directory().toString(), second.directory().toString());
    }
  }

  @Test
  void aDirectoryThatIsMissingOrNoneIsAnInvalidPath() throws IOException {
    Path missing = disk.resolve("missing");
    Errors.expect(JetErr.INVALID_PATH, missing, () -> InstanceLock.acquire(missing));
    Path file = Files.createFile(disk.resolve("file"));
    Errors.expect(JetErr.INVALID_PATH, file, () -> InstanceLock.acquire(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "create"})
  void whoFailsToLockOwnsNothing(String kind) throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.inject(Fault.parse(kind + " ** #1 once before-effect"));
      Errors.expect(JetErr.DISK_IO, files.root(), () -> InstanceLock.acquire(files.root()));
      assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
      InstanceLock.acquire(files.root()).close();
    }
  }

  @Test
  void anInterruptDisturbsNothing() {
    Thread.currentThread().interrupt();
    InstanceLock.acquire(disk).close();
    assertTrue(Thread.interrupted());
  }

  @Test
  void aLockThroughAnotherFileSystemIsSeen() throws IOException {
    try (FileChannel channel = FileChannel.open(
        disk.resolve(FileNames.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertTrue(channel.lock().isValid());
      Errors.expect(JetErr.FILE_ACCESS_DENIED, disk, () -> InstanceLock.acquire(disk));
    }
    InstanceLock.acquire(disk).close();
  }

  @Test
  @Timeout(120)
  void anotherProcessIsKeptOutEvenAfterALoserOfThisOne() throws Exception {
    try (InstanceLock lock = InstanceLock.acquire(disk)) {
      Errors.expect(
          JetErr.LOG_FILE_PATH_IN_USE, lock.directory(), () -> InstanceLock.acquire(disk));
      assertEquals("refused", Probe.run(disk));
    }
    assertEquals("locked", Probe.run(disk));
  }

  /** Tries to lock, in a process of its own. */
  static final class Probe {

    private Probe() {}

    static String run(Path directory) throws Exception {
      Process process = new ProcessBuilder(
              ProcessHandle.current().info().command().orElse("java"),
              "-cp",
              System.getProperty("java.class.path"),
              Probe.class.getName(),
              directory.toString())
          .redirectErrorStream(true)
          .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return said.strip();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]).resolve(FileNames.LOCK);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        System.out.println(channel.tryLock() == null ? "refused" : "locked");
      }
    }
  }
}
