package org.jetbackup.engine.backup;

import java.util.OptionalLong;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.HeaderField;

/**
 * The records of backups in the headers of databases.
 *
 * <pre>{@code
 *                        full          incremental   copy   differential   snapshot
 *   full, truncating     this one      none          -      none           none
 *   incremental, trunc.  -             this one      -      -              none
 *   full, without        -             -             this   -              -
 *   incremental, without -             -             -      this one       -
 * }</pre>
 */
final class HeaderRecords {

  private static final long STREAMING = 0;

  private HeaderRecords() {}

  /** The last generation that is in a backup which a later one may count on; none before a full. */
  static OptionalLong lastGeneration(SourceDatabase database) {
    DatabaseFileHeader header = database.database().header();
    BackupInfo full = header.get(HeaderField.FULL_BACKUP);
    if (full.last().isEmpty() || header.get(HeaderField.FULL_BACKUP_TYPE) != STREAMING) {
      return OptionalLong.empty();
    }
    long last = full.last().get().value();
    BackupInfo incremental = header.get(HeaderField.INCREMENTAL_BACKUP);
    return OptionalLong.of(
        Math.max(last, incremental.last().map(LogGeneration::value).orElse(0L)));
  }

  /**
   * Writes the record of a backup, durably.
   *
   * @throws JetException if the header cannot be written
   */
  static void write(
      SourceDatabase database, BackupInfo record, boolean incremental, boolean truncating) {
    database.database().updateHeader(change -> {
      if (!truncating) {
        return incremental
            ? change.set(HeaderField.DIFFERENTIAL_BACKUP, record)
            : change.set(HeaderField.COPY_BACKUP, record);
      }
      change.set(HeaderField.SNAPSHOT_BACKUP, BackupInfo.NONE);
      if (incremental) {
        return change
            .set(HeaderField.INCREMENTAL_BACKUP, record)
            .set(HeaderField.INCREMENTAL_BACKUP_TYPE, STREAMING);
      }
      return change
          .set(HeaderField.FULL_BACKUP, record)
          .set(HeaderField.FULL_BACKUP_TYPE, STREAMING)
          .set(HeaderField.INCREMENTAL_BACKUP, BackupInfo.NONE)
          .set(HeaderField.DIFFERENTIAL_BACKUP, BackupInfo.NONE);
    });
  }
}
