package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.EventListener;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The life of an instance, as {@link InstanceState} draws it. The own monitor guards changes of the
 * state only; it may be held when that of the {@link Store} is taken, never the other way round,
 * and never while something is waited for.
 */
final class ModelInstance implements JetInstance {

  private final String name;
  private final String version;
  private final Context context;
  private final Decisions decisions;
  private final Set<ModelSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile InstanceState state = InstanceState.CREATED;
  private volatile @Nullable Store store;
  private LogDirectories.@Nullable Claim claim;
  private @Nullable Runnable afterBackup;

  ModelInstance(String name, String version, Context context) {
    this.name = name;
    this.version = version;
    this.context = context;
    this.decisions = context.decisions();
  }

  @Override
  public InstanceState state() {
    return decisions.told(current());
  }

  private InstanceState current() {
    boolean serving = state == InstanceState.INITIALIZED || state == InstanceState.STOPPED;
    return serving && store().failure().isPresent() ? InstanceState.UNAVAILABLE : state;
  }

  @Override
  public Parameters parameters() {
    return context.parameters();
  }

  // Into and out of service

  @Override
  public void init() {
    if (current() == InstanceState.INITIALIZED && !decisions.refusesSecondInit()) {
      return;
    }
    if (state == InstanceState.TERMINATED && !decisions.staysTerminated()) {
      state = InstanceState.CREATED;
    }
    enter(InstanceState.CREATED, InstanceState.INITIALIZING);
    Store opened = new Store(context);
    boolean done = false;
    context.events().send(EventId.START_INSTANCE_ID, name, version);
    try {
      Path logDirectory = context.logDirectory();
      context.requireDirectory(context.parameters().get(SystemParameter.SYSTEM_PATH));
      context.requireDirectory(logDirectory);
      claimLog(logDirectory);
      if (Restore.isInterrupted(context.disk(), logDirectory)
          && decisions.requiresInterruptedRestoreToBeRepeated()) {
        throw JetException.of(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, Subject.path(logDirectory));
      }
      opened.open();
      store = opened;
      done = true;
    } catch (IOException broken) {
      throw Disk.failure(broken);
    } finally {
      if (!done) {
        releaseLog();
      }
      state = done ? InstanceState.INITIALIZED : InstanceState.CREATED;
    }
    context.events().send(EventId.START_INSTANCE_DONE_ID, name, "0");
  }

  private void claimLog(Path logDirectory) throws IOException {
    if (decisions.keepsOthersOut()) {
      claim = LogDirectories.claim(logDirectory);
    }
  }

  private void releaseLog() {
    LogDirectories.Claim held = claim;
    claim = null;
    if (held != null) {
      held.release();
    }
  }

  @Override
  public void stopService() {
    requireOffered(Capability.STOP_SERVICE);
    requireService(false);
    synchronized (this) {
      if (state == InstanceState.INITIALIZED) {
        state = InstanceState.STOPPED;
      }
    }
  }

  @Override
  public void terminate(TermGrbit grbit) {
    if (grbit.unknownBits() != 0 && decisions.rejectsUnknownBits()) {
      throw JetException.of(JetErr.INVALID_GRBIT, Subject.value("grbit", grbit));
    }
    Optional<Backup> running = beginTermination(grbit);
    if (running.isEmpty() && state == InstanceState.TERMINATED) {
      return;
    }
    if (running.filter(Backup::isMine).isPresent()) {
      afterBackup = () -> finishTermination(grbit); // called by its callback: when it unwinds
      return;
    }
    try {
      store().awaitEndOfBackup();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt(); // what is left over, recovery does
      finishTermination(TermGrbit.DIRTY);
      return;
    }
    finishTermination(grbit);
  }

  private synchronized Optional<Backup> beginTermination(TermGrbit grbit) {
    switch (state) {
      case CREATED, TERMINATED -> {
        state = InstanceState.TERMINATED;
        return Optional.empty();
      }
      case INITIALIZING, RESTORING, TERMINATING -> throw outOfState();
      default -> {}
    }
    Optional<Backup> running = store().running();
    boolean stops = grbit.contains(TermGrbit.STOP_BACKUP);
    boolean ends = stops || grbit.contains(TermGrbit.ABRUPT) || grbit.contains(TermGrbit.DIRTY);
    if (running.isPresent() && !ends && decisions.completeTerminationWaitsForNoBackup()) {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    }
    if (decisions.terminationEndsBackup()) {
      running.ifPresent(
          backup -> backup.stop(stops ? JetErr.BACKUP_ABORT_BY_SERVER : JetErr.TERM_IN_PROGRESS));
    }
    state = InstanceState.TERMINATING;
    return running;
  }

  private void finishTermination(TermGrbit grbit) {
    try {
      store().close(!grbit.contains(TermGrbit.DIRTY), JetErr.NOT_INITIALIZED);
    } catch (IOException broken) {
      throw Disk.failure(broken);
    } finally {
      releaseLog();
      sessions.clear();
      context.events().send(EventId.STOP_INSTANCE_ID, name);
      state = InstanceState.TERMINATED;
    }
  }

  // State

  private synchronized void enter(InstanceState from, InstanceState to) {
    if (current() != from) {
      throw outOfState();
    }
    state = to;
  }

  /** Lets through what needs an instance in service; winding down also works when it is stopped. */
  void requireService(boolean windingDown) {
    InstanceState now = current();
    boolean stopped =
        now == InstanceState.STOPPED && (windingDown || !decisions.refusesWorkAfterStop());
    if (now != InstanceState.INITIALIZED && !stopped) {
      throw outOfState();
    }
  }

  private JetException outOfState() {
    return JetException.of(
        switch (current()) {
          case CREATED, INITIALIZING, TERMINATED -> JetErr.NOT_INITIALIZED;
          case INITIALIZED -> JetErr.ALREADY_INITIALIZED;
          case STOPPED -> JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE;
          case UNAVAILABLE -> store().failure().orElse(JetErr.INSTANCE_UNAVAILABLE);
          case RESTORING -> JetErr.RESTORE_IN_PROGRESS;
          case TERMINATING -> JetErr.TERM_IN_PROGRESS;
        });
  }

  private void requireOffered(Capability capability) {
    if (!decisions.offers(capability)) {
      throw decisions.refusal(capability.word());
    }
  }

  Store store() {
    return Objects.requireNonNull(store, "only an instance in service has a store");
  }

  Decisions decisions() {
    return decisions;
  }

  // Work

  @Override
  public synchronized JetSession beginSession() {
    requireService(false);
    if (!sessions.isEmpty()) {
      requireOffered(Capability.CONCURRENT_SESSIONS);
    }
    if (sessions.size() >= context.parameters().get(SystemParameter.MAX_SESSIONS)) {
      throw JetException.of(JetErr.OUT_OF_SESSIONS, Subject.value("MaxSessions", sessions.size()));
    }
    ModelSession session = new ModelSession(this);
    sessions.add(session);
    return session;
  }

  void forget(ModelSession session) {
    sessions.remove(session);
  }

  /** Whether some session has a database open, or one of its tables. */
  boolean hasOpen(String database, Optional<String> table) {
    return sessions.stream().anyMatch(session -> session.hasOpen(database, table));
  }

  @Override
  public void backup(@Nullable Path directory, BackupGrbit grbit, StatusCallback callback) {
    if (state == InstanceState.INITIALIZING) {
      throw JetException.of(decisions.whileInitializing());
    }
    requireService(false);
    if (grbit == null || callback == null) {
      throw JetException.of(JetErr.INVALID_PARAMETER);
    }
    if (grbit.refusedBits() != 0 && decisions.rejectsUnknownBits()) {
      throw JetException.of(JetErr.INVALID_GRBIT, Subject.value("grbit", grbit));
    }
    if (grbit.isAtomic()) {
      requireOffered(Capability.ATOMIC);
    }
    if (grbit.isIncremental()) {
      requireOffered(Capability.INCREMENTAL);
    }
    Optional<Path> target = Optional.ofNullable(directory)
        .filter(path -> !path.toString().isEmpty() || !decisions.emptyPathMeansNone());
    if (target.isEmpty()) {
      requireOffered(Capability.NULL_PATH);
      target =
          decisions.directoryMeantByNone(context.parameters().get(SystemParameter.SYSTEM_PATH));
    }
    try {
      new Backup(context, store(), grbit, callback).run(target);
    } finally {
      Runnable termination = afterBackup;
      if (termination != null) {
        termination.run();
      }
    }
  }

  @Override
  public void stopBackup() {
    requireOffered(Capability.STOP_BACKUP);
    Store current = store;
    if (current != null && decisions.stopsBackups()) {
      current.running().ifPresent(backup -> backup.stop(JetErr.BACKUP_ABORT_BY_SERVER));
    }
  }

  @Override
  public void restore(Path directory, StatusCallback callback) {
    restore(directory, Optional.empty(), callback);
  }

  @Override
  public void restore(Path directory, Path destination, StatusCallback callback) {
    requireOffered(Capability.RESTORE_ELSEWHERE);
    restore(directory, Optional.of(destination), callback);
  }

  private void restore(Path directory, Optional<Path> destination, StatusCallback callback) {
    if (current() == InstanceState.INITIALIZED && !decisions.refusesRestoreInService()) {
      terminate(TermGrbit.ABRUPT);
      state = InstanceState.CREATED;
    }
    enter(InstanceState.CREATED, InstanceState.RESTORING);
    try {
      Path logDirectory = context.logDirectory();
      if (destination.isEmpty() && context.disk().isDirectory(logDirectory)) {
        claimLog(logDirectory);
      }
      new Restore(context, callback, destination).run(directory);
    } catch (IOException broken) {
      throw Disk.failure(broken);
    } finally {
      releaseLog();
      state = InstanceState.CREATED;
    }
    if (!decisions.staysUninitializedAfterRestore()) {
      init();
    }
  }

  @Override
  public void addEventListener(EventListener listener) {
    requireOffered(Capability.EVENT_LOG);
    context.events().add(listener);
  }
}
