package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.log.LogFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupDirectoryTest {

  @TempDir
  private Path disk;

  private Path directory;
  private TinyBackup backup;

  @BeforeEach
  void begin() {
    directory = TinyBackup.directory(disk.resolve("backup"));
    backup = new TinyBackup(TinyBackup.directory(disk.resolve("logs")));
    backup.work(1);
  }

  @AfterEach
  void close() {
    backup.close();
  }

  private BackupDirectory open() {
    return BackupDirectory.open(directory);
  }

  @Test
  void whatIsNoDirectoryIsNotTaken() throws IOException {
    Path missing = disk.resolve("missing");
    Failures.expect(JetErr.INVALID_PATH, missing, () -> BackupDirectory.open(missing));
    Path file = Files.createFile(disk.resolve("file"));
    Failures.expect(JetErr.INVALID_PATH, file, () -> BackupDirectory.open(file));
    Path behind = file.resolve("x");
    Failures.expect(JetErr.INVALID_PATH, behind, () -> BackupDirectory.open(behind));
    Path link = Files.createSymbolicLink(disk.resolve("link"), directory);
    assertEquals(List.of(), BackupDirectory.open(link).foreign());
  }

  @Test
  void theHighestNumberCountsAndNoNumberComesTwice() {
    assertEquals(directory.resolve("set-000001"), open().nextSet());
    Path first = backup.full(directory);
    Path second = backup.full(directory);
    assertEquals(List.of(first, second), open().sets());
    assertEquals(second, open().chain().set());
    open().retire(List.of(first));
    assertEquals(List.of(second), open().sets());
    TinyBackup.directory(directory.resolve("set-999999"));
    assertEquals(directory.resolve("set-1000000"), open().nextSet());
    backup.full(directory);
    assertEquals(List.of(second, directory.resolve("set-1000000")), open().sets());
  }

  @Test
  void whatIsNotOursIsForeign() throws IOException {
    Path set = backup.full(directory);
    backup.work(0);
    Path increment = backup.increment(set);
    assertEquals(List.of(), open().foreign());
    Path target = TinyBackup.directory(disk.resolve("target"));
    List<Path> foreign = List.of(
        Files.createFile(directory.resolve("file")),
        Files.createDirectory(directory.resolve("inc-00001-00002")),
        Files.createSymbolicLink(directory.resolve("jetbackup.retired"), target),
        Files.createFile(directory.resolve("jetbackup.staging")),
        Files.createFile(set.resolve("1.a.edb.txt.ö")),
        Files.createSymbolicLink(set.resolve("2.b.edb"), target.resolve("x")),
        Files.createDirectory(set.resolve("edb00009.log")),
        Files.createFile(increment.resolve("1.a.edb")),
        Files.createSymbolicLink(increment.resolve("edb00009.log"), target.resolve("x")),
        Files.createDirectory(set.resolve("inc-00009-00008")),
        Files.createSymbolicLink(set.resolve("jetbackup.staging"), target),
        Files.createDirectory(directory.resolve("set-000002")),
        Files.createDirectory(directory.resolve("set-0000003")),
        Files.createSymbolicLink(directory.resolve("set-000004"), set),
        Files.createDirectory(directory.resolve("temp")));
    assertEquals(
        foreign.stream().sorted().toList(), open().foreign().stream().sorted().toList());
    assertEquals(List.of(set), open().sets());
    open().removeLeftovers();
    Failures.expect(
        JetErr.BACKUP_DIRECTORY_NOT_EMPTY,
        directory.resolve("jetbackup.staging"),
        () -> Draft.begin(directory, Runnable::run));
    assertEquals(15, open().foreign().size());
  }

  @Test
  void leftoversOfOursGoAndThoseOfStrangersStay() throws IOException {
    Path set = backup.full(directory);
    Path old = Files.createDirectory(directory.resolve("jetbackup.retired"));
    TinyBackup.directory(old.resolve("inc-00002-00003"));
    TinyBackup.write(old.resolve("inc-00002-00003").resolve("edb00002.log"), "x");
    TinyBackup.write(old.resolve("1.a.edb"), "x");
    TinyBackup.directory(old.resolve("jetbackup.staging"));
    TinyBackup.directory(set.resolve("jetbackup.staging"));
    TinyBackup.write(set.resolve("jetbackup.staging").resolve("edb00003.log"), "x");
    Path others = Files.createDirectory(directory.resolve("jetbackup.staging"));
    TinyBackup.write(others.resolve("1.a.edb"), "x");
    TinyBackup.write(others.resolve("notes.txt"), "x");
    assertEquals(List.of(others), open().foreign());
    open().removeLeftovers();
    assertEquals(List.of(others), open().foreign());
    assertTrue(Files.exists(others.resolve("1.a.edb")));
    assertFalse(Files.exists(old));
    assertFalse(Files.exists(set.resolve("jetbackup.staging")));
    SetVerifier.verify(directory);
  }

  @Test
  void aSetWithSomethingForeignInItIsNotRetired() {
    Path first = backup.full(directory);
    Path second = backup.full(directory);
    backup.full(directory);
    Path foreign = first.resolve("notes.txt");
    TinyBackup.write(foreign, "x");
    Failures.expect(
        JetErr.BACKUP_DIRECTORY_NOT_EMPTY, foreign, () -> open().retire(List.of(first, second)));
    assertTrue(Files.exists(foreign));
    assertFalse(Files.exists(second));
    assertEquals(2, open().sets().size());
  }

  @Test
  void aChainTellsWhereItsFilesAre() {
    Path set = backup.full(directory);
    backup.work(1);
    Path increment = backup.increment(set);
    BackupChain chain = open().chain();
    assertEquals(1, chain.increments().size());
    assertEquals(new LogGeneration(4), chain.genHigh());
    assertEquals(increment.resolve("edb00004.log"), chain.fileOf(new LogGeneration(4)));
    assertEquals(set.resolve("edb00002.log"), chain.fileOf(new LogGeneration(2)));
    assertThrows(IllegalArgumentException.class, () -> chain.fileOf(new LogGeneration(5)));
    LogFiles logs = chain.logs();
    assertEquals(4, logs.all().size());
    assertEquals(increment.resolve("edb00003.log"), logs.find(3).orElseThrow().path());
    assertEquals(2, chain.logs(new LogGeneration(2)).all().size());
    for (long between : new long[] {1, 3, 5}) {
      Failures.expect(JetErr.INVALID_PARAMETER, () -> chain.logs(new LogGeneration(between)));
    }
  }

  @Test
  void aGapBetweenIncrementsIsFound() throws IOException {
    Path set = backup.full(directory);
    backup.work(0);
    Path first = backup.increment(set);
    backup.work(0);
    Path second = backup.increment(set);
    Files.move(first, disk.resolve("away"));
    Failures.expect(JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS, second, () -> BackupChain.open(set));
    Files.move(disk.resolve("away"), first);
    Path twice = Files.createDirectory(set.resolve("inc-00002-00003"));
    Failures.expect(JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS, () -> BackupChain.open(set));
    Files.delete(twice);
    Path huge = Files.createDirectory(set.resolve("inc-00005-7FFFF800"));
    Failures.expect(
        JetErr.MISSING_RESTORE_LOG_FILES,
        huge.resolve("edb00005.log"),
        () -> BackupChain.open(set).logs());
  }

  @Test
  void headersThatDoNotBelongHereAreFound() throws IOException {
    Path set = backup.full(directory);
    backup.work(1);
    Path increment = backup.increment(set);
    Path log = increment.resolve("edb00003.log");
    byte[] right = TinyBackup.bytes(log);
    TinyBackup.write(log, TinyBackup.bytes(increment.resolve("edb00004.log")));
    Failures.expect(
        JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS,
        log,
        () -> BackupChain.open(set).logs());
    TinyBackup.write(log, right);
    TinyBackup.flip(log, 70, 1);
    Failures.expect(
        JetErr.LOG_CORRUPT_DURING_HARD_RESTORE, log, () -> BackupChain.open(set).logs());
    Files.delete(log);
    Failures.expect(
        JetErr.MISSING_RESTORE_LOG_FILES, log, () -> BackupChain.open(set).logs());
    assertEquals(2, BackupChain.open(set).logs(new LogGeneration(2)).all().size());
  }

  @Test
  void logsOfAnotherSequenceAreFound() throws IOException {
    Path set = backup.full(directory);
    backup.work(0);
    Path log = backup.increment(set).resolve("edb00003.log");
    Path elsewhere = TinyBackup.directory(disk.resolve("elsewhere"));
    try (TinyBackup other = new TinyBackup(elsewhere, 8)) {
      other.work(4);
    }
    Files.delete(log);
    Files.copy(elsewhere.resolve("edb00003.log"), log);
    Failures.expect(
        JetErr.GIVEN_LOG_FILE_HAS_BAD_SIGNATURE,
        log,
        () -> BackupChain.open(set).logs());
    Failures.expect(
        JetErr.GIVEN_LOG_FILE_HAS_BAD_SIGNATURE, log, () -> SetVerifier.verify(directory));
  }
}
