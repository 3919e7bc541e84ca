package org.jetbackup.engine.event;

import java.util.concurrent.atomic.LongAdder;
import org.jetbackup.api.InstanceStatistics;

/**
 * The counters of one instance. Every part that counts is handed them when it is made. Counting
 * takes no lock and allocates nothing once a thread has counted before; any thread may count and
 * read at any time.
 */
public final class Counters {

  private final LongAdder commits = new LongAdder();
  private final LongAdder rollbacks = new LongAdder();
  private final LongAdder writeConflicts = new LongAdder();
  private final LongAdder logBytes = new LongAdder();
  private final LongAdder logForces = new LongAdder();
  private final LongAdder logGenerations = new LongAdder();
  private final LongAdder pagesRead = new LongAdder();
  private final LongAdder pagesWritten = new LongAdder();
  private final LongAdder checkpoints = new LongAdder();
  private final LongAdder recordsReplayed = new LongAdder();
  private final LongAdder readersCutOff = new LongAdder();
  private final LongAdder removalsGivenUp = new LongAdder();

  /** Makes counters that stand at 0. */
  public Counters() {}

  /** A transaction was committed. */
  public void committed() {
    commits.increment();
  }

  /** A transaction was rolled back. */
  public void rolledBack() {
    rollbacks.increment();
  }

  /** A change was refused because another transaction had the record. */
  public void writeConflict() {
    writeConflicts.increment();
  }

  /**
   * Log was written to its file.
   *
   * @param bytes how much
   */
  public void logWritten(long bytes) {
    logBytes.add(bytes);
  }

  /** The log was forced to disk. */
  public void logForced() {
    logForces.increment();
  }

  /** A log file was closed and the next one is current. */
  public void logRolled() {
    logGenerations.increment();
  }

  /** A page was read from its file. */
  public void pageRead() {
    pagesRead.increment();
  }

  /**
   * Pages were written back to their file.
   *
   * @param pages how many
   */
  public void pagesWritten(long pages) {
    pagesWritten.add(pages);
  }

  /** {@return how many pages were written back} */
  public long pagesWritten() {
    return pagesWritten.sum();
  }

  /** The checkpoint moved forward. */
  public void checkpointTaken() {
    checkpoints.increment();
  }

  /**
   * Recovery went through records of the log.
   *
   * @param records how many
   */
  public void recordsReplayed(long records) {
    recordsReplayed.add(records);
  }

  /** A transaction lost its snapshot. */
  public void readerCutOff() {
    readersCutOff.increment();
  }

  /** A separated value stays where it is, because its pages are damaged. */
  public void removalGivenUp() {
    removalsGivenUp.increment();
  }

  /** {@return how many separated values stay where they are, because their pages are damaged} */
  public long removalsGivenUp() {
    return removalsGivenUp.sum();
  }

  /**
   * Puts the counters together with what others know of the present.
   *
   * @param gauges how things stand
   * @return both
   */
  public InstanceStatistics statistics(Gauges gauges) {
    return new InstanceStatistics(
        commits.sum(),
        rollbacks.sum(),
        writeConflicts.sum(),
        logBytes.sum(),
        logForces.sum(),
        logGenerations.sum(),
        pagesRead.sum(),
        pagesWritten.sum(),
        checkpoints.sum(),
        recordsReplayed.sum(),
        readersCutOff.sum(),
        gauges.pagesInCache(),
        gauges.logBytesBehindCheckpoint(),
        gauges.versionStoreBytes(),
        gauges.openSessions(),
        gauges.activeTransactions());
  }

  /**
   * What is not counted but looked up, by those who hold it.
   *
   * @param pagesInCache pages in memory
   * @param logBytesBehindCheckpoint bytes of log from the checkpoint to the end
   * @param versionStoreBytes bytes that old versions of records take
   * @param openSessions sessions that are open
   * @param activeTransactions transactions that are open
   */
  public record Gauges(
      long pagesInCache,
      long logBytesBehindCheckpoint,
      long versionStoreBytes,
      long openSessions,
      long activeTransactions) {

    /** Of an instance that is not open: nothing is held. */
    public static final Gauges NONE = new Gauges(0, 0, 0, 0, 0);
  }
}
