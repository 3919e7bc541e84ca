package org.jetbackup.engine.instance;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.backup.DatabaseHeader;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.HeaderField;

/** Turns headers of database files into what the api shows of them. */
final class Headers {

  private Headers() {}

  static DatabaseHeader of(Path file, DatabaseFileHeader header) {
    DatabaseHeader.State state = switch (header.state()) {
      case CLEAN -> DatabaseHeader.State.CLEAN_SHUTDOWN;
      case JUST_CREATED -> DatabaseHeader.State.JUST_CREATED;
      default -> DatabaseHeader.State.DIRTY_SHUTDOWN;
    };
    BackupRecords records = new BackupRecords(
        record(header.get(HeaderField.FULL_BACKUP)),
        record(header.get(HeaderField.INCREMENTAL_BACKUP)),
        record(header.get(HeaderField.COPY_BACKUP)),
        record(header.get(HeaderField.DIFFERENTIAL_BACKUP)));
    return new DatabaseHeader(file, state, header.pageSize().bytes(), records);
  }

  private static Optional<Bkinfo> record(BackupInfo info) {
    Optional<Instant> time = info.time().moment();
    if (info.mark().isEmpty()
        || time.isEmpty()
        || info.first().isEmpty()
        || info.last().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Bkinfo(
        info.mark().get(), time.get(), info.first().get(), info.last().get()));
  }
}
