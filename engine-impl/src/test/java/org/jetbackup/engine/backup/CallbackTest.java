package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks that call the engine back, or throw: all is defined, and nothing waits for itself. */
class CallbackTest extends OneSite {

  private Path target() {
    return site.directory("backup");
  }

  private void backup(BackupGrbit grbit, StatusCallback callback) {
    site.instance().backup(target(), grbit, callback);
  }

  private JetException failing(StatusCallback callback) throws IOException {
    JetException failure =
        assertThrows(JetException.class, () -> backup(BackupGrbit.FULL, callback));
    try (Stream<Path> left = Files.list(target())) {
      assertEquals(List.of(), left.toList());
    }
    return failure;
  }

  private static StatusCallback at(Snt when, Executable action) {
    return (snp, snt, snprog) -> {
      if (snt == when) {
        try {
          action.execute();
        } catch (RuntimeException | Error e) {
          throw e;
        } catch (Throwable e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Test
  void whatItThrowsBeforeCompleteIsTheCauseOfTheFailure() throws IOException {
    for (Snt when : List.of(Snt.BEGIN, Snt.PROGRESS)) {
      IllegalStateException thrown = new IllegalStateException("from the callback");
      JetException failure = failing(at(when, () -> {
        throw thrown;
      }));
      assertEquals(JetErr.CALLBACK_FAILED, failure.error());
      assertSame(thrown, failure.getCause());
    }
    backup(BackupGrbit.FULL, StatusCallback.NONE);
  }

  @Test
  void whatItThrowsAtCompleteChangesNothing() {
    backup(BackupGrbit.FULL, at(Snt.COMPLETE, () -> {
      throw new IllegalStateException("too late");
    }));
    assertTrue(site.eventNumbers().contains(213));
  }

  @Test
  void anErrorOfTheMachineIsNoLessAFailure() throws IOException {
    JetException failure = failing(at(Snt.PROGRESS, () -> {
      throw new StackOverflowError();
    }));
    assertEquals(JetErr.CALLBACK_FAILED, failure.error());
  }

  @Test
  void itMayCommitWhileTheBackupWaits() {
    List<Integer> put = new ArrayList<>();
    backup(BackupGrbit.FULL, at(Snt.PROGRESS, () -> {
      int number = 1_000 + put.size();
      site.put(number, number + 1);
      put.add(number);
    }));
    assertTrue(put.size() > 1);
    put.forEach(number -> assertTrue(site.has(number)));
  }

  @Test
  void itGetsNoSecondBackupAndNoDatabaseComesOrGoes() {
    JetSession other = site.instance().beginSession();
    backup(BackupGrbit.FULL, at(Snt.PROGRESS, () -> {
      refused(JetErr.BACKUP_IN_PROGRESS, () -> backup(BackupGrbit.ATOMIC, StatusCallback.NONE));
      refused(
          JetErr.BACKUP_IN_PROGRESS, () -> site.instance().beginExternalBackup(BackupGrbit.FULL));
      refused(
          JetErr.BACKUP_IN_PROGRESS, () -> other.createDatabase(site.root.resolve("other.edb")));
      refused(
          JetErr.BACKUP_IN_PROGRESS, () -> other.attachDatabase(site.root.resolve("other.edb")));
      refused(JetErr.BACKUP_IN_PROGRESS, () -> site.instance().terminate(TermGrbit.COMPLETE));
    }));
    assertEquals(InstanceState.INITIALIZED, site.instance().state());
  }

  @Test
  void aDropThatIsRefusedForgetsNoSeparatedValue() {
    for (int i = 0; i < 5; i++) {
      site.table().put(Site.key(1_000 + i), new byte[20_000]);
    }
    JetSession reader = site.instance().beginSession();
    Path other = site.root.resolve("other.edb");
    reader.createDatabase(other).createTable("t");
    reader.beginTransaction();
    reader.openDatabase(other).openTable("t").get(Site.key(1));
    for (int i = 0; i < 5; i++) {
      site.table().delete(Site.key(1_000 + i));
    }
    site.session().close();
    try (JetSession dropping = site.instance().beginSession()) {
      backup(
          BackupGrbit.FULL,
          at(
              Snt.BEGIN,
              () -> refused(
                  JetErr.BACKUP_IN_PROGRESS, () -> dropping.dropDatabase(site.database()))));
    }
    reader.close();
    site.instance().terminate(TermGrbit.NONE);
    VerifyReport report =
        DatabaseVerifier.verify(site.database(), VerifyOptions.DEFAULT.withCleanRequired(true));
    assertEquals(0, report.damage(), report::describe);
  }

  /** Not every failure of a file system is one of input and output. */
  @Test
  void aDirectoryOfAFileSystemThatIsClosedLeavesTheInstanceFree(@TempDir Path disk)
      throws IOException {
    Path closed;
    try (FileSystem archive =
        FileSystems.newFileSystem(disk.resolve("a.zip"), Map.of("create", "true"))) {
      closed = archive.getPath("/");
    }
    assertThrows(
        ClosedFileSystemException.class,
        () -> site.instance().backup(closed, BackupGrbit.FULL, StatusCallback.NONE));
    assertEquals(
        List.of(), site.eventNumbers().stream().filter(id -> id / 100 == 2).toList());
    backup(BackupGrbit.FULL, StatusCallback.NONE);
  }

  @Test
  void itStopsItsOwnBackup() throws IOException {
    JetException failure = failing(at(Snt.PROGRESS, () -> site.instance().stopBackup()));
    assertEquals(JetErr.BACKUP_ABORT_BY_SERVER, failure.error());
    backup(BackupGrbit.FULL, StatusCallback.NONE);
  }

  @Test
  void itTerminatesTheInstanceWhenTheCallUnwinds() throws IOException {
    JetException failure =
        failing(at(Snt.PROGRESS, () -> site.instance().terminate(TermGrbit.ABRUPT)));
    assertEquals(JetErr.TERM_IN_PROGRESS, failure.error());
    assertEquals(InstanceState.TERMINATED, site.instance().state());
  }

  @Test
  void terminatingAtCompleteLetsTheBackupSucceed() {
    backup(BackupGrbit.FULL, at(Snt.COMPLETE, () -> site.instance().terminate(TermGrbit.ABRUPT)));
    assertEquals(InstanceState.TERMINATED, site.instance().state());
    assertTrue(site.eventNumbers().contains(213));
  }

  @Test
  void aStoppedServiceLetsTheBackupFinish() {
    backup(BackupGrbit.FULL, at(Snt.BEGIN, () -> site.instance().stopService()));
    assertTrue(site.eventNumbers().contains(213));
    refused(
        JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE,
        () -> backup(BackupGrbit.ATOMIC, StatusCallback.NONE));
  }

  @Test
  void failIsTheLastWordOfAFailureAndCompleteOfASuccess() throws IOException {
    for (BackupGrbit grbit : List.of(BackupGrbit.FULL, BackupGrbit.INCREMENTAL)) {
      List<Snt> heard = new ArrayList<>();
      List<Long> done = new ArrayList<>();
      backup(grbit, (snp, snt, snprog) -> {
        heard.add(snt);
        done.add(snprog.cunitDone());
        if (snt == Snt.COMPLETE) {
          assertEquals(snprog.cunitTotal(), snprog.cunitDone());
        }
      });
      assertEquals(Snt.BEGIN, heard.get(0));
      assertEquals(Snt.COMPLETE, heard.get(heard.size() - 1));
      assertTrue(heard.subList(1, heard.size() - 1).stream().allMatch(Snt.PROGRESS::equals));
      assertTrue(heard.size() > 2);
      assertEquals(done.stream().sorted().toList(), done);
    }
    List<Snt> heard = new ArrayList<>();
    site.instance().stopBackup(); // without effect: nothing runs
    refused(
        JetErr.BACKUP_ABORT_BY_SERVER,
        () -> backup(BackupGrbit.ATOMIC, (snp, snt, snprog) -> {
          heard.add(snt);
          if (snt == Snt.BEGIN) {
            site.instance().stopBackup();
          }
        }));
    assertEquals(List.of(Snt.BEGIN, Snt.FAIL), heard);
  }
}
