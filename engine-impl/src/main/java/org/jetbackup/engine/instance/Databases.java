package org.jetbackup.engine.instance;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.checkpoint.AttachmentRegistry;
import org.jetbackup.engine.checkpoint.Checkpointer;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.recovery.CreationRecord;
import org.jetbackup.engine.recovery.LogConnection;
import org.jetbackup.engine.recovery.LoggedFiles;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * The databases of an instance in service: how they come and go, and what the log hears of it.
 *
 * <pre>{@code
 *   create   CREATE_BEGIN forced, file made and forced, CREATED forced     -> ATTACHED
 *            failed: the file goes, DROP
 *   attach   ATTACH forced, header dirty                                   -> ATTACHED
 *            failed: LEFT BEHIND
 *   detach   pages flushed, DETACH forced, header clean                    -> not attached
 *            failed behind DETACH: LEFT BEHIND
 *   drop     DROP forced, file deleted                                     -> not attached
 *   end      pages of all flushed, SHUTDOWN forced, headers clean          -> none attached
 * }</pre>
 *
 * <p>A database that is left behind has all its pages on the disk, and a header that may be dirty.
 * It is closed, so nobody can change it. It is settled at once if that is possible, and otherwise
 * by the next call about it or by recovery: the header is called clean, then DETACH.
 *
 * <p>Recovery finishes each of these from the record on; before the record it did not happen. All
 * of them hold the lock for administration. Finding a database takes no lock. Thread-safe.
 */
final class Databases implements Checkpointer.Databases {

  private final Settings settings;
  private final Environment environment;
  private final PageCache cache;
  private final LogConnection connection;
  private final Journal journal;
  private final Signature log;
  private final AttachmentRegistry registry;
  private final EventLog events;
  private final ReentrantLock administration;

  /** By path; changed under the lock for administration. */
  private final Map<Path, AttachedDatabase> attached = new ConcurrentHashMap<>();

  /** By path, with the largest change time; under the lock for administration. */
  private final Map<Path, Attachment> leftBehind = new HashMap<>();

  /** Whether a backup keeps all databases where they are; under the lock for administration. */
  private boolean occupied;

  Databases(
      Settings settings,
      Environment environment,
      PageCache cache,
      LogConnection connection,
      Journal journal,
      Signature log,
      AttachmentRegistry registry,
      EventLog events,
      ReentrantLock administration) {
    this.settings = settings;
    this.environment = environment;
    this.cache = cache;
    this.connection = connection;
    this.journal = journal;
    this.log = log;
    this.registry = registry;
    this.events = events;
    this.administration = administration;
  }

  /**
   * {@return the database in a file}
   *
   * @throws JetException {@link JetErr#DATABASE_NOT_FOUND}
   */
  AttachedDatabase find(Path file) {
    AttachedDatabase found = attached.get(canonical(file));
    if (found == null) {
      throw JetException.of(JetErr.DATABASE_NOT_FOUND, Subject.path(file));
    }
    return found;
  }

  /**
   * Keeps databases from coming and going until the release.
   *
   * @throws JetException {@link JetErr#BACKUP_IN_PROGRESS} if that is so already
   */
  void occupy() {
    underLock(() -> {
      requireNoBackup();
      occupied = true;
      new HashMap<>(leftBehind).forEach(this::leaveBehind); // what remains is part of no backup
    });
  }

  void release() {
    underLock(() -> occupied = false);
  }

  private void requireNoBackup() {
    if (occupied) {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    }
  }

  void create(Path file) {
    underLock(() -> {
      requireNoBackup();
      Instant begin = environment.clock().instant();
      create(canonical(file), file);
      events.databaseWasCreated(find(file).attachment().databaseId(), file, since(begin));
    });
  }

  private void create(Path path, Path given) {
    requireFileSystem(given);
    settle(path);
    if (Directories.exists(path)) {
      throw JetException.of(JetErr.DATABASE_DUPLICATE, Subject.path(given));
    }
    if (!Directories.exists(Directories.parentOf(path))) {
      throw JetException.of(JetErr.INVALID_PATH, Subject.path(given));
    }
    requireRoom();
    Signature signature = Database.newSignature(environment);
    String text = Attachment.textOf(settings.logPath(), path);
    Attachment named = new Attachment(registry.nextDatabaseId(), text, signature, 0);
    CreationRecord creation = new CreationRecord(named, settings.databaseOptions());
    requireRoom(named);
    tell(RecordKind.CREATE_BEGIN, creation.encode());
    @Nullable Database database = null;
    boolean done = false;
    try {
      database = Database.create(
          cache,
          path,
          settings.databaseOptions(),
          signature,
          environment,
          connection,
          named.databaseId());
      database.updateHeader(this::marks);
      Attachment made = named.withDbtime(database.pages().dbtime());
      registry.add(made, database.pages()::dbtime);
      tell(RecordKind.CREATED, new CreationRecord(made, settings.databaseOptions()).encode());
      attached.put(path, new AttachedDatabase(path, made, database));
      done = true;
    } finally {
      if (!done) {
        giveUpCreation(path, named, database);
      }
    }
  }

  /** If the log has failed, CREATED may have reached it: recovery decides about the file. */
  private void giveUpCreation(Path path, Attachment named, @Nullable Database database) {
    registry.remove(named.databaseId());
    if (database != null) {
      database.closeFiles();
    }
    if (journal.log().failure() == null) {
      if (database != null) {
        Database.delete(path);
      }
      tell(RecordKind.DROP, named.encode());
    }
  }

  void attach(Path file) {
    underLock(() -> {
      requireNoBackup();
      Instant begin = environment.clock().instant();
      if (!attached.containsKey(canonical(file))) {
        attach(canonical(file), file);
        events.databaseWasAttached(find(file).attachment().databaseId(), file, since(begin));
      }
    });
  }

  private void attach(Path path, Path given) {
    requireFileSystem(given);
    settle(path);
    if (!Directories.exists(path)) {
      throw JetException.of(JetErr.FILE_NOT_FOUND, Subject.path(given));
    }
    requireRoom();
    DatabaseFileHeader header = Database.headerOf(path);
    LoggedFiles.requireNoBackupCopy(given, header, events);
    Signature signature = header.get(HeaderField.DATABASE_SIGNATURE);
    requireOnlyCopy(given, signature);
    requireAttachable(given, header);
    long dbtime = header.get(HeaderField.DBTIME_DIRTIED);
    String text = Attachment.textOf(settings.logPath(), path);
    Attachment named = new Attachment(registry.nextDatabaseId(), text, signature, dbtime);
    requireRoom(named);
    registry.add(named, () -> dbtime);
    boolean done = false;
    try {
      tell(RecordKind.ATTACH, named.encode());
      Database database = Database.open(
          cache,
          path,
          settings.extensionPages(),
          environment,
          connection,
          named.databaseId(),
          change -> marks(forgetBackups(header, change)));
      registry.add(named, database.pages()::dbtime);
      attached.put(path, new AttachedDatabase(path, named, database));
      done = true;
    } finally {
      if (!done) {
        leaveBehind(path, named);
      }
    }
  }

  /** {@return whether it was settled at once} */
  private boolean leaveBehind(Path path, Attachment about) {
    leftBehind.put(path, about);
    try {
      settle(path);
      return true;
    } catch (JetException e) {
      return false; // whoever calls about it next is told, if it lasts
    }
  }

  /** Calls the header of a database clean that was left behind, and lets the log know. */
  private void settle(Path path) {
    Attachment about = leftBehind.get(path);
    if (about == null) {
      return;
    }
    journal.log().requireAlive();
    if (Directories.exists(path)) { // otherwise somebody has taken it away
      DatabaseFileHeader header = Database.headerOf(path);
      boolean inUse = header.state() == DatabaseState.DIRTY
          && header.get(HeaderField.DATABASE_SIGNATURE).equals(about.signature())
          && header.get(HeaderField.DATABASE_ID) == about.databaseId()
          && header.get(HeaderField.LOG_SIGNATURE).equals(log)
          && header.get(HeaderField.CURRENT_FULL_BACKUP).equals(BackupInfo.NONE);
      if (inUse) {
        Database.finish(cache, path, environment, about.databaseId(), about.dbtime());
      }
    }
    tell(RecordKind.DETACH, about.encode());
    registry.remove(about.databaseId());
    leftBehind.remove(path);
  }

  void detach(Path file) {
    underLock(() -> {
      requireNoBackup();
      Instant begin = environment.clock().instant();
      AttachedDatabase leaving = find(file);
      leaving.database().flush();
      long dbtime = leaving.database().pages().dbtime();
      Attachment last = leaving.attachment().withDbtime(dbtime);
      tell(RecordKind.DETACH, last.encode());
      attached.remove(leaving.path());
      try {
        leaving.database().markClean(this::marks);
        leaving.database().closeFiles();
        registry.remove(last.databaseId());
      } catch (JetException e) {
        boolean settled = false;
        try {
          leaving.database().closeFiles();
        } finally {
          settled = leaveBehind(leaving.path(), last);
        }
        if (!settled) {
          throw e;
        }
      }
      events.databaseWasDetached(last.databaseId(), file, since(begin));
    });
  }

  /** Finishes a detach that has failed; {@return whether there was one} */
  boolean finishDetach(Path file) {
    administration.lock();
    try {
      Path path = canonical(file);
      boolean found = leftBehind.containsKey(path);
      settle(path);
      return found;
    } finally {
      administration.unlock();
    }
  }

  /** Drops one; forget: what memory knows of it goes, as soon as it is sure to be dropped. */
  void drop(Path file, Runnable forget) {
    underLock(() -> {
      requireNoBackup();
      AttachedDatabase leaving = find(file);
      forget.run();
      tell(RecordKind.DROP, leaving.attachment().encode());
      forget(leaving);
      leaving.database().closeFiles();
      Database.delete(leaving.path());
    });
  }

  private void forget(AttachedDatabase leaving) {
    attached.remove(leaving.path());
    registry.remove(leaving.attachment().databaseId());
  }

  @Override
  public AttachmentList attachments() {
    return registry.list();
  }

  @Override
  public void flush() {
    all().forEach(each -> each.database().flush());
  }

  /** Flushes everything and leaves every database clean and closed. */
  void end() {
    underLock(() -> {
      flush();
      new HashMap<>(leftBehind).forEach(this::leaveBehind); // what remains, recovery settles
      tell(RecordKind.SHUTDOWN, ByteBuffer.wrap(registry.list().encode()));
      for (AttachedDatabase each : all()) {
        each.database().markClean(this::marks);
        forget(each);
        each.database().closeFiles();
      }
    });
  }

  /** Closes the files as they are; they need the log. */
  void abandon() {
    underLock(() -> {
      for (AttachedDatabase each : all()) {
        attached.remove(each.path());
        each.database().closeFiles();
      }
    });
  }

  /** Whether somebody may have changed pages of a file that only the log has besides. */
  boolean isAttached(PagedFile pages) {
    return attached.values().stream().anyMatch(each -> each.database().pages() == pages);
  }

  /** {@return the databases in the order of their numbers} */
  List<AttachedDatabase> all() {
    Map<Integer, AttachedDatabase> sorted = new TreeMap<>();
    attached.values().forEach(each -> sorted.put(each.attachment().databaseId(), each));
    return new ArrayList<>(sorted.values());
  }

  private void tell(RecordKind kind, ByteBuffer payload) {
    long behind;
    journal.enter();
    try {
      journal.requireNoBlock();
      behind = journal.append(kind, payload);
    } finally {
      journal.leave();
    }
    journal.log().force(behind);
  }

  /** The list of all stands in the header of every log file. */
  private void requireRoom(Attachment another) {
    int bytes = registry.list().encode().length + another.encode().remaining();
    int most = settings.logOptions().maxStateBytes();
    if (bytes > most) {
      throw JetException.of(
          JetErr.INVALID_PATH,
          Subject.value("bytes of all attached paths", bytes, "up to " + most));
    }
  }

  private void requireRoom() {
    int count = attached.size() + leftBehind.size();
    if (count >= AttachmentList.COUNT_MAX) {
      throw JetException.of(
          JetErr.TOO_MANY_ATTACHED_DATABASES,
          Subject.value("attached databases", count, "up to " + AttachmentList.COUNT_MAX));
    }
  }

  /** Changes of one database must not be taken for those of a copy. */
  private void requireOnlyCopy(Path given, Signature signature) {
    for (AttachedDatabase each : all()) {
      if (each.attachment().signature().equals(signature)) {
        throw JetException.of(
            JetErr.DATABASE_SIGN_IN_USE, Subject.path(given), Subject.path(each.path()));
      }
    }
  }

  private void requireAttachable(Path given, DatabaseFileHeader header) {
    if (header.pageSize() != settings.pageSize()) {
      throw JetException.of(
          JetErr.PAGE_SIZE_MISMATCH,
          Subject.path(given),
          Subject.value(
              "page size", header.pageSize().bytes(), "" + settings.pageSize().bytes()));
    }
    if (header.state() != DatabaseState.CLEAN) {
      throw JetException.of(
          JetErr.DATABASE_DIRTY_SHUTDOWN,
          Subject.path(given),
          Subject.value("state", header.state(), "CLEAN"));
    }
  }

  /** The log names files by their paths on its own file system. */
  private void requireFileSystem(Path given) {
    if (given.getFileSystem() != settings.logPath().getFileSystem()) {
      throw JetException.of(
          JetErr.DATABASE_INVALID_PATH,
          Subject.path(given),
          Subject.value("file system", "another", "that of the log"));
    }
  }

  /** Backups of another sequence of logs, or from before a time without one, are no base here. */
  private DatabaseFileHeader.Change forgetBackups(
      DatabaseFileHeader before, DatabaseFileHeader.Change change) {
    if (settings.isLogging() && before.get(HeaderField.LOG_SIGNATURE).equals(log)) {
      return change;
    }
    return change.forgetBackups();
  }

  private DatabaseFileHeader.Change marks(DatabaseFileHeader.Change change) {
    return change.set(HeaderField.LOG_SIGNATURE, log);
  }

  private void underLock(Runnable action) {
    administration.lock();
    try {
      action.run();
    } finally {
      administration.unlock();
    }
  }

  private Duration since(Instant begin) {
    return Duration.between(begin, environment.clock().instant());
  }

  private static Path canonical(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
