package org.jetbackup.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogEnd;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;

/**
 * The log that a restore reads: that of the set, then the live one that goes on from there. Damage
 * in it has codes of its own, which say on which side it lies. Immutable.
 */
final class SourceLogs {

  private final LogFiles set;
  private final LogFiles all;

  private SourceLogs(LogFiles set, LogFiles all) {
    this.set = set;
    this.all = all;
  }

  static SourceLogs of(LogFiles set, LiveLogs live) {
    List<LogFile> files = new ArrayList<>(set.all());
    files.addAll(live.behind());
    return new SourceLogs(set, LogFiles.of(set.directory(), set.baseName(), files));
  }

  LogFiles all() {
    return all;
  }

  int count() {
    return all.all().size();
  }

  /**
   * Reads all records, and with them checks every batch.
   *
   * @param record told of each
   * @param generation told of each file that was read
   */
  LogEnd read(Consumer<LogReader> record, Runnable generation) {
    long now = all.first().generation().value();
    try (LogReader reader = LogReader.open(all, 0)) {
      try {
        while (reader.next()) {
          for (; now < LogAddress.generation(reader.address()); now++) {
            generation.run();
          }
          record.accept(reader);
        }
      } catch (JetException e) {
        throw told(e, Math.max(now, LogAddress.generation(reader.address())));
      }
      return reader.end();
    }
  }

  /** The same failure, said as one of a restore. */
  private JetException told(JetException e, long generation) {
    boolean isChain = e.error() == JetErr.LOG_SEQUENCE_CHECKSUM_MISMATCH;
    if (!isChain && e.error() != JetErr.LOG_FILE_CORRUPT && e.error() != JetErr.LOG_CORRUPTED) {
      return e;
    }
    Optional<LogFile> named = all.all().stream()
        .filter(file -> e.subjects().contains(Subject.path(file.path())))
        .reduce((first, second) -> second);
    LogFile file = named.or(() -> all.find(generation)).orElse(all.last());
    boolean inSet = file.generation().compareTo(set.last().generation()) <= 0;
    List<Subject> subjects = new ArrayList<>(e.subjects());
    if (named.isEmpty()) {
      subjects.add(0, Subject.path(file.path()));
    }
    JetErr error = isChain
        ? inSet
            ? JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS
            : JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS
        : inSet ? JetErr.LOG_CORRUPT_DURING_HARD_RESTORE : JetErr.LOG_CORRUPT_DURING_HARD_RECOVERY;
    return JetException.of(error, e, subjects.toArray(new Subject[0]));
  }
}
