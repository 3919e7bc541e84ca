package org.jetbackup.api.backup;

import java.time.Instant;
import java.util.Objects;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * The record of one backup in the header of a database. Immutable. Source: JET_BKINFO of the public
 * interface; specification clauses TRUNC-7 and TRUNC-8.
 *
 * @param lgposMark where the log stood: at the begin of a full backup, at the end of what an
 *     incremental one holds
 * @param logtimeMark when that was
 * @param genLow the first log generation in the backup
 * @param genHigh the last log generation in the backup
 */
public record Bkinfo(
    LogPosition lgposMark, Instant logtimeMark, LogGeneration genLow, LogGeneration genHigh) {

  /**
   * Checks that the generations are in order.
   *
   * @param lgposMark where the log stood
   * @param logtimeMark when that was
   * @param genLow the first log generation in the backup
   * @param genHigh the last log generation in the backup
   * @throws IllegalArgumentException if the first generation lies after the last
   */
  public Bkinfo {
    Objects.requireNonNull(lgposMark, "lgposMark");
    Objects.requireNonNull(logtimeMark, "logtimeMark");
    if (genLow.compareTo(genHigh) > 0) {
      throw new IllegalArgumentException("genLow " + genLow + " lies after genHigh " + genHigh);
    }
  }
}
