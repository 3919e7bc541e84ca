package org.jetbackup.engine.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetbackup.engine.log.LogFile.Role;
import org.jetbackup.engine.log.SmallLog.Entry;
import org.jetbackup.engine.log.SmallLog.Found;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is appended is read again, from wherever one begins. */
class LogRoundTripTest {

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path root = files.root();

  @AfterEach
  void close() throws IOException {
    assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    files.close();
  }

  @ParameterizedTest(name = "seed {0}, sector {1}, buffer {2}")
  @CsvSource({
    "1, 512, 512",
    "2, 512, 1024",
    "3, 512, 8192",
    "4, 512, 65536",
    "5, 4096, 4096",
    "6, 4096, 65536",
    "7, 2048, 8192",
    "8, 512, 1048576"
  })
  void recordsOfAllSizesAreReadAgainFromEveryAddress(long seed, int sector, int buffer) {
    LogOptions options = SmallLog.options(root, sector, buffer, false);
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    List<Long> behind = new ArrayList<>();
    try (LogWriter log = SmallLog.create(options)) {
      for (int i = 0; i < 120; i++) {
        RecordKind kind = SmallLog.kind(random);
        boolean ends = random.nextBoolean();
        ByteBuffer payload = SmallLog.payload(random.nextLong(), size(random));
        expected.add(SmallLog.content(kind, ends, payload));
        behind.add(log.append(kind, ends, payload));
        assertEquals(behind.get(i), log.end());
        if (random.nextInt(4) == 0) {
          log.force(behind.get(random.nextInt(behind.size())));
        }
        if (random.nextInt(40) == 0) {
          log.roll();
        }
      }
      log.force(log.end());
      assertEquals(log.end(), log.forced());
    }
    Found found = SmallLog.read(root, 0);
    assertEquals(expected, found.contents());
    assertEquals(behind, found.entries().stream().map(Entry::behind).toList());
    fromEveryAddress(found);
  }

  private void fromEveryAddress(Found all) {
    List<Entry> entries = all.entries();
    for (int i = 0; i < entries.size(); i++) {
      List<Entry> rest = entries.subList(i, entries.size());
      assertEquals(rest, SmallLog.read(root, entries.get(i).address()).entries());
      List<Entry> later = entries.subList(i + 1, entries.size());
      Found behind = SmallLog.read(root, entries.get(i).behind());
      assertEquals(later, behind.entries());
      assertEquals(all.end().address(), behind.end().address());
      assertEquals(all.end().chain(), behind.end().chain());
    }
  }

  private static int size(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> 400 + random.nextInt(200);
      case 2 -> random.nextInt(10_000);
      case 3 -> random.nextInt(8) == 0 ? random.nextInt(250_000) : 8_192;
      default -> random.nextInt(300);
    };
  }

  @Test
  void aSmallCommitCostsOneSector() {
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(1, 100)));
      long first = log.end();
      for (int i = 0; i < 10; i++) {
        log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(1, 100)));
      }
      assertEquals(10 * 512, log.sinceBytes(first));
    }
  }

  @Test
  void anEmptyLogIsReadAndGoesOn() {
    LogOptions options = SmallLog.options(root);
    SmallLog.create(options).close();
    for (int life = 2; life < 200; life++) {
      try (LogWriter log = SmallLog.reopen(options, life)) {
        log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(life, 3)));
      }
      Found found = SmallLog.read(root, 0);
      assertEquals(life - 1, found.entries().size());
    }
    assertTrue(LogFiles.scan(root, "edb").all().size() > 1);
  }

  @Test
  void rollsWithoutRecordsAreFollowed() {
    LogOptions options = SmallLog.options(root);
    try (LogWriter log = SmallLog.create(options)) {
      log.roll();
      log.roll();
      assertEquals(3, log.generation());
      assertEquals(3, LogAddress.generation(log.end()));
      assertEquals(log.end(), log.forced());
      assertTrue(SmallLog.read(root, log.end()).entries().isEmpty());
      assertEquals(log.end(), SmallLog.read(root, 0).end().address());
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(1, 3)));
    }
    assertEquals(1, SmallLog.read(root, 0).entries().size());
    List<LogFile> all = LogFiles.scan(root, "edb").all();
    assertEquals(
        List.of(Role.CLOSED, Role.CLOSED, Role.CURRENT),
        all.stream().map(LogFile::role).toList());
    assertArrayEquals(SmallLog.STATE.get(), all.get(2).header().state());
    LogVerifier.verify(all.get(0).path());
  }

  @Test
  void closedFilesAreReadAlone() throws IOException {
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      for (int i = 0; i < 3; i++) {
        log.append(RecordKind.NOTE, true, SmallLog.payload(i, 10));
        log.roll();
      }
    }
    Path copy = Files.createDirectory(root.resolve("copy"));
    for (int i = 2; i <= 3; i++) {
      Files.copy(root.resolve("edb0000" + i + ".log"), copy.resolve("edb0000" + i + ".log"));
    }
    Found found = SmallLog.read(copy, 0);
    assertEquals(2, found.entries().size());
    assertTrue(found.end().closed());
  }

  @Test
  void halfARecordIsVoidAfterTheLogIsOpenedAgain() {
    LogOptions options = SmallLog.options(root, 512, 1024, false);
    try (LogWriter log = SmallLog.create(options)) {
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(1, 10)));
      log.append(RecordKind.UNDO, false, SmallLog.payload(2, 5_000)); // its last part stays behind
    }
    Found before = SmallLog.read(root, 0);
    assertEquals(1, before.entries().size());
    assertEquals(before.entries().get(0).behind(), before.end().address());
    try (LogWriter log = SmallLog.reopen(options, 2)) {
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(3, 10)));
    }
    assertEquals(2, SmallLog.read(root, 0).entries().size());
  }

  @Test
  void theEndKnowsTheOpenBlock() {
    long begin;
    long blockEnd;
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      blockEnd = log.append(RecordKind.NOTE, true, SmallLog.payload(1, 10));
      begin = log.end();
      log.append(RecordKind.NOTE, false, SmallLog.payload(1, 10));
      log.force(log.append(RecordKind.NOTE, false, SmallLog.payload(1, 10)));
    }
    LogEnd end = SmallLog.read(root, 0).end();
    assertEquals(blockEnd, end.blockEnd());
    assertEquals(begin, end.openBlock());
    assertEquals(begin, SmallLog.read(root, begin).end().openBlock());
    assertFalse(end.closed());
  }

  @Test
  void obsoleteFilesAreUsedAgainOrDeleted() {
    LogOptions options = SmallLog.options(root, 512, 8 << 10, true);
    try (LogWriter log = SmallLog.create(options)) {
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 20; j++) {
          log.append(RecordKind.NOTE, true, SmallLog.payload(i, 1_000));
        }
        log.roll();
        log.discardBefore(log.end());
        assertEquals(1, log.files().size());
        log.append(RecordKind.NOTE, true, SmallLog.payload(i, 100));
        log.force(log.end());
        assertEquals(1, SmallLog.read(root, 0).entries().size());
      }
    }
  }

  @Test
  void theSameCallsGiveTheSameBytes() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      Path directory = Files.createDirectory(root.resolve(name));
      try (LogWriter log = SmallLog.create(SmallLog.options(directory))) {
        log.append(RecordKind.NOTE, true, SmallLog.payload(1, 100_000));
        log.force(log.end());
      }
      contents.add(Files.readAllBytes(directory.resolve("edb00001.log")));
      contents.add(Files.readAllBytes(directory.resolve("edb.log")));
    }
    assertArrayEquals(contents.get(0), contents.get(2));
    assertArrayEquals(contents.get(1), contents.get(3));
  }

  @Test
  void blocksEndWithTheirLastRecord() {
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      Journal journal = new Journal(log);
      journal.enter();
      journal.append(RecordKind.NOTE, SmallLog.payload(1, 1));
      journal.beginBlock();
      assertEquals(log.end(), journal.blockBegin());
      journal.append(RecordKind.NOTE, SmallLog.payload(1, 1));
      journal.endWithNext();
      journal.append(RecordKind.NOTE, SmallLog.payload(1, 1));
      assertEquals(0, journal.blockBegin());
      journal.endBlock();
      journal.beginBlock();
      journal.endBlock();
      journal.beginBlock();
      journal.append(RecordKind.NOTE, SmallLog.payload(1, 1));
      journal.endBlock();
      journal.leave();
      log.force(log.end());
    }
    assertEquals(
        List.of(true, false, true, false, true),
        SmallLog.read(root, 0).entries().stream().map(Entry::ends).toList());
  }
}
