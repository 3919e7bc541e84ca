package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.engine.backup.directory.SetVerifier;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.tck.storage.Fault;
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
}
