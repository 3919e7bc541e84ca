package org.jetbackup.engine.storage;

/**
 * What became of a double-write file at the start of an engine.
 *
 * @param outcome what was found and done
 * @param pages how many pages were written into the database; 0 unless restored
 */
public record RestoreResult(Outcome outcome, int pages) {

  /** What was found, and done about it. */
  public enum Outcome {
    /** There is no file: nothing was done. */
    MISSING,
    /** The file is empty or was cleared: nothing was done. */
    BLANK,
    /**
     * The file holds no whole batch, as a crash while it was written leaves it: nothing was done.
     */
    TORN,
    /** The file holds a whole batch of another database: nothing was done. */
    FOREIGN,
    /** The file holds a whole batch: its pages are in the database, and durable. */
    RESTORED
  }

  static RestoreResult nothingDone(Outcome outcome) {
    return new RestoreResult(outcome, 0);
  }
}
