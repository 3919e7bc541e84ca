package org.jetbackup.api;

/**
 * What an instance has done so far and what it holds right now, in numbers.
 *
 * <p>The first eleven are counters: they begin at 0 with the instance and only grow, recovery
 * included. The last five are gauges: they tell how things stand. To watch an instance, take one of
 * these now and then and look at {@link #since}.
 *
 * <p>Each number is right by itself, but they are not taken at the same instant: while others work,
 * a commit may be counted here and its log not yet, or the other way round. There is no count of
 * pages that were found in memory, because counting them would cost more than finding them.
 *
 * <p>Immutable and thread-safe. Source: takes the place of the original's performance counters.
 *
 * @param commits transactions that were committed, those without a change included
 * @param rollbacks transactions that were rolled back, whoever asked for it
 * @param writeConflicts changes that were refused with {@code JET_errWriteConflict} (-1102)
 * @param logBytesWritten bytes of log that were written to files
 * @param logForces how often the log was forced to disk; fewer than commits where several share one
 * @param logGenerationsRolled log files that were closed and followed by a next one
 * @param pagesRead pages that were read from database files into memory
 * @param pagesWritten pages that were written back to database files
 * @param checkpoints how often the checkpoint was moved forward
 * @param recordsReplayed log records that recovery applied or found applied
 * @param readersCutOff transactions that lost their snapshot because they had kept it for too long
 * @param pagesInCache pages in memory
 * @param logBytesBehindCheckpoint bytes of log that a recovery would have to read if the process
 *     died now
 * @param versionStoreBytes bytes that old versions of records take in memory
 * @param openSessions sessions that are open
 * @param activeTransactions transactions that are open
 */
public record InstanceStatistics(
    long commits,
    long rollbacks,
    long writeConflicts,
    long logBytesWritten,
    long logForces,
    long logGenerationsRolled,
    long pagesRead,
    long pagesWritten,
    long checkpoints,
    long recordsReplayed,
    long readersCutOff,
    long pagesInCache,
    long logBytesBehindCheckpoint,
    long versionStoreBytes,
    long openSessions,
    long activeTransactions) {

  /**
   * Gives what has happened since an earlier look at the same instance: the counters of this one
   * less those of the earlier one, and the gauges of this one.
   *
   * @param earlier what the same instance told before
   * @return what has happened in between; negative counters mean that {@code earlier} is of another
   *     instance or is not the earlier one
   */
  public InstanceStatistics since(InstanceStatistics earlier) {
    return new InstanceStatistics(
        commits - earlier.commits,
        rollbacks - earlier.rollbacks,
        writeConflicts - earlier.writeConflicts,
        logBytesWritten - earlier.logBytesWritten,
        logForces - earlier.logForces,
        logGenerationsRolled - earlier.logGenerationsRolled,
        pagesRead - earlier.pagesRead,
        pagesWritten - earlier.pagesWritten,
        checkpoints - earlier.checkpoints,
        recordsReplayed - earlier.recordsReplayed,
        readersCutOff - earlier.readersCutOff,
        pagesInCache,
        logBytesBehindCheckpoint,
        versionStoreBytes,
        openSessions,
        activeTransactions);
  }
}
