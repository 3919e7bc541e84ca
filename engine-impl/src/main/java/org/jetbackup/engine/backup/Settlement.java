package org.jetbackup.engine.backup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.log.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * What an instance does when it may count on a backup: the headers tell of it, the checkpoint moves,
 * and what nobody needs any more of the log is deleted. In this order, so that no header speaks of
 * an older backup whose log is gone. A failure of any step is a warning: the backup is good.
 *
 * <p>For one thread at a time, which the backup sees to.
 */
final class Settlement {

  private final BackupSource source;
  private final BackupEvents events;
  private final List<SourceDatabase> databases;
  private final Set<SourceDatabase> complete;
  private final BackupInfo record;
  private final boolean incremental;
  private @Nullable JetException headerFailure;

  /**
   * Prepares.
   *
   * @param databases all of the instance
   * @param complete those that a full backup holds to their ends
   * @param record what headers say of the backup
   */
  Settlement(
      BackupSource source,
      BackupEvents events,
      List<SourceDatabase> databases,
      Set<SourceDatabase> complete,
      BackupInfo record,
      boolean incremental) {
    this.source = source;
    this.events = events;
    this.databases = databases;
    this.complete = complete;
    this.record = record;
    this.incremental = incremental;
  }

  void settle(boolean truncates) {
    writeRecords(true);
    try {
      source.checkpoint();
    } catch (JetException e) {
      // Less is deleted then; whoever runs checkpoints is told by the next one.
    }
    delete(truncates ? deletable() : List.of());
  }

  void truncateOnly() {
    if (source.isCircular()) {
      delete(List.of());
    } else {
      source.checkpoint();
      delete(below(source.checkpointGeneration()));
    }
  }

  private void delete(List<LogFile> files) {
    events.truncates(files);
    if (files.isEmpty()) {
      return;
    }
    LogFile last = files.get(files.size() - 1);
    try {
      source.deleteLogsBelow(last.generation().value() + 1);
    } catch (JetException e) {
      events.cannotDelete(source.logFiles().get(0).path(), e);
    }
  }

  void writeRecords(boolean truncating) {
    for (SourceDatabase database : databases) {
      if (isPart(database)) {
        try {
          HeaderRecords.write(database, record, incremental, truncating);
        } catch (JetException e) {
          headerFailure = e;
        }
      }
    }
  }

  /** The last header that could not be written. */
  Optional<JetException> headerFailure() {
    return Optional.ofNullable(headerFailure);
  }

  /** What neither recovery needs nor a restore of the newest backups with the live log. */
  List<LogFile> deletable() {
    long behind = record.last().map(last -> last.value() + 1).orElse(0L);
    long first = Math.min(source.checkpointGeneration(), behind);
    for (SourceDatabase database : databases) {
      if (!isPart(database)) {
        first = Math.min(first, HeaderRecords.lastGeneration(database).orElse(0));
      }
    }
    return below(first);
  }

  private boolean isPart(SourceDatabase database) {
    return incremental || complete.contains(database);
  }

  private List<LogFile> below(long generation) {
    return source.logFiles().stream()
        .filter(file -> file.generation().value() < generation)
        .toList();
  }
}
