package org.jetbackup.api.backup;

import java.util.Objects;
import java.util.Optional;

/**
 * The backup records in the header of a database. A new full backup clears the incremental and the
 * differential record; a restore clears all of them.
 *
 * <p>The original's record of the backup that is being made now is left out: it is seen in the copy
 * only, which nobody attaches.
 *
 * <p>Immutable. Source: specification clauses TRUNC-5, TRUNC-6 and TRUNC-9.
 *
 * @param fullPrevious the last full backup that truncated the log ({@code bkinfoFullPrev})
 * @param incrementalPrevious the last incremental one that did ({@code bkinfoIncPrev})
 * @param copyPrevious the last full backup that did not truncate ({@code bkinfoCopyPrev})
 * @param differentialPrevious the last incremental one that did not ({@code bkinfoDiffPrev})
 */
public record BackupRecords(
    Optional<Bkinfo> fullPrevious,
    Optional<Bkinfo> incrementalPrevious,
    Optional<Bkinfo> copyPrevious,
    Optional<Bkinfo> differentialPrevious) {

  /** No backup yet. */
  public static final BackupRecords NONE =
      new BackupRecords(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks that none of them is null.
   *
   * @param fullPrevious the last full backup that truncated the log
   * @param incrementalPrevious the last incremental one that did
   * @param copyPrevious the last full backup that did not truncate
   * @param differentialPrevious the last incremental one that did not
   */
  public BackupRecords {
    Objects.requireNonNull(fullPrevious, "fullPrevious");
    Objects.requireNonNull(incrementalPrevious, "incrementalPrevious");
    Objects.requireNonNull(copyPrevious, "copyPrevious");
    Objects.requireNonNull(differentialPrevious, "differentialPrevious");
  }

  /**
   * {@return the records after a full backup}
   *
   * @param full the record of that backup, which truncated the log
   */
  public BackupRecords afterFull(Bkinfo full) {
    return new BackupRecords(Optional.of(full), Optional.empty(), copyPrevious, Optional.empty());
  }

  /**
   * {@return the records after an incremental backup}
   *
   * @param incremental the record of that backup, which truncated the log
   */
  public BackupRecords afterIncremental(Bkinfo incremental) {
    return new BackupRecords(
        fullPrevious, Optional.of(incremental), copyPrevious, differentialPrevious);
  }
}
