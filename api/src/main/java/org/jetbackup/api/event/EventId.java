package org.jetbackup.api.event;

import static org.jetbackup.api.event.EventCategory.DATABASE_CORRUPTION;
import static org.jetbackup.api.event.EventCategory.GENERAL;
import static org.jetbackup.api.event.EventCategory.LOGGING_RECOVERY;
import static org.jetbackup.api.event.EventCategory.TRANSACTION_MANAGER;
import static org.jetbackup.api.event.EventSeverity.ERROR;
import static org.jetbackup.api.event.EventSeverity.INFORMATION;
import static org.jetbackup.api.event.EventSeverity.WARNING;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The events of backup, restore and recovery that an engine of this api can send.
 *
 * <p>Number, symbol, severity, category and the order of the strings are the original's. A constant
 * is spelled exactly like the symbol. Those from {@value #FIRST_OWN_NUMBER} up are ours: they
 * report what the original has no event for.
 *
 * <p>Left out are the ids of the single-instance calls (200 to 203, 207), the shadow copy (212),
 * the copies made for replicas (240 to 257), zeroing during a backup (706, 707), which the original
 * declares and this api has no feature for. Another engine may still send them: {@link JetEvent}
 * carries any number.
 *
 * <p>This file is longer than others on purpose: it is one table, by subject and then by number.
 *
 * <p>Immutable and thread-safe. Source: the message list of the original; that such events are
 * written at all is on the public pages <i>jetbackupinstance-function</i> and
 * <i>jetrestoreinstance-function</i>.
 */
public enum EventId {

  // Life of an instance
  /** Event 102. */
  START_INSTANCE_ID(
      102,
      INFORMATION,
      GENERAL,
      "an instance is being initialised",
      "instance, major, minor, build, revision"),
  /** Event 103. */
  STOP_INSTANCE_ID(103, INFORMATION, GENERAL, "an instance has ended", "instance"),
  /** Event 105. */
  START_INSTANCE_DONE_ID(
      105, INFORMATION, GENERAL, "an instance is initialised", "instance, seconds"),

  // Backup
  /** Event 206. */
  DATABASE_MISS_FULL_BACKUP_ERROR_ID(
      206,
      ERROR,
      "an incremental backup was refused because a database has no full backup",
      "database"),
  /** Event 210. */
  START_FULL_BACKUP_INSTANCE_ID(210, INFORMATION, "a full backup begins"),
  /** Event 211. */
  START_INCREMENTAL_BACKUP_INSTANCE_ID(211, INFORMATION, "an incremental backup begins"),
  /** Event 213. */
  STOP_BACKUP_INSTANCE_ID(213, INFORMATION, "a backup has ended well"),
  /** Event 214. */
  STOP_BACKUP_ERROR_INSTANCE_ID(
      214, ERROR, "a backup has ended with an error while it read log files", "error"),
  /** Event 215. */
  STOP_BACKUP_ERROR_ABORT_BY_CALLER_INSTANCE_ID(
      215, ERROR, "a backup has ended early, whatever stopped it"),
  /** Event 217. */
  BACKUP_ERROR_FOR_ONE_DATABASE(
      217, ERROR, "a database could not be opened or read for a backup", "error, database"),
  /** Event 218. */
  BACKUP_ERROR_READ_FILE(218, ERROR, "a log file could not be read for a backup", "error, file"),
  /** Event 219. */
  BACKUP_ERROR_INFO_UPDATE(
      219,
      WARNING,
      "a backup is good, but the database headers could not be brought up to date",
      "error"),
  /** Event 220. */
  BACKUP_FILE_START(220, INFORMATION, "the copy of a database begins", "database, size"),
  /** Event 221. */
  BACKUP_FILE_STOP_OK(221, INFORMATION, "a database has been read to its end", "database"),
  /** Event 222. */
  BACKUP_FILE_STOP_BEFORE_END(
      222,
      INFORMATION,
      "a file was closed before it had been read to its end",
      "file, bytes read, bytes"),
  /** Event 223. */
  BACKUP_LOG_FILES_START(
      223, INFORMATION, "the copy of the log files begins", "first log file, last log file"),
  /** Event 224. */
  BACKUP_TRUNCATE_LOG_FILES(
      224,
      INFORMATION,
      "log files that are no longer needed are being deleted",
      "first log file, last log file"),
  /** Event 225. */
  BACKUP_NO_TRUNCATE_LOG_FILES(225, INFORMATION, "no log file is to be deleted"),
  /** Event 226. */
  STOP_BACKUP_ERROR_ABORT_BY_SERVER_INSTANCE_ID(226, ERROR, "a backup was stopped by the engine"),
  /** Event 227. */
  BACKUP_TRUNCATE_FOUND_MISSING_LOG_FILES(
      227, WARNING, "log files that were to be deleted were not there", "count"),

  // Restore, recovery and databases
  /** Event 204. */
  START_RESTORE_ID(204, INFORMATION, "a restore begins", "backup directory, log directory"),
  /** Event 205. */
  STOP_RESTORE_ID(205, INFORMATION, "a restore has ended"),
  /** Event 216. */
  DB_LOCATION_CHANGE_DETECTED(
      216, INFORMATION, "a database is restored to another place", "old path, new path"),
  /** Event 300. */
  START_REDO_ID(300, INFORMATION, "recovery begins"),
  /** Event 301. */
  STATUS_REDO_ID(301, INFORMATION, "a log file has been replayed", "log file, statistics"),
  /** Event 302. */
  STOP_REDO_ID(302, INFORMATION, "recovery has ended well"),
  /** Event 304. */
  STOP_REDO_WITHOUT_UNDO_ID(304, INFORMATION, "recovery has ended without undo, as was asked"),
  /** Event 325. */
  CREATE_DATABASE_DONE_ID(
      325, INFORMATION, GENERAL, "a database has been created", "number, database, seconds"),
  /** Event 326. */
  ATTACH_DATABASE_DONE_ID(
      326, INFORMATION, GENERAL, "a database has been attached", "number, database, seconds"),
  /** Event 327. */
  DETACH_DATABASE_DONE_ID(
      327, INFORMATION, GENERAL, "a database has been detached", "number, database, seconds"),
  /** Event 328. */
  RECOVERY_DB_ATTACH_ID(
      328, INFORMATION, "recovery attaches a database", "database, log position, callback result"),
  /** Event 329. */
  RECOVERY_DB_DETACH_ID(
      329, INFORMATION, "recovery detaches a database", "database, log position, callback result"),

  // Failures of the log
  /** Event 408. */
  LOG_WRITE_ERROR_ID(408, ERROR, "a log file could not be written", "log file, error"),
  /** Event 409. */
  LOG_HEADER_WRITE_ERROR_ID(
      409, ERROR, "the header of a log file could not be written", "log file, error"),
  /** Event 411. */
  LOG_BAD_VERSION_ERROR_ID(
      411, ERROR, "a log file has a format that the engine does not read", "log file"),
  /** Event 412. */
  LOG_HEADER_READ_ERROR_ID(
      412, ERROR, "the header of a log file could not be read", "log file, error"),
  /** Event 413. */
  NEW_LOG_ERROR_ID(413, ERROR, "a new log file could not be created", "error"),
  /** Event 426. */
  FILE_NOT_FOUND_ERROR_ID(426, ERROR, "a file or directory was not found", "path"),
  /** Event 428. */
  LOW_LOG_DISK_SPACE(
      428, ERROR, "changes are refused because the log disk has no room for the next log file"),
  /** Event 429. */
  LOG_DISK_FULL(429, ERROR, "the log disk is full"),
  /** Event 430. */
  DATABASE_PATCH_FILE_MISMATCH_ERROR_ID(
      430, ERROR, "the patch information does not belong to the database copy", "database"),
  /** Event 431. */
  STARTING_RESTORE_LOG_TOO_HIGH_ERROR_ID(
      431, ERROR, "the log files of a backup begin too late", "found log file, needed log file"),
  /** Event 432. */
  ENDING_RESTORE_LOG_TOO_LOW_ERROR_ID(
      432, ERROR, "the log files of a backup end too early", "found log file, needed log file"),
  /** Event 433. */
  RESTORE_LOG_FILE_HAS_BAD_SIGNATURE_ERROR_ID(
      433, ERROR, "a log file of a backup belongs to another sequence", "log file"),
  /** Event 434. */
  RESTORE_LOG_FILE_NOT_CONTIGUOUS_ERROR_ID(
      434, ERROR, "the log files of a backup do not follow one another", "log file"),
  /** Event 435. */
  RESTORE_LOG_FILE_MISSING_ERROR_ID(435, ERROR, "a log file of a backup is missing", "log file"),
  /** Event 440. */
  LOG_FILE_CORRUPTED_ID(
      440, ERROR, "a log file is damaged or cannot be reached", "log file, error"),
  /** Event 443. */
  LOG_FILE_SYS_ERROR_ID(443, ERROR, "the file system failed on a log file", "log file, error"),
  /** Event 446. */
  REDO_END_ABRUPTLY_ERROR_ID(
      446, ERROR, "replay stopped at log data that cannot be read", "log file, sector, byte"),
  /** Event 450. */
  CURRENT_LOG_FILE_MISSING_ERROR_ID(450, ERROR, "a log file is missing in a sequence", "log file"),
  /** Event 452. */
  REDO_MISSING_LOW_LOG_ERROR_ID(
      452,
      ERROR,
      "log files that a database needs are missing at the low end",
      "database, first needed, last needed, first found"),
  /** Event 453. */
  REDO_MISSING_HIGH_LOG_ERROR_ID(
      453,
      ERROR,
      "log files that a database needs are missing at the high end",
      "database, first needed, last needed, last found"),
  /** Event 454. */
  RESTORE_DATABASE_FAIL_ID(454, ERROR, "recovery or restore has failed", "error"),
  /** Event 455. */
  LOG_OPEN_FILE_ERROR_ID(455, ERROR, "a log file could not be opened", "log file, error"),
  /** Event 457. */
  EXISTING_LOG_FILE_HAS_BAD_SIGNATURE_ERROR_ID_2(
      457, WARNING, "a live log file belongs to another sequence than the backup", "log file"),
  /** Event 458. */
  EXISTING_LOG_FILE_NOT_CONTIGUOUS_ERROR_ID_2(
      458, WARNING, "live log files do not continue those of the backup", "log file, log file"),
  /** Event 459. */
  BACKUP_LOG_FILE_MISSING_ERROR_ID(459, ERROR, "a file that a backup needs is missing", "file"),
  /** Event 460. */
  LOG_TORN_WRITE_DURING_HARD_RESTORE_ID(
      460, ERROR, "a log file of a backup ends in a half-written part", "log file, position"),
  /** Event 461. */
  LOG_TORN_WRITE_DURING_HARD_RECOVERY_ID(
      461,
      ERROR,
      "a live log file ends in a half-written part that it should not have",
      "log file, position"),
  /** Event 462. */
  LOG_TORN_WRITE_DURING_SOFT_RECOVERY_ID(
      462,
      WARNING,
      "the torn end of a log file was found at start and is cut off",
      "log file, position"),
  /** Event 463. */
  LOG_CORRUPTION_DURING_HARD_RESTORE_ID(
      463, ERROR, "a log file of a backup is damaged", "log file, position, sector"),
  /** Event 464. */
  LOG_CORRUPTION_DURING_HARD_RECOVERY_ID(
      464, ERROR, "a live log file is damaged, found by a restore", "log file, position, sector"),
  /** Event 465. */
  LOG_CORRUPTION_DURING_SOFT_RECOVERY_ID(
      465, ERROR, "a log file is damaged, found at start", "log file, position, sector"),
  /** Event 492. */
  LOG_DOWN_ID(
      492,
      ERROR,
      "the log has stopped after a failed write; nothing more is acknowledged",
      "log directory"),
  /** Event 496. */
  REDO_HIGH_LOG_MISMATCH_ERROR_ID(
      496,
      ERROR,
      "a log file has another creation time than a database needs",
      "database, log file, time needed, time found"),
  /** Event 498. */
  DELETE_LOG_FILE_TOO_NEW_ID(
      498,
      WARNING,
      "log files beyond a gap were deleted, as allowed",
      "generation, first log file, last log file"),
  /** Event 499. */
  DELETE_LAST_LOG_FILE_TOO_OLD_ID(
      499,
      WARNING,
      "a stale current log file was deleted, as allowed",
      "generation, log file, generation"),
  /** Event 514. */
  ALMOST_OUT_OF_LOG_SEQUENCE_ID(
      514,
      WARNING,
      "the generations of the sequence are nearly used up",
      "generation, last generation, remaining"),
  /** Event 520. */
  BACKUP_LOG_FILE_NOT_COPIED_ID(
      520, WARNING, "the log was not truncated because not all of it had been copied"),
  /** Event 543. */
  LOG_LAST_SEGMENT_CHECKSUM_MISMATCH_ID(
      543,
      ERROR,
      "the checksum that ties a log file to the one before it is wrong",
      "log file, expected, actual"),
  /** Event 552. */
  LOG_CORRUPT_ID(
      552,
      ERROR,
      "a log file failed its check",
      "log file, reason, last valid, current, stored checksum, computed checksum, error"),
  /** Event 558. */
  GAP_LOG_FILE_GEN_ID(
      558, ERROR, "there is a gap in the live log files", "generation, last generation"),

  // Failures of pages and databases
  /** Event 471. */
  UNDO_FAILED_ID(
      471, ERROR, "a change could not be undone; the instance stops", "operation, database, error"),
  /** Event 474. */
  DATABASE_PAGE_CHECKSUM_MISMATCH_ID(
      474,
      ERROR,
      "a page failed its checksum",
      "file, offset, length, error, stored checksum, computed checksum, page"),
  /** Event 475. */
  DATABASE_PAGE_NUMBER_MISMATCH_ID(
      475,
      ERROR,
      "a page carries the number of another",
      "file, offset, length, error, expected page, stored page"),
  /** Event 476. */
  DATABASE_PAGE_DATA_MISSING_ID(
      476, ERROR, "a page is blank where content is needed", "file, offset, length, error, page"),
  /** Event 493. */
  TRANSIENT_READ_ERROR_DETECTED_ID(
      493, ERROR, "a read succeeded after failing", "file, offset, length, failures, seconds"),
  /** Event 494. */
  ATTACHED_DB_MISMATCH_END_OF_RECOVERY_ID(
      494,
      ERROR,
      "a database that the log names is missing at the end of recovery",
      "error, database"),
  /** Event 495. */
  ATTACHED_DB_MISMATCH_DURING_RECOVERY_ID(
      495, ERROR, "a database is not in the state that the log expects", "error, database"),
  /** Event 497. */
  DATABASE_HEADER_ERROR_ID(
      497, ERROR, DATABASE_CORRUPTION, "a file has no header of a database", "database"),
  /** Event 516. */
  DBTIME_MISMATCH_ID(
      516,
      ERROR,
      "a page is older or newer than the log expects",
      "database, page, time before, time on page, error, time after, log position"),
  /** Event 517. */
  CONSISTENT_TIME_MISMATCH_ID(
      517, ERROR, "a database does not belong to the log files", "error, database"),
  /** Event 530. */
  DATABASE_PAGE_LOST_FLUSH_ID(
      530,
      ERROR,
      "an earlier write of a page never reached the disk",
      "file, offset, length, error, page"),
  /** Event 553. */
  RSTMAP_FAIL_ID(553, ERROR, "a restore does not know where a database belongs", "database, error"),
  /** Event 619. */
  ATTACH_TO_BACKUP_SET_DATABASE_ERROR_ID(
      619, ERROR, "a raw copy from a backup was to be used without a restore", "database"),
  /** Event 645. */
  TRAILER_PAGE_MISSING_OR_CORRUPT_ID(
      645, ERROR, "the patch information of a database copy is missing or damaged", "database"),

  // Failures of transactions
  /** Event 623. */
  VERSION_STORE_REACHED_MAXIMUM_ID(
      623,
      ERROR,
      TRANSACTION_MANAGER,
      "the store of old versions is full because a transaction has been open for long",
      "instance, megabytes, session"),

  // Failures of the file system
  /** Event 481. */
  OSFILE_READ_ERROR_ID(
      481,
      ERROR,
      GENERAL,
      "a file could not be read",
      "file, offset, length, error, system error, text, seconds"),
  /** Event 482. */
  OSFILE_WRITE_ERROR_ID(
      482,
      ERROR,
      GENERAL,
      "a file could not be written",
      "file, offset, length, error, system error, text, seconds"),
  /** Event 483. */
  OSFS_CREATE_FOLDER_ERROR_ID(
      483, ERROR, GENERAL, "a directory could not be created", "path, error, system error, text"),
  /** Event 484. */
  OSFS_REMOVE_FOLDER_ERROR_ID(
      484, ERROR, GENERAL, "a directory could not be removed", "path, error, system error, text"),
  /** Event 485. */
  OSFS_DELETE_FILE_ERROR_ID(
      485, ERROR, GENERAL, "a file could not be deleted", "path, error, system error, text"),
  /** Event 486. */
  OSFS_MOVE_FILE_ERROR_ID(
      486, ERROR, GENERAL, "a file could not be moved", "from, to, error, system error, text"),
  /** Event 487. */
  OSFS_COPY_FILE_ERROR_ID(
      487, ERROR, GENERAL, "a file could not be copied", "from, to, error, system error, text"),
  /** Event 488. */
  OSFS_CREATE_FILE_ERROR_ID(
      488, ERROR, GENERAL, "a file could not be created", "path, error, system error, text"),
  /** Event 489. */
  OSFS_OPEN_FILE_RO_ERROR_ID(
      489,
      ERROR,
      GENERAL,
      "a file could not be opened for reading",
      "path, error, system error, text"),
  /** Event 490. */
  OSFS_OPEN_FILE_RW_ERROR_ID(
      490,
      ERROR,
      GENERAL,
      "a file could not be opened for writing",
      "path, error, system error, text"),
  /** Event 551. */
  OSFILE_FLUSH_ERROR_ID(
      551,
      ERROR,
      GENERAL,
      "a file could not be forced to disk",
      "file, seconds, system error, text, error"),

  // Ours
  /** Event 100000, ours. */
  BACKUP_LOG_FILE_NOT_DELETED_ID(
      100000,
      WARNING,
      "a log file that a backup holds could not be deleted; the next backup deletes it",
      "log file"),
  /** Event 100001, ours. */
  BACKUP_TARGET_NOT_DURABLE_ID(
      100001,
      WARNING,
      "the target cannot force or rename directories, so no log file was deleted",
      "directory, what is missing"),
  /** Event 100002, ours. */
  BACKUP_RETIRED_SET_NOT_DELETED_ID(
      100002,
      WARNING,
      "the new backup is good, but the one that it replaces could not be deleted",
      "directory"),
  /** Event 100003, ours. */
  LOG_DISK_HAS_ROOM_AGAIN_ID(
      100003, INFORMATION, "the log disk has room again and changes are accepted", "log directory"),
  /** Event 100004, ours. */
  CHECKPOINT_FILE_UNUSABLE_ID(
      100004,
      WARNING,
      "the checkpoint file cannot be used, so recovery begins at the oldest log file",
      "checkpoint file, error");

  /** The first number of our own events; those of the original lie below. */
  public static final int FIRST_OWN_NUMBER = 100_000;

  private static final Map<Integer, EventId> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(EventId::number, Function.identity()));

  private final int number;
  private final EventSeverity severity;
  private final EventCategory category;
  private final String description;
  private final String stringNames;

  EventId(int number, EventSeverity severity, String description) {
    this(number, severity, description, "");
  }

  EventId(int number, EventSeverity severity, String description, String stringNames) {
    this(number, severity, LOGGING_RECOVERY, description, stringNames);
  }

  EventId(
      int number,
      EventSeverity severity,
      EventCategory category,
      String description,
      String stringNames) {
    this.number = number;
    this.severity = severity;
    this.category = category;
    this.description = description;
    this.stringNames = stringNames;
  }

  /**
   * Finds an event.
   *
   * @param number any number
   * @return the event with that number; empty if this list does not have it
   */
  public static Optional<EventId> ofNumber(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  /** {@return the number of the event} */
  public int number() {
    return number;
  }

  /**
   * {@return the symbol exactly as the original spells it, for example {@code START_RESTORE_ID}}
   */
  public String symbol() {
    return name();
  }

  /** {@return how grave the event is} */
  public EventSeverity severity() {
    return severity;
  }

  /** {@return the part of the engine that it usually comes from} */
  public EventCategory category() {
    return category;
  }

  /** {@return what has happened: one line without a full stop} */
  public String description() {
    return description;
  }

  /**
   * Tells what the strings of such an event mean, in their order. The first is the string that the
   * original numbers 4; an engine may add more behind.
   *
   * @return the meanings, a few words each; unmodifiable, may be empty
   */
  public List<String> stringNames() {
    return stringNames.isEmpty() ? List.of() : List.of(stringNames.split(", "));
  }

  /** {@return whether the original does not know this event} */
  public boolean isOurs() {
    return number >= FIRST_OWN_NUMBER;
  }

  /** {@return number and symbol, for example {@code 204 START_RESTORE_ID}} */
  @Override
  public String toString() {
    return number + " " + name();
  }
}
