package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.EndGrbit;
import org.jetbackup.api.backup.ExternalBackup;
import org.jetbackup.api.backup.ExternalFile;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.junit.jupiter.api.Test;

class ExternalBackupTest extends OneSite {

  private static final int PAGE_BYTES = 8192;

  private ExternalBackup begin(BackupGrbit grbit) {
    return site.instance().beginExternalBackup(grbit);
  }

  private static byte[] readAll(ExternalBackup backup, Path path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4 * PAGE_BYTES);
    try (ExternalFile file = backup.open(path)) {
      while (file.read(buffer.clear()) > 0) {
        bytes.write(buffer.array(), 0, buffer.position());
      }
      assertEquals(file.size(), bytes.size());
    }
    return bytes.toByteArray();
  }

  private static void readEverything(ExternalBackup backup) {
    backup.attachInfo().forEach(path -> readAll(backup, path));
    backup.logInfo().forEach(path -> readAll(backup, path));
  }

  private BackupRecords records() {
    return site.session().databaseHeader(site.database()).backups();
  }

  @Test
  void aFullBackupHandsOutEveryByteAndTruncatesTheLog() throws IOException {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    assertEquals(List.of(site.database()), backup.attachInfo());
    byte[] database = readAll(backup, site.database());
    assertEquals(Files.size(site.database()), database.length);
    List<Path> logs = backup.logInfo();
    assertEquals(logs, backup.logInfo());
    for (Path log : logs) {
      assertArrayEquals(Files.readAllBytes(log), readAll(backup, log));
    }
    List<Path> gone = backup.truncateLogInfo();
    backup.truncateLog();
    backup.end(EndGrbit.NORMAL);
    for (Path log : gone) {
      assertFalse(Files.exists(log), log::toString);
    }
    assertTrue(records().fullPrevious().isPresent());
    assertEquals(
        List.of(210, 220, 221, 223, 224, 213),
        site.eventNumbers().subList(3, 9),
        site.events::toString);
    refused(JetErr.NO_BACKUP, backup::logInfo);
    refused(JetErr.NO_BACKUP, () -> backup.end(EndGrbit.NORMAL));
  }

  @Test
  void withoutTruncationItIsACopyThatNoIncrementalCountsOn() {
    try (ExternalBackup backup = begin(BackupGrbit.FULL)) {
      readEverything(backup);
      backup.end(EndGrbit.NORMAL);
    }
    assertTrue(records().copyPrevious().isPresent());
    assertTrue(records().fullPrevious().isEmpty());
    refused(JetErr.MISSING_FULL_BACKUP, () -> begin(BackupGrbit.INCREMENTAL));
    assertEquals(206, site.eventNumbers().get(site.events.size() - 1));
  }

  @Test
  void anIncrementalOneHoldsTheGenerationsBehindTheLast() {
    ExternalBackup full = begin(BackupGrbit.FULL);
    readEverything(full);
    int fullLogs = full.logInfo().size();
    full.truncateLog();
    full.end(EndGrbit.NORMAL);
    site.put(50, 60);
    ExternalBackup incremental = begin(BackupGrbit.INCREMENTAL);
    refused(JetErr.INVALID_BACKUP_SEQUENCE, incremental::attachInfo);
    List<Path> logs = incremental.logInfo();
    assertTrue(fullLogs >= 1);
    assertEquals(1, logs.size(), logs::toString);
    logs.forEach(path -> readAll(incremental, path));
    incremental.truncateLog();
    incremental.end(EndGrbit.NORMAL);
    assertEquals(
        records().fullPrevious().orElseThrow().genHigh().next(),
        records().incrementalPrevious().orElseThrow().genLow());
  }

  @Test
  void callsOutOfSequenceChangeNothing() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    refused(JetErr.BACKUP_IN_PROGRESS, () -> begin(BackupGrbit.FULL));
    refused(JetErr.INVALID_BACKUP_SEQUENCE, backup::truncateLog);
    refused(JetErr.DATABASE_NOT_FOUND, () -> backup.open(site.root.resolve("b.edb")));
    ExternalFile file = backup.open(site.database());
    refused(JetErr.OUT_OF_MEMORY, () -> backup.open(site.database()));
    refused(JetErr.INVALID_BACKUP_SEQUENCE, backup::logInfo);
    refused(JetErr.INVALID_PARAMETER, () -> file.read(ByteBuffer.allocate(PAGE_BYTES + 1)));
    refused(JetErr.INVALID_PARAMETER, () -> file.read(ByteBuffer.allocate(0)));
    file.close();
    refused(JetErr.INVALID_PARAMETER, () -> file.read(ByteBuffer.allocate(PAGE_BYTES)));
    refused(JetErr.INVALID_PARAMETER, () -> backup.end(new EndGrbit(3)));
    refused(JetErr.INVALID_PARAMETER, () -> backup.end(new EndGrbit(0)));
    readEverything(backup);
    backup.truncateLog();
    backup.end(EndGrbit.NORMAL);
    assertTrue(records().fullPrevious().isPresent());
  }

  @Test
  void aDatabaseThatWasNotReadToItsEndIsNotCovered() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    try (ExternalFile file = backup.open(site.database())) {
      file.read(ByteBuffer.allocate(3 * PAGE_BYTES));
    }
    backup.logInfo().forEach(path -> readAll(backup, path));
    assertEquals(List.of(), backup.truncateLogInfo());
    backup.truncateLog();
    backup.end(EndGrbit.NORMAL);
    assertTrue(records().fullPrevious().isEmpty());
    assertTrue(site.eventNumbers().contains(222));
  }

  @Test
  void truncationNeedsEveryLogFileReadToItsEnd() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    backup.attachInfo().forEach(path -> readAll(backup, path));
    backup.logInfo();
    refused(JetErr.LOG_FILE_NOT_COPIED, backup::truncateLog);
    backup.logInfo().forEach(path -> readAll(backup, path));
    backup.truncateLog();
    backup.end(EndGrbit.NORMAL);
  }

  @Test
  void oneThatAskedForNoLogEndsAsAborted() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    readAll(backup, site.database());
    backup.end(EndGrbit.NORMAL);
    assertTrue(records().fullPrevious().isEmpty());
    assertEquals(215, site.eventNumbers().get(site.events.size() - 1));
  }

  @Test
  void aStopLetsNothingThroughButTheEnd() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    ExternalFile file = backup.open(site.database());
    site.instance().stopBackup();
    refused(JetErr.BACKUP_ABORT_BY_SERVER, () -> file.read(ByteBuffer.allocate(PAGE_BYTES)));
    file.close();
    refused(JetErr.BACKUP_ABORT_BY_SERVER, backup::logInfo);
    refused(JetErr.BACKUP_ABORT_BY_SERVER, backup::attachInfo);
    backup.end(EndGrbit.NORMAL);
    assertEquals(226, site.eventNumbers().get(site.events.size() - 1));
    begin(BackupGrbit.FULL).close();
  }

  @Test
  void aDamagedLogEndsTheBackup() throws IOException {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    readAll(backup, site.database());
    Path log = backup.logInfo().get(0);
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length / 4] ^= 1;
    Files.write(log, bytes);
    refused(JetErr.LOG_READ_VERIFY_FAILURE, () -> readAll(backup, log));
    refused(JetErr.NO_BACKUP, backup::logInfo);
    assertEquals(
        List.of(552, 218, 214),
        site.eventNumbers().subList(site.events.size() - 3, site.events.size()));
  }

  @Test
  void foreignFilesAreNotHandedOut() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    readAll(backup, site.database());
    backup.logInfo();
    refused(JetErr.MISSING_FILE_TO_BACKUP, () -> backup.open(site.log().resolve("edb.log")));
    refused(JetErr.NO_BACKUP, backup::logInfo);
  }

  @Test
  void terminationRefusesOrEndsIt() {
    ExternalBackup backup = begin(BackupGrbit.FULL);
    refused(JetErr.BACKUP_IN_PROGRESS, () -> site.instance().terminate(TermGrbit.COMPLETE));
    readAll(backup, site.database());
    site.instance().terminate(TermGrbit.ABRUPT);
    refused(JetErr.NO_BACKUP, backup::logInfo);
    assertTrue(site.eventNumbers().contains(226));
  }

  @Test
  void noOtherBackupRunsBesideIt() {
    try (ExternalBackup backup = begin(BackupGrbit.FULL)) {
      refused(
          JetErr.BACKUP_IN_PROGRESS,
          () -> site.instance().backup(site.directory("b"), BackupGrbit.FULL, StatusCallback.NONE));
      refused(
          JetErr.BACKUP_IN_PROGRESS,
          () -> site.session().createDatabase(site.root.resolve("b.edb")));
      assertEquals(1, backup.attachInfo().size());
    }
  }
}
