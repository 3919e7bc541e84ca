package org.jetbackup.api.restore;

import java.util.List;
import java.util.Objects;
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
   * Keeps a copy of the list and checks the numbers.
   *
   * @param databases the paths from which the databases came
   * @param genLow the first log generation
   * @param genHigh the last log generation
   * @param incrementals the number of incremental backups
   * @param bytesVerified the number of bytes that were read and checked
   * @throws IllegalArgumentException if the first generation lies after the last, or a number is
   *     negative
   */
  public BackupSet {
    databases = List.copyOf(databases);
    Objects.requireNonNull(genLow, "genLow");
    Objects.requireNonNull(genHigh, "genHigh");
    if (genLow.compareTo(genHigh) > 0) {
      throw new IllegalArgumentException("genLow " + genLow + " lies after genHigh " + genHigh);
    }
    requireNotNegative("incrementals", incrementals);
    requireNotNegative("bytesVerified", bytesVerified);
  }

  private static void requireNotNegative(String name, long number) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " must be at least 0 but is " + number);
    }
  }
}
