package org.jetbackup.engine.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.Environment;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.InstanceStatistics;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.ExternalBackup;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventListener;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.DirectoryBackup;
import org.jetbackup.engine.backup.StreamingBackup;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * The life of an instance.
 *
 * <pre>{@code
 *   CREATED --init--> INITIALIZING --> INITIALIZED --stopService--> STOPPED
 *      ^                   |               |   |                     |  |
 *      +----- failed ------+               |   +--log write fails,---+--|--> UNAVAILABLE
 *                                          |      undo fails            |        |
 *                                          +---- terminate -------------+--------+
 *                                                   v
 *                                              TERMINATING --> TERMINATED <--terminate-- CREATED
 *
 *   state          service   may be trusted
 *   INITIALIZED    there     everything
 *   STOPPED        there     everything; only winding down is let in
 *   UNAVAILABLE    there     nothing in memory: no page and no log is written any more
 *   TERMINATING    there     no session is at work; databases are being closed
 *   all others     none      the files
 * }</pre>
 *
 * <p>UNAVAILABLE is not stored: it is what INITIALIZED and STOPPED look like when the service says
 * that it has failed. The monitor guards changes of the state and the set of sessions; it is not
 * held while something is waited for, and comes after the lock of a session. Thread-safe.
 */
final class Instance implements JetInstance {

  private final String version;
  private final Settings settings;
  private final Environment environment;
  private final EventLog events;
  private final Set<Session> sessions = new LinkedHashSet<>(); // guarded by this
  private final Handles handles = new Handles();
  private final Counters counters = new Counters();
  private volatile InstanceState state = InstanceState.CREATED;
  private volatile @Nullable Service service;
  private final BackupSlot slot = new BackupSlot();

  /** A termination that a callback of the running backup has asked for; of that thread alone. */
  private @Nullable Runnable afterBackup;

  Instance(String name, String version, Settings settings, Environment environment) {
    this.version = version;
    this.settings = settings;
    this.environment = environment;
    this.events = new EventLog(name, settings.parameters(), environment.clock());
  }

  @Override
  public InstanceState state() {
    InstanceState now = state;
    boolean serving = now == InstanceState.INITIALIZED || now == InstanceState.STOPPED;
    return serving && service().failure() != null ? InstanceState.UNAVAILABLE : now;
  }

  @Override
  public Parameters parameters() {
    return settings.parameters();
  }

  @Override
  public void init() {
    enter(InstanceState.CREATED, InstanceState.INITIALIZING);
    boolean done = false;
    Instant begin = environment.clock().instant();
    events.instanceIsStarting(version);
    try {
      service = Service.open(settings, environment, events, counters);
      done = true;
    } catch (JetException e) {
      events.tellKept();
      events.recoveryHasFailed(e);
      throw e;
    } finally {
      state = done ? InstanceState.INITIALIZED : InstanceState.CREATED;
    }
    events.tellKept();
    events.instanceHasStarted(Duration.between(begin, environment.clock().instant()));
  }

  @Override
  public void stopService() {
    requireService(false);
    synchronized (this) {
      if (state == InstanceState.INITIALIZED) {
        state = InstanceState.STOPPED;
      }
    }
  }

  @Override
  public void terminate(TermGrbit grbit) {
    if (grbit.unknownBits() != 0) {
      throw JetException.of(JetErr.INVALID_GRBIT, Subject.value("grbit", grbit));
    }
    if (!beginTermination(grbit)) {
      return;
    }
    if (slot.isMine()) {
      afterBackup = () -> finishTermination(grbit); // called by its callback: when it unwinds
      return;
    }
    finishTermination(grbit);
  }

  private void finishTermination(TermGrbit grbit) {
    try {
      slot.awaitEnd();
      openSessions().forEach(Session::end);
      Service ending = service();
      if (ending.failure() != null || grbit.contains(TermGrbit.DIRTY)) {
        ending.abandon();
      } else {
        ending.end();
      }
    } finally {
      state = InstanceState.TERMINATED;
      events.tellKept();
      events.instanceHasStopped();
    }
  }

  private synchronized boolean beginTermination(TermGrbit grbit) {
    switch (state) {
      case CREATED, TERMINATED -> {
        state = InstanceState.TERMINATED;
        return false;
      }
      case INITIALIZING, RESTORING, TERMINATING -> throw outOfState();
      default -> {
        slot.prepare(grbit);
        state = InstanceState.TERMINATING;
        return true;
      }
    }
  }

  private synchronized Iterable<Session> openSessions() {
    return new ArrayList<>(sessions);
  }

  private synchronized void enter(InstanceState from, InstanceState to) {
    if (state() != from) {
      throw outOfState();
    }
    state = to;
  }

  /** Lets through what needs an instance in service; winding down also when it is stopped. */
  void requireService(boolean windingDown) {
    InstanceState now = state;
    boolean allowed =
        now == InstanceState.INITIALIZED || (windingDown && now == InstanceState.STOPPED);
    if (!allowed || service().failure() != null) {
      throw outOfState();
    }
  }

  private JetException outOfState() {
    return switch (state()) {
      case CREATED, INITIALIZING, TERMINATED -> JetException.of(JetErr.NOT_INITIALIZED);
      case INITIALIZED -> JetException.of(JetErr.ALREADY_INITIALIZED);
      case STOPPED -> JetException.of(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE);
      case UNAVAILABLE -> unavailable();
      case RESTORING -> JetException.of(JetErr.RESTORE_IN_PROGRESS);
      case TERMINATING -> JetException.of(JetErr.TERM_IN_PROGRESS);
    };
  }

  /** Made anew for each call, so that its trace is that of the call. */
  private JetException unavailable() {
    JetException failure = service().failure();
    JetErr error = service().isLogDiskFull()
        ? JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL
        : JetErr.INSTANCE_UNAVAILABLE;
    return failure == null
        ? JetException.of(error, Subject.path(settings.logPath()))
        : JetException.of(error, failure, Subject.path(settings.logPath()));
  }

  Service service() {
    Service here = service;
    if (here == null) {
      throw JetException.of(JetErr.NOT_INITIALIZED);
    }
    return here;
  }

  Handles handles() {
    return handles;
  }

  @Override
  public synchronized JetSession beginSession() {
    requireService(false);
    int most = settings.parameters().get(SystemParameter.MAX_SESSIONS);
    if (sessions.size() >= most) {
      throw JetException.of(
          JetErr.OUT_OF_SESSIONS, Subject.value("open sessions", sessions.size(), "below " + most));
    }
    Session session = new Session(this, service());
    sessions.add(session);
    return session;
  }

  synchronized void forget(Session session) {
    sessions.remove(session);
  }

  @Override
  public void backup(@Nullable Path directory, BackupGrbit grbit, StatusCallback callback) {
    requireBackupState();
    requireNotNull(grbit, "grbit");
    requireNotNull(callback, "callback");
    requireBits(grbit, BackupGrbit.INCREMENTAL.with(BackupGrbit.ATOMIC));
    boolean named = directory != null && !directory.toString().isEmpty();
    requireBackupPossible(grbit, named);
    reserve();
    try {
      StreamingBackup stream = occupy(grbit);
      try {
        Optional<Path> target = named
            ? Optional.of(settings.existing(Objects.requireNonNull(directory)))
            : Optional.empty();
        new DirectoryBackup(stream, grbit, "jetbackup " + version, callback).run(target);
      } finally {
        // Unless it has ended already: whatever failed, the instance must not stay occupied.
        stream.close();
      }
    } finally {
      endOfBackup();
    }
  }

  @Override
  public ExternalBackup beginExternalBackup(BackupGrbit grbit) {
    requireBackupState();
    requireNotNull(grbit, "grbit");
    requireBits(grbit, BackupGrbit.INCREMENTAL);
    requireBackupPossible(grbit, true);
    reserve();
    try {
      StreamingBackup stream = occupy(grbit);
      boolean done = false;
      try {
        stream.begin();
        done = true;
        return stream;
      } finally {
        if (!done) {
          stream.close();
        }
      }
    } finally {
      endOfBackup();
    }
  }

  /** A termination looks for a backup under the monitor, too: one of the two comes first. */
  private synchronized void reserve() {
    requireBackupState();
    slot.reserve();
  }

  private void endOfBackup() {
    slot.end();
    events.tellKept();
    Runnable termination = afterBackup;
    if (termination != null) {
      afterBackup = null;
      termination.run();
    }
  }

  private StreamingBackup occupy(BackupGrbit grbit) {
    StreamingBackup stream = StreamingBackup.occupy(
        service().backupSource(),
        grbit.isIncremental(),
        events,
        environment,
        settings.parameters());
    slot.drive(stream);
    return stream;
  }

  private void requireBackupState() {
    if (state == InstanceState.INITIALIZING) {
      throw JetException.of(JetErr.BACKUP_NOT_ALLOWED_YET);
    }
    requireService(false);
  }

  private static void requireNotNull(@Nullable Object argument, String name) {
    if (argument == null) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value(name, "null"));
    }
  }

  private static void requireBits(BackupGrbit grbit, BackupGrbit allowed) {
    if ((grbit.bits() & ~allowed.bits()) != 0) {
      throw JetException.of(
          JetErr.INVALID_GRBIT, Subject.value("grbit", grbit, allowed.toString()));
    }
  }

  /** What the settings and the log say, in the order of the original. */
  private void requireBackupPossible(BackupGrbit grbit, boolean rolls) {
    if (!settings.isLogging()) {
      throw JetException.of(JetErr.LOGGING_DISABLED);
    }
    if (grbit.isIncremental() && settings.parameters().get(SystemParameter.CIRCULAR_LOG)) {
      throw JetException.of(JetErr.INVALID_BACKUP);
    }
    if (rolls && service().journal().log().isSpaceShort()) {
      throw JetException.of(JetErr.LOG_DISK_FULL, Subject.path(settings.logPath()));
    }
  }

  @Override
  public void stopBackup() {
    slot.stop(JetErr.BACKUP_ABORT_BY_SERVER);
  }

  @Override
  public void restore(Path directory, StatusCallback callback) {
    restore(directory, Optional.empty(), Optional.empty(), callback);
  }

  @Override
  public void restore(Path directory, Path destination, StatusCallback callback) {
    restore(directory, Optional.of(destination), Optional.empty(), callback);
  }

  @Override
  public void restore(Path directory, LogGeneration moment, StatusCallback callback) {
    restore(directory, Optional.empty(), Optional.of(moment), callback);
  }

  @Override
  public void restore(
      Path directory, Path destination, LogGeneration moment, StatusCallback callback) {
    restore(directory, Optional.of(destination), Optional.of(moment), callback);
  }

  private void restore(
      Path directory,
      Optional<Path> destination,
      Optional<LogGeneration> moment,
      StatusCallback callback) {
    enter(InstanceState.CREATED, InstanceState.RESTORING);
    try {
      requireNotNull(directory, "directory");
      requireNotNull(destination.orElse(directory), "destination");
      requireNotNull(callback, "callback");
      Service.restore(
          settings, environment, events, counters, callback, directory, destination, moment);
    } finally {
      state = InstanceState.CREATED;
    }
  }

  @Override
  public void addEventListener(EventListener listener) {
    events.add(listener);
  }

  @Override
  public InstanceStatistics statistics() {
    Service here = service;
    InstanceState now = state;
    boolean serving = now == InstanceState.INITIALIZED || now == InstanceState.STOPPED;
    if (here == null || !serving) {
      return counters.statistics(Counters.Gauges.NONE);
    }
    int open;
    synchronized (this) {
      open = sessions.size();
    }
    return here.statistics(open);
  }
}
