package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.ExternalBackup;
import org.jetbackup.api.backup.ExternalFile;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.engine.backup.directory.SetVerifier;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that fail in the middle of a call, found by the kit's sweep over all workloads. */
class UnhappyDisksTest extends OneSite {

  private static final int OPERATIONS_MAX = 200;

  private void full(Path directory) {
    site.instance().backup(directory, BackupGrbit.FULL, StatusCallback.NONE);
  }

  /** What failed has begun another file of the log; with more of them, each backup would read more. */
  private void truncate() {
    site.instance().backup(null, BackupGrbit.FULL, StatusCallback.NONE);
  }

  /** Whether it was possible. */
  private boolean backUp(Path directory) {
    try {
      full(directory);
      return true;
    } catch (JetException e) {
      return false;
    }
  }

  private Fault inject(String text) {
    Fault fault = Fault.parse(text);
    files.inject(fault);
    return fault;
  }

  @ParameterizedTest
  @ValueSource(strings = {"once", "sticky"})
  void aLogThatIsReadOtherwiseTheSecondTimeIsNotCopied(String how) {
    for (int n = 1; n < OPERATIONS_MAX; n++) {
      Path directory = site.directory("backup" + n);
      Fault fault = inject("read log/edb0* #" + n + " " + how + " flip-bit 0");
      boolean copied = backUp(directory);
      boolean struck = files.matched(fault) >= n;
      files.clearFaults();
      if (copied) {
        SetVerifier.verify(directory);
      }
      truncate();
      if (!struck) {
        assertTrue(copied && n > 1, "the log is read");
        return;
      }
    }
    throw new AssertionError("more than " + OPERATIONS_MAX + " reads of a log");
  }

  @Test
  void aPublicationIsTakenBackAlsoWhereNothingCanBeLookedAt() {
    for (int n = 1; n < OPERATIONS_MAX; n++) {
      Path directory = site.directory("backup" + n);
      inject("attributes backup" + n + "/** #" + n + " sticky before-effect");
      boolean done = backUp(directory);
      files.clearFaults();
      Path set = directory.resolve("set-000001");
      assertEquals(done, Files.exists(set), "with the fault at " + n + " and after");
      if (done) {
        return;
      }
      truncate();
    }
    throw new AssertionError("more than " + OPERATIONS_MAX + " looks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.edb", "a.edb.dwr"})
  void afterAFailedForceOfADatabaseTheInstanceRefusesAndTheNextOneHasAll(String file) {
    site.put(50, 60);
    inject("force " + file + " #1 once drops-data");
    refused(JetErr.DISK_IO, this::truncate);
    files.clearFaults();
    assertEquals(InstanceState.UNAVAILABLE, site.instance().state());
    assertEquals(
        1, Collections.frequency(site.eventNumbers(), EventId.OSFILE_WRITE_ERROR_ID.number()));
    refused(JetErr.INSTANCE_UNAVAILABLE, () -> full(site.directory("backup")));
    site.instance().terminate(TermGrbit.NONE);
    site.start();
    assertTrue(site.has(59));
  }

  @Test
  void aDatabaseThatCouldNotBeCreatedIsNotInTheWay() {
    Path other = site.root.resolve("b.edb");
    inject("create b.edb #1 once after-effect");
    refused(JetErr.DISK_IO, () -> site.session().createDatabase(other));
    files.clearFaults();
    assertEquals(
        List.of(), Directories.list(site.root).stream().filter(other::equals).toList());
    site.session().createDatabase(other).close();
  }

  @Test
  void aDatabaseWhoseDiskIsFullDoesNotMakeItTheLogs() {
    site.put(50, 60);
    Interceptor full = new Interceptor() {
      @Override
      public long before(Operation operation) throws IOException {
        if (operation.kind().forces() && operation.path().equals("a.edb")) {
          throw new FileSystemException("a.edb", null, "No space left on device");
        }
        return operation.length();
      }
    };
    files.intercept(full);
    refused(JetErr.DISK_FULL, this::truncate);
    files.release(full);
    refused(JetErr.INSTANCE_UNAVAILABLE, () -> site.has(1));
  }

  @Test
  void theEndAfterAFailedForceStillForcesTheLog() {
    Path other = site.root.resolve("b.edb");
    JetTable table = site.session().createDatabase(other).createTable("t");
    site.session().beginTransaction();
    table.put(Site.key(1), Site.value(1));
    site.session().commitTransactionLazily();
    site.put(50, 60);
    inject("force a.edb #1 once drops-data");
    refused(JetErr.DISK_IO, () -> site.instance().terminate(TermGrbit.NONE));
    files.clearFaults();
    site.start();
    site.session().attachDatabase(other);
    JetTable again = site.session().openDatabase(other).openTable("t");
    assertTrue(again.get(Site.key(1)).isPresent());
  }

  @Test
  void aFailedCreationLeavesTheInstanceInService() {
    Path other = site.root.resolve("b.edb");
    int failed = 0;
    for (int n = 1; n < OPERATIONS_MAX; n++) {
      Fault fault = inject("force b.edb* #" + n + " once drops-data");
      boolean done = true;
      try {
        site.session().createDatabase(other).close();
      } catch (JetException e) {
        done = false;
        failed++;
      }
      boolean struck = files.matched(fault) >= n;
      files.clearFaults();
      assertEquals(InstanceState.INITIALIZED, site.instance().state(), "force " + n);
      if (!struck) {
        assertTrue(done && failed > 2, "forces that failed: " + failed);
        return;
      }
      if (done) {
        site.session().dropDatabase(other);
      }
    }
    throw new AssertionError("more than " + OPERATIONS_MAX + " forces");
  }

  @Test
  void aDamagedLogEndsTheBackupAlsoIfItCannotBeClosed() throws IOException {
    Path log = anyLog();
    byte[] content = Files.readAllBytes(log);
    content[content.length / 8] ^= 1;
    Files.write(log, content);
    ExternalBackup backup = external();
    ExternalFile file = backup.open(log);
    Interceptor failing = new Interceptor() {
      @Override
      public void after(Operation operation, ByteBuffer bytes) {
        if (operation.kind() == OperationKind.CLOSE && log.endsWith(operation.path())) {
          throw JetException.of(JetErr.DISK_IO);
        }
      }
    };
    files.intercept(failing);
    refused(JetErr.LOG_READ_VERIFY_FAILURE, () -> readToTheEnd(file));
    files.release(failing);
    refused(JetErr.NO_BACKUP, backup::logInfo);
    file.close();
    backup.close();
    external().close();
  }

  @Test
  void aLogThatBecomesShorterIsDamaged() throws IOException {
    ExternalBackup backup = external();
    Path log = backup.logInfo().get(0);
    ExternalFile file = backup.open(log);
    file.read(ByteBuffer.allocate(5_000));
    Files.write(log, Arrays.copyOf(Files.readAllBytes(log), 20_000));
    refused(JetErr.LOG_READ_VERIFY_FAILURE, () -> readToTheEnd(file));
    refused(JetErr.NO_BACKUP, backup::logInfo);
  }

  /** Begun, with its database read. */
  private ExternalBackup external() {
    ExternalBackup backup = site.instance().beginExternalBackup(BackupGrbit.FULL);
    try (ExternalFile database = backup.open(site.database())) {
      readToTheEnd(database);
    }
    backup.logInfo();
    return backup;
  }

  /** One that the next full backup holds as well. */
  private Path anyLog() {
    try (ExternalBackup backup = external()) {
      return backup.logInfo().get(0);
    }
  }

  private static void readToTheEnd(ExternalFile file) {
    ByteBuffer target = ByteBuffer.allocate(8_192);
    while (file.read(target.clear()) > 0) {
      // What is read is verified.
    }
  }
}
