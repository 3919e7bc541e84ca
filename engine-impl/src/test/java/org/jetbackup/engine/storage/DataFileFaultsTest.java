package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a DataFile makes of a failing device. */
class DataFileFaultsTest {

  private final KitFileSystem files = KitFileSystem.inMemory();
  private DataFile file;

  @BeforeEach
  void open() {
    file = DataFile.open(files.root().resolve("a"), Mode.CREATE);
    file.write(Bytes.pattern(1_000, 0), 0);
    file.force();
  }

  @AfterEach
  void close() throws IOException {
    file.close();
    assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    files.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 511})
  void shortReadsAndWritesGoOn(int bytes) {
    files.inject(Fault.parse("write ** #1 sticky short " + bytes));
    files.inject(Fault.parse("read ** #1 sticky short " + bytes));
    file.write(Bytes.pattern(600, 5), 200);
    ByteBuffer read = ByteBuffer.allocate(600);
    file.readFully(read, 200);
    assertEquals(Bytes.pattern(600, 5), read.flip());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300, 599})
  void aFullDiskIsNamedAndTheFileGoesOnWhenThereIsSpace(int bytes) {
    files.inject(Fault.parse("write ** #1 sticky disk-full-after " + bytes));
    ByteBuffer content = Bytes.pattern(600, 0);
    Errors.expect(JetErr.DISK_FULL, file.path(), () -> file.write(content.duplicate(), 1_000));
    Errors.expect(JetErr.DISK_FULL, file.path(), () -> file.extendTo(5_000));
    files.clearFaults();
    file.write(content.duplicate(), 1_000);
    file.force();
    assertEquals(1_600, file.size());
  }

  @ParameterizedTest
  @CsvSource({
    "write ** #1 once before-effect, DISK_IO",
    "write ** #1 once after-effect, DISK_IO",
    "write ** #1 once access-denied, FILE_ACCESS_DENIED"
  })
  void aWriteThatFailsDoesNotPoison(String fault, JetErr error) {
    files.inject(Fault.parse(fault));
    Errors.expect(error, file.path(), () -> file.write(Bytes.pattern(10, 0), 0));
    file.write(Bytes.pattern(10, 0), 0);
    file.force();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "force ** #1 once before-effect",
        "force ** #1 once after-effect",
        "force ** #1 once drops-data"
      })
  void aForceThatFailsIsNeverForgotten(String fault) {
    files.inject(Fault.parse(fault));
    file.write(Bytes.pattern(10, 0), 2_000);
    JetException first = Errors.expect(JetErr.DISK_IO, file.path(), file::force);
    long done = files.forces();
    JetException second = Errors.expect(JetErr.DISK_IO, file.path(), file::force);
    assertSame(first, second.getCause());
    assertEquals(done, files.forces());
    Errors.expect(JetErr.DISK_IO, file.path(), () -> file.write(Bytes.pattern(10, 0), 0));
    Errors.expect(JetErr.DISK_IO, file.path(), () -> file.setSize(0));
    Errors.expect(JetErr.DISK_IO, file.path(), () -> file.extendTo(9_000));
    file.readFully(ByteBuffer.allocate(1_000), 0);
    file.close();
    file = DataFile.open(file.path(), Mode.WRITE);
    file.write(Bytes.pattern(10, 0), 2_000);
    file.force();
  }

  @Test
  void aForceAfterACutIsOneOfEverything() {
    long before = files.count(OperationKind.FORCE);
    file.force();
    assertEquals(before, files.count(OperationKind.FORCE));
    file.setSize(10);
    file.force();
    file.force();
    assertEquals(before + 1, files.count(OperationKind.FORCE));
  }

  @Test
  void anInterruptedForceIsDoneAgain() {
    file.write(Bytes.pattern(10, 0), 0);
    files.inject(Fault.parse("force ** #1 once interrupt"));
    long before = files.forces();
    file.force();
    assertTrue(Thread.interrupted());
    assertEquals(before + 1, files.forces());
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "write", "force"})
  void anInterruptAtEachOperationIsSurvivedButNotOneAtEvery(String kind) {
    files.inject(Fault.parse(kind + " ** #1 once interrupt"));
    use(kind);
    assertTrue(Thread.interrupted());
    files.clearFaults();
    Fault always = Fault.parse(kind + " ** #1 sticky interrupt");
    files.inject(always);
    Errors.expect(JetErr.DISK_IO, file.path(), () -> use(kind));
    assertTrue(Thread.interrupted());
    assertTrue(files.matched(always) < 500, () -> files.matched(always) + " attempts");
    files.clearFaults();
  }

  @Test
  void afterAnInterruptNothingIsEverCreated() throws IOException {
    Files.delete(file.path());
    Thread.currentThread().interrupt();
    Errors.expect(JetErr.FILE_NOT_FOUND, file.path(), file::size);
    assertTrue(Thread.interrupted());
    assertTrue(Files.notExists(file.path()));
  }

  @Test
  void aFrozenFileSystemAnswersWithErrors() throws IOException {
    files.freeze();
    Errors.expect(JetErr.DISK_IO, file.path(), () -> file.write(Bytes.pattern(10, 0), 0));
    Errors.expect(JetErr.DISK_IO, file.path(), () -> file.read(ByteBuffer.allocate(1), 0));
  }

  private void use(String kind) {
    switch (kind) {
      case "read" -> file.readFully(ByteBuffer.allocate(1_000), 0);
      case "write" -> file.write(Bytes.pattern(1_000, 0), 0);
      default -> file.force();
    }
  }
}
