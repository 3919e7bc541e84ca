package org.jetbackup.engine.event;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.position.LogPosition;

/** What a restore tells the event log. Thread-safe. */
public final class RestoreEvents {

  private static final String UNKNOWN = "";

  private final EventLog events;

  /**
   * Tells an event log.
   *
   * @param events that of the instance
   */
  public RestoreEvents(EventLog events) {
    this.events = events;
  }

  /** {@return the event log that is told} */
  public EventLog log() {
    return events;
  }

  /**
   * A restore begins.
   *
   * @param backup the backup directory
   * @param log the directory of the log
   */
  public void begins(Path backup, Path log) {
    events.send(EventId.START_RESTORE_ID, backup.toString(), log.toString());
  }

  /**
   * A database is restored to another place than it came from.
   *
   * @param from where it was
   * @param to where it will be
   */
  public void databaseIsMoved(Path from, Path to) {
    events.send(EventId.DB_LOCATION_CHANGE_DETECTED, from.toString(), to.toString());
  }

  /**
   * A log file was replayed.
   *
   * @param logFile the file
   * @param records how many changes it held
   */
  public void logFileIsReplayed(Path logFile, long records) {
    events.recoveryHasReplayed(logFile, records);
  }

  /**
   * A restore has failed: what it has met, where there is an event for it, and that it has failed.
   *
   * @param failure why
   */
  public void hasFailed(JetException failure) {
    switch (failure.error()) {
      case GIVEN_LOG_FILE_HAS_BAD_SIGNATURE ->
        tellFiles(EventId.RESTORE_LOG_FILE_HAS_BAD_SIGNATURE_ERROR_ID, failure, 1);
      case GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS ->
        tellFiles(EventId.RESTORE_LOG_FILE_NOT_CONTIGUOUS_ERROR_ID, failure, 1);
      case MISSING_RESTORE_LOG_FILES ->
        tellFiles(EventId.RESTORE_LOG_FILE_MISSING_ERROR_ID, failure, 1);
      case MISSING_CURRENT_LOG_FILES ->
        tellFiles(EventId.CURRENT_LOG_FILE_MISSING_ERROR_ID, failure, 1);
      case EXISTING_LOG_FILE_HAS_BAD_SIGNATURE ->
        tellFiles(EventId.EXISTING_LOG_FILE_HAS_BAD_SIGNATURE_ERROR_ID_2, failure, 1);
      case EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS ->
        tellFiles(EventId.EXISTING_LOG_FILE_NOT_CONTIGUOUS_ERROR_ID_2, failure, 2);
      case LOG_CORRUPT_DURING_HARD_RESTORE ->
        tellDamage(EventId.LOG_CORRUPTION_DURING_HARD_RESTORE_ID, failure);
      case LOG_CORRUPT_DURING_HARD_RECOVERY ->
        tellDamage(EventId.LOG_CORRUPTION_DURING_HARD_RECOVERY_ID, failure);
      case ATTACHED_DATABASE_MISMATCH ->
        events.sendFailure(
            EventId.ATTACHED_DB_MISMATCH_END_OF_RECOVERY_ID,
            failure.error(),
            Integer.toString(failure.error().number()),
            failure.subjects().isEmpty() ? UNKNOWN : failure.subjects().get(0).text());
      default -> {}
    }
    events.recoveryHasFailed(failure);
  }

  private void tellFiles(EventId id, JetException failure, int count) {
    String[] files = new String[count];
    for (int i = 0; i < count; i++) {
      files[i] = file(failure, i);
    }
    events.sendFailure(id, failure.error(), files);
  }

  private void tellDamage(EventId id, JetException failure) {
    Optional<LogPosition> place = failure.subjects().stream()
        .filter(Subject.OfPosition.class::isInstance)
        .map(subject -> ((Subject.OfPosition) subject).position())
        .findFirst();
    events.sendFailure(
        id,
        failure.error(),
        file(failure, 0),
        place.map(LogPosition::toString).orElse(UNKNOWN),
        place.map(position -> Integer.toString(position.sector())).orElse(UNKNOWN));
  }

  private static String file(JetException failure, int index) {
    List<String> files = failure.subjects().stream()
        .filter(Subject.OfPath.class::isInstance)
        .map(subject -> ((Subject.OfPath) subject).path().toString())
        .toList();
    return index < files.size() ? files.get(index) : UNKNOWN;
  }

  /** A restore has ended, well or not. */
  public void hasEnded() {
    events.send(EventId.STOP_RESTORE_ID);
  }
}
