package org.jetbackup.engine.instance;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.checkpoint.AttachmentRegistry;
import org.jetbackup.engine.checkpoint.Checkpointer;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.recovery.CreationRecord;
import org.jetbackup.engine.recovery.LogConnection;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * The databases of an instance in service: how they come and go, and what the log hears of it.
 *
 * <pre>{@code
 *   create   CREATE_BEGIN forced, file made and forced, CREATED forced     -> ATTACHED
 *            failed: the file goes, DROP
 *   attach   ATTACH forced, header dirty                                   -> ATTACHED
 *            failed: DETACH
 *   detach   pages flushed, DETACH forced, header clean                    -> not attached
 *   drop     DROP forced, file deleted                                     -> not attached
 *   end      pages of all flushed, SHUTDOWN forced, headers clean          -> none attached
 * }</pre>
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

  void create(Path file) {
    underLock(() -> create(canonical(file), file));
  }

  private void create(Path path, Path given) {
    requireFileSystem(given);
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
    tell(RecordKind.CREATE_BEGIN, creation.encode());
    Database database = ifFailed(
        () -> Database.create(
            cache,
            path,
            settings.databaseOptions(),
            signature,
            environment,
            connection,
            named.databaseId()),
        () -> tell(RecordKind.DROP, named.encode()));
    boolean done = false;
    try {
      database.updateHeader(this::marks);
      Attachment made = named.withDbtime(database.pages().dbtime());
      registry.add(made, database.pages()::dbtime);
      tell(RecordKind.CREATED, new CreationRecord(made, settings.databaseOptions()).encode());
      attached.put(path, new AttachedDatabase(path, made, database));
      done = true;
    } finally {
      if (!done) { // the log is dead by now: recovery decides by what reached it
        registry.remove(named.databaseId());
        database.closeFiles();
      }
    }
  }

  void attach(Path file) {
    underLock(() -> attach(canonical(file), file));
  }

  private void attach(Path path, Path given) {
    if (attached.containsKey(path)) {
      return;
    }
    requireFileSystem(given);
    if (!Directories.exists(path)) {
      throw JetException.of(JetErr.FILE_NOT_FOUND, Subject.path(given));
    }
    requireRoom();
    DatabaseFileHeader header = Database.headerOf(path);
    Signature signature = header.get(HeaderField.DATABASE_SIGNATURE);
    requireOnlyCopy(given, signature);
    requireAttachable(given, header);
    long dbtime = header.get(HeaderField.DBTIME_DIRTIED);
    String text = Attachment.textOf(settings.logPath(), path);
    Attachment named = new Attachment(registry.nextDatabaseId(), text, signature, dbtime);
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
          this::marks);
      registry.add(named, database.pages()::dbtime);
      attached.put(path, new AttachedDatabase(path, named, database));
      done = true;
    } finally {
      if (!done) {
        giveUp(path, named);
      }
    }
  }

  /** The header may be dirty by now; then only recovery may call it clean, and has to find it. */
  private void giveUp(Path path, Attachment named) {
    if (journal.log().failure() == null && isClean(path)) {
      tell(RecordKind.DETACH, named.encode());
      registry.remove(named.databaseId());
    }
  }

  private static boolean isClean(Path path) {
    try {
      return Database.headerOf(path).state() == DatabaseState.CLEAN;
    } catch (JetException e) {
      return false;
    }
  }

  void detach(Path file) {
    underLock(() -> {
      AttachedDatabase leaving = find(file);
      leaving.database().flush();
      tell(RecordKind.DETACH, leaving.attachment().encode());
      leaving.database().markClean(this::marks);
      forget(leaving);
      leaving.database().closeFiles();
    });
  }

  void drop(Path file) {
    underLock(() -> {
      AttachedDatabase leaving = find(file);
      tell(RecordKind.DROP, leaving.attachment().encode());
      forget(leaving);
      leaving.database().closeFiles();
      Directories.delete(FileNames.doubleWriteOf(leaving.path()));
      Directories.delete(leaving.path());
      Directories.force(Directories.parentOf(leaving.path()));
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
      tell(RecordKind.SHUTDOWN, ByteBuffer.allocate(0));
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
      behind = journal.append(kind, payload);
    } finally {
      journal.leave();
    }
    journal.log().force(behind);
  }

  private void requireRoom() {
    if (attached.size() >= AttachmentList.COUNT_MAX) {
      throw JetException.of(
          JetErr.TOO_MANY_ATTACHED_DATABASES,
          Subject.value(
              "attached databases", attached.size(), "up to " + AttachmentList.COUNT_MAX));
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

  private static <T> T ifFailed(Supplier<T> action, Runnable cleanUp) {
    @Nullable T result = null;
    try {
      result = action.get();
      return result;
    } finally {
      if (result == null) {
        cleanUp.run();
      }
    }
  }

  private static Path canonical(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
