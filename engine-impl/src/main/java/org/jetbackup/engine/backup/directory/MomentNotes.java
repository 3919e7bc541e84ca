package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.RecordKind;

/** Reads the note with which the logs of every backup end. */
final class MomentNotes {

  private MomentNotes() {}

  /**
   * Reads the note of a backup.
   *
   * @param chain of the backup
   * @param kind which one it is
   * @param last its last generation
   * @return the moment
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the logs end otherwise; and as {@link
   *     BackupChain#logs()}
   */
  static RestoreMoment read(BackupChain chain, RestoreMoment.Kind kind, LogGeneration last) {
    Optional<BackupNote> note = lastRecord(chain, last, last);
    boolean begins = last.equals(chain.manifest().genLow());
    if (note.isEmpty() && !begins) {
      // It may begin in the file before: records are cut by the ends of files.
      note = lastRecord(chain, last.previous(), last);
    }
    return note.filter(found -> found.kind() == kind)
        .map(found -> new RestoreMoment(kind, last, found.time()))
        .orElseThrow(() -> JetException.of(
            JetErr.LOG_FILE_CORRUPT,
            Subject.path(chain.fileOf(last)),
            Subject.generation(last),
            Subject.value("last record", "not the note of a backup, " + kind)));
  }

  /** The last record that begins in these files, if there is one and it is a note of ours. */
  private static Optional<BackupNote> lastRecord(
      BackupChain chain, LogGeneration first, LogGeneration last) {
    LogFiles files = chain.logs(first, last);
    Path file = chain.fileOf(last);
    Optional<BackupNote> note = Optional.empty();
    try (LogReader reader = LogReader.open(files, 0)) {
      while (reader.next()) {
        ByteBuffer payload = reader.payload();
        note = reader.kind() == RecordKind.NOTE ? BackupNote.decode(payload) : Optional.empty();
      }
      return note;
    } catch (JetException e) {
      throw BackupChain.asOfSet(e, file, last);
    }
  }
}
