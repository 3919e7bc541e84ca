package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.RestoreResult.Outcome;
import org.jetbackup.engine.storage.SmallDatabase.Batch;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleWriteTest {

  private static final Batch BATCH = Batch.of(10, 8, 1, 2, 4);

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path root = files.root();

  @TempDir
  private Path disk;

  @BeforeEach
  void create() {
    SmallDatabase.create(root);
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    files.close();
  }

  private static void write(Path root, Batch batch) {
    byte[] before = SmallDatabase.content(root);
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      batch.stage(side, before);
      side.writeTo(database);
      assertEquals(0, side.count());
    }
  }

  private static void tear(Path root) throws IOException {
    byte[] torn = SmallDatabase.content(root);
    for (int at = 3 * 4096 - 100; at < 3 * 4096 + 100; at++) {
      torn[at] ^= 0x55;
    }
    Files.write(SmallDatabase.path(root), torn);
  }

  @Test
  void aBatchIsInPlaceAndRestoresWhatIsTorn() throws IOException {
    for (Path place : List.of(root, disk)) {
      SmallDatabase.create(place);
      write(place, BATCH);
      byte[] expected = BATCH.over(SmallDatabase.initial());
      assertArrayEquals(expected, SmallDatabase.content(place));
      tear(place);
      assertEquals(new RestoreResult(Outcome.RESTORED, 3), SmallDatabase.restore(place));
      assertArrayEquals(expected, SmallDatabase.content(place));
    }
  }

  @Test
  void neighboursAreOneWriteAndEveryStepIsForced() {
    files.startTrace();
    write(root, BATCH);
    List<String> steps = files.trace().stream()
        .filter(each -> each.kind() == OperationKind.WRITE || each.kind().forces())
        .map(each -> each.kind() + " " + each.path() + " " + each.offset() + "+" + each.length())
        .toList();
    assertEquals(
        List.of(
            "force-directory . 0+0",
            "write a.edb.dwr 0+16384",
            "force-data a.edb.dwr 0+0",
            "write a.edb 8192+8192",
            "write a.edb 20480+4096",
            "force-data a.edb 0+0"),
        steps);
  }

  @Test
  void whatNobodyKeepsIsWrittenOnceAndNeverForced() {
    byte[] before = SmallDatabase.content(root);
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      side.keepNothing();
      long forces = files.forces();
      long writes = files.writes();
      BATCH.stage(side, before);
      side.writeTo(database);
      assertEquals(forces, files.forces());
      assertEquals(writes + 2, files.writes());
      assertEquals(0, side.count());
    }
    assertArrayEquals(BATCH.over(before), SmallDatabase.content(root));
    assertEquals(Outcome.BLANK, SmallDatabase.restore(root).outcome());
  }

  @Test
  void whatCouldNotBeWrittenOnceIsWrittenByTheNextBatch() {
    byte[] before = SmallDatabase.content(root);
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      side.keepNothing();
      BATCH.stage(side, before);
      files.inject(Fault.parse("write ** #2 once before-effect"));
      Errors.expect(JetErr.DISK_IO, database.path(), () -> side.writeTo(database));
      side.begin(database);
      assertEquals(0, side.count());
    }
    assertArrayEquals(BATCH.over(before), SmallDatabase.content(root));
  }

  @Test
  void nothingStagedIsNothingWritten() {
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      long writes = files.writes();
      side.writeTo(database);
      assertEquals(writes, files.writes());
    }
  }

  @Test
  void aBatchTakesRisingPagesUntilItIsFull() {
    ByteBuffer page = ByteBuffer.allocate(4096);
    try (DoubleWrite side =
        DoubleWrite.open(SmallDatabase.side(root), PageSize.KIB_4, Signature.NONE, 2)) {
      side.add(new PageNumber(5), page);
      assertThrows(IllegalArgumentException.class, () -> side.add(new PageNumber(5), page));
      assertThrows(IllegalArgumentException.class, () -> side.add(new PageNumber(4), page));
      assertFalse(side.isFull());
      side.add(new PageNumber(9), page);
      assertTrue(side.isFull());
      assertThrows(IllegalStateException.class, () -> side.add(new PageNumber(10), page));
      assertThrows(IllegalStateException.class, side::clear);
      assertEquals(2, side.count());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 257})
  void aCapacityBeyondTheBlockIsRefused(int capacity) {
    assertThrows(
        IllegalArgumentException.class,
        () -> DoubleWrite.open(SmallDatabase.side(root), PageSize.KIB_4, Signature.NONE, capacity));
    assertFalse(Files.exists(SmallDatabase.side(root)));
  }

  @Test
  void whatIsNoWholeBatchOfThisDatabaseChangesNothing() throws IOException {
    assertEquals(Outcome.MISSING, SmallDatabase.restore(root).outcome());
    SmallDatabase.openSide(root).close();
    assertEquals(Outcome.BLANK, SmallDatabase.restore(root).outcome());
    write(root, BATCH);
    byte[] before = SmallDatabase.content(root);
    byte[] side = Files.readAllBytes(SmallDatabase.side(root));
    try (DataFile database = SmallDatabase.open(root)) {
      assertEquals(
          Outcome.FOREIGN,
          DoubleWrite.restore(SmallDatabase.side(root), database, PageSize.KIB_4, Signature.NONE)
              .outcome());
      assertEquals(
          Outcome.TORN,
          DoubleWrite.restore(
                  SmallDatabase.side(root), database, PageSize.KIB_8, SmallDatabase.SIGNATURE)
              .outcome());
    }
    for (int length : new int[] {1, 4095, 4096, side.length - 1}) {
      Files.write(SmallDatabase.side(root), Arrays.copyOf(side, length));
      assertEquals(Outcome.TORN, SmallDatabase.restore(root).outcome(), length + " bytes");
    }
    try (DoubleWrite open = SmallDatabase.openSide(root)) {
      open.clear();
    }
    assertEquals(Outcome.BLANK, SmallDatabase.restore(root).outcome());
    assertArrayEquals(before, SmallDatabase.content(root));
  }

  @Test
  void aFlippedBitInOneReadDoesNotHideABatch() throws IOException {
    write(root, BATCH);
    byte[] expected = SmallDatabase.content(root);
    Fault fault = Fault.parse("read *.dwr #1 once flip-bit 70000");
    for (int read = 1; read <= 2; read++) {
      tear(root);
      files.inject(fault.at(read));
      assertEquals(new RestoreResult(Outcome.RESTORED, 3), SmallDatabase.restore(root));
      assertTrue(files.fired());
      files.clearFaults();
      assertArrayEquals(expected, SmallDatabase.content(root));
    }
  }

  @Test
  void aLargerBatchFindsRoomAfterASmallOneFailed() {
    byte[] before = SmallDatabase.content(root);
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      Batch.of(10, 8, 1).stage(side, before);
      files.inject(Fault.parse("write *.dwr #1 once before-effect"));
      assertThrows(JetException.class, () -> side.writeTo(database));
      side.begin(database);
      BATCH.stage(side, before);
      side.writeTo(database);
      assertEquals(0, side.count());
    }
  }

  @Test
  void aSideFileThatCannotBeWrittenLeavesTheDatabaseAloneAndTheBatchStaged() {
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      BATCH.stage(side, SmallDatabase.initial());
      files.inject(Fault.parse("write *.dwr #1 once disk-full-after 5000"));
      JetException failure = assertThrows(JetException.class, () -> side.writeTo(database));
      assertEquals(JetErr.DISK_FULL, failure.error());
      assertArrayEquals(SmallDatabase.initial(), SmallDatabase.content(root));
      assertEquals(3, side.count());
      side.writeTo(database);
      assertArrayEquals(BATCH.over(SmallDatabase.initial()), SmallDatabase.content(root));
    }
  }

  @Test
  void theOnlySoundCopyIsNotOverwritten() throws IOException {
    try (DoubleWrite side = SmallDatabase.openSide(root)) {
      try (DataFile database = SmallDatabase.open(root)) {
        BATCH.stage(side, SmallDatabase.initial());
        files.inject(Fault.parse("force a.edb #1 once drops-data"));
        assertThrows(JetException.class, () -> side.writeTo(database));
        assertThrows(JetException.class, () -> side.writeTo(database));
        assertThrows(
            IllegalStateException.class,
            () -> side.add(new PageNumber(9), ByteBuffer.allocate(4096)));
        assertThrows(IllegalStateException.class, side::clear);
      }
      files.startTrace();
      try (DataFile database = SmallDatabase.open(root)) {
        side.writeTo(database);
      }
      assertTrue(files.trace().stream()
          .noneMatch(each -> each.kind() == OperationKind.WRITE && each.path().endsWith(".dwr")));
      assertArrayEquals(BATCH.over(SmallDatabase.initial()), SmallDatabase.content(root));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any-mutation ** #1 once before-effect",
        "any-mutation ** #1 once after-effect",
        "any-mutation ** #1 sticky before-effect",
        "any-mutation ** #1 once disk-full-after 700",
        "write ** #1 once short 700",
        "write ** #1 once interrupt",
        "force ** #1 once drops-data",
        "force ** #1 once interrupt"
      })
  void eachFaultEndsInAnErrorOrInSuccessAndNeverInATornPage(String line) throws IOException {
    Batch first = Batch.of(30, 8, 1, 2, 3);
    Fault fault = Fault.parse(line);
    boolean fired = true;
    for (int n = 1; fired; n++) {
      try (KitFileSystem each = KitFileSystem.inMemory()) {
        SmallDatabase.create(each.root());
        write(each.root(), first);
        byte[] before = SmallDatabase.content(each.root());
        each.inject(fault.at(n));
        boolean failed = fails(() -> write(each.root(), BATCH));
        fired = each.fired();
        each.clearFaults();
        Thread.interrupted();
        SmallDatabase.restore(each.root());
        byte[] found = SmallDatabase.content(each.root());
        boolean isNew = Arrays.equals(found, BATCH.over(before));
        assertTrue(
            isNew || (failed && Arrays.equals(found, before)), fault.at(n).toString());
        assertTrue(each.openHandles().isEmpty(), fault.at(n).toString());
      }
    }
  }

  private static boolean fails(Runnable call) {
    try {
      call.run();
      return false;
    } catch (JetException e) {
      return true;
    }
  }
}
