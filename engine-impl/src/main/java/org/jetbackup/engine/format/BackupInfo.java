package org.jetbackup.engine.format;

import java.util.Objects;
import java.util.Optional;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * The record of one backup as a database header holds it. Each part may be missing: a backup that
 * runs has no last generation yet. Immutable. Source: section 3.2.
 *
 * @param mark where the log stood
 * @param time when that was
 * @param first the first log generation of the backup
 * @param last the last log generation of the backup
 */
public record BackupInfo(
    Optional<LogPosition> mark,
    LogTime time,
    Optional<LogGeneration> first,
    Optional<LogGeneration> last) {

  /** No backup. */
  public static final BackupInfo NONE =
      new BackupInfo(Optional.empty(), LogTime.UNSET, Optional.empty(), Optional.empty());

  /**
   * Checks that the generations are in order.
   *
   * @param mark where the log stood
   * @param time when that was
   * @param first the first log generation of the backup
   * @param last the last log generation of the backup
   * @throws IllegalArgumentException if both generations are there and the first lies after the
   *     last
   */
  public BackupInfo {
    Objects.requireNonNull(mark, "mark");
    Objects.requireNonNull(time, "time");
    if (first.isPresent() && last.isPresent() && first.get().compareTo(last.get()) > 0) {
      throw new IllegalArgumentException(
          "first generation = " + first.get() + ", allowed: up to the last, " + last.get());
    }
  }
}
