package org.jetbackup.engine.event;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.EventListener;
import org.jetbackup.api.event.EventSeverity;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jspecify.annotations.Nullable;

/**
 * The event log of one instance: a method for each thing that can happen, called by the one to whom
 * it happens.
 *
 * <p>Listeners are called at once, on the calling thread, in the order in which they were added.
 * Whatever they throw is dropped. Call these methods with no latch and no lock in hand: a listener
 * may take its time, and may call the instance back although it should not. Whoever has one in hand
 * keeps the event for {@link #later}: the same thread tells it as soon as it has given all back.
 * Thread-safe, without a lock. A listener that is added during a call hears of the next event; one
 * may be added by a listener.
 *
 * <p>An event is dropped if it is mere information and {@code NoInformationEvent} is set, or if its
 * level of detail is above {@code EventLoggingLevel}. All events here have level 1, which the
 * original gives to nearly all of its own. {@code EventSource} goes to no event: it is one of the
 * three strings that {@link JetEvent} leaves out. While nobody listens, nothing is made and the
 * clock is not read.
 */
public final class EventLog {

  private static final int DETAIL = 1;
  private static final int VERSION_PARTS = 4;
  private static final String UNKNOWN = "";

  private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
  private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
  private final String instance;
  private final Clock clock;
  private final boolean informs;
  private final boolean silent;

  /** What a thread has to tell when it can. */
  private record Kept(Thread by, Consumer<EventLog> what) {}

  /**
   * Makes an event log to which nobody listens yet.
   *
   * @param instance the display name of the instance, may be empty
   * @param parameters say what is dropped
   * @param clock tells when an event happened
   */
  public EventLog(String instance, Parameters parameters, Clock clock) {
    this.instance = instance;
    this.clock = clock;
    this.informs = !parameters.get(SystemParameter.NO_INFORMATION_EVENT);
    this.silent = DETAIL > parameters.get(SystemParameter.EVENT_LOGGING_LEVEL);
  }

  /**
   * Adds a listener. Adding one twice makes it hear everything twice.
   *
   * @param listener hears of all that happens from now on
   */
  public void add(EventListener listener) {
    listeners.add(listener);
  }

  /**
   * Keeps what cannot be told yet, because the calling thread has a latch or a lock.
   *
   * @param what tells it; called by the same thread at its next {@link #tellKept}
   */
  public void later(Consumer<EventLog> what) {
    if (!listeners.isEmpty()) {
      kept.add(new Kept(Thread.currentThread(), what));
    }
  }

  /** Tells what the calling thread has kept, in its order. Cheap if there is nothing. */
  public void tellKept() {
    for (Kept next = takeOwn(); next != null; next = takeOwn()) {
      next.what().accept(this); // a listener may call this method meanwhile
    }
  }

  private @Nullable Kept takeOwn() {
    if (kept.isEmpty()) {
      return null;
    }
    Thread caller = Thread.currentThread();
    for (Kept each : kept) {
      if (each.by() == caller) {
        kept.remove(each);
        return each;
      }
    }
    return null;
  }

  // The instance

  /**
   * The instance is being initialised.
   *
   * @param version of the engine, such as {@code 1.2.3}
   */
  public void instanceIsStarting(String version) {
    String[] given = version.split("[^0-9]+", VERSION_PARTS + 1);
    String[] strings = new String[1 + VERSION_PARTS];
    strings[0] = instance;
    for (int i = 0; i < VERSION_PARTS; i++) {
      strings[1 + i] = i < given.length && !given[i].isEmpty() ? given[i] : "0";
    }
    send(EventId.START_INSTANCE_ID, strings);
  }

  /**
   * The instance can be used.
   *
   * @param took how long its start took, recovery included
   */
  public void instanceHasStarted(Duration took) {
    send(EventId.START_INSTANCE_DONE_ID, instance, seconds(took));
  }

  /** The instance has ended. */
  public void instanceHasStopped() {
    send(EventId.STOP_INSTANCE_ID, instance);
  }

  // Recovery

  /** Recovery begins. */
  public void recoveryBegins() {
    send(EventId.START_REDO_ID);
  }

  /**
   * Recovery has gone through a log file.
   *
   * @param logFile the file
   * @param records how many records it held
   */
  public void recoveryHasReplayed(Path logFile, long records) {
    send(EventId.STATUS_REDO_ID, logFile.toString(), records + " records");
  }

  /**
   * Recovery comes to where the log attaches a database.
   *
   * @param database its file
   * @param position where the log says so
   */
  public void recoveryAttaches(Path database, LogPosition position) {
    send(EventId.RECOVERY_DB_ATTACH_ID, database.toString(), position.toString(), "0");
  }

  /**
   * Recovery comes to where the log detaches a database.
   *
   * @param database its file
   * @param position where the log says so
   */
  public void recoveryDetaches(Path database, LogPosition position) {
    send(EventId.RECOVERY_DB_DETACH_ID, database.toString(), position.toString(), "0");
  }

  /** Recovery has ended well. */
  public void recoveryHasEnded() {
    send(EventId.STOP_REDO_ID);
  }

  /**
   * Recovery has failed.
   *
   * @param failure why
   */
  public void recoveryHasFailed(JetException failure) {
    sendFailure(EventId.RESTORE_DATABASE_FAIL_ID, failure.error(), text(failure.error()));
  }

  /**
   * The checkpoint file is damaged or of another log: recovery begins at the oldest log file.
   *
   * @param file the checkpoint file
   * @param failure what is wrong with it
   */
  public void checkpointFileIsUnusable(Path file, JetException failure) {
    sendFailure(
        EventId.CHECKPOINT_FILE_UNUSABLE_ID,
        failure.error(),
        file.toString(),
        text(failure.error()));
  }

  /**
   * A copy of a database from a backup was to be used as it is.
   *
   * @param database the file
   */
  public void backupCopyIsRefused(Path database) {
    sendFailure(
        EventId.ATTACH_TO_BACKUP_SET_DATABASE_ERROR_ID,
        JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE,
        database.toString());
  }

  // Databases

  /**
   * A database was created.
   *
   * @param number its number in this instance
   * @param file its file
   * @param took how long that took
   */
  public void databaseWasCreated(int number, Path file, Duration took) {
    send(EventId.CREATE_DATABASE_DONE_ID, text(number), file.toString(), seconds(took));
  }

  /**
   * A database was attached.
   *
   * @param number its number in this instance
   * @param file its file
   * @param took how long that took
   */
  public void databaseWasAttached(int number, Path file, Duration took) {
    send(EventId.ATTACH_DATABASE_DONE_ID, text(number), file.toString(), seconds(took));
  }

  /**
   * A database was detached.
   *
   * @param number its number in this instance
   * @param file its file
   * @param took how long that took
   */
  public void databaseWasDetached(int number, Path file, Duration took) {
    send(EventId.DETACH_DATABASE_DONE_ID, text(number), file.toString(), seconds(took));
  }

  // Damage

  /**
   * A page was read that is not what was written: 476 if it is blank, otherwise 474. The two
   * checksums of 474 are left empty, since the failure does not carry them.
   *
   * @param file the database
   * @param page the page
   * @param size the size of pages
   * @param failure what the check said
   */
  public void pageIsCorrupt(Path file, PageNumber page, PageSize size, JetException failure) {
    String place = text(size.offsetOf(page));
    String length = text(size.bytes());
    String error = text(failure.error());
    if (failure.error() == JetErr.PAGE_NOT_INITIALIZED) {
      sendFailure(
          EventId.DATABASE_PAGE_DATA_MISSING_ID,
          failure.error(),
          file.toString(),
          place,
          length,
          error,
          text(page.value()));
    } else {
      sendFailure(
          EventId.DATABASE_PAGE_CHECKSUM_MISMATCH_ID,
          failure.error(),
          file.toString(),
          place,
          length,
          error,
          UNKNOWN,
          UNKNOWN,
          text(page.value()));
    }
  }

  /**
   * The log is damaged at a place behind which there is more of it, found by recovery.
   *
   * @param logFile the file
   * @param position the first byte that cannot be believed
   * @param failure what is wrong there
   */
  public void logIsCorrupt(Path logFile, LogPosition position, JetException failure) {
    sendFailure(
        EventId.LOG_CORRUPTION_DURING_SOFT_RECOVERY_ID,
        failure.error(),
        logFile.toString(),
        position.toString(),
        text(position.sector()));
  }

  /**
   * The log ends in a piece that a crash left half written; it is cut off.
   *
   * @param logFile the file
   * @param position where the whole records end
   */
  public void logEndWasTorn(Path logFile, LogPosition position) {
    send(EventId.LOG_TORN_WRITE_DURING_SOFT_RECOVERY_ID, logFile.toString(), position.toString());
  }

  // The log

  /**
   * A log file could not be written or forced: the instance acknowledges nothing any more until it
   * is opened anew. Two events, as in the original: which file failed, and what that means.
   *
   * @param logFile the file
   * @param failure why
   */
  public void logCannotBeWritten(Path logFile, JetException failure) {
    sendFailure(
        EventId.LOG_WRITE_ERROR_ID, failure.error(), logFile.toString(), text(failure.error()));
    logIsDown(logFile.getParent(), failure);
  }

  /**
   * The next log file could not be created when it was needed: the instance acknowledges nothing
   * any more. Two events again.
   *
   * @param directory where the log files are
   * @param failure why
   */
  public void nextLogCannotBeCreated(Path directory, JetException failure) {
    sendFailure(EventId.NEW_LOG_ERROR_ID, failure.error(), text(failure.error()));
    logIsDown(directory, failure);
  }

  /** One event for a disk that needs room, another for one that needs repair. */
  private void logIsDown(@Nullable Path directory, JetException failure) {
    if (failure.error() == JetErr.DISK_FULL) {
      sendFailure(EventId.LOG_DISK_FULL, JetErr.LOG_DISK_FULL);
    } else {
      sendFailure(
          EventId.LOG_DOWN_ID, failure.error(), directory == null ? "" : directory.toString());
    }
  }

  /**
   * A checkpoint could not write what was changed; it is tried again later.
   *
   * @param failure why
   */
  public void pagesCannotBeWritten(JetException failure) {
    sendFailure(
        EventId.OSFILE_WRITE_ERROR_ID,
        failure.error(),
        about(failure),
        "",
        "",
        text(failure.error()),
        "",
        String.valueOf(failure.getMessage()),
        "");
  }

  /** The file or place that a failure names first. */
  private static String about(JetException failure) {
    return failure.subjects().isEmpty() ? "" : failure.subjects().get(0).text();
  }

  /** There is no room for the next log file: changes are refused until there is. */
  public void logDiskHasNoRoom() {
    sendFailure(EventId.LOW_LOG_DISK_SPACE, JetErr.LOG_DISK_FULL);
  }

  /**
   * There is room for the next log file again: changes are accepted.
   *
   * @param directory where the log files are
   */
  public void logDiskHasRoomAgain(Path directory) {
    send(EventId.LOG_DISK_HAS_ROOM_AGAIN_ID, directory.toString());
  }

  // Transactions

  /**
   * The store of old versions was full, and a transaction that kept its snapshot for long has lost
   * it.
   *
   * @param storeBytes the most that the store may hold
   */
  public void longReaderWasCutOff(long storeBytes) {
    sendFailure(
        EventId.VERSION_STORE_REACHED_MAXIMUM_ID,
        JetErr.VERSION_STORE_OUT_OF_MEMORY,
        instance,
        text(storeBytes >> 20),
        "");
  }

  // Any other

  /**
   * Something listed has happened that is no failure.
   *
   * @param id what
   * @param strings what it is about, in the order of {@link EventId#stringNames()}
   */
  public void send(EventId id, String... strings) {
    if (isHeard(id)) {
      send(JetEvent.of(id, clock.instant(), strings));
    }
  }

  /**
   * A listed failure has happened.
   *
   * @param id what
   * @param error its code
   * @param strings what it is about, in the order of {@link EventId#stringNames()}
   */
  public void sendFailure(EventId id, JetErr error, String... strings) {
    if (isHeard(id)) {
      send(JetEvent.of(id, error, clock.instant(), strings));
    }
  }

  private boolean isHeard(EventId id) {
    boolean wanted = informs || id.severity() != EventSeverity.INFORMATION;
    return wanted && !silent && !listeners.isEmpty();
  }

  private void send(JetEvent event) {
    for (EventListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (Throwable dropped) {
        // By contract; what happened has happened, whatever a listener makes of it.
      }
    }
  }

  private static String text(JetErr error) {
    return Integer.toString(error.number());
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  private static String seconds(Duration took) {
    return Long.toString(took.toSeconds());
  }
}
