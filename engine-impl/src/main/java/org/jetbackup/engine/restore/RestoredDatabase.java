package org.jetbackup.engine.restore;

import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.backup.directory.SetDatabase;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.recovery.CreationRecord;

/**
 * A database that is restored, and how the log speaks of it.
 *
 * <pre>{@code
 *   ATTACHED --DETACH, SHUTDOWN, RECOVERED--> ENDED --ATTACH of the same database--> ATTACHED
 * }</pre>
 *
 * <p>It does not matter for redo whether it is attached: the copy is old, and all later changes
 * count. But they are all there are only if nobody changed it meanwhile who wrote another log. The
 * change time shows that: it is at least what this log knows, and after DETACH and SHUTDOWN just
 * that, because every change was logged. After RECOVERED it may be more, since headers may know of
 * changes whose log a crash has taken.
 *
 * <p>For one thread.
 */
final class RestoredDatabase {

  /** Where the file comes from. */
  sealed interface Source {

    /** The set has a copy. */
    record FromSet(SetDatabase database) implements Source {}

    /** The log says how it was made, behind the set. */
    record Made(CreationRecord creation) implements Source {}

    /** It was attached behind the set, and lies in its place. */
    record Lying() implements Source {}
  }

  private final Source source;
  private Attachment newest;
  private long dbtime;
  private boolean isAttached = true;
  private boolean isDetached;
  private boolean isDbtimeExact;

  RestoredDatabase(Source source, Attachment first) {
    this.source = source;
    this.newest = first;
    this.dbtime = first.dbtime();
  }

  Source source() {
    return source;
  }

  /** What the log says of it last, with the largest change time. */
  Attachment newest() {
    return newest.withDbtime(dbtime);
  }

  /** Whether it was detached at the end, and not with all others because the instance ended. */
  boolean isDetached() {
    return isDetached;
  }

  void changed(long time) {
    dbtime = Math.max(dbtime, time);
  }

  /** Throws ATTACHED_DATABASE_MISMATCH if it has become another meanwhile. */
  void attached(Attachment again) {
    if (again.dbtime() < dbtime || (isDbtimeExact && again.dbtime() > dbtime)) {
      throw JetException.of(
          JetErr.ATTACHED_DATABASE_MISMATCH,
          Subject.value("database", again.path()),
          Subject.value("change time when attached", again.dbtime(), dbtime + ", as logged"));
    }
    newest = again;
    dbtime = again.dbtime();
    isAttached = true;
    isDetached = false;
    isDbtimeExact = false;
  }

  void detached(Attachment last) {
    changed(last.dbtime());
    isAttached = false;
    isDetached = true;
    isDbtimeExact = true;
  }

  /** The instance has ended in order, and said so. */
  void ended(Attachment last) {
    if (isAttached) {
      changed(last.dbtime());
      isAttached = false;
      isDbtimeExact = true;
    }
  }

  /** All databases have ended; of those that still count as attached, more cannot be said. */
  void ended() {
    if (isAttached) {
      isAttached = false;
      isDbtimeExact = false;
    }
  }
}
