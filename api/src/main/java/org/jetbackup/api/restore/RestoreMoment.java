package org.jetbackup.api.restore;

import java.time.Instant;
import java.util.Objects;
import org.jetbackup.api.position.LogGeneration;

/**
 * A moment to which a backup directory can bring its databases. Immutable.
 *
 * @param kind which backup made it
 * @param genHigh the last log generation to replay
 * @param time when that backup was made
 */
public record RestoreMoment(Kind kind, LogGeneration genHigh, Instant time) {

  /**
   * Checks that all three are there.
   *
   * @param kind which backup made it
   * @param genHigh the last log generation to replay
   * @param time when that backup was made
   */
  public RestoreMoment {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(genHigh, "genHigh");
    Objects.requireNonNull(time, "time");
  }

  /** The backup that made a moment. Immutable. */
  public enum Kind {
    /** A full backup, atomic or not. */
    FULL,
    /** An incremental backup. */
    INCREMENTAL
  }
}
