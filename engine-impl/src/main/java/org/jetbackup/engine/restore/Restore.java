package org.jetbackup.engine.restore;

import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.Environment;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.backup.directory.BackupDirectory;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.event.RestoreEvents;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.storage.Directories;

/**
 * Restores a backup: to the places of its databases, or into one directory.
 *
 * <pre>{@code
 *   CHECK    the set, what lies in the log directory, all records of both: what has to be restored
 *   STAGE    every database is copied beside its place and checked, then redone there
 *   ------   until here nothing has changed; a failure takes the copies away
 *   MARK     in place only: a marker in the log directory; init refuses while it is there
 *   FINISH   the log goes on: behind what was replayed, by a generation of its own if there is no
 *            live one; an unfinished block is taken back, with a log; databases are called clean
 *   PUBLISH  every database takes its place by a rename; then the log says that all is recovered
 *   ------   the checkpoint moves to the end, the marker goes: the instance can be opened
 * }</pre>
 *
 * <p>A crash or a failure behind MARK leaves the marker. The restore can be repeated then, since
 * neither the set nor what the log said has changed: the log has become longer by what FINISH
 * writes, which can be replayed. With a destination the log is only read, and what FINISH changes
 * is logged nowhere, because the databases there belong to no log.
 *
 * <p>For one thread, once. Whoever calls it to restore in place holds the log directory.
 */
public final class Restore {

  private final RestorePlaces places;
  private final long cacheBytes;
  private final Environment environment;
  private final RestoreEvents events;
  private final Counters counters;
  private final RestoreProgress progress;

  /**
   * Prepares; nothing is read.
   *
   * @param places where everything is
   * @param cacheBytes how much memory pages may take
   * @param environment clock, random source, executor
   * @param events told of what happens
   * @param counters count records that are replayed
   * @param callback told how far it has come
   */
  public Restore(
      RestorePlaces places,
      long cacheBytes,
      Environment environment,
      EventLog events,
      Counters counters,
      StatusCallback callback) {
    this.places = places;
    this.cacheBytes = cacheBytes;
    this.environment = environment;
    this.events = new RestoreEvents(events);
    this.counters = counters;
    this.progress = new RestoreProgress(callback);
  }

  /**
   * Tells whether a restore was begun in place and has not come to its end. Nothing may use the log
   * or the databases then, until a restore succeeds.
   *
   * @param logDirectory the directory of the log
   * @param baseName of the instance
   * @return whether its marker is there
   */
  public static boolean isInterrupted(Path logDirectory, String baseName) {
    return Directories.exists(FileNames.restoreMarker(logDirectory, baseName));
  }

  /**
   * Checks that no restore was interrupted.
   *
   * @param logDirectory the directory of the log
   * @param baseName of the instance
   * @throws JetException {@link JetErr#SOFT_RECOVERY_ON_BACKUP_DATABASE} if one was
   */
  public static void requireNotInterrupted(Path logDirectory, String baseName) {
    if (isInterrupted(logDirectory, baseName)) {
      throw JetException.of(
          JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE,
          Subject.path(FileNames.restoreMarker(logDirectory, baseName)));
    }
  }

  /**
   * Restores.
   *
   * @param directory the backup directory
   * @param destination a directory for all databases; their own places if there is none
   * @param upTo the last generation to replay, a moment of the set; all there is if there is none
   * @throws JetException {@link JetErr#INVALID_PATH}, {@link JetErr#FILE_NOT_FOUND}, {@link
   *     JetErr#PAGE_SIZE_MISMATCH}, {@link JetErr#INVALID_PARAMETER} for arguments; what is damaged
   *     or missing in the set or the live log; what the disk did; {@link JetErr#CALLBACK_FAILED}
   */
  public void run(Path directory, Optional<Path> destination, Optional<LogGeneration> upTo) {
    BackupChain chain = BackupDirectory.open(directory).chain();
    requirePageSize(chain);
    destination.ifPresent(wanted -> requireDestination(wanted, directory));
    events.begins(directory, places.recovery().log().directory());
    try {
      progress.begin();
      new RestoreRun(
              places,
              cacheBytes,
              environment,
              events,
              counters,
              progress,
              chain,
              destination.isEmpty())
          .run(destination, upTo);
      progress.complete();
    } catch (JetException e) {
      hasFailed(e);
      throw e;
    } catch (RuntimeException | Error e) {
      hasFailed(JetException.of(JetErr.INTERNAL_ERROR, e, Subject.path(directory)));
      throw e;
    } finally {
      events.hasEnded();
    }
  }

  private void hasFailed(JetException failure) {
    progress.fail();
    events.log().tellKept(); // what is damaged, before what comes of it
    events.hasFailed(failure);
  }

  private void requirePageSize(BackupChain chain) {
    PageSize own = places.recovery().log().pageSize();
    PageSize found = chain.manifest().pageSize();
    if (own != found) {
      throw JetException.of(
          JetErr.PAGE_SIZE_MISMATCH,
          Subject.path(chain.set()),
          Subject.value("page size", found.bytes(), "" + own.bytes()));
    }
  }

  /** The set must not be changed, so nothing is put into it. */
  private void requireDestination(Path destination, Path directory) {
    boolean isThere = places.createsPaths() || Directories.exists(destination);
    Path full = destination.toAbsolutePath().normalize();
    if (!isThere || full.startsWith(directory.toAbsolutePath().normalize())) {
      throw JetException.of(JetErr.INVALID_PATH, Subject.path(destination));
    }
  }
}
