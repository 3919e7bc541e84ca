package org.jetbackup.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of every file, in whatever pieces it comes, the verifier says what a reader says that knows it to
 * be closed. Damage is made with checksums that are right, so that more than they decides.
 */
class LogVerifierTest {

  private static final int FILE_BYTES = 8 << 10;
  private static final int MUTATIONS = Integer.getInteger("jetbackup.mutations.log", 400);
  private static final int HEADER = LogBatchHeader.BYTES;
  private static final int MAGIC_AT = 8;

  /** Fields of the header of a batch. */
  private static final int PAYLOAD_AT = 24;

  private static final int FIRST_RECORD_AT = 28;
  private static final int FLAGS_AT = 32;
  private static final int CHAIN_AT = 36;
  private static final int MARK_AT = 40;

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path root = files.root();
  private final Path damaged = root.resolve("x.log");

  @AfterEach
  void close() throws IOException {
    assertTrue(files.openHandles().isEmpty(), () -> "" + files.openHandles());
    files.close();
  }

  private List<LogFile> closedFiles(int sector) {
    try (LogWriter log = SmallLog.create(SmallLog.options(root, sector, FILE_BYTES, false))) {
      Random random = new Random(sector);
      for (int generation = 0; generation < 4; generation++) {
        for (int i = 0; i < 8; i++) {
          ByteBuffer payload = SmallLog.payload(i, random.nextInt(3_000));
          log.force(log.append(RecordKind.NOTE, true, payload));
        }
        log.roll();
      }
    }
    return LogFiles.scan(root, "edb").all().stream()
        .filter(file -> file.role() == LogFile.Role.CLOSED)
        .toList();
  }

  private static String saidByReader(Path path) {
    try (BatchReader batches = new BatchReader(LogFiles.readClosed(path), true)) {
      while (batches.next()) {
        // The reader checks each.
      }
      return "chain " + batches.chain();
    } catch (JetException e) {
      return e.error() == JetErr.LOG_FILE_CORRUPT ? "damaged" : e.error().toString();
    }
  }

  private static String said(JetException e) {
    return e.error() == JetErr.LOG_READ_VERIFY_FAILURE ? "damaged" : e.error().toString();
  }

  private static String saidOfAll(Path path) {
    try {
      return "chain " + LogVerifier.verify(path).chain();
    } catch (JetException e) {
      return said(e);
    }
  }

  private static String saidOfPieces(Path path, byte[] content, Random random, int longest) {
    try {
      LogVerifier verifier = LogVerifier.of(path);
      int length;
      for (int at = 0; at < content.length; at += length) {
        length = Math.min(content.length - at, 1 + random.nextInt(longest));
        verifier.accept(ByteBuffer.wrap(content, at, length));
      }
      return "chain " + verifier.finish().chain();
    } catch (JetException e) {
      return said(e);
    }
  }

  private static List<Integer> batches(byte[] content, int sector) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> found = new ArrayList<>();
    for (int at = 4_096; at < content.length; at += sector) {
      if (bytes.getInt(at + MAGIC_AT) == 0x5442_424A) {
        found.add(at);
      }
    }
    return found;
  }

  private static void makeChecksumsRight(byte[] content, int at, boolean ofPayload) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt(at + PAYLOAD_AT);
    if (ofPayload && length >= 0 && length <= content.length - at - HEADER) {
      bytes.putInt(at + Integer.BYTES, checksum(content, at + HEADER, length));
    }
    bytes.putInt(at, checksum(content, at + Integer.BYTES, HEADER - Integer.BYTES));
  }

  private static int checksum(byte[] content, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(content, from, length);
    return (int) crc.getValue();
  }

  private static void damage(byte[] content, List<Integer> batches, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int at = batches.get(random.nextInt(batches.size()));
    switch (random.nextInt(7)) {
      case 0 -> content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes.putInt(at + PAYLOAD_AT, random.nextInt(2 * FILE_BYTES) - 100);
      case 2 -> bytes.putInt(at + PAYLOAD_AT, content.length - at - HEADER + random.nextInt(3) - 1);
      case 3 -> bytes.putInt(at + FLAGS_AT, random.nextInt(5));
      case 4 -> bytes.putInt(at + CHAIN_AT, random.nextInt());
      case 5 -> bytes.putInt(at + FIRST_RECORD_AT, random.nextInt(700));
      default -> bytes.putLong(at + MARK_AT, random.nextLong());
    }
    makeChecksumsRight(content, at, random.nextBoolean());
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1_024, 4_096})
  void ofDamagedFilesItSaysWhatTheReaderSays(int sector) throws IOException {
    int sound = 0;
    int tried = 0;
    for (LogFile file : closedFiles(sector)) {
      byte[] whole = Files.readAllBytes(file.path());
      List<Integer> batches = batches(whole, sector);
      for (int seed = 0; seed < MUTATIONS; seed++) {
        Random random = new Random(seed);
        byte[] content = whole.clone();
        damage(content, batches, random);
        Files.write(damaged, content);
        String where = file.path() + ", sectors of " + sector + ", mutation " + seed;
        String expected = saidByReader(damaged);
        assertEquals(expected, saidOfAll(damaged), where);
        assertEquals(expected, saidOfPieces(damaged, content, random, 5_000), where);
        sound += expected.startsWith("chain") ? 1 : 0;
        tried++;
      }
      assertEquals(saidByReader(file.path()), saidOfPieces(file.path(), whole, new Random(1), 1));
    }
    assertTrue(sound > 0 && sound < tried / 2, "sound: " + sound + " of " + tried);
  }

  @Test
  void ofFilesOfAnotherLengthItSaysWhatTheReaderSays() throws IOException {
    for (LogFile file : closedFiles(512)) {
      byte[] whole = Files.readAllBytes(file.path());
      int end = whole.length;
      for (int length : new int[] {0, 1, 100, 4_095, 4_096, 4_097, end - 512, end - 1, end + 1}) {
        Files.write(damaged, Arrays.copyOf(whole, length));
        assertEquals(saidByReader(damaged), saidOfAll(damaged), "length " + length);
      }
    }
  }

  @Test
  void withoutAClosingBatchAFileIsNotWhole() throws IOException {
    LogFile file = closedFiles(512).get(0);
    byte[] content = Files.readAllBytes(file.path());
    List<Integer> batches = batches(content, 512);
    Arrays.fill(content, batches.get(batches.size() - 1), content.length, (byte) 0);
    Files.write(damaged, content);
    assertEquals("damaged", saidOfAll(damaged));
    LogVerifier verifier = LogVerifier.of(damaged);
    verifier.accept(ByteBuffer.wrap(content, 0, batches.get(batches.size() - 1)));
    assertThrows(JetException.class, verifier::finish);
  }
}
