package org.jetbackup.engine.backup;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.log.LogFile;

/** What the event log hears of a backup, in the words and numbers of the original. */
final class BackupEvents {

  private static final long MIB = 1 << 20;
  private static final long KIB = 1 << 10;

  private final EventLog events;

  BackupEvents(EventLog events) {
    this.events = events;
  }

  EventLog log() {
    return events;
  }

  void missesFullBackup(Path database) {
    events.sendFailure(
        EventId.DATABASE_MISS_FULL_BACKUP_ERROR_ID,
        JetErr.MISSING_FULL_BACKUP,
        database.toString());
  }

  void begins(boolean incremental) {
    events.send(
        incremental
            ? EventId.START_INCREMENTAL_BACKUP_INSTANCE_ID
            : EventId.START_FULL_BACKUP_INSTANCE_ID);
  }

  void databaseBegins(Path database, long bytes) {
    String size = bytes > MIB ? bytes / MIB + " Mb" : bytes / KIB + " Kb";
    events.send(EventId.BACKUP_FILE_START, database.toString(), size);
  }

  void databaseEnds(Path database) {
    events.send(EventId.BACKUP_FILE_STOP_OK, database.toString());
  }

  void databaseFails(Path database, JetException failure) {
    events.sendFailure(
        EventId.BACKUP_ERROR_FOR_ONE_DATABASE,
        failure.error(),
        number(failure),
        database.toString());
  }

  void closedEarly(Path file, long read, long bytes) {
    events.send(
        EventId.BACKUP_FILE_STOP_BEFORE_END,
        file.toString(),
        Long.toString(read),
        Long.toString(bytes));
  }

  void pageReadAgain(Path file, long offset, int length, int failures, long seconds) {
    events.send(
        EventId.TRANSIENT_READ_ERROR_DETECTED_ID,
        file.toString(),
        Long.toString(offset),
        Integer.toString(length),
        Integer.toString(failures),
        Long.toString(seconds));
  }

  void cannotRead(Path file, long offset, int length, JetException failure) {
    events.sendFailure(
        EventId.OSFILE_READ_ERROR_ID,
        failure.error(),
        file.toString(),
        Long.toString(offset),
        Integer.toString(length),
        number(failure),
        "",
        String.valueOf(failure.getMessage()),
        "");
  }

  void logsBegin(Path first, Path last) {
    events.send(EventId.BACKUP_LOG_FILES_START, first.toString(), last.toString());
  }

  void logFails(Path file, JetException failure) {
    if (failure.error() == JetErr.LOG_READ_VERIFY_FAILURE) {
      events.sendFailure(
          EventId.LOG_CORRUPT_ID,
          failure.error(),
          file.toString(),
          String.valueOf(failure.getMessage()),
          "",
          "",
          "",
          "",
          number(failure));
    }
    events.sendFailure(
        EventId.BACKUP_ERROR_READ_FILE, failure.error(), number(failure), file.toString());
  }

  void fileIsMissing(Path file) {
    events.sendFailure(
        EventId.BACKUP_LOG_FILE_MISSING_ERROR_ID, JetErr.MISSING_FILE_TO_BACKUP, file.toString());
  }

  void notAllCopied() {
    events.sendFailure(EventId.BACKUP_LOG_FILE_NOT_COPIED_ID, JetErr.LOG_FILE_NOT_COPIED);
  }

  void truncates(List<LogFile> files) {
    if (files.isEmpty()) {
      events.send(EventId.BACKUP_NO_TRUNCATE_LOG_FILES);
    } else {
      events.send(
          EventId.BACKUP_TRUNCATE_LOG_FILES,
          files.get(0).path().toString(),
          files.get(files.size() - 1).path().toString());
    }
  }

  void cannotDelete(Path file, JetException failure) {
    events.sendFailure(EventId.BACKUP_LOG_FILE_NOT_DELETED_ID, failure.error(), file.toString());
  }

  void targetIsNotDurable(Path directory) {
    events.send(
        EventId.BACKUP_TARGET_NOT_DURABLE_ID,
        directory.toString(),
        "renaming a directory in one step, or forcing it");
  }

  void replacedSetStays(Path directory, JetException failure) {
    events.sendFailure(
        EventId.BACKUP_RETIRED_SET_NOT_DELETED_ID, failure.error(), directory.toString());
  }

  void endsWell() {
    events.send(EventId.STOP_BACKUP_INSTANCE_ID);
  }

  void headersAreOld(JetException failure) {
    events.sendFailure(EventId.BACKUP_ERROR_INFO_UPDATE, failure.error(), number(failure));
  }

  /** The last word about a backup that ended while it read log files. */
  void endsWithError(JetErr error) {
    events.sendFailure(
        EventId.STOP_BACKUP_ERROR_INSTANCE_ID, error, Integer.toString(error.number()));
  }

  /** The last word about any other that failed. The original does not say why; the event does. */
  void endsEarly(JetErr error) {
    events.sendFailure(EventId.STOP_BACKUP_ERROR_ABORT_BY_CALLER_INSTANCE_ID, error);
  }

  void wasStopped(JetErr error) {
    events.sendFailure(EventId.STOP_BACKUP_ERROR_ABORT_BY_SERVER_INSTANCE_ID, error);
  }

  private static String number(JetException failure) {
    return Integer.toString(failure.error().number());
  }
}
