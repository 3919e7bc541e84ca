package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jetbackup.api.Environment;
import org.jetbackup.api.backup.EndGrbit;
import org.jetbackup.api.backup.ExternalBackup;
import org.jetbackup.api.backup.ExternalFile;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.jetbackup.engine.backup.directory.BackupNote;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * One backup of an instance, as the stream of files that it consists of.
 *
 * <pre>{@code
 *   OCCUPIED --begin--> DATABASES --prepareLogs--> LOGS --end, abort--> ENDED
 *      |                   |  (incremental: at once) |                    ^
 *      +--- abort ---------+------- abort -----------+--------------------+
 *
 *   OCCUPIED   the instance is occupied; nothing was told, nothing leaves a trace
 *   DATABASES  the log is retained from the checkpoint on; databases are read
 *   LOGS       the log was rolled: the generations of the backup are known, closed, and read
 *   ENDED      the instance is free again; every call is JET_errNoBackup
 *   stop       a flag beside the state: what reads or goes on fails with it, closing and ending work
 * }</pre>
 *
 * <p>Nothing but {@link #truncateLog} and {@link #end} changes the instance beyond the roll of its
 * log. The lock makes calls wait for each other; it comes before all locks of the instance. The flag
 * is read without it, between any two pieces. Thread-safe.
 */
public final class StreamingBackup implements ExternalBackup {

  private enum Phase {
    OCCUPIED,
    DATABASES,
    LOGS,
    ENDED
  }

  private final BackupSource source;
  private final BackupEvents events;
  private final Environment environment;
  private final Pauses pauses;
  private final boolean incremental;
  private final ReentrantLock use = new ReentrantLock();
  private final Map<Path, SourceDatabase> databases = new LinkedHashMap<>();
  private final Set<SourceDatabase> complete = new HashSet<>();
  private final Map<Path, LogFile> logs = new LinkedHashMap<>();
  private final Set<Path> copied = new HashSet<>();

  // Under the lock.
  private Phase phase = Phase.OCCUPIED;
  private @Nullable OpenFile open;
  private BackupInfo current = BackupInfo.NONE;
  private BackupInfo record = BackupInfo.NONE;
  private long firstGeneration;
  private boolean settled;
  private @Nullable Settlement settlement;

  private volatile @Nullable JetErr stop;
  private volatile boolean ended;

  private StreamingBackup(
      BackupSource source,
      boolean incremental,
      EventLog events,
      Environment environment,
      Parameters parameters) {
    this.source = source;
    this.incremental = incremental;
    this.events = new BackupEvents(events);
    this.environment = environment;
    this.pauses = Pauses.of(parameters);
  }

  /**
   * Occupies an instance. The caller sees to it that {@link #end} or {@link #abort} follows.
   *
   * @param source the instance
   * @param incremental whether the log alone is backed up
   * @param events the event log
   * @param environment the clock and the executor
   * @param parameters of the instance
   * @return the backup, which has not begun
   * @throws JetException {@link JetErr#BACKUP_IN_PROGRESS}; {@link JetErr#MISSING_FULL_BACKUP} for
   *     an incremental one without a full one before it, of which the event log hears
   */
  public static StreamingBackup occupy(
      BackupSource source,
      boolean incremental,
      EventLog events,
      Environment environment,
      Parameters parameters) {
    source.occupy();
    boolean done = false;
    try {
      StreamingBackup backup =
          new StreamingBackup(source, incremental, events, environment, parameters);
      source.databases().forEach(each -> backup.databases.put(each.path(), each));
      if (incremental) {
        backup.databases.values().forEach(backup::requireFullBackup);
      }
      done = true;
      return backup;
    } finally {
      if (!done) {
        source.release();
      }
    }
  }

  private void requireFullBackup(SourceDatabase database) {
    if (HeaderRecords.lastGeneration(database).isEmpty()) {
      throw missesFullBackup(database.path());
    }
  }

  /** Tells the event log that a database has no full backup, and makes the failure. */
  JetException missesFullBackup(Path database) {
    events.missesFullBackup(database);
    return JetException.of(JetErr.MISSING_FULL_BACKUP, Subject.path(database));
  }

  /** Begins: the event log hears of it, and from now on copies can be redone. */
  public void begin() {
    underLock(() -> {
      events.begins(incremental);
      long retained = source.retain();
      current = info(source.logEnd(), retained, Optional.empty());
      firstGeneration = incremental ? firstUncovered() : retained;
      phase = incremental ? Phase.LOGS : Phase.DATABASES;
    });
  }

  /** The first generation that no backup has of which all headers know. */
  private long firstUncovered() {
    return databases.values().stream()
        .mapToLong(each -> HeaderRecords.lastGeneration(each).orElse(0) + 1)
        .min()
        .orElse(LogGeneration.MIN);
  }

  private BackupInfo info(long address, long low, Optional<LogGeneration> high) {
    Instant now = environment.clock().instant();
    LogPosition mark = LogAddress.position(address, source.logSectorBytes());
    LogGeneration first = new LogGeneration(low);
    return new BackupInfo(Optional.of(mark), LogTime.of(now), Optional.of(first), high);
  }

  BackupEvents events() {
    return events;
  }

  /** {@return what runs work in the background} */
  Executor executor() {
    return environment.executor();
  }

  BackupSource source() {
    return source;
  }

  /** {@return the databases of the backup} */
  List<SourceDatabase> databases() {
    return List.copyOf(databases.values());
  }

  /** {@return whether a path is that of one of them} */
  boolean isDatabase(Path path) {
    return databases.containsKey(path);
  }

  /** {@return what the headers say of this backup when it is complete; all is known in LOGS} */
  BackupInfo record() {
    return record;
  }

  // The stop

  /**
   * Makes the backup fail before its next piece, file or phase. Never blocks.
   *
   * @param error with which it fails
   */
  public void stop(JetErr error) {
    stop = error;
  }

  /**
   * Fails if the backup was stopped, or the instance does not go on.
   *
   * @throws JetException what {@link #stop} said, or an error of state
   */
  void requireGoingOn() {
    source.requireAlive();
    JetErr requested = stop;
    if (requested != null) {
      throw JetException.of(requested);
    }
  }

  // Databases and files

  @Override
  public List<Path> attachInfo() {
    return underLock(() -> {
      requireActive();
      if (incremental) {
        throw outOfSequence("attachInfo in an incremental backup");
      }
      return List.copyOf(databases.keySet());
    });
  }

  @Override
  public ExternalFile open(Path file) {
    return underLock(() -> {
      requireActive();
      if (open != null) {
        throw JetException.of(JetErr.OUT_OF_MEMORY, Subject.path(open.path()));
      }
      OpenFile opened = phase == Phase.DATABASES ? openDatabase(file) : openLog(file);
      open = opened;
      return opened;
    });
  }

  private OpenFile openDatabase(Path file) {
    SourceDatabase database = databases.get(file.toAbsolutePath().normalize());
    if (database == null) {
      JetException unknown = JetException.of(JetErr.DATABASE_NOT_FOUND, Subject.path(file));
      events.databaseFails(file, unknown);
      throw unknown;
    }
    try {
      Content content = DatabaseContent.open(
          database, current, pauses, events, environment.clock(), this::requireGoingOn);
      events.databaseBegins(database.path(), content.size());
      return new OpenFile(this, database.path(), content, database);
    } catch (JetException e) {
      events.databaseFails(database.path(), e);
      throw e;
    }
  }

  private OpenFile openLog(Path file) {
    Path path = file.toAbsolutePath().normalize();
    if (databases.containsKey(path)) {
      throw cancel(outOfSequence("a database after the logs were asked for"));
    }
    if (!logs.containsKey(path)) {
      throw cancel(missing(file));
    }
    try {
      return new OpenFile(this, path, LogContent.open(path), null);
    } catch (JetException e) {
      if (e.error() == JetErr.FILE_NOT_FOUND) {
        throw cancel(missing(path));
      }
      events.logFails(path, e);
      throw cancel(e);
    }
  }

  private JetException missing(Path file) {
    events.fileIsMissing(file);
    return JetException.of(JetErr.MISSING_FILE_TO_BACKUP, Subject.path(file));
  }

  // Logs

  /**
   * Says where an incremental backup begins, if not behind the last backup that the headers know.
   *
   * @param generation the first generation that it holds
   */
  void continueWith(long generation) {
    underLock(() -> firstGeneration = generation);
  }

  @Override
  public List<Path> logInfo() {
    return underLock(() -> {
      prepareLogs();
      return List.copyOf(logs.keySet());
    });
  }

  @Override
  public List<Path> truncateLogInfo() {
    return underLock(() -> {
      prepareLogs();
      return settlement().deletable().stream().map(LogFile::path).toList();
    });
  }

  /** {@return the files that {@link #logInfo} names} */
  List<LogFile> logFiles() {
    return List.copyOf(logs.values());
  }

  private void prepareLogs() {
    requireActive();
    if (open != null) {
      throw outOfSequence("a file is open");
    }
    if (!logs.isEmpty()) {
      return;
    }
    requireFirst();
    Instant now = environment.clock().instant();
    Kind kind = incremental ? Kind.INCREMENTAL : Kind.FULL;
    long end = source.logEnd();
    LogGeneration last = new LogGeneration(source.roll(new BackupNote(kind, now).encode()));
    phase = Phase.LOGS;
    record = incremental
        ? info(end, firstGeneration, Optional.of(last))
        : new BackupInfo(current.mark(), current.time(), current.first(), Optional.of(last));
    for (LogFile file : source.logFiles()) {
      long generation = file.generation().value();
      if (generation >= firstGeneration && generation <= last.value()) {
        logs.put(file.path().toAbsolutePath().normalize(), file);
      }
    }
    List<Path> paths = List.copyOf(logs.keySet());
    events.logsBegin(paths.get(0), paths.get(paths.size() - 1));
  }

  /** The log has to go back as far as the backup needs it; nothing is rolled otherwise. */
  private void requireFirst() {
    List<LogFile> files = source.logFiles();
    if (firstGeneration > files.get(files.size() - 1).generation().value()) {
      throw cancel(JetException.of(
          JetErr.INVALID_LOG_SEQUENCE, Subject.generation(new LogGeneration(firstGeneration))));
    }
    LogGeneration oldest = files.get(0).generation();
    if (firstGeneration < oldest.value()) {
      LogGeneration first = new LogGeneration(firstGeneration);
      Path directory = Directories.parentOf(files.get(0).path());
      events.fileIsMissing(FileNames.closedLog(directory, source.baseName(), first));
      throw cancel(JetException.of(
          JetErr.MISSING_FILE_TO_BACKUP,
          Subject.generation(first),
          Subject.value("oldest generation", oldest)));
    }
  }

  @Override
  public void truncateLog() {
    underLock(() -> {
      requireActive();
      if (logs.isEmpty() || open != null) {
        throw outOfSequence("truncation before the log files were read");
      }
      if (!copied.containsAll(logs.keySet())) {
        events.notAllCopied();
        throw JetException.of(JetErr.LOG_FILE_NOT_COPIED);
      }
      settle(true);
    });
  }

  /**
   * The backup is complete and durable: the instance may count on it. Nothing of that can make the
   * backup fail.
   *
   * @param truncates whether log files may go
   */
  void settle(boolean truncates) {
    underLock(() -> {
      settled = true;
      settlement().settle(truncates);
    });
  }

  /** Instead of a backup: moves the checkpoint, and deletes what recovery does not need. */
  void truncateOnly() {
    underLock(() -> {
      requireActive();
      settled = true;
      settlement().truncateOnly();
    });
  }

  /** What a backup of this extent means for the instance. */
  private Settlement settlement() {
    Settlement known = settlement;
    if (known == null) {
      known = new Settlement(source, events, databases(), complete, record, incremental);
      settlement = known;
    }
    return known;
  }

  // The end

  @Override
  public void end(EndGrbit grbit) {
    boolean normal = grbit.equals(EndGrbit.NORMAL);
    if (!normal && !grbit.equals(EndGrbit.ABORT)) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value("grbit", grbit));
    }
    underLock(() -> {
      requireNotEnded();
      JetErr stopped = stop;
      if (stopped != null && !settled) {
        finish(() -> events.wasStopped(stopped));
      } else if (!normal || (logs.isEmpty() && !settled)) {
        finish(() -> events.endsEarly(JetErr.BACKUP_ABORT_BY_CALLER));
      } else {
        if (!settled) {
          settlement().writeRecords(false);
        }
        finish(this::tellGoodEnd);
      }
    });
  }

  private void tellGoodEnd() {
    events.endsWell();
    settlement().headerFailure().ifPresent(events::headersAreOld);
  }

  @Override
  public void close() {
    underLock(() -> {
      if (phase == Phase.OCCUPIED) {
        finish(() -> {}); // nothing was told yet
      } else if (phase != Phase.ENDED) {
        end(EndGrbit.ABORT);
      }
    });
  }

  /**
   * Ends the backup because of a failure, if it has not ended.
   *
   * @param failure what has failed
   */
  void abort(JetException failure) {
    underLock(() -> {
      if (phase == Phase.OCCUPIED) {
        finish(() -> {});
      } else if (phase != Phase.ENDED) {
        finish(() -> events.endsEarly(failure.error()));
      }
    });
  }

  /** A failure of the log ends the backup at once. */
  private JetException cancel(JetException failure) {
    finish(() -> events.endsWithError(failure.error()));
    return failure;
  }

  /** The instance is free before the event log hears of the end: a listener may begin another. */
  private void finish(Runnable lastWord) {
    phase = Phase.ENDED;
    ended = true;
    OpenFile left = open;
    try {
      if (left != null) {
        left.close();
      }
    } finally {
      source.release();
    }
    lastWord.run();
  }

  /** {@return whether it has ended, well or not} */
  public boolean hasEnded() {
    return ended;
  }

  private void requireActive() {
    requireNotEnded();
    requireGoingOn();
  }

  private void requireNotEnded() {
    if (phase == Phase.ENDED) {
      throw JetException.of(JetErr.NO_BACKUP);
    }
  }

  private static JetException outOfSequence(String what) {
    return JetException.of(JetErr.INVALID_BACKUP_SEQUENCE, Subject.value("call", what));
  }

  private void underLock(Runnable action) {
    underLock(() -> {
      action.run();
      return true;
    });
  }

  private <T> T underLock(Supplier<T> action) {
    use.lock();
    try {
      return action.get();
    } finally {
      use.unlock();
      if (!use.isHeldByCurrentThread()) {
        events.log().tellKept();
      }
    }
  }

  // For the open file

  /** Reads on, under the lock, and sorts out what a failure means for the backup. */
  int read(OpenFile file, ByteBuffer target) {
    return underLock(() -> {
      requireNotEnded();
      file.requireFits(target);
      requireGoingOn();
      try {
        return file.readContent(target);
      } catch (JetException e) {
        throw failed(file, e);
      }
    });
  }

  private JetException failed(OpenFile file, JetException failure) {
    if (failure.error() == stop || source.failure() != null) {
      return failure;
    }
    if (file.database() == null) {
      events.logFails(file.path(), failure);
      open = null; // that it was not read to its end goes without saying
      try {
        file.closeContent();
      } catch (JetException e) {
        failure.addSuppressed(e);
      }
      return cancel(failure);
    }
    events.databaseFails(file.path(), failure);
    close(file);
    return failure;
  }

  /** Closes the file, and notes it if it was read to its end. */
  void close(OpenFile file) {
    underLock(() -> {
      if (file.isClosed()) {
        return;
      }
      open = null; // also if the system cannot close it: nobody can read on
      file.closeContent();
      SourceDatabase database = file.database();
      if (!file.isWhole()) {
        events.closedEarly(file.path(), file.bytesRead(), file.size());
      } else if (database != null) {
        complete.add(database);
        events.databaseEnds(file.path());
      } else {
        copied.add(file.path());
      }
    });
  }
}
