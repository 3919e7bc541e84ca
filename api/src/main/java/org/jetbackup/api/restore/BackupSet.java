package org.jetbackup.api.restore;

import java.util.List;
import org.jetbackup.api.position.LogGeneration;

/**
 * What a backup directory was found to hold when it was verified. Immutable.
 *
 * @param databases the paths from which the databases came, as text, in ascending order
 * @param genLow the first log generation
 * @param genHigh the last log generation, incremental backups included
 * @param incrementals the number of incremental backups that extend the full one
 * @param bytesVerified the number of bytes that were read and checked
 */
public record BackupSet(
    List<String> databases,
    LogGeneration genLow,
    LogGeneration genHigh,
    int incrementals,
    long bytesVerified) {

  /**
   * Keeps a copy of the list.
   *
   * @param databases the paths from which the databases came
   * @param genLow the first log generation
   * @param genHigh the last log generation
   * @param incrementals the number of incremental backups
   * @param bytesVerified the number of bytes that were read and checked
   */
  public BackupSet {
    databases = List.copyOf(databases);
  }
}
