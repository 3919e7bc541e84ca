package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetVerifierTest {

  private static final Set<JetErr> DOCUMENTED = EnumSet.of(
      JetErr.READ_VERIFY_FAILURE,
      JetErr.DATABASE_CORRUPTED,
      JetErr.INVALID_DATABASE_VERSION,
      JetErr.LOG_FILE_CORRUPT,
      JetErr.BAD_LOG_VERSION,
      JetErr.LOG_CORRUPT_DURING_HARD_RESTORE);

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path logs = TinyBackup.directory(files.getPath("/logs"));
  private final Path directory = TinyBackup.directory(files.getPath("/backup"));
  private final TinyBackup backup = new TinyBackup(logs);

  @TempDir
  private Path disk;

  @BeforeEach
  void begin() {
    backup.work(1);
  }

  @AfterEach
  void close() throws IOException {
    backup.close();
    files.close();
  }

  private BackupSet verify() {
    return SetVerifier.verify(directory);
  }

  @Test
  void aChainIsVerifiedAndItsMomentsAreTold() throws IOException {
    Path set = backup.full(directory);
    backup.work(0);
    backup.increment(set);
    backup.work(2);
    backup.increment(set);
    BackupSet found = verify();
    assertEquals(List.of("data/a.edb"), found.databases());
    assertEquals(LogGeneration.FIRST, found.genLow());
    assertEquals(new LogGeneration(6), found.genHigh());
    assertEquals(2, found.incrementals());
    try (Stream<Path> all = Files.walk(set)) {
      long bytes = all.filter(Files::isRegularFile).mapToLong(this::size).sum();
      assertEquals(bytes, found.bytesVerified());
    }
    List<RestoreMoment> moments = SetVerifier.moments(directory);
    assertEquals(
        List.of(Kind.FULL, Kind.INCREMENTAL, Kind.INCREMENTAL),
        moments.stream().map(RestoreMoment::kind).toList());
    assertEquals(
        List.of(2L, 3L, 6L),
        moments.stream().map(moment -> moment.genHigh().value()).toList());
    assertTrue(moments.get(0).time().isBefore(moments.get(1).time()));
    assertTrue(moments.get(1).time().isBefore(moments.get(2).time()));
  }

  private long size(Path file) {
    return TinyBackup.bytes(file).length;
  }

  @Test
  void onDiskASetIsVerifiedToo() {
    Path target = TinyBackup.directory(disk.resolve("backup"));
    backup.full(target);
    assertEquals(2, SetVerifier.verify(target).genHigh().value());
  }

  @Test
  void whereNothingIsOneLearnsWhatIsMissing() {
    Path missing = files.getPath("/missing");
    Failures.expect(JetErr.INVALID_PATH, missing, () -> SetVerifier.verify(missing));
    Failures.expect(JetErr.INVALID_PATH, missing, () -> SetVerifier.moments(missing));
    Failures.expect(JetErr.FILE_NOT_FOUND, directory, this::verify);
    Failures.expect(JetErr.FILE_NOT_FOUND, directory, () -> SetVerifier.moments(directory));
  }

  @Test
  void aBadPageIsNamedTheFirstOfTwo() {
    Path copy = backup.full(directory).resolve("1.a.edb");
    TinyBackup.flip(copy, TinyBackup.SIZE.offsetOf(new PageNumber(3)) + 77, 3);
    TinyBackup.flip(copy, TinyBackup.SIZE.offsetOf(new PageNumber(1)) + 77, 3);
    JetException failure = Failures.expect(JetErr.READ_VERIFY_FAILURE, this::verify);
    assertEquals(Subject.page(copy, new PageNumber(1)), failure.subjects().get(0));
  }

  @Test
  void aPageThatBecameBlankIsFoundByTheChecksumOfTheFile() {
    Path copy = backup.full(directory).resolve("1.a.edb");
    byte[] bytes = TinyBackup.bytes(copy);
    Arrays.fill(bytes, 2 * 4096, 3 * 4096, (byte) 0);
    TinyBackup.write(copy, bytes);
    Failures.expect(JetErr.DATABASE_CORRUPTED, copy, this::verify);
  }

  @Test
  void aDatabaseThatIsMissingCutShortOrTooLongIsReported() {
    Path copy = backup.full(directory).resolve("1.a.edb");
    byte[] bytes = TinyBackup.bytes(copy);
    for (int length : new int[] {0, 100, 4096, 8192, bytes.length - 1, bytes.length + 4096}) {
      TinyBackup.write(copy, Arrays.copyOf(bytes, length));
      Failures.expect(JetErr.DATABASE_CORRUPTED, copy, this::verify);
    }
    TinyBackup.delete(copy);
    Failures.expect(JetErr.FILE_NOT_FOUND, copy, this::verify);
  }

  @Test
  void aLogThatIsMissingDamagedOrCutShortIsReported() {
    Path set = backup.full(directory);
    backup.work(0);
    Path increment = backup.increment(set);
    for (Path log : List.of(set.resolve("edb00002.log"), increment.resolve("edb00003.log"))) {
      byte[] bytes = TinyBackup.bytes(log);
      TinyBackup.write(log, Arrays.copyOf(bytes, bytes.length - 512));
      Failures.expect(JetErr.LOG_CORRUPT_DURING_HARD_RESTORE, log, this::verify);
      TinyBackup.write(log, new byte[0]);
      Failures.expect(JetErr.LOG_CORRUPT_DURING_HARD_RESTORE, log, this::verify);
      TinyBackup.delete(log);
      Failures.expect(JetErr.MISSING_RESTORE_LOG_FILES, log, this::verify);
      Failures.expect(JetErr.MISSING_RESTORE_LOG_FILES, log, () -> SetVerifier.moments(directory));
      TinyBackup.write(log, bytes);
    }
    assertEquals(3, verify().genHigh().value());
  }

  @Test
  void aLogInThePlaceOfAnotherIsReported() {
    Path set = backup.full(directory);
    backup.work(1);
    Path increment = backup.increment(set);
    Path log = increment.resolve("edb00004.log");
    TinyBackup.write(log, TinyBackup.bytes(increment.resolve("edb00003.log")));
    Failures.expect(JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS, log, this::verify);
    Path others = TinyBackup.directory(files.getPath("/others"));
    try (TinyBackup other = new TinyBackup(others)) {
      other.work(5);
    }
    // The same random numbers and clock, so the same signature: another life of the same log.
    TinyBackup.write(log, TinyBackup.bytes(others.resolve("edb00004.log")));
    Failures.expect(JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS, log, this::verify);
  }

  @Test
  void logsThatDoNotEndWithTheNoteOfABackupAreReported() {
    Path set = backup.full(directory);
    backup.work(0);
    LogGeneration high = backup.close(Kind.FULL); // not the kind of an increment
    try (Draft draft = Draft.begin(set, Runnable::run)) {
      backup.addLogs(draft, high, high);
      draft.publish(BackupChain.open(set).nextIncrement(high, high));
    }
    Failures.expect(JetErr.LOG_FILE_CORRUPT, this::verify);
    Failures.expect(JetErr.LOG_FILE_CORRUPT, () -> SetVerifier.moments(directory));
  }

  @Test
  void aNoteThatBeginsInTheFileBeforeIsRead() {
    int full;
    try (TinyBackup twin = new TinyBackup(TinyBackup.directory(files.getPath("/twin")))) {
      twin.work(1);
      full = twin.appendShort(Integer.MAX_VALUE);
    }
    backup.appendShort(full - 1);
    Path set = backup.full(directory);
    LogFile last = LogFiles.readClosed(set.resolve("edb00003.log"));
    try (LogReader alone = LogReader.open(LogFiles.of(set, "edb", List.of(last)), 0)) {
      assertFalse(alone.next(), "a record begins in the last file");
    }
    List<RestoreMoment> moments = SetVerifier.moments(directory);
    assertEquals(1, moments.size());
    assertEquals(3, moments.get(0).genHigh().value());
    assertEquals(3, verify().genHigh().value());
  }

  @Test
  void everyByteThatAnybodyReadsIsVerified() {
    Path set = backup.full(directory);
    backup.work(0);
    Path increment = backup.increment(set);
    int[] checked = {0};
    for (Path file : List.of(
        set.resolve(Manifest.FILE_NAME),
        set.resolve("1.a.edb"),
        set.resolve("edb00001.log"),
        set.resolve("edb00002.log"))) {
      byte[] bytes = TinyBackup.bytes(file);
      int step = file.endsWith(Manifest.FILE_NAME) ? 1 : 53;
      for (int at = 0; at < bytes.length; at += step) {
        flipped(file, at, true);
        checked[0]++;
      }
    }
    // An increment's checksums are in its batches; behind the last of them nobody reads.
    Path log = increment.resolve("edb00003.log");
    byte[] bytes = TinyBackup.bytes(log);
    int used = bytes.length;
    while (bytes[used - 1] == 0) {
      used--;
    }
    for (int at = 0; at < used; at += 7) {
      flipped(log, at, false);
      checked[0]++;
    }
    assertTrue(checked[0] > 3_000, "flips: " + checked[0]);
    verify();
  }

  /** One bit of a byte of a file is another: that is found, or changes nothing. */
  private void flipped(Path file, int at, boolean mustBeFound) {
    int bit = 1 << at % Byte.SIZE;
    BackupSet before = mustBeFound ? null : verify();
    TinyBackup.flip(file, at, bit);
    try {
      BackupSet found = verify();
      assertTrue(!mustBeFound && found.equals(before), file + " byte " + at + " passes");
    } catch (JetException e) {
      assertTrue(DOCUMENTED.contains(e.error()), () -> file + " byte " + at + ": " + e);
    } finally {
      TinyBackup.flip(file, at, bit);
    }
  }

  @Test
  void whoCopiesWhileReadingGetsTheWholeFile() {
    BackupChain chain = BackupChain.open(backup.full(directory));
    SetDatabase database = chain.manifest().databases().get(0);
    byte[] expected = TinyBackup.bytes(chain.fileOf(database));
    ByteBuffer copied = ByteBuffer.allocate(expected.length);
    long length = SetDatabaseReader.read(chain, database, (chunk, position) -> {
      assertEquals(copied.position(), position);
      copied.put(chunk);
    });
    assertEquals(expected.length, length);
    assertEquals(ByteBuffer.wrap(expected), copied.flip());
  }
}
