package org.jetbackup.engine.wrong;

import static org.jetbackup.engine.wrong.Change.advice;
import static org.jetbackup.engine.wrong.Change.instead;
import static org.jetbackup.engine.wrong.Change.skip;
import static org.jetbackup.engine.wrong.Change.without;
import static org.jetbackup.engine.wrong.Change.yes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.engine.durable.Sabotage;
import org.jetbackup.tck.crash.Profile;

/**
 * Reference engines that are wrong on purpose: each with one decision of the real code wrong, and
 * the clauses that must catch it. Where the kit has the same mistake among its wrong engines, the
 * words for it are the same.
 *
 * <p>This file is long because it is one table.
 */
enum WrongReference {

  // Parameters and return codes

  IGNORES_UNKNOWN_BITS(
      "RET-8 FLAT-1",
      "takes option bits that nobody defined",
      skip("instance.Instance", "requireBits")),
  BACKS_UP_WITHOUT_LOG(
      "RET-11",
      "makes a backup although logging is off",
      instead("instance.Instance", "requireBackupPossible", "isLogging", "isLogging")),
  TWO_BACKUPS_AT_ONCE(
      "RET-2",
      "lets a second backup begin while one runs",
      without("instance.BackupSlot", "reserve", "isBusy"),
      skip("instance.Databases", "requireNoBackup")),
  MAKES_MISTYPED_DIRECTORIES(
      "RET-10",
      "makes a missing target although it must not",
      instead("instance.Settings", "require", "get", "on")),
  WRONG_CODE_WHILE_INITIALIZING(
      "RET-3",
      "answers -1023 to a backup while it initializes",
      advice("instance.Instance", "requireBackupState", Mistakes.BlamesPath.class)),
  COPIES_A_DAMAGED_DATABASE(
      "RET-15",
      "copies a database without looking at its checksum",
      skip("backup.DatabaseContent", "verify")),
  COPIES_A_DAMAGED_LOG(
      "RET-12",
      "copies log files without looking at their checksums",
      without("backup.LogContent", "read", "accept"),
      without("backup.LogContent", "read", "finish")),

  // Life cycle and concurrency

  INITIALIZES_TWICE(
      "LIFE-1",
      "recovers a second time while it is in service",
      advice("instance.Instance", "enter", Mistakes.LetsInitIn.class)),
  FORGETS_TO_RECOVER(
      "TRUNC-2",
      "does not replay its log when it is opened",
      without("recovery.Recovery", "recover", "run")),
  WORKS_AFTER_STOP(
      "LIFE-4 RET-5",
      "goes on taking work after its service was stopped",
      advice("instance.Instance", "requireService", Mistakes.ArgumentTrue.class)),
  COMMITS_AFTER_STOP(
      "LIFE-13",
      "commits what was left open when its service was stopped",
      instead("instance.Session", "commit", "enter", "enterWindingDown")),
  TELLS_ANOTHER_STATE(
      "LIFE-13",
      "says that it is in service after its service was stopped",
      advice("instance.Instance", "state", Mistakes.TellsAnotherState.class)),
  RISES_AGAIN(
      "LIFE-13",
      "goes into service again after it has ended",
      advice("instance.Instance", "enter", Mistakes.RisesAgain.class)),
  DEAF_TO_STOP_BACKUP(
      "LIFE-6",
      "does not end a backup that is to be stopped",
      skip("instance.Instance", "stopBackup")),
  DEAF_TO_TERMINATE(
      "LIFE-9",
      "lets a backup go on when the instance is terminated abruptly",
      skip("instance.BackupSlot", "stop")),
  TERMINATES_UNDER_A_BACKUP(
      "LIFE-8",
      "terminates although a backup runs and the mode does not end it",
      skip("instance.BackupSlot", "prepare")),
  DATABASES_COME_AND_GO(
      "CONC-3",
      "creates a database while a backup runs",
      skip("instance.Databases", "requireNoBackup")),

  // Full backup and its directory

  LEAVES_THE_LAST_LOG_OUT(
      "FULL-1",
      "does not copy the last log file",
      advice("instance.BackupPort", "roll", Mistakes.LeavesLastOut.class)),
  NEEDS_TOO_LITTLE_LOG(
      "FULL-1",
      "begins the log of a set a generation too late",
      advice("instance.BackupPort", "retain", Mistakes.NeedsTooLittle.class)),
  COPIES_THE_FIRST_DATABASE(
      "FULL-2",
      "copies only one of the attached databases",
      advice("instance.BackupPort", "databases", Mistakes.OnlyFirst.class)),
  BACKS_UP_AMONG_STRANGERS(
      "DIR-2",
      "makes a full backup beside files that are not its own",
      advice("backup.directory.BackupDirectory", "foreign", Mistakes.Nothing.class)),
  DELETES_STRANGERS(
      "DIR-3",
      "removes files of others from the directory",
      advice("backup.directory.BackupDirectory", "foreign", Mistakes.Nothing.class),
      advice(
          "backup.directory.BackupDirectory", "removeLeftovers", Mistakes.DeletesStrangers.class)),
  REPLACES_UNASKED(
      "DIR-5",
      "replaces a set though the call is not atomic",
      instead("backup.DirectoryBackup", "checked", "isAtomic", "isLogging")),
  TRUSTS_ARCHIVES(
      "DIR-8",
      "deletes log files although the target is not durable",
      advice("backup.DirectoryBackup", "settle", Mistakes.SecondArgumentTrue.class)),

  // Atomic

  DELETES_THE_OLD_SET_FIRST(
      "ATOM-3",
      "removes the old set before the new one is there",
      advice("backup.DirectoryBackup", "replace", Mistakes.RetiresFirst.class)),
  KEEPS_EVERY_SET(
      "ATOM-5", "never deletes a set that was replaced", skip("backup.DirectoryBackup", "retire")),
  RESTORES_THE_OLDEST_SET(
      "ATOM-2",
      "takes the oldest published set for the one that counts",
      instead("backup.directory.BackupDirectory", "chain", "get", "first"),
      skip("backup.DirectoryBackup", "retire")),

  // Incremental and circular logging

  INCREMENTAL_WITHOUT_FULL(
      "INC-12 INC-11",
      "makes an incremental backup without a full one of every database",
      skip("backup.StreamingBackup", "requireFullBackup"),
      instead("backup.DirectoryBackup", "chainOf", "anyMatch", "anyMatches")),
  TOUCHES_THE_SET(
      "INC-2 PAR-5",
      "rewrites a file of the set that it extends",
      advice("backup.DirectoryBackup", "extend", Mistakes.TouchesManifest.class)),
  ADDS_MORE_THAN_LOGS(
      "INC-3",
      "adds a file that is no log",
      advice("backup.DirectoryBackup", "copyLogs", Mistakes.AddsMore.class)),
  FORGETS_INCREMENTS(
      "INC-1",
      "restores the full backup of a chain only",
      advice("restore.RestoreRun", "run", Mistakes.EndsWithFull.class)),
  OVERLOOKS_GAPS(
      "NULL-7",
      "extends a chain although a log file in between is gone",
      skip("backup.StreamingBackup", "requireFirst")),
  COPIES_TOO_FEW_LOGS(
      "INC-1 INC-9",
      "leaves the first new log file out of an incremental backup",
      advice("backup.StreamingBackup", "continueWith", Mistakes.OneMore.class)),
  INCREMENTAL_UNDER_CIRCULAR(
      "RET-7",
      "makes an incremental backup under circular logging",
      instead("instance.Instance", "requireBackupPossible", "get", "off")),
  DELETES_LOGS_ALL_THE_TIME(
      "CIRC-5",
      "deletes log files without a backup",
      instead("log.LogWriter", "discardBefore", "circular", "isLogging"),
      instead("checkpoint.Checkpointer", "afterCommit", "sinceBytes", "veryMuch")),

  // Without a path

  BACKS_UP_SOMEWHERE(
      "NULL-1",
      "takes a missing path for a directory of its own choice",
      advice("instance.Instance", "backup", Mistakes.MakesUpPath.class)),
  TRUNCATES_NOTHING(
      "NULL-3",
      "leaves the log as it is when there is no path",
      without("backup.Settlement", "truncateOnly", "delete")),
  RECORDS_A_BACKUP_THAT_WAS_NONE(
      "NULL-4",
      "writes a backup record without a backup",
      advice("backup.StreamingBackup", "truncateOnly", Mistakes.RecordsNothing.class)),

  // Failure, truncation, records

  LEAVES_DEBRIS(
      "FAIL-1",
      "leaves its unfinished files after a failure",
      without("backup.directory.Draft", "close", "delete")),
  RECORDS_A_FAILURE(
      "FAIL-5",
      "records a backup that can still fail",
      advice("backup.DirectoryBackup", "copyLogs", Mistakes.RecordsFirst.class)),
  NEVER_TRUNCATES("TRUNC-1", "never deletes a log file", skip("backup.Settlement", "delete")),
  TRUNCATES_FIRST(
      "TRUNC-4 FAIL-3",
      "deletes log files before the set is published",
      advice("backup.DirectoryBackup", "copyLogs", Mistakes.TruncatesFirst.class)),
  WRITES_NO_RECORD(
      "TRUNC-5",
      "does not record a full backup in the headers",
      advice("backup.HeaderRecords", "write", Mistakes.SkipsFullRecord.class)),
  WRITES_NO_INCREMENTAL_RECORD(
      "TRUNC-6",
      "does not record an incremental backup in the headers",
      advice("backup.HeaderRecords", "write", Mistakes.SkipsIncrementalRecord.class)),
  RECORDS_A_GAP(
      "TRUNC-8",
      "records a range of generations that begins too late",
      advice("backup.HeaderRecords", "write", Mistakes.RecordsGap.class)),
  RECORDS_ANOTHER_TIME(
      "TRUNC-7",
      "records a time at which there was no backup",
      instead("backup.StreamingBackup", "info", "instant", "hourAgo")),

  // Restore and verification

  LOSES_THE_LAST_COMMIT(
      "REST-1",
      "does not replay the last commit of the log",
      instead("restore.RestoreRun", "stage", "SourceLogs.all", "withoutLast")),
  IGNORES_LIVE_LOGS(
      "REST-3",
      "does not go on with the live log after a restore",
      advice("restore.LiveLogs$Look", "answer", Mistakes.IgnoresLiveLogs.class)),
  RESTORES_IN_SERVICE(
      "REST-4",
      "restores over the files of an instance in service",
      advice("instance.Instance", "enter", Mistakes.LetsRestoreIn.class)),
  NOTES_A_RESTORE(
      "REST-7",
      "notes in the set that it was restored",
      advice("restore.RestoreRun", "run", Mistakes.NotesRestore.class)),
  MAKES_MISTYPED_DESTINATIONS(
      "REST-10",
      "makes a missing destination although it must not",
      skip("restore.Restore", "requireDestination"),
      advice("restore.StagedDatabases", "requireDirectories", Mistakes.ArgumentTrue.class)),
  MIXES_DATABASES_UP(
      "REST-16",
      "restores two databases into one file",
      without("restore.StagedDatabases", "add", "equals")),
  FORGETS_MOMENTS(
      "REST-17",
      "lists the moment of the full backup only",
      advice("backup.directory.SetVerifier", "moments", Mistakes.OnlyFirst.class)),
  VERIFIES_NOTHING(
      "VER-7",
      "says of a damaged set that it is well",
      without("backup.directory.SetVerifier", "verify", "read"),
      without("backup.directory.SetVerifier", "verify", "verifyLogs")),

  // Progress and events

  NEVER_COMPLETES("PROG-1", "sends no Complete", skip("backup.Progress", "complete")),
  GOES_BACKWARDS(
      "PROG-4",
      "reports less progress than before",
      advice("backup.Progress", "advanceTo", Mistakes.Backwards.class),
      instead("backup.Progress", "advanceTo", "max", "second")),
  COMPLETES_A_FAILURE(
      "PROG-5",
      "sends Complete for a backup that fails",
      advice("backup.Progress", "tellLast", Mistakes.TellsComplete.class)),
  SWALLOWS_A_CALLBACK(
      "PROG-10",
      "goes on although its callback has thrown",
      advice("backup.Progress", "tell", Mistakes.NeverFails.class)),
  FAILS_AT_COMPLETE(
      "PROG-9",
      "fails behind its end, because the callback throws",
      instead("backup.Progress", "complete", "tellLast", "tell")),
  NEVER_ENDS_A_RESTORE(
      "PROG-8", "sends no Complete for a restore", skip("restore.RestoreProgress", "complete")),
  SILENT_AT_THE_BEGIN(
      "EVT-1", "does not log that a backup begins", skip("backup.BackupEvents", "begins")),
  SILENT_AT_THE_END("EVT-4", "logs no final result", skip("backup.BackupEvents", "endsWell")),
  SILENT_ABOUT_LOGS(
      "EVT-5", "does not log which log files it copies", skip("backup.BackupEvents", "logsBegin")),
  SILENT_ABOUT_TRUNCATION(
      "EVT-4", "does not log which log files it deletes", skip("backup.BackupEvents", "truncates")),
  SILENT_ABOUT_FAILURES(
      "EVT-6", "logs no result of a failure", skip("backup.BackupEvents", "endsEarly")),
  SILENT_ABOUT_REFUSALS(
      "EVT-7",
      "does not log which database has no full backup",
      skip("backup.BackupEvents", "missesFullBackup")),
  SILENT_ABOUT_RESTORES(
      "EVT-8", "does not log that a restore ends", skip("event.RestoreEvents", "hasEnded")),
  NAMELESS_EVENTS(
      "EVT-2",
      "logs events without the names of files",
      instead("event.EventLog", "send", "of", "nameless")),

  // Capabilities

  LACKS_ATOMIC(
      "ATOM-1",
      "is right in everything but declares an atomic backup that it refuses",
      advice("instance.Instance", "requireBits", Mistakes.RefusesAtomic.class)),
  LACKS_INCREMENTAL(
      "INC-10",
      "declares an incremental backup that it refuses",
      advice("instance.Instance", "requireBits", Mistakes.RefusesIncremental.class)),

  // What crashes are enumerated from, and what they find

  FORCES_BY_CHANCE(
      "CRASH-16",
      "forces directories only now and then",
      advice("storage.Directories", "canForce", Mistakes.YesByChance.class)),
  FORCES_NO_DATA(
      "CRASH-3",
      "does not force the files that it writes",
      Profile.DROP_UNSYNCED,
      "first-full",
      without("backup.directory.DraftFile", "finish", "force")),
  FORCES_BEFORE_WRITING(
      "CRASH-1",
      "forces a file before it writes it",
      Profile.DROP_UNSYNCED,
      "commits",
      skip("log.LogOutput", "force"),
      advice("log.LogOutput", "write", Mistakes.ForcesFirst.class)),
  FORCES_NO_STAGING_DIRECTORY(
      "CRASH-3",
      "does not force the names in a set before it publishes it",
      Profile.DROP_UNSYNCED,
      "first-full",
      instead("backup.directory.Draft", "publish", "canForce", "canForceAllButStaging")),
  FORCES_NO_PARENT(
      "CRASH-3",
      "does not force the name of a set after it has published it",
      Profile.DROP_UNSYNCED,
      "first-full",
      instead("backup.directory.Draft", "publish", "canForce", "canForceStagingOnly")),
  ACKNOWLEDGES_BEFORE_FORCE(
      "CRASH-1",
      "acknowledges a commit before it is forced",
      Profile.DROP_UNSYNCED,
      "commits",
      advice("storage.DataFile", "force", Sabotage.SkipForLogs.class)),
  FORCES_NOTHING(
      "CRASH-1",
      "forces nothing at all",
      Profile.DROP_UNSYNCED,
      "commits",
      skip("storage.DataFile", "force"),
      yes("storage.Directories", "canForce")),
  PUBLISHES_IN_PLACE(
      "CRASH-5",
      "writes a set under the name under which it is found",
      Profile.KILL,
      "second-atomic",
      instead("backup.directory.Draft", "begin", "resolve", "finalName")),
  RETIRES_BEFORE_PUBLISHING(
      "CRASH-5",
      "deletes the old set before the new one is published",
      Profile.KILL,
      "second-atomic",
      advice("backup.DirectoryBackup", "replace", Mistakes.RetiresFirst.class)),
  TRUNCATES_BEFORE_PUBLISHING(
      "CRASH-7",
      "deletes log files before the set that holds them is published",
      Profile.KILL,
      "incremental-on-plain",
      advice("backup.DirectoryBackup", "copyLogs", Mistakes.TruncatesFirst.class)),
  RETIRES_BEFORE_FORCING(
      "CRASH-12",
      "deletes a replaced set before its new name is forced",
      Profile.DROP_UNSYNCED,
      "second-atomic",
      instead("backup.directory.Draft", "publish", "canForce", "canForceStagingOnly")),
  RENAMES_BEFORE_FORCING(
      "CRASH-1",
      "renames a file over another one and forces it only then",
      Profile.DROP_UNSYNCED,
      "first-full",
      without("log.LogOutput", "prepare", "force")),
  TRUSTS_WHAT_IS_NOT_ZERO(
      "CRASH-13",
      "takes a record of the log for whole if no sector of it is zero",
      Profile.KILL,
      "commits",
      advice("format.LogBatchHeader", "isWhole", Mistakes.TrustsWhatIsNotZero.class)),
  WRITES_PAGES_ONCE(
      "CRASH-8",
      "overwrites a database file when it recovers",
      Profile.KILL,
      "commits",
      advice("storage.DataFile", "write", Mistakes.SkipWriteForSideFiles.class)),

  // Faults

  SWALLOWS_A_FAILING_FORCE(
      "FAULT-1",
      "acknowledges what could not be forced",
      "commits",
      advice("storage.DataFile", "force", Mistakes.ForgetsFailedForce.class)),
  KEEPS_A_SET_THAT_FAILED(
      "FAULT-2",
      "says that a backup failed and leaves its set",
      "first-full",
      skip("backup.directory.Draft", "takeBack")),
  LEAVES_A_FILE_IN_THE_WAY(
      "FAULT-3",
      "leaves the file of a database that it could not create",
      "create-database",
      without("instance.Databases", "giveUpCreation", "delete")),
  LEAKS_A_CHANNEL(
      "FAULT-4",
      "leaves a channel open when a write fails",
      "first-full",
      skip("backup.directory.DraftFile", "close")),
  SWALLOWS_AN_INTERRUPT(
      "FAULT-5",
      "takes the interrupt away from its thread",
      "commits",
      without("storage.SteadyChannel", "runAgain", "interrupt")),

  // Answers that are none

  THROWS_WHAT_IT_LIKES(
      "RET-19",
      "fails with an exception that the api does not know",
      advice("backup.StreamingBackup", "requireFullBackup", Mistakes.Stumbles.class));

  /** The others that are slow take crashes or faults. */
  private static final Set<String> SLOW = Set.of("DELETES_THE_OLD_SET_FIRST");

  private final String clauses;
  private final String mistake;
  private final Optional<Profile> seenFirst;
  private final Set<String> during;
  private final List<Change> changes;

  /** One that any use shows. */
  WrongReference(String clauses, String mistake, Change... changes) {
    this(clauses, mistake, Optional.empty(), Set.of(), changes);
  }

  /** One that it takes a crash to see. */
  WrongReference(
      String clauses, String mistake, Profile firstSeenUnder, String during, Change... changes) {
    this(clauses, mistake, Optional.of(firstSeenUnder), Set.of(during), changes);
  }

  /** One that it takes a fault to see. */
  WrongReference(String clauses, String mistake, String during, Change... changes) {
    this(clauses, mistake, Optional.empty(), Set.of(during), changes);
  }

  WrongReference(
      String clauses,
      String mistake,
      Optional<Profile> seenFirst,
      Set<String> during,
      Change... changes) {
    this.clauses = clauses;
    this.mistake = mistake;
    this.seenFirst = seenFirst;
    this.during = during;
    this.changes = List.of(changes);
  }

  /** The clauses that must catch it, each on its own. */
  List<String> clauses() {
    return List.of(clauses.split(" "));
  }

  /** What it does wrong, as the rest of a sentence. */
  String mistake() {
    return mistake;
  }

  /** The crash profile that is the first to see it, if it takes a crash. */
  Optional<Profile> seenFirst() {
    return seenFirst;
  }

  /** During which workload it is seen, if it takes a crash or a fault. */
  Set<String> during() {
    return during;
  }

  /** Whether it takes more than a second or two to try it, or the engine without it. */
  boolean isSlow() {
    return !during.isEmpty() || SLOW.contains(name());
  }

  List<Change> changes() {
    return changes;
  }
}
