package org.jetbackup.tck.selftest.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.tck.Capability;

/**
 * The rules that the model engine follows, one method each, consulted at the place where the rule
 * is applied. As they stand here, all of them are right; a wrong engine overrides exactly one.
 *
 * <p>This file is longer than others on purpose: it is one table.
 */
public class Decisions {

  // Arguments and return codes

  /** Undefined and reserved option bits are refused with -900. */
  public boolean rejectsUnknownBits() {
    return true;
  }

  /** A backup without a log is refused with -516. */
  public boolean requiresLogging() {
    return true;
  }

  /** An incremental backup under circular logging is refused with -526. */
  public boolean checksCircularLogging() {
    return true;
  }

  /** An incremental backup needs a full one in every header, or -560. */
  public boolean requiresFullBackup() {
    return true;
  }

  /** A second backup is refused with -505. */
  public boolean allowsOneBackupAtATime() {
    return true;
  }

  /** A missing target is refused with -1023 unless paths are created. */
  public boolean requiresTargetDirectory() {
    return true;
  }

  /** Missing directories are made where the parameter says so. */
  public boolean createsMissingDirectories() {
    return true;
  }

  /** What a backup is told while init runs. */
  public JetErr whileInitializing() {
    return JetErr.BACKUP_NOT_ALLOWED_YET;
  }

  // Life cycle

  /** Init in service is refused with -1030. */
  public boolean refusesSecondInit() {
    return true;
  }

  /** After the service was stopped new work is refused with -1329. */
  public boolean refusesWorkAfterStop() {
    return true;
  }

  /** After the service was stopped what was left open can only be rolled back. */
  public boolean refusesCommitAfterStop() {
    return true;
  }

  /** An instance says of itself in which state it is. */
  public InstanceState told(InstanceState state) {
    return state;
  }

  /** An instance that has ended does not come back. */
  public boolean staysTerminated() {
    return true;
  }

  /** Stop backup ends a running backup. */
  public boolean stopsBackups() {
    return true;
  }

  /** A complete termination is refused while a backup runs. */
  public boolean completeTerminationWaitsForNoBackup() {
    return true;
  }

  /** An abrupt termination ends a running backup. */
  public boolean terminationEndsBackup() {
    return true;
  }

  /** Open transactions are rolled back when the instance ends. */
  public boolean rollsBackAtTermination() {
    return true;
  }

  /** After a failed log write every call is refused. */
  public boolean becomesUnavailableWithoutLog() {
    return true;
  }

  /** A log directory belongs to one instance at a time. */
  public boolean keepsOthersOut() {
    return true;
  }

  /** Init replays the log. */
  public boolean recoversAtInit() {
    return true;
  }

  /** Init cuts off what a crash left behind the last valid record. */
  public boolean cutsTornEnd() {
    return true;
  }

  // Data

  /** Of two transactions that change one record the later gets -1102. */
  public boolean findsWriteConflicts() {
    return true;
  }

  /** A transaction sees nothing that others commit after its begin. */
  public boolean isolatesTransactions() {
    return true;
  }

  /** Rollback takes the changes back. */
  public boolean discardsChangesAtRollback() {
    return true;
  }

  /** A transaction is one record of the log. */
  public boolean keepsTransactionsWhole() {
    return true;
  }

  /** An insert over a record is refused with -1605. */
  public boolean refusesDuplicates() {
    return true;
  }

  /** An empty value is a value. */
  public boolean keepsEmptyValues() {
    return true;
  }

  /** A key that is too long is refused with -408. */
  public boolean limitsKeys() {
    return true;
  }

  /** How many bytes of a key tell it from others. */
  public int significantKeyBytes() {
    return Integer.MAX_VALUE;
  }

  /** Keys are ordered as unsigned bytes. */
  public boolean ordersKeysUnsigned() {
    return true;
  }

  /** The key at which a range ends is not in it. */
  public boolean leavesEndOfRangeOut() {
    return true;
  }

  /** Detaching leaves a clean file with everything in it. */
  public boolean writesSnapshotAtDetach() {
    return true;
  }

  /** A database that could not be created leaves no file in the way. */
  public boolean removesDatabaseAfterFailure() {
    return true;
  }

  // Full backup

  /** What is not committed is not copied. */
  public boolean leavesOpenTransactionsOut() {
    return true;
  }

  /** How many of the attached databases are copied. */
  public int databasesToCopy(int count) {
    return count;
  }

  /** The first generation of a full backup. */
  public long firstGenerationToCopy(long needed, long rolled) {
    return needed;
  }

  /** The last generation of any backup. */
  public long lastGenerationToCopy(long rolled) {
    return rolled;
  }

  /** Circular logging deletes nothing while a backup runs. */
  public boolean keepsLogDuringBackup() {
    return true;
  }

  /** Without circular logging only a backup deletes log files. */
  public boolean keepsLogForBackup() {
    return true;
  }

  /** While a backup runs no database comes or goes: -505. */
  public boolean keepsDatabasesDuringBackup() {
    return true;
  }

  /** A backup holds no lock while it copies. */
  public boolean letsOthersWorkDuringBackup() {
    return true;
  }

  // Target directory

  /** A directory with anything else in it is refused with -504. */
  public boolean requiresCleanDirectory() {
    return true;
  }

  /** What the engine did not make it never deletes. */
  public boolean leavesStrangersAlone() {
    return true;
  }

  /** A set gets its name when it is complete. */
  public boolean stagesUnderAnotherName() {
    return true;
  }

  /** What is staged or retired is no set. */
  public boolean countsPublishedSetsOnly() {
    return true;
  }

  /** Which of the published sets, oldest first, is the set of the directory. */
  public Path setThatCounts(List<Path> published) {
    return published.get(published.size() - 1);
  }

  /** A failed backup removes what it has staged. */
  public boolean removesStagingAfterFailure() {
    return true;
  }

  /** A set whose name could not be forced is taken back. */
  public boolean withdrawsWhatMayBeLost() {
    return true;
  }

  /** An atomic backup retires the old set when the new one is there. */
  public boolean keepsOldSetUntilPublished() {
    return true;
  }

  /** A set that was replaced is deleted. */
  public boolean deletesReplacedSets() {
    return true;
  }

  // Incremental backup

  /** The log must continue the set, or -515. */
  public boolean comparesChain() {
    return true;
  }

  /** A generation that is missing after the set is -569. */
  public boolean findsGaps() {
    return true;
  }

  /** The first generation of an incremental backup. */
  public long firstGenerationOfIncrement(long next, long rolled) {
    return next;
  }

  /** An incremental backup adds nothing but log files. */
  public boolean addsOnlyLogs() {
    return true;
  }

  /** An incremental backup and a restore change no file of the set. */
  public boolean leavesSetAlone() {
    return true;
  }

  // Without a path

  /** An empty path is no path. */
  public boolean emptyPathMeansNone() {
    return true;
  }

  /** Where a backup without a path goes. */
  public Optional<Path> directoryMeantByNone(Path systemPath) {
    return Optional.empty();
  }

  /** Without a path the log is truncated. */
  public boolean truncatesWithoutPath() {
    return true;
  }

  /** Without a path the headers stay as they were. */
  public boolean leavesRecordsWithoutPath() {
    return true;
  }

  // Truncation and backup records

  /** A successful backup deletes what nobody needs. */
  public boolean truncatesLog() {
    return true;
  }

  /** What recovery needs is not truncated. */
  public boolean stopsTruncationAtCheckpoint() {
    return true;
  }

  /** Without a directory force at the target nothing is truncated. */
  public boolean requiresDurableTarget() {
    return true;
  }

  /** The records after a full backup. */
  public BackupRecords afterFull(BackupRecords before, Bkinfo full) {
    return before.afterFull(full);
  }

  /** The records after an incremental backup. */
  public BackupRecords afterIncremental(BackupRecords before, Bkinfo added) {
    return before.afterIncremental(added);
  }

  /** The time in a record. */
  public Instant timeOfBackup(Instant now) {
    return now;
  }

  /** Records are written to the files. */
  public boolean writesRecords() {
    return true;
  }

  // Verification

  /** A damaged database is not copied: -1018. */
  public boolean verifiesDatabases() {
    return true;
  }

  /** A damaged log is not copied: -612. */
  public boolean verifiesLogs() {
    return true;
  }

  /** Verifying a set reads all of it. */
  public boolean verifiesSets() {
    return true;
  }

  /** Every incremental backup is a moment. */
  public boolean listsIncrements() {
    return true;
  }

  // Restore

  /** Restore in service is refused with -1030. */
  public boolean refusesRestoreInService() {
    return true;
  }

  /** Incremental backups are part of the set. */
  public boolean replaysIncrements() {
    return true;
  }

  /** The last commit of the log counts. */
  public boolean replaysLastCommit() {
    return true;
  }

  /** How many of the live generations after the set are replayed. */
  public int liveLogsToReplay(int count) {
    return count;
  }

  /** Live logs must continue the set: -610, -611, -565. */
  public boolean comparesLiveLogs() {
    return true;
  }

  /** A restored database has no backup records. */
  public boolean clearsRecordsAtRestore() {
    return true;
  }

  /** Two databases with one name in one destination are -1814. */
  public boolean refusesNameClashes() {
    return true;
  }

  /** A restore with a destination does not touch the log directory. */
  public boolean leavesLiveLogsAlone() {
    return true;
  }

  /** An interrupted restore in place leaves a marker. */
  public boolean leavesMarkerDuringRestore() {
    return true;
  }

  /** Init refuses a log directory with that marker: -544. */
  public boolean requiresInterruptedRestoreToBeRepeated() {
    return true;
  }

  /** A database file taken from a set is refused with -544. */
  public boolean refusesRawBackupCopies() {
    return true;
  }

  /** A restore does not initialize. */
  public boolean staysUninitializedAfterRestore() {
    return true;
  }

  // Progress and events

  /** Whether such a report is sent. */
  public boolean reports(Snp snp, Snt snt) {
    return true;
  }

  /** What is reported as done. */
  public long progress(long before, long now, long total) {
    return now;
  }

  /** The last report of an operation that fails. */
  public Snt reportOfFailure() {
    return Snt.FAIL;
  }

  /** A callback that throws ends the operation: -2101. */
  public boolean abortsWhenCallbackThrows() {
    return true;
  }

  /** The event that listeners get for one that happened. */
  public Optional<JetEvent> event(JetEvent event) {
    return Optional.of(event);
  }

  /** An event about a failure carries its code. */
  public boolean namesErrorsInEvents() {
    return true;
  }

  // Capabilities and sessions

  /** Whether the engine has a capability. */
  public boolean offers(Capability capability) {
    return true;
  }

  /** What a caller gets who asks for one that it has not. */
  public JetException refusal(String feature) {
    return JetException.notAvailable(feature);
  }

  /** A second thread in a session gets -1910. */
  public boolean refusesSecondThread() {
    return true;
  }

  // Faults

  /** A file is closed also when writing to it fails. */
  public boolean closesFilesAfterFailure() {
    return true;
  }

  /** A force that fails makes the call fail. */
  public boolean heedsFailingForces() {
    return true;
  }

  /** A thread that was interrupted stays so, although its work goes on. */
  public boolean keepsInterrupts() {
    return true;
  }

  // Durability

  /** Content is forced before a file gets its name. */
  public boolean forcesFiles() {
    return true;
  }

  /** Force comes after the write, not before it. */
  public boolean forcesAfterWriting() {
    return true;
  }

  /** A file is replaced by a rename, not overwritten. */
  public boolean replacesFilesByRename() {
    return true;
  }

  /** Names are forced. */
  public boolean forcesDirectories() {
    return true;
  }

  /** A commit is forced before it returns. */
  public boolean forcesLogBeforeAcknowledging() {
    return true;
  }

  /** The names in a set are forced before the set gets its own. */
  public boolean forcesStagingBeforePublishing() {
    return true;
  }

  /** The name of a set is forced before it is relied on. */
  public boolean forcesParentAfterPublishing() {
    return true;
  }

  /** A record of the log is believed when its checksum is right. */
  public boolean checksRecordsByChecksum() {
    return true;
  }

  /** A file that takes the place of another is forced before it does. */
  public boolean forcesBeforeReplacing() {
    return true;
  }

  /** Force is more than a word. */
  public boolean forcesAnything() {
    return true;
  }

  /** Force comes after the last byte, not before it. */
  public boolean forcesLastByte() {
    return true;
  }

  /** The new name of a set that was replaced is forced before anything in it is deleted. */
  public boolean forcesRetirementBeforeDeleting() {
    return true;
  }

  /** A manifest is written once, when everything that it lists is there. */
  public boolean writesManifestWhole() {
    return true;
  }

  /** Records and truncation come after the set. */
  public boolean publishesBeforeTruncating() {
    return true;
  }
}
