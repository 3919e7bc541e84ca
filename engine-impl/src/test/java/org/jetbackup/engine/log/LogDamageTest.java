package org.jetbackup.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.log.SmallLog.Found;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was damaged after it was written is an error with its place, or changes nothing. */
class LogDamageTest {

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path root = files.root();
  private final Path first = root.resolve("edb00001.log");
  private final Path second = root.resolve("edb00002.log");
  private final Path current = root.resolve("edb.log");

  private Found whole = new Found(List.of(), new LogEnd(0, 0, 0, 0, 0, 0, false));
  private long last;

  /** Two closed generations, and a current one with some batches. */
  @BeforeEach
  void write() {
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      commits(log, 6, 400);
      log.roll();
      commits(log, 5, 900);
      log.append(RecordKind.CHANGE, false, SmallLog.payload(99, 70_000));
      commits(log, 4, 700);
      last = log.end();
      commits(log, 1, 100);
    }
    whole = SmallLog.read(root, 0);
    assertEquals(3, LogFiles.scan(root, "edb").all().size());
  }

  @AfterEach
  void close() throws IOException {
    assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    files.close();
  }

  private static void commits(LogWriter log, int count, int size) {
    for (int i = 0; i < count; i++) {
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(i, size)));
    }
  }

  private JetErr errorOfReading() {
    return assertThrows(JetException.class, () -> SmallLog.read(root, 0)).error();
  }

  @Test
  void filesOfSeveralDirectoriesAreReadAsOneLog() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Path moved = Files.move(second, elsewhere.resolve("edb00002.log"));
    LogFile one = LogFiles.readClosed(first);
    LogFile two = LogFiles.readClosed(moved);
    try (LogReader reader = LogReader.open(LogFiles.of(root, "edb", List.of(one, two)), 0)) {
      int read = 0;
      while (reader.next()) {
        read++;
      }
      assertTrue(read > 6, "records: " + read);
      assertEquals(2, reader.end().generation());
    }
    LogFile three = LogFiles.read(current, LogFile.Role.CURRENT);
    assertEquals(
        JetErr.MISSING_LOG_FILE,
        assertThrows(JetException.class, () -> LogFiles.of(root, "edb", List.of(one, three)))
            .error());
    assertEquals(
        JetErr.INVALID_LOG_SEQUENCE,
        assertThrows(JetException.class, () -> LogFiles.of(root, "edb", List.of(two, one)))
            .error());
    assertEquals(LogVerifier.verify(first).chain(), two.header().facts().previousChain());
  }

  @Test
  void everyFlippedByteOfAClosedGenerationIsFoundOrChangesNothing() throws IOException {
    assertFlipsAreFound(first, 4_096 + 7 * 512);
  }

  @Test
  void everyFlippedByteBelowTheLastMarkIsFoundOrChangesNothing() throws IOException {
    assertFlipsAreFound(current, LogAddress.offset(last));
  }

  /** In a directory of its own, as it could be the oldest that is left. */
  private void assertFlipsAreFound(Path file, int to) throws IOException {
    Path alone = Files.createDirectory(root.resolve("alone"));
    Path copy = Files.copy(file, alone.resolve(String.valueOf(file.getFileName())));
    Found expected = SmallLog.read(alone, 0);
    byte[] content = Files.readAllBytes(copy);
    int found = 0;
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (int at = 0; at < to; at++) {
        byte damaged = (byte) (content[at] ^ 1 << at % Byte.SIZE);
        channel.write(ByteBuffer.wrap(new byte[] {damaged}), at);
        found += isFound(alone, expected) ? 1 : 0;
        channel.write(ByteBuffer.wrap(content, at, 1), at);
      }
    }
    int least = to / 2;
    int seen = found;
    assertTrue(seen > least, () -> seen + " found of " + to);
  }

  private static void flip(Path file, byte[] content, int at) throws IOException {
    byte[] damaged = content.clone();
    damaged[at] ^= (byte) (1 << at % Byte.SIZE);
    Files.write(file, damaged);
  }

  private static boolean isFound(Path directory, Found expected) {
    try {
      assertEquals(expected.entries(), SmallLog.read(directory, 0).entries());
      return false;
    } catch (JetException e) {
      JetErr error = e.error();
      assertTrue(error == JetErr.LOG_FILE_CORRUPT || error == JetErr.BAD_LOG_VERSION, e::toString);
      return true;
    }
  }

  @Test
  void damageIsNamedByGenerationAndPosition() throws IOException {
    long address = whole.entries().get(3).address();
    byte[] content = Files.readAllBytes(first);
    flip(first, content, LogAddress.offset(address));
    JetException e = assertThrows(JetException.class, () -> SmallLog.read(root, 0));
    assertEquals(JetErr.LOG_FILE_CORRUPT, e.error());
    long batch = address - LogBatchHeader.BYTES;
    assertTrue(
        e.subjects().contains(Subject.position(LogAddress.position(batch, 512))), e::toString);
    JetException failure = assertThrows(JetException.class, () -> LogVerifier.verify(first));
    assertEquals(JetErr.LOG_READ_VERIFY_FAILURE, failure.error());
    assertEquals(e.subjects().subList(0, 3), failure.subjects().subList(0, 3)); // the same place
    LogVerifier.verify(second);
    assertThrows(JetException.class, () -> LogVerifier.verify(current)); // it is not closed
  }

  @Test
  void anEndThatIsWholeIsNotCalledTornWhateverLiesBehindIt() throws IOException {
    assertFalse(isEndTorn());
    byte[] content = Files.readAllBytes(current);
    int end = (LogAddress.offset(last) / 512 + 1) * 512;
    Arrays.fill(content, end, end + 512, (byte) 0); // the last batch
    Files.write(current, content);
    assertFalse(isEndTorn());
    SmallLog.reopen(SmallLog.options(root), 2).close();
    byte[] opened = Files.readAllBytes(current);
    System.arraycopy(content, end - 1_024, opened, end + 512, 1_024);
    Files.write(current, opened); // batches that do not continue this one
    assertFalse(isEndTorn());
  }

  @Test
  void anEndWithHalfABatchOrHalfARecordIsCalledTornUntilTheLogIsOpened() throws IOException {
    byte[] content = Files.readAllBytes(current);
    flip(current, content, (LogAddress.offset(last) / 512 + 1) * 512 + 60);
    assertTrue(isEndTorn());
    SmallLog.reopen(SmallLog.options(root), 2).close();
    assertFalse(isEndTorn());
    Arrays.fill(content, 4_096, content.length, (byte) 0); // the rest of a record
    Files.write(current, content);
    assertTrue(isEndTorn());
    SmallLog.reopen(SmallLog.options(root), 3).close();
    assertFalse(isEndTorn());
  }

  private boolean isEndTorn() {
    try (LogReader reader = LogReader.open(LogFiles.scan(root, "edb"), 0)) {
      while (reader.next()) {
        assertFalse(reader.isEndTorn());
      }
      return reader.isEndTorn();
    }
  }

  @Test
  void aDamagedLastBatchIsTakenForTorn() throws IOException {
    byte[] content = Files.readAllBytes(current);
    flip(current, content, (LogAddress.offset(last) / 512 + 1) * 512 + 60);
    assertEquals(
        whole.entries().subList(0, whole.entries().size() - 1),
        SmallLog.read(root, 0).entries());
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(second);
    assertEquals(JetErr.MISSING_LOG_FILE, errorOfReading());
  }

  @Test
  void withoutTheCurrentFileNothingGoesOn() throws IOException {
    Files.delete(current);
    assertTrue(SmallLog.read(root, 0).end().closed());
    JetException e =
        assertThrows(JetException.class, () -> SmallLog.reopen(SmallLog.options(root), 2));
    assertEquals(JetErr.MISSING_LOG_FILE, e.error());
    JetException behind = assertThrows(JetException.class, () -> SmallLog.read(root, last));
    assertEquals(JetErr.MISSING_LOG_FILE, behind.error());
  }

  @Test
  void truncatedFilesAreFound() throws IOException {
    for (Path file : List.of(first, second, current)) {
      byte[] content = Files.readAllBytes(file);
      for (int length : new int[] {0, 100, 4_096, 30_000, content.length - 1}) {
        Files.write(file, Arrays.copyOf(content, length));
        assertEquals(JetErr.LOG_FILE_CORRUPT, errorOfReading());
      }
      Files.write(file, content);
    }
  }

  @Test
  void namesDoNotMatter() throws IOException {
    Path aside = root.resolve("aside");
    Files.move(first, aside);
    Files.move(second, first);
    Files.move(aside, second);
    assertEquals(whole.entries(), SmallLog.read(root, 0).entries());
    Files.move(first, root.resolve("edb00009.log"));
    assertEquals(whole.entries(), SmallLog.read(root, 0).entries());
    JetException e =
        assertThrows(JetException.class, () -> SmallLog.reopen(SmallLog.options(root), 2));
    assertEquals(JetErr.LOG_GENERATION_MISMATCH, e.error());
  }

  @Test
  void foreignFilesAreFound() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    LogOptions options = SmallLog.options(other);
    try (LogWriter log = LogWriter.create(options, SmallLog.environment(5), SmallLog.STATE)) {
      commits(log, 3, 100);
      log.roll();
    }
    Files.copy(other.resolve("edb00001.log"), first, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(JetErr.BAD_LOG_SIGNATURE, errorOfReading());
  }

  @Test
  void anotherFileOfTheSameNumberIsFoundByItsChecksum() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    try (LogWriter log = SmallLog.create(SmallLog.options(other))) { // the same signature
      commits(log, 3, 100);
      log.roll();
    }
    Files.copy(other.resolve("edb00001.log"), first, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(JetErr.LOG_SEQUENCE_CHECKSUM_MISMATCH, errorOfReading());
    Files.copy(first, root.resolve("edb00007.log"));
    assertEquals(JetErr.INVALID_LOG_SEQUENCE, errorOfReading());
  }

  @Test
  void otherSizesAreRefused() {
    LogFiles found = LogFiles.scan(root, "edb");
    assertEquals(
        JetErr.LOG_SECTOR_SIZE_MISMATCH,
        assertThrows(
                JetException.class,
                () -> found.requireMatching(SmallLog.options(root, 4096, 8 << 10, false)))
            .error());
  }

  @Test
  void anAddressBehindTheEndIsDamage() {
    JetException e =
        assertThrows(JetException.class, () -> SmallLog.read(root, whole.end().address() + 1));
    assertEquals(JetErr.LOG_FILE_CORRUPT, e.error());
  }

  @Test
  void randomDamageGivesErrorsAndNothingWorse() throws IOException {
    long seed = 20_260_304;
    Random random = new Random(seed);
    List<Path> paths = List.of(first, second, current);
    List<byte[]> contents = new ArrayList<>();
    for (Path path : paths) {
      contents.add(Files.readAllBytes(path));
    }
    for (int round = 0; round < 20_000; round++) {
      int which = random.nextInt(paths.size());
      byte[] damaged = contents.get(which).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damage(damaged, random);
      }
      Files.write(paths.get(which), damaged);
      String replay = "seed " + seed + ", round " + round + " of " + paths.get(which);
      try {
        List<String> found = SmallLog.read(root, 0).contents();
        List<String> expected = whole.contents();
        assertTrue(found.size() <= expected.size(), replay);
        assertEquals(expected.subList(0, found.size()), found, replay);
      } catch (JetException e) {
        assertTrue(e.error().isError(), replay);
      } catch (RuntimeException e) {
        throw new AssertionError(replay, e);
      }
      Files.write(paths.get(which), contents.get(which));
    }
  }

  private static void damage(byte[] content, Random random) {
    int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 8);
    int used = Math.min(content.length, 12_000);
    int at = random.nextInt(used - length);
    switch (random.nextInt(4)) {
      case 0 -> Arrays.fill(content, at, at + length, (byte) 0);
      case 1 -> Arrays.fill(content, at, at + length, (byte) -1);
      case 2 -> System.arraycopy(content, random.nextInt(used - length), content, at, length);
      default -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, content, at, length);
      }
    }
  }
}
