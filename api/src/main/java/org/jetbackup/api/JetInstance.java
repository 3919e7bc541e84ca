package org.jetbackup.api;

import java.nio.file.Path;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.ExternalBackup;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventListener;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.position.LogGeneration;

/**
 * One instance of an engine: a log, and the databases attached to it.
 *
 * <p>Any thread may call any method at any time; {@link InstanceState} draws the life of an
 * instance and says which error a call gets outside its state. Where several errors apply at once,
 * each of them is a legal answer; errors of state before errors of arguments is what callers like
 * best.
 *
 * <p>Source: JetInit, JetTerm2, JetStopServiceInstance, JetStopBackupInstance, JetBackupInstance and
 * JetRestoreInstance of the public interface; specification clauses RET-20 and RET-21.
 */
public interface JetInstance {

  /** {@return where the instance is in its life} Never blocks. */
  InstanceState state();

  /** {@return the parameters with which the instance was created} */
  Parameters parameters();

  /**
   * Opens the log, recovers every database that it speaks of, and puts the instance into service.
   * Databases must be attached again afterwards: attachments end with an instance. Source:
   * specification clauses LIFE-1, LIFE-12, CRASH-1 and CRASH-11.
   *
   * @throws JetException {@code JET_errAlreadyInitialized} (-1030); {@code JET_errInvalidPath}
   *     (-1023) or {@code JET_errInvalidLogDirectory} (-1025) if a directory of the parameters is
   *     missing and may not be created; {@code JET_errLogFilePathInUse} (-1084) if another instance
   *     has the log; {@code JET_errSoftRecoveryOnBackupDatabase} (-544) if an interrupted restore
   *     must be repeated first; the errors of a damaged log or database
   */
  void init();

  /**
   * Begins a session. Source: specification clauses LIFE-3, LIFE-4 and CAP-5.
   *
   * @return the session, outside any transaction
   * @throws JetException an error of state, or {@code JET_errOutOfSessions} (-1101)
   */
  JetSession beginSession();

  /**
   * Makes a streaming backup of the instance with every attached database, while sessions go on
   * working. Returns when the backup is complete and durable.
   *
   * <p>Without bits the backup is full, and the directory must hold nothing. With {@link
   * BackupGrbit#ATOMIC} it is full too, and replaces the set that is there in one step, which
   * survives any failure. With {@link BackupGrbit#INCREMENTAL} it adds the log written since the
   * last backup to the set that is there; that set is then restored to the moment of this backup.
   *
   * <p>A successful backup truncates the log as far as nobody needs it any more, and notes in the
   * headers of the databases when it took place. A failed one leaves the directory without any new
   * file, what was there as it was, and the log as it was.
   *
   * <p>Source: specification clauses FULL-1, ATOM-2, INC-1, NULL-1, FAIL-1, FAIL-2, FAIL-3, TRUNC-1
   * and TRUNC-5; for the errors chapter {@code return-codes} and clause CAP-1.
   *
   * @param directory the directory that holds the backup, an existing one unless {@code
   *     JET_paramCreatePathIfNotExist} is set; it may belong to another file system than the
   *     instance. Null, and the empty path, ask for nothing but the truncation of the log
   * @param grbit the kind of backup
   * @param callback told about progress, on the calling thread
   * @throws JetException an error of state (-1329, -1090, -1092, -1000, -506, -523, -1029); {@code
   *     JET_errBackupInProgress} (-505); {@code JET_errInvalidGrbit} (-900); {@code
   *     JET_errInvalidParameter} (-1003); {@code JET_errLoggingDisabled} (-516); {@code
   *     JET_errLogWriteFail} (-510) and {@code JET_errLogDiskFull} (-529); {@code
   *     JET_errInvalidBackup} (-526) for an incremental backup under circular logging; {@code
   *     JET_errMissingFullBackup} (-560) for one without a full backup before it; {@code
   *     JET_errMissingFileToBackup} (-569) and {@code JET_errInvalidLogSequence} (-515) if the log
   *     does not continue the set; {@code JET_errInvalidPath} (-1023); {@code
   *     JET_errBackupDirectoryNotEmpty} (-504); {@code JET_errReadVerifyFailure} (-1018) and {@code
   *     JET_errLogReadVerifyFailure} (-612) for damage; {@code JET_errBackupAbortByServer} (-801)
   *     after {@link #stopBackup}; {@code JET_errCallbackFailed} (-2101), with the cause, if the
   *     callback throws before Complete; {@code JET_errDiskFull} (-1808), {@code JET_errDiskIO}
   *     (-1022) and {@code JET_errFileAccessDenied} (-1032) as the world has it; {@code
   *     JET_errFeatureNotAvailable} (-1001) for a kind of backup that the engine does not declare
   */
  void backup(Path directory, BackupGrbit grbit, StatusCallback callback);

  /**
   * Restores a backup to the places from which its databases came, then replays the log of the set
   * and after it, as far as it continues, the log that lies in the log directory of this instance.
   * Files that are in the way are replaced. The instance is not initialized afterwards.
   *
   * <p>Source: specification clauses REST-1, REST-3, REST-4, REST-5, REST-7, REST-8, REST-9,
   * REST-11, REST-13, REST-14 and CAP-6.
   *
   * @param directory the directory that was given to {@link #backup}; it is never changed
   * @param callback told about progress, on the calling thread
   * @throws JetException {@code JET_errAlreadyInitialized} (-1030), {@code
   *     JET_errRestoreInProgress} (-506), {@code JET_errLogFilePathInUse} (-1084) if another
   *     instance has the log, {@code JET_errInvalidPath} (-1023) if a directory is missing, {@code
   *     JET_errFileNotFound} (-1811) if it holds no backup, {@code JET_errPageSizeMismatch} (-1213)
   *     if the instance has another page size, {@code JET_errInvalidLogSequence} (-515), {@code
   *     JET_errMissingCurrentLogFiles} (-565), {@code JET_errExistingLogFileHasBadSignature} (-610)
   *     or {@code JET_errExistingLogFileIsNotContiguous} (-611) if the log that lies there belongs
   *     to something else or does not continue the set, -1018, -501, -573, -1206, -1811 and their
   *     relatives for damage, -2101 if the callback throws, {@code JET_errFeatureNotAvailable}
   *     (-1001) if a log lies there and the engine does not roll forward
   */
  void restore(Path directory, StatusCallback callback);

  /**
   * Restores as {@link #restore(Path, StatusCallback)}, but puts every database into one directory.
   * The log that lies in the log directory is read and never written. Source: specification clauses
   * REST-2, REST-10, REST-15, REST-16 and CAP-3.
   *
   * @param directory the directory that was given to {@link #backup}; it is never changed
   * @param destination an existing directory, unless {@code JET_paramCreatePathIfNotExist} is set
   * @param callback told about progress, on the calling thread
   * @throws JetException as above; {@code JET_errFileAlreadyExists} (-1814) if two databases of the
   *     set have the same file name; -1001 if the engine restores to the original places only
   */
  default void restore(Path directory, Path destination, StatusCallback callback) {
    throw JetException.notAvailable("restore to a destination");
  }

  /**
   * Restores as {@link #restore(Path, StatusCallback)}, but not beyond one moment of the set: log
   * files after it are left out, and no log may lie in the log directory that goes on from there.
   *
   * @param directory the directory that was given to {@link #backup}; it is never changed
   * @param moment the {@code genHigh} of one of {@link JetEngine#restoreMoments}
   * @param callback told about progress, on the calling thread
   * @throws JetException as above; {@code JET_errInvalidParameter} (-1003) if the set has no such
   *     moment; -1001 if the engine restores to the last moment only
   */
  default void restore(Path directory, LogGeneration moment, StatusCallback callback) {
    throw JetException.notAvailable("restore to a moment");
  }

  /**
   * Restores to one moment of the set and into one directory.
   *
   * @param directory the directory that was given to {@link #backup}; it is never changed
   * @param destination an existing directory, unless {@code JET_paramCreatePathIfNotExist} is set
   * @param moment the {@code genHigh} of one of {@link JetEngine#restoreMoments}
   * @param callback told about progress, on the calling thread
   * @throws JetException as above
   */
  default void restore(
      Path directory, Path destination, LogGeneration moment, StatusCallback callback) {
    throw JetException.notAvailable("restore to a moment");
  }

  /**
   * Begins a backup whose files the application takes itself; {@link #backup} is built on the same
   * steps. It occupies the instance like any other backup until it ends.
   *
   * @param grbit {@link BackupGrbit#FULL} or {@link BackupGrbit#INCREMENTAL}
   * @return the backup
   * @throws JetException as for {@link #backup}: errors of state, -505, -516, -510, -529, -526 and
   *     -560; {@code JET_errInvalidGrbit} (-900) for any other bit; -1001 if the engine makes
   *     backups into directories only
   */
  default ExternalBackup beginExternalBackup(BackupGrbit grbit) {
    throw JetException.notAvailable("external backup");
  }

  /**
   * Ends all activity: from now on every call gets {@code JET_errClientRequestToStopJetService}
   * (-1329), but for rolling back, closing, detaching and {@link #terminate}. A running backup is
   * not interrupted. Source: specification clauses LIFE-4, LIFE-5 and RET-5.
   *
   * @throws JetException an error of state
   */
  default void stopService() {
    throw JetException.notAvailable("stopService");
  }

  /**
   * Asks a running backup to end; it fails with {@code JET_errBackupAbortByServer} (-801) before it
   * begins the next file or chunk. Without a running backup nothing happens. Returns at once.
   * Source: specification clause LIFE-6.
   */
  default void stopBackup() {
    throw JetException.notAvailable("stopBackup");
  }

  /**
   * Ends the instance. Sessions that are still open are ended, their transactions rolled back. An
   * instance that was never initialized ends too; ending one twice changes nothing.
   *
   * <p>While a backup runs, {@link TermGrbit#COMPLETE} (and no bit at all) is refused and the backup
   * goes on; {@link TermGrbit#ABRUPT} and {@link TermGrbit#STOP_BACKUP} end the backup.
   *
   * <p>Source: specification clauses LIFE-2, LIFE-7, LIFE-8 and LIFE-9.
   *
   * @param grbit how to end
   * @throws JetException {@code JET_errBackupInProgress} (-505), {@code JET_errInvalidGrbit} (-900),
   *     or -1001 for a mode that the engine does not have
   */
  void terminate(TermGrbit grbit);

  /**
   * Adds a listener to the instance's event log. It hears of everything that happens afterwards.
   * Source: specification chapter {@code events}, clause CAP-4.
   *
   * @param listener called on the thread of the step that it hears of; what it throws is ignored
   */
  default void addEventListener(EventListener listener) {
    throw JetException.notAvailable("event log");
  }

  /**
   * Tells in numbers what the instance has done so far and what it holds. Never blocks and reads no
   * file, so it may be called as often as one likes, in every state: of an instance that has ended
   * it tells how it ended.
   *
   * @return the numbers, counted since this instance was created
   * @throws JetException {@code JET_errFeatureNotAvailable} (-1001) if the engine does not count
   */
  default InstanceStatistics statistics() {
    throw JetException.notAvailable("statistics");
  }
}
