package org.jetbackup.engine.instance;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.Environment;
import org.jetbackup.api.InstanceStatistics;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.backup.BackupSource;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.checkpoint.AttachmentRegistry;
import org.jetbackup.engine.checkpoint.Checkpoint;
import org.jetbackup.engine.checkpoint.CheckpointFile;
import org.jetbackup.engine.checkpoint.Checkpointer;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.NoLog;
import org.jetbackup.engine.recovery.LogConnection;
import org.jetbackup.engine.recovery.Recovered;
import org.jetbackup.engine.recovery.Recovery;
import org.jetbackup.engine.restore.Restore;
import org.jetbackup.engine.transaction.Transactions;
import org.jetbackup.engine.version.VersionStore;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an instance has while it is in service: put together by init, taken apart by
 * terminate. Thread-safe.
 *
 * <pre>{@code
 *   open: directories, locks, cache, recovery, transactions, checkpointer
 *     |  failed: what was opened is closed again, in reverse order
 *     v
 *   SOUND ---a log write, the force of a database ------> BROKEN   nothing is written any more
 *     |      or the undo of a commit fails                  |
 *     +-- end: databases clean, log forced ---> CLOSED <----+  abandon: files closed as they are
 * }</pre>
 */
final class Service {

  private final Settings settings;
  private final EventLog events;
  private final DirectoryLocks locks;
  private final PageCache cache;
  private final Journal journal;
  private final Signature signature;
  private final @Nullable CheckpointFile checkpointFile;
  private final Transactions transactions;
  private final VersionStore versions;
  private final Databases databases;
  private final Counters counters;
  private final AtomicLong readersTold = new AtomicLong();
  private final Checkpointer checkpointer;
  private final BackupPort backupPort;

  /** So that the event log hears of a change once; two threads may both tell of it. */
  private volatile boolean spaceWasShort;

  /** Why nothing is to be trusted any more, besides what the log says of itself. */
  private volatile @Nullable JetException defect;

  private Service(
      Settings settings,
      Environment environment,
      EventLog events,
      DirectoryLocks locks,
      PageCache cache,
      LogConnection connection,
      Recovered recovered,
      AttachmentRegistry registry,
      Counters counters) {
    this.counters = counters;
    this.settings = settings;
    this.events = events;
    this.locks = locks;
    this.cache = cache;
    this.journal = recovered.journal();
    this.signature = recovered.signature();
    this.checkpointFile = settings.isLogging() ? recovered.checkpointFile() : null;
    this.versions =
        new VersionStore(settings.parameters().get(SystemParameter.VERSION_STORE_SIZE_BYTES));
    this.transactions =
        new Transactions(journal, versions, Table::databaseId, counters, this::breakDown);
    journal.log().countIn(counters);
    ReentrantLock administration = new ReentrantLock();
    this.databases = new Databases(
        settings,
        environment,
        cache,
        connection,
        journal,
        signature,
        registry,
        events,
        administration);
    this.checkpointer = new Checkpointer(
        administration,
        journal,
        recovered.checkpointFile(),
        signature,
        databases,
        new Pending(),
        task -> inBackground(environment.executor(), task),
        settings.parameters().get(SystemParameter.CHECKPOINT_DEPTH_MAX),
        settings.parameters().get(SystemParameter.CHECKPOINT_TOO_DEEP),
        counters,
        this::checkpointHasFailed);
    this.backupPort =
        new BackupPort(this, databases, journal, checkpointer, settings.logOptions(), signature);
  }

  /**
   * Where no session's call is under way, nobody else would tell what happened. The executor may
   * run the task at once, though, in a call that has locks.
   */
  private void inBackground(Executor executor, Runnable task) {
    Thread caller = Thread.currentThread();
    AtomicBoolean hasReturned = new AtomicBoolean();
    executor.execute(() -> {
      try {
        task.run();
      } finally {
        if (hasReturned.get() || Thread.currentThread() != caller) {
          events.tellKept();
        }
      }
    });
    hasReturned.set(true);
  }

  /** Called at the end of each call, when the thread has no lock. */
  void afterCall() {
    events.tellKept();
  }

  /** The removals of separated values, as the checkpoint sees them. */
  private final class Pending implements Checkpointer.Removals {

    @Override
    public void tryDue() {
      try {
        transactions.purge();
      } catch (JetException e) {
        // They hold the checkpoint back, and the next one tries again.
      }
    }

    @Override
    public long oldestAddress() {
      return transactions.oldestNeeded();
    }
  }

  /** Opens everything and recovers. */
  static Service open(
      Settings settings, Environment environment, EventLog events, Counters counters) {
    settings.requireDirectories();
    DirectoryLocks locks = DirectoryLocks.acquire(settings.logPath(), settings.systemPath());
    boolean done = false;
    try {
      Restore.requireNotInterrupted(settings.logPath(), settings.baseName());
      LogConnection connection = new LogConnection(settings.isLogging());
      long cacheBytes = settings.parameters().get(SystemParameter.CACHE_SIZE_BYTES);
      Watch watch = new Watch(events);
      PageCache cache = new PageCache(settings.pageSize(), cacheBytes, connection, counters, watch);
      AttachmentRegistry registry = new AttachmentRegistry();
      Recovered recovered = settings.isLogging()
          ? new Recovery(
                  settings.recoveryPlaces(),
                  cache,
                  environment,
                  connection,
                  registry,
                  events,
                  counters)
              .run()
          : withoutLog(settings, connection);
      Service service = new Service(
          settings, environment, events, locks, cache, connection, recovered, registry, counters);
      watch.service = service;
      done = true;
      return service;
    } finally {
      if (!done) {
        locks.close();
      }
    }
  }

  /** Restores; in place, it holds the directories of the instance meanwhile. */
  static void restore(
      Settings settings,
      Environment environment,
      EventLog events,
      Counters counters,
      StatusCallback callback,
      Path directory,
      Optional<Path> destination,
      Optional<LogGeneration> moment) {
    Restore restore = new Restore(
        settings.restorePlaces(),
        settings.parameters().get(SystemParameter.CACHE_SIZE_BYTES),
        environment,
        events,
        counters,
        callback);
    if (destination.isPresent()) {
      restore.run(directory, destination, moment);
      return;
    }
    settings.requireDirectories();
    DirectoryLocks locks = DirectoryLocks.acquire(settings.logPath(), settings.systemPath());
    try {
      restore.run(directory, destination, moment);
    } finally {
      locks.close();
    }
  }

  private static Recovered withoutLog(Settings settings, LogConnection connection) {
    Journal journal = new Journal(new NoLog());
    connection.connect(journal);
    return new Recovered(journal, Signature.NONE, new CheckpointFile(settings.checkpointFile()));
  }

  /** Whether the log could not be written for lack of space. */
  boolean isLogDiskFull() {
    for (Throwable cause = journal.log().failure(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JetException jet
          && (jet.error() == JetErr.DISK_FULL || jet.error() == JetErr.LOG_DISK_FULL)) {
        return true;
      }
    }
    return false;
  }

  /** {@return why every call is refused; null while all is well} */
  @Nullable
  JetException failure() {
    JetException own = defect;
    return own == null ? journal.log().failure() : own;
  }

  /** What the cache meets; before there is a service, it is recovery that fails. */
  private static final class Watch implements PageCache.Damage {
    private final EventLog events;
    private volatile @Nullable Service service;

    private Watch(EventLog events) {
      this.events = events;
    }

    @Override
    public void found(PagedFile file, PageNumber page, JetException failure) {
      events.later(log -> log.pageIsCorrupt(file.path(), page, file.pageSize(), failure));
    }

    /**
     * What was not forced can be lost although a later force succeeds, and only the log has it: the
     * next init redoes it. A database that is just being created or left behind is no loss.
     */
    @Override
    public void takesNoMore(PagedFile file, JetException failure) {
      Service owner = service;
      if (owner != null && owner.defect == null && owner.databases.isAttached(file)) {
        owner.breakDown(failure);
        events.later(log -> log.pagesCannotBeWritten(failure));
      }
    }
  }

  /** Pages and the log are as they were; a page that is damaged was told by the one who found it. */
  private void checkpointHasFailed(JetException failure) {
    if (failure() == null) {
      events.pagesCannotBeWritten(failure);
    }
  }

  private void breakDown(Throwable cause) {
    defect = JetException.of(JetErr.INSTANCE_UNAVAILABLE, cause, Subject.path(settings.logPath()));
  }

  /** Fails if the log has failed, or what the log cannot take back. */
  void requireSound() {
    journal.log().requireAlive();
    JetException own = defect;
    if (own != null) {
      throw JetException.of(JetErr.INSTANCE_UNAVAILABLE, own, Subject.path(settings.logPath()));
    }
  }

  BackupSource backupSource() {
    return backupPort;
  }

  /** Refuses changes for which there is no room in the log. */
  void requireLogSpace() {
    boolean isShort = journal.log().isSpaceShort();
    if (isShort != spaceWasShort) {
      spaceWasShort = isShort;
      if (isShort) {
        events.logDiskHasNoRoom();
      } else {
        events.logDiskHasRoomAgain(settings.logPath());
      }
    }
    if (isShort) {
      throw JetException.of(JetErr.LOG_DISK_FULL, Subject.path(settings.logPath()));
    }
    if (settings.isLogging()) {
      checkpointer.requireDepth();
    }
  }

  /** Called after every change, when no lock is held but that of the session. */
  void afterCommit() {
    tellOfReadersCutOff();
    if (settings.isLogging()) {
      checkpointer.afterCommit();
    }
  }

  /** Detaches a database that nobody has open. */
  void detach(AttachedDatabase leaving) {
    int id = leaving.attachment().databaseId();
    transactions.purge(table -> table.databaseId() == id);
    databases.detach(leaving.path());
    forgetTables(id);
  }

  /** Drops a database that nobody has open. */
  void drop(AttachedDatabase leaving) {
    int id = leaving.attachment().databaseId();
    databases.drop(leaving.path(), () -> forgetTables(id));
  }

  private void forgetTables(int databaseId) {
    journal.enter();
    try {
      transactions.forgetAll(table -> table.databaseId() == databaseId);
    } finally {
      journal.leave();
    }
  }

  InstanceStatistics statistics(int openSessions) {
    tellOfReadersCutOff();
    return counters.statistics(new Counters.Gauges(
        cache.pagesHeld(),
        journal.log().sinceBytes(checkpointer.checkpoint()),
        versions.bytes(),
        openSessions,
        transactions.open()));
  }

  /** Snapshots are cut off under the lock of the store, where nobody may be told. */
  private void tellOfReadersCutOff() {
    long cut = versions.snapshotsCutOff();
    for (long told = readersTold.get(); told < cut; told = readersTold.get()) {
      if (readersTold.compareAndSet(told, told + 1)) {
        counters.readerCutOff();
        events.longReaderWasCutOff(versions.limit());
      }
    }
  }

  Transactions transactions() {
    return transactions;
  }

  Databases databases() {
    return databases;
  }

  Journal journal() {
    return journal;
  }

  /** Leaves every database clean. All sessions have ended. */
  void end() {
    boolean done = false;
    try {
      transactions.purge(table -> true); // nobody reads any more
      databases.end();
      checkpointer.close();
      if (checkpointFile != null) {
        checkpointFile.write(
            new Checkpoint(journal.log().end(), signature, databases.attachments()));
      }
      done = true;
    } finally {
      if (done) {
        close();
      } else {
        abandon();
      }
    }
  }

  /** Leaves everything as it is; the next init recovers. What is in the log already stays. */
  void abandon() {
    checkpointer.close();
    try {
      if (journal.log().failure() == null) { // a database that failed is no reason to lose more
        journal.log().force(journal.log().end());
      }
    } finally {
      try {
        databases.abandon();
      } finally {
        close();
      }
    }
  }

  private void close() {
    try {
      journal.log().close();
    } finally {
      locks.close();
    }
  }
}
