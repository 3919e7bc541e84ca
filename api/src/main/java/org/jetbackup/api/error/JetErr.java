package org.jetbackup.api.error;

import static org.jetbackup.api.error.JetErrorCategory.CORRUPTION;
import static org.jetbackup.api.error.JetErrorCategory.DISK;
import static org.jetbackup.api.error.JetErrorCategory.FATAL;
import static org.jetbackup.api.error.JetErrorCategory.FRAGMENTATION;
import static org.jetbackup.api.error.JetErrorCategory.INCONSISTENT;
import static org.jetbackup.api.error.JetErrorCategory.IO;
import static org.jetbackup.api.error.JetErrorCategory.MEMORY;
import static org.jetbackup.api.error.JetErrorCategory.OPERATION;
import static org.jetbackup.api.error.JetErrorCategory.QUOTA;
import static org.jetbackup.api.error.JetErrorCategory.RESOURCE;
import static org.jetbackup.api.error.JetErrorCategory.STATE;
import static org.jetbackup.api.error.JetErrorCategory.UNKNOWN;
import static org.jetbackup.api.error.JetErrorCategory.USAGE;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The codes with which an engine answers: success, warnings and errors.
 *
 * <p>Number, symbol and category are the original's, so that a program, a log or a search engine
 * knows them. Negative numbers are errors, positive ones warnings, zero is success. A constant is
 * named after its symbol in upper case without the prefix; warnings keep theirs as {@code WRN_},
 * because two of them share the rest of the name with an error. The meaning says what the code
 * tells the caller; the remedy, where there is a useful one, what to do next.
 *
 * <p>Codes that the original keeps only for old callers are here too, so that every number of the
 * public pages can be named; a new engine does not use them for anything else. Left out are the
 * codes of features outside this api: columns and secondary indexes, languages, revert snapshots,
 * distributed transactions, devices.
 *
 * <p>This file is long because it is one table, ordered by number, and a table that is cut in two
 * can no longer be checked against its source at a glance.
 *
 * <p>Immutable and thread-safe. Source: the public page
 * <i>extensible-storage-engine-error-codes</i>. Some codes are not on that page, among them {@code
 * -616}, {@code -617}, {@code -800}, {@code -801}, {@code -1116} and {@code -1814}; they are known
 * from other public pages or from the original's source only.
 */
public enum JetErr {
  /** {@code JET_errSuccess}, 0. */
  SUCCESS(0, "JET_errSuccess", STATE, "the call did what was asked"),

  // System
  /** {@code JET_errOutOfThreads}, -103. */
  OUT_OF_THREADS(
      -103,
      "JET_errOutOfThreads",
      MEMORY,
      "no thread could be started",
      "lower the load on the process or raise its thread limit"),
  /** {@code JET_errTooManyIO}, -105. */
  TOO_MANY_IO(
      -105,
      "JET_errTooManyIO",
      RESOURCE,
      "the system has more input and output under way than it accepts",
      "try again later"),
  /** {@code JET_errTaskDropped}, -106. */
  TASK_DROPPED(
      -106,
      "JET_errTaskDropped",
      RESOURCE,
      "a background task was dropped before it ran",
      "try again later"),
  /** {@code JET_errInternalError}, -107. */
  INTERNAL_ERROR(
      -107,
      "JET_errInternalError",
      OPERATION,
      "the engine found itself in a state that its own rules exclude",
      "keep the files and report the defect"),
  /** {@code JET_errDisabledFunctionality}, -112. */
  DISABLED_FUNCTIONALITY(
      -112,
      "JET_errDisabledFunctionality",
      USAGE,
      "this build of the engine leaves the feature out"),
  /** {@code JET_errDatabaseBufferDependenciesCorrupted}, -255. */
  DATABASE_BUFFER_DEPENDENCIES_CORRUPTED(
      -255,
      "JET_errDatabaseBufferDependenciesCorrupted",
      CORRUPTION,
      "pages in memory depend on each other in a way that cannot be written",
      "keep the files and report the defect"),

  // Pages and trees
  /** {@code JET_wrnRemainingVersions}, 321. */
  WRN_REMAINING_VERSIONS(
      321,
      "JET_wrnRemainingVersions",
      STATE,
      "old versions of records are still kept for open transactions"),
  /** {@code JET_errPreviousVersion}, -322, internal to the original. */
  PREVIOUS_VERSION(
      -322,
      "JET_errPreviousVersion",
      CORRUPTION,
      "recovery found a version that it was about to create"),
  /** {@code JET_errBadPageLink}, -327. */
  BAD_PAGE_LINK(
      -327,
      "JET_errBadPageLink",
      CORRUPTION,
      "two neighbouring pages of a tree do not point at each other",
      "restore the database from a backup"),
  /** {@code JET_errBadBookmark}, -328, kept for old callers. */
  BAD_BOOKMARK(
      -328, "JET_errBadBookmark", UNKNOWN, "a bookmark points at no place in the database"),
  /** {@code JET_errBadParentPageLink}, -338. */
  BAD_PARENT_PAGE_LINK(
      -338,
      "JET_errBadParentPageLink",
      CORRUPTION,
      "a page and its parent page disagree",
      "restore the database from a backup"),
  /** {@code JET_errSPAvailExtCorrupted}, -341. */
  SP_AVAIL_EXT_CORRUPTED(
      -341,
      "JET_errSPAvailExtCorrupted",
      CORRUPTION,
      "the tree of free space is damaged",
      "restore the database from a backup"),
  /** {@code JET_errSPOwnExtCorrupted}, -343. */
  SP_OWN_EXT_CORRUPTED(
      -343,
      "JET_errSPOwnExtCorrupted",
      CORRUPTION,
      "the tree of owned space is damaged",
      "restore the database from a backup"),
  /** {@code JET_errDbTimeCorrupted}, -344. */
  DB_TIME_CORRUPTED(
      -344,
      "JET_errDbTimeCorrupted",
      CORRUPTION,
      "a page carries a later change time than its whole database",
      "restore the database from a backup"),
  /** {@code JET_errDatabaseLeakInSpace}, -348. */
  DATABASE_LEAK_IN_SPACE(
      -348,
      "JET_errDatabaseLeakInSpace",
      STATE,
      "some pages are neither used nor free any more; no data is lost",
      "copy the tables into a new database to win the space back"),
  /** {@code JET_errBadEmptyPage}, -351. */
  BAD_EMPTY_PAGE(
      -351,
      "JET_errBadEmptyPage",
      CORRUPTION,
      "a page is empty where its tree needs content",
      "restore the database from a backup"),
  /** {@code JET_errBadLineCount}, -354. */
  BAD_LINE_COUNT(
      -354,
      "JET_errBadLineCount",
      CORRUPTION,
      "a page has fewer entries than its tree says",
      "restore the database from a backup"),
  /** {@code JET_errPageTagCorrupted}, -357. */
  PAGE_TAG_CORRUPTED(
      -357,
      "JET_errPageTagCorrupted",
      CORRUPTION,
      "the directory of entries on a page is damaged",
      "restore the database from a backup"),
  /** {@code JET_errNodeCorrupted}, -358. */
  NODE_CORRUPTED(
      -358,
      "JET_errNodeCorrupted",
      CORRUPTION,
      "an entry on a page is damaged",
      "restore the database from a backup"),
  /** {@code JET_errKeyTooBig}, -408, kept for old callers. */
  KEY_TOO_BIG(
      -408, "JET_errKeyTooBig", UNKNOWN, "the key is longer than a key may be", "shorten the key"),

  // Log, backup and restore
  /** {@code JET_errInvalidLoggedOperation}, -500, kept for old callers. */
  INVALID_LOGGED_OPERATION(
      -500,
      "JET_errInvalidLoggedOperation",
      UNKNOWN,
      "a log record asks for something that cannot be done again"),
  /** {@code JET_errLogFileCorrupt}, -501. */
  LOG_FILE_CORRUPT(
      -501, "JET_errLogFileCorrupt", CORRUPTION, "a log file is damaged", "restore from a backup"),
  /** {@code JET_errNoBackupDirectory}, -503. */
  NO_BACKUP_DIRECTORY(
      -503, "JET_errNoBackupDirectory", USAGE, "the call names no directory for the backup"),
  /** {@code JET_errBackupDirectoryNotEmpty}, -504. */
  BACKUP_DIRECTORY_NOT_EMPTY(
      -504,
      "JET_errBackupDirectoryNotEmpty",
      USAGE,
      "the backup directory already holds something that would be overwritten",
      "choose an empty directory, or ask for an atomic backup"),
  /** {@code JET_errBackupInProgress}, -505. */
  BACKUP_IN_PROGRESS(
      -505,
      "JET_errBackupInProgress",
      STATE,
      "a backup is running and excludes this call",
      "wait for its end, or stop it"),
  /** {@code JET_errRestoreInProgress}, -506. */
  RESTORE_IN_PROGRESS(
      -506,
      "JET_errRestoreInProgress",
      STATE,
      "a restore is running and excludes this call",
      "wait for its end"),
  /** {@code JET_errMissingPreviousLogFile}, -509. */
  MISSING_PREVIOUS_LOG_FILE(
      -509,
      "JET_errMissingPreviousLogFile",
      CORRUPTION,
      "the log file that the checkpoint asks for is missing",
      "put the log files back, or restore from a backup"),
  /** {@code JET_errLogWriteFail}, -510. */
  LOG_WRITE_FAIL(
      -510,
      "JET_errLogWriteFail",
      IO,
      "the log could not be written, so nothing more is acknowledged",
      "close the instance, repair the cause and open it again"),
  /** {@code JET_errLogDisabledDueToRecoveryFailure}, -511. */
  LOG_DISABLED_DUE_TO_RECOVERY_FAILURE(
      -511,
      "JET_errLogDisabledDueToRecoveryFailure",
      FATAL,
      "recovery failed before, so nothing can be logged",
      "close the instance and look at the error that recovery gave"),
  /** {@code JET_errCannotLogDuringRecoveryRedo}, -512, internal to the original. */
  CANNOT_LOG_DURING_RECOVERY_REDO(
      -512,
      "JET_errCannotLogDuringRecoveryRedo",
      STATE,
      "something wanted to write to the log while recovery was replaying it"),
  /** {@code JET_errLogGenerationMismatch}, -513. */
  LOG_GENERATION_MISMATCH(
      -513,
      "JET_errLogGenerationMismatch",
      INCONSISTENT,
      "a log file's name and the generation inside it differ",
      "undo the renaming"),
  /** {@code JET_errBadLogVersion}, -514. */
  BAD_LOG_VERSION(
      -514,
      "JET_errBadLogVersion",
      INCONSISTENT,
      "the log was written in a format that this engine does not read",
      "recover it with the version that wrote it"),
  /** {@code JET_errInvalidLogSequence}, -515. */
  INVALID_LOG_SEQUENCE(
      -515,
      "JET_errInvalidLogSequence",
      CORRUPTION,
      "a log file is not the continuation of the one before it",
      "put the right log files together, or restore from a backup"),
  /** {@code JET_errLoggingDisabled}, -516. */
  LOGGING_DISABLED(
      -516,
      "JET_errLoggingDisabled",
      USAGE,
      "the instance runs without a log, so there is nothing that a backup could recover from",
      "set Recovery to on and initialise again"),
  /** {@code JET_errLogBufferTooSmall}, -517, kept for old callers. */
  LOG_BUFFER_TOO_SMALL(
      -517,
      "JET_errLogBufferTooSmall",
      USAGE,
      "one operation needs more log than a log file can hold",
      "raise LogFileSize or LogBuffers"),
  /** {@code JET_errLogSequenceEnd}, -519. */
  LOG_SEQUENCE_END(
      -519,
      "JET_errLogSequenceEnd",
      FRAGMENTATION,
      "the generations of this log sequence are used up",
      "shut down cleanly, remove the log files and take a full backup"),
  /** {@code JET_errNoBackup}, -520. */
  NO_BACKUP(-520, "JET_errNoBackup", STATE, "no backup is running"),
  /** {@code JET_errInvalidBackupSequence}, -521. */
  INVALID_BACKUP_SEQUENCE(
      -521,
      "JET_errInvalidBackupSequence",
      USAGE,
      "the calls of a backup came in an order that is not allowed"),
  /** {@code JET_errBackupNotAllowedYet}, -523. */
  BACKUP_NOT_ALLOWED_YET(
      -523,
      "JET_errBackupNotAllowedYet",
      STATE,
      "the instance is starting or stopping and takes no backup now",
      "wait until it is initialised"),
  /** {@code JET_errDeleteBackupFileFail}, -524. */
  DELETE_BACKUP_FILE_FAIL(
      -524,
      "JET_errDeleteBackupFileFail",
      IO,
      "a file left from an earlier backup could not be deleted",
      "check permissions in the backup directory"),
  /** {@code JET_errMakeBackupDirectoryFail}, -525. */
  MAKE_BACKUP_DIRECTORY_FAIL(
      -525,
      "JET_errMakeBackupDirectoryFail",
      IO,
      "the working directory of the backup could not be created",
      "check permissions and space in the backup directory"),
  /** {@code JET_errInvalidBackup}, -526. */
  INVALID_BACKUP(
      -526,
      "JET_errInvalidBackup",
      USAGE,
      "an incremental backup is not possible under circular logging",
      "take a full backup, or switch CircularLog off and then take a full backup first"),
  /** {@code JET_errRecoveredWithErrors}, -527. */
  RECOVERED_WITH_ERRORS(
      -527,
      "JET_errRecoveredWithErrors",
      STATE,
      "the restore ended, but some data was lost on the way"),
  /** {@code JET_errMissingLogFile}, -528. */
  MISSING_LOG_FILE(
      -528,
      "JET_errMissingLogFile",
      CORRUPTION,
      "the current log file is missing while older or newer ones exist",
      "put the log file back, or restore from a backup"),
  /** {@code JET_errLogDiskFull}, -529. */
  LOG_DISK_FULL(
      -529,
      "JET_errLogDiskFull",
      DISK,
      "the disk of the log files is full",
      "free space, close the instance and open it again"),
  /** {@code JET_errBadLogSignature}, -530. */
  BAD_LOG_SIGNATURE(
      -530,
      "JET_errBadLogSignature",
      INCONSISTENT,
      "a log file belongs to another log sequence",
      "remove the foreign file, or restore from a backup"),
  /** {@code JET_errBadDbSignature}, -531, kept for old callers. */
  BAD_DB_SIGNATURE(
      -531,
      "JET_errBadDbSignature",
      UNKNOWN,
      "a database carries the signature of another database"),
  /** {@code JET_errBadCheckpointSignature}, -532. */
  BAD_CHECKPOINT_SIGNATURE(
      -532,
      "JET_errBadCheckpointSignature",
      INCONSISTENT,
      "the checkpoint file belongs to another log sequence",
      "remove the foreign file"),
  /** {@code JET_errCheckpointCorrupt}, -533. */
  CHECKPOINT_CORRUPT(
      -533,
      "JET_errCheckpointCorrupt",
      CORRUPTION,
      "the checkpoint file is damaged",
      "remove it; recovery then starts at the oldest log"),
  /** {@code JET_errMissingPatchPage}, -534, kept for old callers. */
  MISSING_PATCH_PAGE(
      -534, "JET_errMissingPatchPage", UNKNOWN, "a page of an old-style patch file was not found"),
  /** {@code JET_errBadPatchPage}, -535. */
  BAD_PATCH_PAGE(
      -535,
      "JET_errBadPatchPage",
      INCONSISTENT,
      "the patch information at the end of a database copy is not valid",
      "restore from another backup"),
  /** {@code JET_errRedoAbruptEnded}, -536. */
  REDO_ABRUPT_ENDED(
      -536,
      "JET_errRedoAbruptEnded",
      CORRUPTION,
      "replay stopped because the rest of the log cannot be read",
      "restore from a backup"),
  /** {@code JET_errPatchFileMissing}, -538, kept for old callers. */
  PATCH_FILE_MISSING(
      -538,
      "JET_errPatchFileMissing",
      UNKNOWN,
      "an old-style patch file is missing from the backup"),
  /** {@code JET_errDatabaseLogSetMismatch}, -539. */
  DATABASE_LOG_SET_MISMATCH(
      -539,
      "JET_errDatabaseLogSetMismatch",
      INCONSISTENT,
      "a database does not belong to the log files beside it",
      "put matching files together, or restore from a backup"),
  /** {@code JET_errDatabaseStreamingFileMismatch}, -540, kept for old callers. */
  DATABASE_STREAMING_FILE_MISMATCH(
      -540,
      "JET_errDatabaseStreamingFileMismatch",
      UNKNOWN,
      "a database and its old-style streaming file do not belong together"),
  /** {@code JET_errLogFileSizeMismatch}, -541. */
  LOG_FILE_SIZE_MISMATCH(
      -541,
      "JET_errLogFileSizeMismatch",
      USAGE,
      "the log files on disk have another size than LogFileSize asks for",
      "set LogFileSize to the size on disk, or shut down cleanly and remove the log files"),
  /** {@code JET_errCheckpointFileNotFound}, -542. */
  CHECKPOINT_FILE_NOT_FOUND(
      -542, "JET_errCheckpointFileNotFound", INCONSISTENT, "the checkpoint file is missing"),
  /** {@code JET_errRequiredLogFilesMissing}, -543. */
  REQUIRED_LOG_FILES_MISSING(
      -543,
      "JET_errRequiredLogFilesMissing",
      INCONSISTENT,
      "log files that recovery needs are missing",
      "put the log files back, or restore from a backup"),
  /** {@code JET_errSoftRecoveryOnBackupDatabase}, -544. */
  SOFT_RECOVERY_ON_BACKUP_DATABASE(
      -544,
      "JET_errSoftRecoveryOnBackupDatabase",
      USAGE,
      "the database is a raw copy from a backup, which only a restore can make usable",
      "restore the backup first"),
  /** {@code JET_errLogFileSizeMismatchDatabasesConsistent}, -545. */
  LOG_FILE_SIZE_MISMATCH_DATABASES_CONSISTENT(
      -545,
      "JET_errLogFileSizeMismatchDatabasesConsistent",
      STATE,
      "the databases are recovered, but the log files have another size than LogFileSize asks for",
      "remove the log files, or set CleanupMismatchedLogFiles"),
  /** {@code JET_errLogSectorSizeMismatch}, -546. */
  LOG_SECTOR_SIZE_MISMATCH(
      -546,
      "JET_errLogSectorSizeMismatch",
      FRAGMENTATION,
      "the log files were written for another sector size"),
  /** {@code JET_errLogSectorSizeMismatchDatabasesConsistent}, -547. */
  LOG_SECTOR_SIZE_MISMATCH_DATABASES_CONSISTENT(
      -547,
      "JET_errLogSectorSizeMismatchDatabasesConsistent",
      STATE,
      "the databases are recovered, but the log files were written for another sector size",
      "remove the log files"),
  /** {@code JET_errLogSequenceEndDatabasesConsistent}, -548. */
  LOG_SEQUENCE_END_DATABASES_CONSISTENT(
      -548,
      "JET_errLogSequenceEndDatabasesConsistent",
      FRAGMENTATION,
      "the databases are recovered, but the generations of the sequence are used up",
      "remove the log files and take a full backup"),
  /** {@code JET_errStreamingDataNotLogged}, -549, kept for old callers. */
  STREAMING_DATA_NOT_LOGGED(
      -549,
      "JET_errStreamingDataNotLogged",
      UNKNOWN,
      "replay met a change of an old-style streaming file that was not logged"),
  /** {@code JET_errDatabaseDirtyShutdown}, -550. */
  DATABASE_DIRTY_SHUTDOWN(
      -550,
      "JET_errDatabaseDirtyShutdown",
      INCONSISTENT,
      "the database was not closed cleanly",
      "recover it with its log files"),
  /** {@code JET_errConsistentTimeMismatch}, -551. */
  CONSISTENT_TIME_MISMATCH(
      -551,
      "JET_errConsistentTimeMismatch",
      INCONSISTENT,
      "the database and the log disagree on when it was last consistent",
      "put matching files together, or restore from a backup"),
  /** {@code JET_errDatabasePatchFileMismatch}, -552, kept for old callers. */
  DATABASE_PATCH_FILE_MISMATCH(
      -552,
      "JET_errDatabasePatchFileMismatch",
      UNKNOWN,
      "the patch information does not belong to this backup"),
  /** {@code JET_errEndingRestoreLogTooLow}, -553. */
  ENDING_RESTORE_LOG_TOO_LOW(
      -553,
      "JET_errEndingRestoreLogTooLow",
      INCONSISTENT,
      "the log files of the backup end before the database copy is complete",
      "restore from another backup"),
  /** {@code JET_errStartingRestoreLogTooHigh}, -554. */
  STARTING_RESTORE_LOG_TOO_HIGH(
      -554,
      "JET_errStartingRestoreLogTooHigh",
      INCONSISTENT,
      "the log files of the backup begin after the place that the database copy needs",
      "restore from another backup"),
  /** {@code JET_errGivenLogFileHasBadSignature}, -555. */
  GIVEN_LOG_FILE_HAS_BAD_SIGNATURE(
      -555,
      "JET_errGivenLogFileHasBadSignature",
      INCONSISTENT,
      "a log file of the backup belongs to another log sequence",
      "restore from another backup"),
  /** {@code JET_errGivenLogFileIsNotContiguous}, -556. */
  GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS(
      -556,
      "JET_errGivenLogFileIsNotContiguous",
      INCONSISTENT,
      "the log files of the backup do not follow one another",
      "restore from another backup"),
  /** {@code JET_errMissingRestoreLogFiles}, -557. */
  MISSING_RESTORE_LOG_FILES(
      -557,
      "JET_errMissingRestoreLogFiles",
      INCONSISTENT,
      "a log file of the backup is missing",
      "complete the backup, or restore from another"),
  /** {@code JET_wrnExistingLogFileHasBadSignature}, 558, kept for old callers. */
  WRN_EXISTING_LOG_FILE_HAS_BAD_SIGNATURE(
      558,
      "JET_wrnExistingLogFileHasBadSignature",
      UNKNOWN,
      "the instance's own log files belong to another sequence than the backup"),
  /** {@code JET_wrnExistingLogFileIsNotContiguous}, 559, kept for old callers. */
  WRN_EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS(
      559,
      "JET_wrnExistingLogFileIsNotContiguous",
      UNKNOWN,
      "the instance's own log files do not continue those of the backup"),
  /** {@code JET_errMissingFullBackup}, -560. */
  MISSING_FULL_BACKUP(
      -560,
      "JET_errMissingFullBackup",
      STATE,
      "a database has no full backup that the incremental one could extend",
      "take a full backup first"),
  /** {@code JET_errBadBackupDatabaseSize}, -561, kept for old callers. */
  BAD_BACKUP_DATABASE_SIZE(
      -561,
      "JET_errBadBackupDatabaseSize",
      UNKNOWN,
      "the size of the database copy is not a whole number of pages"),
  /** {@code JET_errDatabaseAlreadyUpgraded}, -562. */
  DATABASE_ALREADY_UPGRADED(
      -562,
      "JET_errDatabaseAlreadyUpgraded",
      STATE,
      "the database already has the format it should be upgraded to"),
  /** {@code JET_errDatabaseIncompleteUpgrade}, -563. */
  DATABASE_INCOMPLETE_UPGRADE(
      -563,
      "JET_errDatabaseIncompleteUpgrade",
      STATE,
      "the database was only partly upgraded",
      "restore it from a backup"),
  /** {@code JET_errMissingCurrentLogFiles}, -565. */
  MISSING_CURRENT_LOG_FILES(
      -565,
      "JET_errMissingCurrentLogFiles",
      INCONSISTENT,
      "log files between the end of the backup and the current log are missing",
      "put them back, or restore without the live log files"),
  /** {@code JET_errDbTimeTooOld}, -566. */
  DB_TIME_TOO_OLD(
      -566,
      "JET_errDbTimeTooOld",
      CORRUPTION,
      "a page is older than the log record to be replayed expects",
      "restore from a backup"),
  /** {@code JET_errDbTimeTooNew}, -567. */
  DB_TIME_TOO_NEW(
      -567,
      "JET_errDbTimeTooNew",
      CORRUPTION,
      "a page is newer than the log record to be replayed expects",
      "restore from a backup"),
  /** {@code JET_errMissingFileToBackup}, -569. */
  MISSING_FILE_TO_BACKUP(
      -569,
      "JET_errMissingFileToBackup",
      INCONSISTENT,
      "a log file that the backup needs is missing",
      "take a full backup"),
  /** {@code JET_errLogTornWriteDuringHardRestore}, -570. */
  LOG_TORN_WRITE_DURING_HARD_RESTORE(
      -570,
      "JET_errLogTornWriteDuringHardRestore",
      CORRUPTION,
      "a log file of the backup ends in a half-written part",
      "restore from another backup"),
  /** {@code JET_errLogTornWriteDuringHardRecovery}, -571. */
  LOG_TORN_WRITE_DURING_HARD_RECOVERY(
      -571,
      "JET_errLogTornWriteDuringHardRecovery",
      CORRUPTION,
      "a log file of the instance ends in a half-written part that it should not have"),
  /** {@code JET_errLogCorruptDuringHardRestore}, -573. */
  LOG_CORRUPT_DURING_HARD_RESTORE(
      -573,
      "JET_errLogCorruptDuringHardRestore",
      CORRUPTION,
      "a log file of the backup is damaged",
      "restore from another backup"),
  /** {@code JET_errLogCorruptDuringHardRecovery}, -574. */
  LOG_CORRUPT_DURING_HARD_RECOVERY(
      -574,
      "JET_errLogCorruptDuringHardRecovery",
      CORRUPTION,
      "a log file of the instance is damaged",
      "restore without the live log files"),
  /** {@code JET_errMustDisableLoggingForDbUpgrade}, -575, kept for old callers. */
  MUST_DISABLE_LOGGING_FOR_DB_UPGRADE(
      -575,
      "JET_errMustDisableLoggingForDbUpgrade",
      UNKNOWN,
      "logging must be off while the database is upgraded"),
  /** {@code JET_errBadRestoreTargetInstance}, -577. */
  BAD_RESTORE_TARGET_INSTANCE(
      -577,
      "JET_errBadRestoreTargetInstance",
      USAGE,
      "the instance named as target of the restore does not exist or has other log files"),
  /** {@code JET_wrnTargetInstanceRunning}, 578. */
  WRN_TARGET_INSTANCE_RUNNING(
      578,
      "JET_wrnTargetInstanceRunning",
      STATE,
      "the instance named as target of the restore is running"),
  /** {@code JET_errRecoveredWithoutUndo}, -579. */
  RECOVERED_WITHOUT_UNDO(
      -579,
      "JET_errRecoveredWithoutUndo",
      STATE,
      "replay was finished and undo left out on request"),
  /** {@code JET_errDatabasesNotFromSameSnapshot}, -580, kept for old callers. */
  DATABASES_NOT_FROM_SAME_SNAPSHOT(
      -580,
      "JET_errDatabasesNotFromSameSnapshot",
      UNKNOWN,
      "the databases come from different shadow copies"),
  /** {@code JET_errSoftRecoveryOnSnapshot}, -581, kept for old callers. */
  SOFT_RECOVERY_ON_SNAPSHOT(
      -581,
      "JET_errSoftRecoveryOnSnapshot",
      UNKNOWN,
      "the database is a raw shadow copy, which only a restore can make usable"),
  /** {@code JET_errCommittedLogFilesMissing}, -582. */
  COMMITTED_LOG_FILES_MISSING(
      -582,
      "JET_errCommittedLogFilesMissing",
      CORRUPTION,
      "log files with acknowledged transactions are missing",
      "put them back, or accept the loss explicitly"),
  /** {@code JET_errSectorSizeNotSupported}, -583. */
  SECTOR_SIZE_NOT_SUPPORTED(
      -583,
      "JET_errSectorSizeNotSupported",
      FATAL,
      "the sector size of the disk is not supported",
      "use another disk, or another LogSectorSize"),
  /** {@code JET_errRecoveredWithoutUndoDatabasesConsistent}, -584. */
  RECOVERED_WITHOUT_UNDO_DATABASES_CONSISTENT(
      -584,
      "JET_errRecoveredWithoutUndoDatabasesConsistent",
      STATE,
      "replay was finished, undo was to be left out and was not needed"),
  /** {@code JET_wrnCommittedLogFilesLost}, 585. */
  WRN_COMMITTED_LOG_FILES_LOST(
      585,
      "JET_wrnCommittedLogFilesLost",
      STATE,
      "acknowledged transactions were lost with missing log files, as had been allowed"),
  /** {@code JET_errCommittedLogFileCorrupt}, -586. */
  COMMITTED_LOG_FILE_CORRUPT(
      -586,
      "JET_errCommittedLogFileCorrupt",
      CORRUPTION,
      "a log file with acknowledged transactions is damaged",
      "restore from a backup, or accept the loss explicitly"),
  /** {@code JET_wrnCommittedLogFilesRemoved}, 587. */
  WRN_COMMITTED_LOG_FILES_REMOVED(
      587,
      "JET_wrnCommittedLogFilesRemoved",
      STATE,
      "damaged log files with acknowledged transactions were removed, as had been allowed"),
  /** {@code JET_wrnFinishWithUndo}, 588. */
  WRN_FINISH_WITH_UNDO(588, "JET_wrnFinishWithUndo", STATE, "recovery ended after undo"),
  /** {@code JET_errLogSequenceChecksumMismatch}, -590. */
  LOG_SEQUENCE_CHECKSUM_MISMATCH(
      -590,
      "JET_errLogSequenceChecksumMismatch",
      CORRUPTION,
      "the checksum that ties a log file to the one before it is wrong",
      "restore from a backup"),
  /** {@code JET_errExistingLogFileHasBadSignature}, -610. */
  EXISTING_LOG_FILE_HAS_BAD_SIGNATURE(
      -610,
      "JET_errExistingLogFileHasBadSignature",
      INCONSISTENT,
      "the instance's own log files belong to another sequence than the backup",
      "move them away, or restore elsewhere"),
  /** {@code JET_errExistingLogFileIsNotContiguous}, -611. */
  EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS(
      -611,
      "JET_errExistingLogFileIsNotContiguous",
      INCONSISTENT,
      "the instance's own log files do not continue those of the backup",
      "move them away, or restore elsewhere"),
  /** {@code JET_errLogReadVerifyFailure}, -612. */
  LOG_READ_VERIFY_FAILURE(
      -612,
      "JET_errLogReadVerifyFailure",
      CORRUPTION,
      "a log file failed its check while it was backed up",
      "take a full backup: it needs only the log files from the checkpoint on"),
  /** {@code JET_errCheckpointDepthTooDeep}, -614. */
  CHECKPOINT_DEPTH_TOO_DEEP(
      -614,
      "JET_errCheckpointDepthTooDeep",
      QUOTA,
      "too many log files lie between the checkpoint and the current one",
      "end long transactions"),
  /** {@code JET_errRestoreOfNonBackupDatabase}, -615. */
  RESTORE_OF_NON_BACKUP_DATABASE(
      -615,
      "JET_errRestoreOfNonBackupDatabase",
      USAGE,
      "restore was asked for a database that no backup made"),
  /** {@code JET_errLogFileNotCopied}, -616. */
  LOG_FILE_NOT_COPIED(
      -616,
      "JET_errLogFileNotCopied",
      USAGE,
      "the log was to be truncated before all of it had been copied",
      "read every log file of the backup first"),
  /** {@code JET_errSurrogateBackupInProgress}, -617. */
  SURROGATE_BACKUP_IN_PROGRESS(
      -617,
      "JET_errSurrogateBackupInProgress",
      STATE,
      "a backup of a replica is running and excludes this call"),
  /** {@code JET_errTransactionTooLong}, -618. */
  TRANSACTION_TOO_LONG(
      -618,
      "JET_errTransactionTooLong",
      QUOTA,
      "a transaction is open over too many log files",
      "end it and divide the work"),
  /** {@code JET_errDbTimeBeyondMaxRequired}, -625. */
  DB_TIME_BEYOND_MAX_REQUIRED(
      -625,
      "JET_errDbTimeBeyondMaxRequired",
      CORRUPTION,
      "a page is newer than anything the log allows",
      "restore from a backup"),
  /** {@code JET_errLogOperationInconsistentWithDatabase}, -626. */
  LOG_OPERATION_INCONSISTENT_WITH_DATABASE(
      -626,
      "JET_errLogOperationInconsistentWithDatabase",
      CORRUPTION,
      "a log record cannot be applied to the database as it is",
      "restore from a backup"),
  /** {@code errBackupAbortByCaller}, -800, internal to the original. */
  BACKUP_ABORT_BY_CALLER(
      -800, "errBackupAbortByCaller", UNKNOWN, "the backup was ended by its caller"),
  /** {@code JET_errBackupAbortByServer}, -801. */
  BACKUP_ABORT_BY_SERVER(
      -801,
      "JET_errBackupAbortByServer",
      OPERATION,
      "the backup was ended by the engine because it was told to stop or to terminate",
      "start the backup again"),
  /** {@code JET_errInvalidGrbit}, -900. */
  INVALID_GRBIT(
      -900, "JET_errInvalidGrbit", USAGE, "the option bits are unknown or do not go together"),

  // Calls, parameters and the life of an instance
  /** {@code JET_errTermInProgress}, -1000. */
  TERM_IN_PROGRESS(-1000, "JET_errTermInProgress", OPERATION, "the instance is shutting down"),
  /** {@code JET_errFeatureNotAvailable}, -1001. */
  FEATURE_NOT_AVAILABLE(
      -1001, "JET_errFeatureNotAvailable", USAGE, "the engine does not offer this"),
  /** {@code JET_errInvalidName}, -1002. */
  INVALID_NAME(-1002, "JET_errInvalidName", USAGE, "the name breaks the rules for names"),
  /** {@code JET_errInvalidParameter}, -1003. */
  INVALID_PARAMETER(
      -1003,
      "JET_errInvalidParameter",
      USAGE,
      "an argument or parameter has a value that is not allowed"),
  /** {@code JET_wrnBufferTruncated}, 1006. */
  WRN_BUFFER_TRUNCATED(
      1006,
      "JET_wrnBufferTruncated",
      STATE,
      "the buffer holds only the beginning of the data",
      "pass a larger buffer"),
  /** {@code JET_wrnDatabaseAttached}, 1007. */
  WRN_DATABASE_ATTACHED(
      1007,
      "JET_wrnDatabaseAttached",
      STATE,
      "nothing was to be done: the database had been attached before"),
  /** {@code JET_errDatabaseFileReadOnly}, -1008. */
  DATABASE_FILE_READ_ONLY(
      -1008,
      "JET_errDatabaseFileReadOnly",
      USAGE,
      "the database file is read-only and was to be written",
      "attach it read-only, or make the file writable"),
  /** {@code JET_errInvalidDatabaseId}, -1010. */
  INVALID_DATABASE_ID(
      -1010, "JET_errInvalidDatabaseId", USAGE, "the database handle is closed or was never open"),
  /** {@code JET_errOutOfMemory}, -1011. */
  OUT_OF_MEMORY(
      -1011,
      "JET_errOutOfMemory",
      MEMORY,
      "there is not enough memory",
      "raise the heap, or lower CacheSizeBytes"),
  /** {@code JET_errOutOfDatabaseSpace}, -1012. */
  OUT_OF_DATABASE_SPACE(
      -1012, "JET_errOutOfDatabaseSpace", QUOTA, "the database has reached its largest size"),
  /** {@code JET_errOutOfCursors}, -1013. */
  OUT_OF_CURSORS(
      -1013, "JET_errOutOfCursors", MEMORY, "no further cursor can be opened", "close cursors"),
  /** {@code JET_errOutOfBuffers}, -1014. */
  OUT_OF_BUFFERS(
      -1014,
      "JET_errOutOfBuffers",
      MEMORY,
      "every page in the cache is in use",
      "raise CacheSizeBytes"),
  /** {@code JET_errRecordDeleted}, -1017. */
  RECORD_DELETED(-1017, "JET_errRecordDeleted", STATE, "the record was deleted"),
  /** {@code JET_errReadVerifyFailure}, -1018. */
  READ_VERIFY_FAILURE(
      -1018,
      "JET_errReadVerifyFailure",
      CORRUPTION,
      "a database page failed its checksum",
      "restore the database from a backup"),
  /** {@code JET_errPageNotInitialized}, -1019. */
  PAGE_NOT_INITIALIZED(
      -1019,
      "JET_errPageNotInitialized",
      CORRUPTION,
      "a database page is blank where content is needed",
      "restore the database from a backup"),
  /** {@code JET_errOutOfFileHandles}, -1020. */
  OUT_OF_FILE_HANDLES(
      -1020,
      "JET_errOutOfFileHandles",
      MEMORY,
      "the process has too many files open",
      "close files, or raise the limit"),
  /** {@code JET_errDiskReadVerificationFailure}, -1021. */
  DISK_READ_VERIFICATION_FAILURE(
      -1021,
      "JET_errDiskReadVerificationFailure",
      CORRUPTION,
      "the disk reported that it could not read its own data",
      "check the disk and restore from a backup"),
  /** {@code JET_errDiskIO}, -1022. */
  DISK_IO(
      -1022,
      "JET_errDiskIO",
      IO,
      "a device or file system failed",
      "check the device, then try again"),
  /** {@code JET_errInvalidPath}, -1023. */
  INVALID_PATH(
      -1023,
      "JET_errInvalidPath",
      USAGE,
      "the path does not exist, is not allowed or is too long",
      "create the directory, or set CreatePathIfNotExist"),
  /** {@code JET_errInvalidSystemPath}, -1024, kept for old callers. */
  INVALID_SYSTEM_PATH(-1024, "JET_errInvalidSystemPath", USAGE, "SystemPath cannot be used"),
  /** {@code JET_errInvalidLogDirectory}, -1025, kept for old callers. */
  INVALID_LOG_DIRECTORY(-1025, "JET_errInvalidLogDirectory", USAGE, "LogFilePath cannot be used"),
  /** {@code JET_errRecordTooBig}, -1026. */
  RECORD_TOO_BIG(
      -1026,
      "JET_errRecordTooBig",
      STATE,
      "the record is larger than a record may be",
      "shorten the value"),
  /** {@code JET_errTooManyOpenDatabases}, -1027, kept for old callers. */
  TOO_MANY_OPEN_DATABASES(
      -1027, "JET_errTooManyOpenDatabases", UNKNOWN, "too many databases are open"),
  /** {@code JET_errInvalidDatabase}, -1028. */
  INVALID_DATABASE(
      -1028, "JET_errInvalidDatabase", USAGE, "the file is not a database of this engine"),
  /** {@code JET_errNotInitialized}, -1029. */
  NOT_INITIALIZED(
      -1029,
      "JET_errNotInitialized",
      USAGE,
      "the instance is not initialised",
      "initialise it first"),
  /** {@code JET_errAlreadyInitialized}, -1030. */
  ALREADY_INITIALIZED(
      -1030, "JET_errAlreadyInitialized", USAGE, "the instance is already initialised"),
  /** {@code JET_errInitInProgress}, -1031. */
  INIT_IN_PROGRESS(
      -1031,
      "JET_errInitInProgress",
      OPERATION,
      "the instance is being initialised",
      "wait for its end"),
  /** {@code JET_errFileAccessDenied}, -1032. */
  FILE_ACCESS_DENIED(
      -1032,
      "JET_errFileAccessDenied",
      IO,
      "a file is locked, in use or protected",
      "close the other user, or check permissions"),
  /** {@code JET_errQueryNotSupported}, -1034, kept for old callers. */
  QUERY_NOT_SUPPORTED(-1034, "JET_errQueryNotSupported", USAGE, "the request is not supported"),
  /** {@code JET_errBufferTooSmall}, -1038. */
  BUFFER_TOO_SMALL(
      -1038,
      "JET_errBufferTooSmall",
      STATE,
      "the data does not fit into the buffer",
      "pass a larger buffer"),
  /** {@code JET_wrnSeekNotEqual}, 1039. */
  WRN_SEEK_NOT_EQUAL(
      1039,
      "JET_wrnSeekNotEqual",
      STATE,
      "no record has exactly the wanted key; the cursor is beside it"),
  /** {@code JET_errInvalidFilename}, -1044, kept for old callers. */
  INVALID_FILENAME(
      -1044, "JET_errInvalidFilename", UNKNOWN, "the file name breaks the rules for file names"),
  /** {@code JET_errInvalidBookmark}, -1045. */
  INVALID_BOOKMARK(-1045, "JET_errInvalidBookmark", USAGE, "the bookmark does not belong here"),
  /** {@code JET_errInvalidBufferSize}, -1047. */
  INVALID_BUFFER_SIZE(
      -1047, "JET_errInvalidBufferSize", STATE, "the length of the buffer does not fit the data"),
  /** {@code JET_errColumnNotUpdatable}, -1048. */
  COLUMN_NOT_UPDATABLE(-1048, "JET_errColumnNotUpdatable", USAGE, "the value may not be changed"),
  /** {@code JET_errIndexInUse}, -1051. */
  INDEX_IN_USE(-1051, "JET_errIndexInUse", STATE, "somebody else works with the index"),
  /** {@code JET_errNullKeyDisallowed}, -1053. */
  NULL_KEY_DISALLOWED(-1053, "JET_errNullKeyDisallowed", USAGE, "an empty key is not allowed here"),
  /** {@code JET_errNotInTransaction}, -1054. */
  NOT_IN_TRANSACTION(
      -1054, "JET_errNotInTransaction", USAGE, "the call needs a transaction", "begin one first"),
  /** {@code JET_errMustRollback}, -1057. */
  MUST_ROLLBACK(
      -1057,
      "JET_errMustRollback",
      USAGE,
      "the transaction can only be rolled back, because a change in it failed half-way",
      "roll it back"),
  /** {@code JET_errTooManyActiveUsers}, -1059. */
  TOO_MANY_ACTIVE_USERS(
      -1059,
      "JET_errTooManyActiveUsers",
      USAGE,
      "sessions or cursors are still in use",
      "close them first"),
  /** {@code JET_errVersionStoreEntryTooBig}, -1065, internal to the original. */
  VERSION_STORE_ENTRY_TOO_BIG(
      -1065,
      "JET_errVersionStoreEntryTooBig",
      USAGE,
      "one change is larger than the store of old versions accepts",
      "divide the change"),
  /** {@code JET_errVersionStoreOutOfMemoryAndCleanupTimedOut}, -1066. */
  VERSION_STORE_OUT_OF_MEMORY_AND_CLEANUP_TIMED_OUT(
      -1066,
      "JET_errVersionStoreOutOfMemoryAndCleanupTimedOut",
      USAGE,
      "the store of old versions is full and could not be cleaned in time",
      "end long transactions"),
  /** {@code JET_errVersionStoreOutOfMemory}, -1069. */
  VERSION_STORE_OUT_OF_MEMORY(
      -1069,
      "JET_errVersionStoreOutOfMemory",
      QUOTA,
      "the store of old versions is full",
      "end long transactions, or divide the work"),
  /** {@code JET_errRecordNotDeleted}, -1072. */
  RECORD_NOT_DELETED(-1072, "JET_errRecordNotDeleted", OPERATION, "the record is not deleted"),
  /** {@code JET_errTooManyMempoolEntries}, -1073. */
  TOO_MANY_MEMPOOL_ENTRIES(
      -1073,
      "JET_errTooManyMempoolEntries",
      MEMORY,
      "too many entries in a memory pool were asked for"),
  /** {@code JET_errOutOfObjectIDs}, -1074. */
  OUT_OF_OBJECT_IDS(
      -1074,
      "JET_errOutOfObjectIDs",
      FRAGMENTATION,
      "the numbers for tables are used up",
      "copy the tables into a new database"),
  /** {@code JET_errOutOfDbtimeValues}, -1077. */
  OUT_OF_DBTIME_VALUES(
      -1077,
      "JET_errOutOfDbtimeValues",
      FRAGMENTATION,
      "the change times of the database are used up",
      "copy the tables into a new database"),
  /** {@code JET_errRunningInOneInstanceMode}, -1080. */
  RUNNING_IN_ONE_INSTANCE_MODE(
      -1080,
      "JET_errRunningInOneInstanceMode",
      USAGE,
      "the process runs in one-instance mode, which excludes this call"),
  /** {@code JET_errRunningInMultiInstanceMode}, -1081. */
  RUNNING_IN_MULTI_INSTANCE_MODE(
      -1081,
      "JET_errRunningInMultiInstanceMode",
      USAGE,
      "the process runs in multi-instance mode, which excludes this call"),
  /** {@code JET_errSystemParamsAlreadySet}, -1082. */
  SYSTEM_PARAMS_ALREADY_SET(
      -1082,
      "JET_errSystemParamsAlreadySet",
      STATE,
      "the parameter can no longer be changed",
      "set it before the first instance is initialised"),
  /** {@code JET_errSystemPathInUse}, -1083. */
  SYSTEM_PATH_IN_USE(
      -1083, "JET_errSystemPathInUse", USAGE, "SystemPath is in use by another instance"),
  /** {@code JET_errLogFilePathInUse}, -1084. */
  LOG_FILE_PATH_IN_USE(
      -1084, "JET_errLogFilePathInUse", USAGE, "LogFilePath is in use by another instance"),
  /** {@code JET_errTempPathInUse}, -1085. */
  TEMP_PATH_IN_USE(-1085, "JET_errTempPathInUse", USAGE, "TempPath is in use by another instance"),
  /** {@code JET_errInstanceNameInUse}, -1086. */
  INSTANCE_NAME_IN_USE(
      -1086, "JET_errInstanceNameInUse", USAGE, "the name of the instance is in use"),
  /** {@code JET_errSystemParameterConflict}, -1087. */
  SYSTEM_PARAMETER_CONFLICT(
      -1087,
      "JET_errSystemParameterConflict",
      USAGE,
      "a process-wide parameter already has another value"),
  /** {@code JET_errInstanceUnavailable}, -1090. */
  INSTANCE_UNAVAILABLE(
      -1090,
      "JET_errInstanceUnavailable",
      FATAL,
      "the instance stopped after a fatal error and answers nothing any more",
      "close the instance, repair the cause and open it again"),
  /** {@code JET_errDatabaseUnavailable}, -1091, kept for old callers. */
  DATABASE_UNAVAILABLE(
      -1091, "JET_errDatabaseUnavailable", UNKNOWN, "the database stopped after a fatal error"),
  /** {@code JET_errInstanceUnavailableDueToFatalLogDiskFull}, -1092. */
  INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL(
      -1092,
      "JET_errInstanceUnavailableDueToFatalLogDiskFull",
      FATAL,
      "the instance stopped because the disk of its log is full",
      "free space, close the instance and open it again"),

  // Sessions and transactions
  /** {@code JET_errOutOfSessions}, -1101. */
  OUT_OF_SESSIONS(
      -1101,
      "JET_errOutOfSessions",
      MEMORY,
      "no further session can be opened",
      "close sessions, or raise MaxSessions"),
  /** {@code JET_errWriteConflict}, -1102. */
  WRITE_CONFLICT(
      -1102,
      "JET_errWriteConflict",
      STATE,
      "another transaction has changed this record",
      "roll back and try again"),
  /** {@code JET_errTransTooDeep}, -1103. */
  TRANS_TOO_DEEP(
      -1103,
      "JET_errTransTooDeep",
      USAGE,
      "a transaction would begin deeper inside others than the engine allows"),
  /** {@code JET_errInvalidSesid}, -1104. */
  INVALID_SESID(-1104, "JET_errInvalidSesid", USAGE, "the session is closed or was never open"),
  /** {@code JET_errWriteConflictPrimaryIndex}, -1105. */
  WRITE_CONFLICT_PRIMARY_INDEX(
      -1105,
      "JET_errWriteConflictPrimaryIndex",
      STATE,
      "the primary index was made by a transaction that has not ended",
      "wait for its end"),
  /** {@code JET_errInTransaction}, -1108. */
  IN_TRANSACTION(
      -1108,
      "JET_errInTransaction",
      USAGE,
      "the call is not allowed inside a transaction",
      "end the transaction first"),
  /** {@code JET_errRollbackRequired}, -1109, kept for old callers. */
  ROLLBACK_REQUIRED(
      -1109,
      "JET_errRollbackRequired",
      UNKNOWN,
      "the transaction can only be rolled back",
      "roll it back"),
  /** {@code JET_errTransReadOnly}, -1110. */
  TRANS_READ_ONLY(
      -1110, "JET_errTransReadOnly", USAGE, "a read-only transaction tried to change something"),
  /** {@code JET_errSessionWriteConflict}, -1111. */
  SESSION_WRITE_CONFLICT(
      -1111,
      "JET_errSessionWriteConflict",
      USAGE,
      "another cursor of the same session is changing this record"),
  /** {@code JET_errRecordTooBigForBackwardCompatibility}, -1112. */
  RECORD_TOO_BIG_FOR_BACKWARD_COMPATIBILITY(
      -1112,
      "JET_errRecordTooBigForBackwardCompatibility",
      STATE,
      "the record would be too large for an older format"),
  /** {@code JET_errSesidTableIdMismatch}, -1114. */
  SESID_TABLE_ID_MISMATCH(
      -1114, "JET_errSesidTableIdMismatch", USAGE, "the cursor belongs to another session"),
  /** {@code JET_errInvalidInstance}, -1115. */
  INVALID_INSTANCE(
      -1115, "JET_errInvalidInstance", USAGE, "the instance handle is closed or was never open"),
  /** {@code JET_errDirtyShutdown}, -1116. */
  DIRTY_SHUTDOWN(
      -1116,
      "JET_errDirtyShutdown",
      STATE,
      "the instance has ended and left its databases to be recovered, as was asked"),
  /** {@code JET_errReadPgnoVerifyFailure}, -1118. */
  READ_PGNO_VERIFY_FAILURE(
      -1118,
      "JET_errReadPgnoVerifyFailure",
      CORRUPTION,
      "a database page carries the number of another page",
      "restore the database from a backup"),
  /** {@code JET_errReadLostFlushVerifyFailure}, -1119. */
  READ_LOST_FLUSH_VERIFY_FAILURE(
      -1119,
      "JET_errReadLostFlushVerifyFailure",
      CORRUPTION,
      "an earlier write of a database page never reached the disk",
      "restore the database from a backup"),
  /** {@code JET_errFileSystemCorruption}, -1121. */
  FILE_SYSTEM_CORRUPTION(
      -1121,
      "JET_errFileSystemCorruption",
      CORRUPTION,
      "the file system reports that it is damaged",
      "check the file system"),
  /** {@code JET_errRecoveryVerifyFailure}, -1123. */
  RECOVERY_VERIFY_FAILURE(
      -1123,
      "JET_errRecoveryVerifyFailure",
      CORRUPTION,
      "a page read during recovery is not what the log expects",
      "restore from a backup"),

  // Databases and tables
  /** {@code JET_errDatabaseDuplicate}, -1201. */
  DATABASE_DUPLICATE(
      -1201, "JET_errDatabaseDuplicate", USAGE, "a database with this name exists already"),
  /** {@code JET_errDatabaseInUse}, -1202. */
  DATABASE_IN_USE(-1202, "JET_errDatabaseInUse", USAGE, "somebody else has the database open"),
  /** {@code JET_errDatabaseNotFound}, -1203. */
  DATABASE_NOT_FOUND(-1203, "JET_errDatabaseNotFound", USAGE, "there is no such database"),
  /** {@code JET_errDatabaseInvalidName}, -1204. */
  DATABASE_INVALID_NAME(
      -1204,
      "JET_errDatabaseInvalidName",
      USAGE,
      "the name of the database breaks the rules for names"),
  /** {@code JET_errDatabaseInvalidPages}, -1205. */
  DATABASE_INVALID_PAGES(
      -1205,
      "JET_errDatabaseInvalidPages",
      USAGE,
      "the number of pages is not allowed for a database"),
  /** {@code JET_errDatabaseCorrupted}, -1206. */
  DATABASE_CORRUPTED(
      -1206,
      "JET_errDatabaseCorrupted",
      CORRUPTION,
      "the file is no database, or its header is damaged",
      "restore it from a backup"),
  /** {@code JET_errDatabaseLocked}, -1207. */
  DATABASE_LOCKED(
      -1207,
      "JET_errDatabaseLocked",
      USAGE,
      "the database is opened exclusively by another session"),
  /** {@code JET_errInvalidDatabaseVersion}, -1209. */
  INVALID_DATABASE_VERSION(
      -1209,
      "JET_errInvalidDatabaseVersion",
      INCONSISTENT,
      "the database has a format that this engine does not read"),
  /** {@code JET_errDatabase200Format}, -1210, kept for old callers. */
  DATABASE_200FORMAT(
      -1210, "JET_errDatabase200Format", UNKNOWN, "the database has a very old format"),
  /** {@code JET_errPageSizeMismatch}, -1213. */
  PAGE_SIZE_MISMATCH(
      -1213,
      "JET_errPageSizeMismatch",
      INCONSISTENT,
      "the database has another page size than the engine was set to",
      "set DatabasePageSize to that of the database"),
  /** {@code JET_errTooManyInstances}, -1214. */
  TOO_MANY_INSTANCES(
      -1214,
      "JET_errTooManyInstances",
      QUOTA,
      "no further instance can be started",
      "close instances"),
  /** {@code JET_errDatabaseSharingViolation}, -1215. */
  DATABASE_SHARING_VIOLATION(
      -1215, "JET_errDatabaseSharingViolation", USAGE, "another instance uses this database"),
  /** {@code JET_errAttachedDatabaseMismatch}, -1216. */
  ATTACHED_DATABASE_MISMATCH(
      -1216,
      "JET_errAttachedDatabaseMismatch",
      INCONSISTENT,
      "a database that the log says is attached is missing or another one",
      "put the file back, or restore from a backup"),
  /** {@code JET_errDatabaseInvalidPath}, -1217. */
  DATABASE_INVALID_PATH(
      -1217, "JET_errDatabaseInvalidPath", USAGE, "the path of the database is not allowed"),
  /** {@code JET_errForceDetachNotAllowed}, -1219. */
  FORCE_DETACH_NOT_ALLOWED(
      -1219, "JET_errForceDetachNotAllowed", USAGE, "forced detaching is not allowed now"),
  /** {@code JET_errCatalogCorrupted}, -1220. */
  CATALOG_CORRUPTED(
      -1220,
      "JET_errCatalogCorrupted",
      CORRUPTION,
      "the catalog of the database is damaged",
      "restore the database from a backup"),
  /** {@code JET_errPartiallyAttachedDB}, -1221. */
  PARTIALLY_ATTACHED_DB(
      -1221,
      "JET_errPartiallyAttachedDB",
      USAGE,
      "the database is only half attached",
      "detach it and attach it again"),
  /** {@code JET_errDatabaseSignInUse}, -1222. */
  DATABASE_SIGN_IN_USE(
      -1222,
      "JET_errDatabaseSignInUse",
      USAGE,
      "a twin of this database, with its signature, is attached already",
      "do not attach a copy beside its original"),
  /** {@code JET_errDatabaseCorruptedNoRepair}, -1224. */
  DATABASE_CORRUPTED_NO_REPAIR(
      -1224,
      "JET_errDatabaseCorruptedNoRepair",
      USAGE,
      "the database is damaged and repair was not allowed"),
  /** {@code JET_errInvalidCreateDbVersion}, -1225. */
  INVALID_CREATE_DB_VERSION(
      -1225,
      "JET_errInvalidCreateDbVersion",
      INCONSISTENT,
      "recovery would have to create a database in a format that this engine does not write"),
  /** {@code JET_errDatabaseNotReady}, -1230. */
  DATABASE_NOT_READY(
      -1230, "JET_errDatabaseNotReady", USAGE, "the database is still being recovered"),
  /** {@code JET_errDatabaseAttachedForRecovery}, -1231. */
  DATABASE_ATTACHED_FOR_RECOVERY(
      -1231,
      "JET_errDatabaseAttachedForRecovery",
      USAGE,
      "the database is attached for recovery only",
      "attach it before you open it"),
  /** {@code JET_errTableLocked}, -1302. */
  TABLE_LOCKED(-1302, "JET_errTableLocked", USAGE, "the table is locked by another session"),
  /** {@code JET_errTableDuplicate}, -1303. */
  TABLE_DUPLICATE(-1303, "JET_errTableDuplicate", STATE, "a table with this name exists already"),
  /** {@code JET_errTableInUse}, -1304. */
  TABLE_IN_USE(-1304, "JET_errTableInUse", STATE, "the table is in use"),
  /** {@code JET_errObjectNotFound}, -1305. */
  OBJECT_NOT_FOUND(-1305, "JET_errObjectNotFound", STATE, "there is no such table"),
  /** {@code JET_errDensityInvalid}, -1307. */
  DENSITY_INVALID(-1307, "JET_errDensityInvalid", USAGE, "the density is not allowed"),
  /** {@code JET_errTableNotEmpty}, -1308. */
  TABLE_NOT_EMPTY(-1308, "JET_errTableNotEmpty", USAGE, "the table still holds records"),
  /** {@code JET_errInvalidTableId}, -1310. */
  INVALID_TABLE_ID(
      -1310,
      "JET_errInvalidTableId",
      USAGE,
      "the cursor or table handle is closed or was never open"),
  /** {@code JET_errTooManyOpenTables}, -1311. */
  TOO_MANY_OPEN_TABLES(
      -1311, "JET_errTooManyOpenTables", QUOTA, "no further table can be opened", "close tables"),
  /** {@code JET_errIllegalOperation}, -1312. */
  ILLEGAL_OPERATION(
      -1312, "JET_errIllegalOperation", USAGE, "the operation is not possible on this table"),
  /** {@code JET_errObjectDuplicate}, -1314, kept for old callers. */
  OBJECT_DUPLICATE(
      -1314, "JET_errObjectDuplicate", UNKNOWN, "the name is in use by another object"),
  /** {@code JET_errInvalidObject}, -1316, kept for old callers. */
  INVALID_OBJECT(
      -1316,
      "JET_errInvalidObject",
      UNKNOWN,
      "the object is not of the kind that the operation needs"),
  /** {@code JET_errCannotDeleteSystemTable}, -1318. */
  CANNOT_DELETE_SYSTEM_TABLE(
      -1318,
      "JET_errCannotDeleteSystemTable",
      USAGE,
      "a table of the engine itself cannot be deleted"),
  /** {@code JET_errExclusiveTableLockRequired}, -1322. */
  EXCLUSIVE_TABLE_LOCK_REQUIRED(
      -1322,
      "JET_errExclusiveTableLockRequired",
      USAGE,
      "the table must be opened exclusively for this"),
  /** {@code JET_errFixedDDL}, -1323. */
  FIXED_DDL(-1323, "JET_errFixedDDL", USAGE, "the layout of this table cannot be changed"),
  /** {@code JET_wrnTableInUseBySystem}, 1327. */
  WRN_TABLE_IN_USE_BY_SYSTEM(
      1327, "JET_wrnTableInUseBySystem", STATE, "the engine itself still uses the table"),
  /** {@code JET_errInvalidSettings}, -1328. */
  INVALID_SETTINGS(-1328, "JET_errInvalidSettings", USAGE, "parameters contradict each other"),
  /** {@code JET_errClientRequestToStopJetService}, -1329. */
  CLIENT_REQUEST_TO_STOP_JET_SERVICE(
      -1329,
      "JET_errClientRequestToStopJetService",
      OPERATION,
      "the instance was told to stop its service and refuses new work"),
  /** {@code JET_errIndexNotFound}, -1404. */
  INDEX_NOT_FOUND(-1404, "JET_errIndexNotFound", STATE, "there is no such index"),

  // Records and cursors
  /** {@code JET_errNullInvalid}, -1504. */
  NULL_INVALID(-1504, "JET_errNullInvalid", USAGE, "the value may not be absent"),
  /** {@code JET_errColumnTooBig}, -1506. */
  COLUMN_TOO_BIG(-1506, "JET_errColumnTooBig", USAGE, "the value is longer than allowed"),
  /** {@code JET_errColumnNotFound}, -1507. */
  COLUMN_NOT_FOUND(-1507, "JET_errColumnNotFound", USAGE, "there is no such column"),
  /** {@code JET_errLVCorrupted}, -1526. */
  LV_CORRUPTED(
      -1526,
      "JET_errLVCorrupted",
      CORRUPTION,
      "a long value is damaged",
      "restore the database from a backup"),
  /** {@code JET_errRecordNotFound}, -1601. */
  RECORD_NOT_FOUND(-1601, "JET_errRecordNotFound", STATE, "there is no record with this key"),
  /** {@code JET_errRecordNoCopy}, -1602. */
  RECORD_NO_COPY(-1602, "JET_errRecordNoCopy", USAGE, "no record is being prepared"),
  /** {@code JET_errNoCurrentRecord}, -1603. */
  NO_CURRENT_RECORD(-1603, "JET_errNoCurrentRecord", STATE, "the cursor stands on no record"),
  /** {@code JET_errRecordPrimaryChanged}, -1604. */
  RECORD_PRIMARY_CHANGED(
      -1604,
      "JET_errRecordPrimaryChanged",
      USAGE,
      "the key of a record cannot be changed",
      "delete the record and insert another"),
  /** {@code JET_errKeyDuplicate}, -1605. */
  KEY_DUPLICATE(-1605, "JET_errKeyDuplicate", STATE, "a record with this key exists already"),
  /** {@code JET_errAlreadyPrepared}, -1607. */
  ALREADY_PREPARED(
      -1607, "JET_errAlreadyPrepared", USAGE, "another change is already being prepared"),
  /** {@code JET_errKeyNotMade}, -1608. */
  KEY_NOT_MADE(-1608, "JET_errKeyNotMade", USAGE, "no key was set to search for"),
  /** {@code JET_errUpdateNotPrepared}, -1609. */
  UPDATE_NOT_PREPARED(-1609, "JET_errUpdateNotPrepared", USAGE, "no change is being prepared"),
  /** {@code JET_errDataHasChanged}, -1611, kept for old callers. */
  DATA_HAS_CHANGED(
      -1611,
      "JET_errDataHasChanged",
      UNKNOWN,
      "the record was changed by another transaction",
      "read it again"),

  // Files
  /** {@code JET_errTempFileOpenError}, -1803, kept for old callers. */
  TEMP_FILE_OPEN_ERROR(
      -1803, "JET_errTempFileOpenError", UNKNOWN, "the engine could not open a scratch file"),
  /** {@code JET_errTooManyAttachedDatabases}, -1805. */
  TOO_MANY_ATTACHED_DATABASES(
      -1805,
      "JET_errTooManyAttachedDatabases",
      USAGE,
      "too many databases are attached",
      "detach one"),
  /** {@code JET_errDiskFull}, -1808. */
  DISK_FULL(-1808, "JET_errDiskFull", DISK, "the disk is full", "free space and try again"),
  /** {@code JET_errPermissionDenied}, -1809. */
  PERMISSION_DENIED(
      -1809, "JET_errPermissionDenied", USAGE, "the operating system does not permit this"),
  /** {@code JET_errFileNotFound}, -1811. */
  FILE_NOT_FOUND(
      -1811,
      "JET_errFileNotFound",
      STATE,
      "a file is missing, for example because the directory holds no backup"),
  /** {@code JET_errFileInvalidType}, -1812. */
  FILE_INVALID_TYPE(
      -1812, "JET_errFileInvalidType", INCONSISTENT, "the file is not of the expected kind"),
  /** {@code JET_wrnFileOpenReadOnly}, 1813. */
  WRN_FILE_OPEN_READ_ONLY(
      1813,
      "JET_wrnFileOpenReadOnly",
      STATE,
      "the database was opened read-only, because its file is"),
  /** {@code JET_errFileAlreadyExists}, -1814. */
  FILE_ALREADY_EXISTS(
      -1814, "JET_errFileAlreadyExists", INCONSISTENT, "a file with this name exists already"),
  /** {@code JET_errAfterInitialization}, -1850. */
  AFTER_INITIALIZATION(
      -1850,
      "JET_errAfterInitialization",
      USAGE,
      "restore is not possible once the instance is initialised",
      "use a fresh instance"),
  /** {@code JET_errLogCorrupted}, -1852. */
  LOG_CORRUPTED(-1852, "JET_errLogCorrupted", CORRUPTION, "the log files cannot be understood"),
  /** {@code JET_errInvalidOperation}, -1906. */
  INVALID_OPERATION(-1906, "JET_errInvalidOperation", USAGE, "the operation is not allowed here"),
  /** {@code JET_errAccessDenied}, -1907, kept for old callers. */
  ACCESS_DENIED(-1907, "JET_errAccessDenied", UNKNOWN, "the operating system refuses access"),
  /** {@code JET_errTooManySplits}, -1909, kept for old callers. */
  TOO_MANY_SPLITS(
      -1909,
      "JET_errTooManySplits",
      UNKNOWN,
      "a tree was split again and again without gaining room",
      "keep the files and report the defect"),

  // Sessions and threads
  /** {@code JET_errSessionSharingViolation}, -1910. */
  SESSION_SHARING_VIOLATION(
      -1910,
      "JET_errSessionSharingViolation",
      USAGE,
      "two threads use one session at once",
      "give each thread a session of its own"),
  /** {@code JET_errSessionInUse}, -1914. */
  SESSION_IN_USE(-1914, "JET_errSessionInUse", USAGE, "the session is in use and cannot be ended"),
  /** {@code JET_errOneDatabasePerSession}, -1916. */
  ONE_DATABASE_PER_SESSION(
      -1916, "JET_errOneDatabasePerSession", USAGE, "a session may open one database only"),
  /** {@code JET_errRollbackError}, -1917. */
  ROLLBACK_ERROR(
      -1917,
      "JET_errRollbackError",
      FATAL,
      "a rollback failed, so the instance cannot go on",
      "close the instance and open it again"),

  // Callbacks and snapshots
  /** {@code JET_errDatabaseAlreadyRunningMaintenance}, -2004. */
  DATABASE_ALREADY_RUNNING_MAINTENANCE(
      -2004,
      "JET_errDatabaseAlreadyRunningMaintenance",
      USAGE,
      "maintenance is already running on the database"),
  /** {@code JET_errCallbackFailed}, -2101. */
  CALLBACK_FAILED(
      -2101, "JET_errCallbackFailed", STATE, "a callback of the caller failed", "see the cause"),
  /** {@code JET_errOSSnapshotInvalidSequence}, -2401. */
  OS_SNAPSHOT_INVALID_SEQUENCE(
      -2401,
      "JET_errOSSnapshotInvalidSequence",
      USAGE,
      "the calls of a shadow copy came in an order that is not allowed"),
  /** {@code JET_errOSSnapshotTimeOut}, -2402. */
  OS_SNAPSHOT_TIME_OUT(
      -2402,
      "JET_errOSSnapshotTimeOut",
      OPERATION,
      "the shadow copy was not finished in time, so writing went on",
      "start it again"),
  /** {@code JET_errOSSnapshotNotAllowed}, -2403. */
  OS_SNAPSHOT_NOT_ALLOWED(
      -2403,
      "JET_errOSSnapshotNotAllowed",
      STATE,
      "a shadow copy is not possible while a backup or recovery runs"),
  /** {@code JET_errOSSnapshotInvalidSnapId}, -2404. */
  OS_SNAPSHOT_INVALID_SNAP_ID(
      -2404, "JET_errOSSnapshotInvalidSnapId", USAGE, "there is no such shadow copy"),
  /** {@code JET_errInvalidLogDataSequence}, -2601. */
  INVALID_LOG_DATA_SEQUENCE(
      -2601,
      "JET_errInvalidLogDataSequence",
      STATE,
      "log data arrived that does not continue what is there"),
  /** {@code JET_errFileIOBeyondEOF}, -4001. */
  FILE_IO_BEYOND_EOF(
      -4001,
      "JET_errFileIOBeyondEOF",
      CORRUPTION,
      "a read went past the end of a file",
      "restore the file from a backup"),
  /** {@code JET_errFileCompressed}, -4005. */
  FILE_COMPRESSED(
      -4005, "JET_errFileCompressed", USAGE, "the file is compressed, which the engine cannot use");

  private static final Map<Integer, JetErr> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(JetErr::number, Function.identity()));

  private final int number;
  private final String symbol;
  private final JetErrorCategory category;
  private final String meaning;
  private final Optional<String> remedy;

  JetErr(int number, String symbol, JetErrorCategory category, String meaning) {
    this(number, symbol, category, meaning, "");
  }

  JetErr(int number, String symbol, JetErrorCategory category, String meaning, String remedy) {
    this.number = number;
    this.symbol = symbol;
    this.category = category;
    this.meaning = meaning;
    this.remedy = Optional.of(remedy).filter(text -> !text.isEmpty());
  }

  /**
   * Finds a code.
   *
   * @param number any number
   * @return the code with that number; empty if this list does not have it
   */
  public static Optional<JetErr> ofNumber(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  /** {@return the number: negative for errors, positive for warnings, zero for success} */
  public int number() {
    return number;
  }

  /**
   * {@return the symbol exactly as the original spells it, for example {@code JET_errLogWriteFail}}
   */
  public String symbol() {
    return symbol;
  }

  /** {@return the most specific category of the code} */
  public JetErrorCategory category() {
    return category;
  }

  /** {@return what the code tells the caller: one line without a full stop} */
  public String meaning() {
    return meaning;
  }

  /**
   * {@return what to do next: one line without a full stop; empty where there is no general advice}
   */
  public Optional<String> remedy() {
    return remedy;
  }

  /** {@return whether a call that ends with this code has failed} */
  public boolean isError() {
    return number < 0;
  }

  /** {@return whether a call that ends with this code has succeeded, with something to note} */
  public boolean isWarning() {
    return number > 0;
  }

  /** {@return number and symbol, for example {@code -510 JET_errLogWriteFail}} */
  @Override
  public String toString() {
    return number + " " + symbol;
  }
}
