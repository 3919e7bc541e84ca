package org.jetbackup.api.backup;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetException;

/**
 * A backup whose files the application takes and stores itself, wherever it likes: on tape, in an
 * archive, across a network.
 *
 * <pre>{@code
 *   full         DATABASES --logInfo, truncateLogInfo--> LOGS --end--> ENDED
 *   incremental  ------------------------------------->  LOGS
 *   stopped      a flag beside the state: only closing a file and ending are let in, all else -801
 *
 *   call               DATABASES                          LOGS
 *   attachInfo         the databases                      -521 (incremental) or the databases
 *   open               a database, else -1203             a log file of this backup, else -569;
 *                                                         a database -521
 *   logInfo            finishes the current log, -> LOGS  the same answer again
 *   truncateLog        -521                               deletes what nobody needs any more
 *   end                as aborted: no log was asked for   records the backup in the databases
 * }</pre>
 *
 * <p>What a full backup has to store are all bytes of every database and of every log file that
 * {@link #logInfo} names. One file is open at a time. A call that is out of order leaves the backup
 * as it was. A database that cannot be read is out of the backup, the others go on; a log file that
 * cannot be read ends the backup. Without {@link #truncateLog} the backup is a copy: the log stays,
 * and no later incremental backup counts on it.
 *
 * <p>Thread-safe; calls wait for each other. Source: JetBeginExternalBackupInstance and its
 * siblings of the public interface; ese-backup-semantics 13.1 and 13.2.
 */
public interface ExternalBackup extends AutoCloseable {

  /**
   * {@return the files of the databases that are backed up, in the order in which they were
   * attached} Source: JetGetAttachInfoInstance.
   *
   * @throws JetException {@code JET_errInvalidBackupSequence} (-521) for an incremental backup;
   *     {@code JET_errNoBackup} (-520) after the end; {@code JET_errBackupAbortByServer} (-801)
   *     after a stop
   */
  List<Path> attachInfo();

  /**
   * Opens a file for reading. Source: JetOpenFileInstance.
   *
   * @param file one of {@link #attachInfo}, or of {@link #logInfo} once that was called
   * @return the file, at its first byte
   * @throws JetException {@code JET_errDatabaseNotFound} (-1203) for a database that is not
   *     attached; {@code JET_errMissingFileToBackup} (-569) for a log file that is missing or not of
   *     this backup; {@code JET_errInvalidBackupSequence} (-521) for a database when the logs were
   *     asked for; {@code JET_errOutOfMemory} (-1011) while another file is open; {@code
   *     JET_errLogReadVerifyFailure} (-612) for a log file with a damaged header; -520 and -801 as
   *     above
   */
  ExternalFile open(Path file);

  /**
   * Finishes the current log file, once, and tells which log files belong to the backup. Source:
   * JetGetLogInfoInstance.
   *
   * @return the files, oldest first; the same for every call
   * @throws JetException -521 while a file is open; {@code JET_errMissingFileToBackup} (-569) if a
   *     generation is missing that an incremental backup has to hold; what the log says if it cannot
   *     be written; -520 and -801 as above
   */
  List<Path> logInfo();

  /**
   * Does the same as {@link #logInfo} and tells which log files {@link #truncateLog} would delete.
   * Source: JetGetTruncateLogInfoInstance.
   *
   * @return the files, oldest first; none if there is nothing to delete
   * @throws JetException as for {@link #logInfo}
   */
  List<Path> truncateLogInfo();

  /**
   * Deletes log files that neither recovery nor a restore of this backup and the live log needs.
   * The caller has stored everything durably. Source: JetTruncateLogInstance.
   *
   * @throws JetException -521 before {@link #logInfo} or while a file is open; {@code
   *     JET_errLogFileNotCopied} (-616) if not all of the log files were read to their ends and
   *     closed; -520 and -801 as above
   */
  void truncateLog();

  /**
   * Ends the backup. Always succeeds if the option is right; whether the backup was one is told by
   * the event log: 213, or 215 if it was aborted or no log was asked for, or 226 after a stop.
   * Source: JetEndExternalBackupInstance2.
   *
   * @param grbit how it ended
   * @throws JetException {@code JET_errInvalidParameter} (-1003) unless exactly one of the two bits
   *     is set; {@code JET_errNoBackup} (-520) if it has ended
   */
  void end(EndGrbit grbit);

  /** Aborts the backup if it has not ended. */
  @Override
  void close();
}
