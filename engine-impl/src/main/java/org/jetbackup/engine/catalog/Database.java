package org.jetbackup.engine.catalog;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.ChangeLog;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderCopies;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.space.DatabaseSpace;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.engine.storage.DoubleWrite;

/**
 * An open database file.
 *
 * <pre>{@code
 *   header      JUST CREATED ---all pages written---> DIRTY ---all pages written, markClean---> CLEAN
 *                     |                                ^  |                                     |
 *                     | failure: the file goes         |  | closeFiles: stays DIRTY             |
 *                     v                                |  v                                     |
 *                  (no file)                           +--- open; first change after recover ---+
 *
 *   object      create, open ------------------------------> IN USE --close, closeFiles--> CLOSED
 *               recover --> IN REDO: pages only --afterRedo--> ^
 * }</pre>
 *
 * <p>The state is forced before the first page is written after it. Only {@link #recover} takes a
 * file that is not clean, for the log to make it whole. What is done before {@link #create} returns
 * is not logged, because it follows from the signature, the sizes and the database id; all that is
 * done later is, if there is a log. Opened for reading only, nothing of the file is changed.
 *
 * <p>Thread-safe; {@link #close} and {@link #closeFiles} wait for nobody, so the caller sees to it
 * that no call is under way. The lock of the header is a leaf.
 */
public final class Database implements AutoCloseable {

  private static final int FIRST_ID = 1;

  private final PageCache cache;
  private final Environment environment;
  private final DataFile file;
  private final PagedFile pages;
  private final DatabaseSpace space;
  private final Catalog catalog;
  private final Object headerLock = new Object();

  /** Changed under its lock. */
  private volatile DatabaseFileHeader header;

  private boolean open = true;

  private Database(
      PageCache cache,
      Environment environment,
      DataFile file,
      PagedFile pages,
      long extensionPages,
      DatabaseFileHeader header) {
    this.cache = cache;
    this.environment = environment;
    this.file = file;
    this.pages = pages;
    this.space = new DatabaseSpace(cache, pages, extensionPages);
    this.header = header;
    this.catalog = new Catalog(cache, pages, space, header.get(HeaderField.LAST_OBJECT_ID));
  }

  /**
   * Makes a database file without a log, durable when the call returns.
   *
   * @param cache the cache, for pages of the same size
   * @param path where; nothing must be there
   * @param options sizes
   * @param environment clock and random source
   * @return the database, open for writing
   * @throws JetException {@link JetErr#FILE_ALREADY_EXISTS}, or another failure of the file; then
   *     what there is of it is deleted
   */
  public static Database create(
      PageCache cache, Path path, DatabaseOptions options, Environment environment) {
    return create(
        cache, path, options, newSignature(environment), environment, ChangeLog.NONE, FIRST_ID);
  }

  /**
   * Makes a database file, durable when the call returns. Its bytes follow from options, signature
   * and database id, so that recovery can make it again as it was before the first change that the
   * log has of it.
   *
   * @param cache the cache, for pages of the same size
   * @param path where; nothing must be there
   * @param options sizes
   * @param signature its signature, with the time of its making; see {@link #newSignature}
   * @param environment clock, for later
   * @param log takes the changes that are made after the call
   * @param databaseId the number of the database in the log, from 1 on
   * @return the database, open for writing
   * @throws JetException {@link JetErr#FILE_ALREADY_EXISTS}, or another failure of the file; then
   *     what there is of it is deleted
   */
  public static Database create(
      PageCache cache,
      Path path,
      DatabaseOptions options,
      Signature signature,
      Environment environment,
      ChangeLog log,
      int databaseId) {
    requireSize(cache, options.pageSize(), path);
    DatabaseFileHeader header = DatabaseFileHeader.create(options.pageSize())
        .set(HeaderField.DATABASE_SIGNATURE, signature)
        .set(HeaderField.DATABASE_ID, (long) databaseId)
        .set(HeaderField.ATTACH_TIME, signature.created())
        .header();
    DataFile file = DataFile.create(path);
    boolean done = false;
    try {
      Database database = begin(cache, file, options, environment, header);
      database.pages.logTo(log, databaseId);
      done = true;
      return database;
    } finally {
      if (!done) {
        file.close();
        Directories.delete(FileNames.doubleWriteOf(path));
        Directories.delete(path);
      }
    }
  }

  /**
   * Draws a signature for a new database.
   *
   * @param environment clock and random source
   * @return the signature
   */
  public static Signature newSignature(Environment environment) {
    LogTime now = LogTime.of(environment.clock().instant());
    return Signature.of(environment.random().nextInt(), now);
  }

  private static Database begin(
      PageCache cache,
      DataFile file,
      DatabaseOptions options,
      Environment environment,
      DatabaseFileHeader header) {
    PageSize size = options.pageSize();
    file.extendTo(size.offsetOf(new PageNumber(options.initialPages() + 1)));
    HeaderFile.write(file, header);
    PagedFile pages = pagesOf(cache, file, header);
    boolean done = false;
    try {
      Database database =
          new Database(cache, environment, file, pages, options.extensionPages(), header);
      new Change(cache, pages)
          .within(change -> DatabaseLayout.create(change, size, options.initialPages()));
      database.catalog.writeSystemRows();
      cache.flush(pages);
      Directories.force(Directories.parentOf(file.path()));
      database.updateHeader(state -> state.set(HeaderField.STATE, DatabaseState.DIRTY));
      done = true;
      return database;
    } finally {
      if (!done) {
        cache.forget(pages);
        pages.close();
      }
    }
  }

  /**
   * Opens a clean database file for reading and writing, without a log.
   *
   * @param cache the cache, for pages of the same size
   * @param path the file
   * @param extensionPages by how many pages it grows at least
   * @param environment clock
   * @return the database
   * @throws JetException {@link JetErr#DATABASE_DIRTY_SHUTDOWN}, {@link JetErr#PAGE_SIZE_MISMATCH},
   *     {@link JetErr#FILE_NOT_FOUND}, or what is wrong with the header
   */
  public static Database open(
      PageCache cache, Path path, long extensionPages, Environment environment) {
    return open(
        cache,
        path,
        extensionPages,
        environment,
        ChangeLog.NONE,
        FIRST_ID,
        UnaryOperator.identity());
  }

  /**
   * Opens a clean database file for reading and writing. Its header is dirty when the call returns.
   *
   * @param cache the cache, for pages of the same size
   * @param path the file
   * @param extensionPages by how many pages it grows at least
   * @param environment clock
   * @param log takes all changes
   * @param databaseId the number of the database in the log, from 1 on
   * @param marks what else the header is to say from the moment on at which it is dirty
   * @return the database
   * @throws JetException {@link JetErr#DATABASE_DIRTY_SHUTDOWN}, {@link JetErr#PAGE_SIZE_MISMATCH},
   *     {@link JetErr#FILE_NOT_FOUND}, or what is wrong with the header
   */
  public static Database open(
      PageCache cache,
      Path path,
      long extensionPages,
      Environment environment,
      ChangeLog log,
      int databaseId,
      UnaryOperator<DatabaseFileHeader.Change> marks) {
    return open(path, DataFile.Mode.WRITE, file -> {
      HeaderCopies copies = readHeader(cache, file, EnumSet.of(DatabaseState.CLEAN));
      HeaderFile.mend(file, copies);
      return opened(cache, file, copies.header(), extensionPages, environment, database -> {
        database.catalog.readLastObjectId();
        database.pages.logTo(log, databaseId);
        LogTime now = LogTime.of(environment.clock().instant());
        database.updateHeader(change -> marks.apply(change
            .set(HeaderField.STATE, DatabaseState.DIRTY)
            .set(HeaderField.DATABASE_ID, (long) databaseId)
            .set(HeaderField.ATTACH_TIME, now)
            .set(HeaderField.DETACH_TIME, LogTime.UNSET)));
      });
    });
  }

  /**
   * Opens a database file, of this engine or another, for reading. Nothing of it is changed.
   *
   * @param cache the cache, for pages of the same size
   * @param path the file
   * @return the database
   * @throws JetException as {@link #open}
   */
  public static Database openReadOnly(PageCache cache, Path path) {
    return open(path, DataFile.Mode.READ, file -> {
      HeaderCopies copies = readHeader(cache, file, EnumSet.of(DatabaseState.CLEAN));
      Environment none = Environment.standard();
      return opened(
          cache, file, copies.header(), 1, none, database -> database.catalog.readLastObjectId());
    });
  }

  /**
   * Opens a database file for redo: one that is dirty, or clean. Pages that a crash tore are made
   * whole from the side file first. Nothing but the pages is looked at until {@link #afterRedo}. A
   * clean header is made dirty before the first change, and stays clean if there is none.
   *
   * @param cache the cache, for pages of the same size
   * @param path the file, which may be shorter than its pages say
   * @param extensionPages by how many pages it grows at least
   * @param environment clock
   * @param log takes all changes but those of redo
   * @param databaseId the number of the database in the log, from 1 on
   * @return the database
   * @throws JetException {@link JetErr#DATABASE_DIRTY_SHUTDOWN} if it is in another state, {@link
   *     JetErr#PAGE_SIZE_MISMATCH}, {@link JetErr#FILE_NOT_FOUND}, or what is wrong with the header
   *     or the disk
   */
  public static Database recover(
      PageCache cache,
      Path path,
      long extensionPages,
      Environment environment,
      ChangeLog log,
      int databaseId) {
    return open(path, DataFile.Mode.WRITE, file -> {
      HeaderCopies copies =
          readHeader(cache, file, EnumSet.of(DatabaseState.CLEAN, DatabaseState.DIRTY));
      DatabaseFileHeader header = copies.header();
      boolean clean = header.state() == DatabaseState.CLEAN;
      if (!clean) {
        DoubleWrite.restore(
            FileNames.doubleWriteOf(path),
            file,
            header.pageSize(),
            header.get(HeaderField.DATABASE_SIGNATURE));
      }
      HeaderFile.mend(file, copies);
      return opened(cache, file, header, extensionPages, environment, database -> {
        database.pages.logTo(log, databaseId);
        if (clean) {
          database.pages.beforeFirstChange(() -> database.updateHeader(change -> change
              .set(HeaderField.STATE, DatabaseState.DIRTY)
              .set(HeaderField.DETACH_TIME, LogTime.UNSET)));
        }
      });
    });
  }

  /**
   * Calls a file clean whose pages are all on the disk, and whose header does not say so yet.
   *
   * @param cache the cache, for pages of the same size
   * @param path the file
   * @param environment clock
   * @param databaseId the number of the database in the log, from 1 on
   * @param dbtime the largest change time of its pages; the header may say an older one
   * @throws JetException as {@link #recover}; it can be tried again
   */
  public static void finish(
      PageCache cache, Path path, Environment environment, int databaseId, long dbtime) {
    Database database = recover(cache, path, 1, environment, ChangeLog.NONE, databaseId);
    try {
      database.raiseDbtime(dbtime);
      database.afterRedo();
      database.markClean(UnaryOperator.identity());
    } finally {
      database.closeFiles();
    }
  }

  /**
   * Reads the page size of a database file, for whoever has to make a cache first.
   *
   * @param path the file
   * @return the size
   * @throws JetException what is wrong with the header
   */
  public static PageSize pageSizeOf(Path path) {
    return headerOf(path).pageSize();
  }

  /**
   * Tells whether the making of a database file was begun and not finished. Such a file is of no
   * use to anybody.
   *
   * @param path the file
   * @return whether {@link #create} did not come to its end
   * @throws JetException {@link JetErr#FILE_NOT_FOUND}, or what is wrong with the header: it is the
   *     first that create writes, but a crash may have come before
   */
  public static boolean isJustCreated(Path path) {
    return headerOf(path).state() == DatabaseState.JUST_CREATED;
  }

  /**
   * Reads the header of a database file.
   *
   * @param path the file
   * @return the better one of its two headers
   * @throws JetException what is wrong with the header
   */
  public static DatabaseFileHeader headerOf(Path path) {
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      return HeaderFile.read(file).header();
    }
  }

  /**
   * Deletes a database that nobody has open, and its side file, durably.
   *
   * @param path the file
   */
  public static void delete(Path path) {
    Directories.delete(FileNames.doubleWriteOf(path));
    Directories.delete(path);
    Directories.force(Directories.parentOf(path));
  }

  private static Database open(Path path, DataFile.Mode mode, Function<DataFile, Database> action) {
    DataFile file = DataFile.open(path, mode);
    boolean done = false;
    try {
      Database database = action.apply(file);
      done = true;
      return database;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private static HeaderCopies readHeader(
      PageCache cache, DataFile file, Set<DatabaseState> allowed) {
    HeaderCopies copies = HeaderFile.read(file);
    DatabaseFileHeader header = copies.header();
    requireSize(cache, header.pageSize(), file.path());
    if (!allowed.contains(header.state())) {
      throw JetException.of(
          JetErr.DATABASE_DIRTY_SHUTDOWN,
          Subject.path(file.path()),
          Subject.value("state", header.state(), allowed.toString()));
    }
    return copies;
  }

  private static Database opened(
      PageCache cache,
      DataFile file,
      DatabaseFileHeader header,
      long extensionPages,
      Environment environment,
      Consumer<Database> beginUse) {
    PagedFile pages = pagesOf(cache, file, header);
    boolean done = false;
    try {
      Database database = new Database(cache, environment, file, pages, extensionPages, header);
      beginUse.accept(database);
      done = true;
      return database;
    } finally {
      if (!done) {
        cache.forget(pages);
        pages.close();
      }
    }
  }

  /**
   * Begins the use of a file that was opened by {@link #recover}: all of the log that concerns it
   * was redone.
   */
  public void afterRedo() {
    catalog.readLastObjectId();
  }

  /** {@return the path of the file} */
  public Path path() {
    return file.path();
  }

  /** {@return the header as it stands on the disk} */
  public DatabaseFileHeader header() {
    return header;
  }

  /** {@return the tables} */
  public Catalog catalog() {
    return catalog;
  }

  /** {@return the file as the cache sees it} */
  public PagedFile pages() {
    return pages;
  }

  /** {@return the cache} */
  public PageCache cache() {
    return cache;
  }

  /**
   * Writes back all changes that were made before the call, durably. The header stays as it is.
   *
   * @throws JetException if a page cannot be written, or a change broke off in the middle
   */
  public void flush() {
    pages.requireSound();
    cache.flush(pages);
  }

  /**
   * Makes sure that the next change gets a larger time than any before.
   *
   * @param least the largest change time in use is at least this
   */
  public void raiseDbtime(long least) {
    pages.raiseDbtime(least);
  }

  /**
   * Writes other values into the header, and the largest times and numbers in use besides, durably.
   *
   * @param values sets the values
   */
  public void updateHeader(UnaryOperator<DatabaseFileHeader.Change> values) {
    synchronized (headerLock) {
      DatabaseFileHeader next = values
          .apply(header.change())
          .set(HeaderField.DBTIME_DIRTIED, pages.dbtime())
          .set(HeaderField.LAST_OBJECT_ID, catalog.lastObjectId())
          .header();
      HeaderFile.write(file, next);
      header = next;
    }
  }

  /**
   * Says in the header that the file is clean: all changes were flushed, and there will be none
   * before the file is closed.
   *
   * @param more sets other values at the same time
   */
  public void markClean(UnaryOperator<DatabaseFileHeader.Change> more) {
    LogTime now = LogTime.of(environment.clock().instant());
    updateHeader(change -> more.apply(change
        .set(HeaderField.STATE, DatabaseState.CLEAN)
        .set(HeaderField.CONSISTENT_TIME, now)
        .set(HeaderField.DETACH_TIME, now)));
  }

  /**
   * Closes the file as it is; changes that were not flushed are left to the log. Closing twice is
   * fine.
   */
  public void closeFiles() {
    if (!open) {
      return;
    }
    open = false;
    cache.forget(pages);
    try {
      pages.close();
    } finally {
      file.close();
    }
  }

  /**
   * Writes back all changes and closes the file; it is clean then. If that fails, the file is
   * closed all the same, and stays dirty. Closing twice is fine.
   */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    try {
      if (header.state() == DatabaseState.DIRTY) {
        pages.requireSound();
        flush();
        markClean(UnaryOperator.identity());
      }
    } finally {
      closeFiles();
    }
  }

  private static PagedFile pagesOf(PageCache cache, DataFile file, DatabaseFileHeader header) {
    DoubleWrite doubleWrite = file.isWritable() ? emptyDoubleWrite(file, header) : null;
    return new PagedFile(
        file,
        doubleWrite,
        header.pageSize(),
        cache.newFileId(),
        header.get(HeaderField.DBTIME_DIRTIED));
  }

  /**
   * Opens the side file and makes it forget its last batch. All of a batch was in place before its
   * database was called clean, so a clean file needs none; of another it was restored. But the file may be an older copy of
   * that database, put in its place when nobody looked; the pages of that batch would then be newer
   * than the others, and of the same signature.
   */
  private static DoubleWrite emptyDoubleWrite(DataFile file, DatabaseFileHeader header) {
    DoubleWrite doubleWrite = DoubleWrite.open(
        FileNames.doubleWriteOf(file.path()),
        header.pageSize(),
        header.get(HeaderField.DATABASE_SIGNATURE));
    boolean done = false;
    try {
      doubleWrite.clear();
      done = true;
      return doubleWrite;
    } finally {
      if (!done) {
        doubleWrite.close();
      }
    }
  }

  private static void requireSize(PageCache cache, PageSize size, Path path) {
    if (cache.pageSize() != size) {
      throw JetException.of(
          JetErr.PAGE_SIZE_MISMATCH,
          Subject.path(path),
          Subject.value("page size", size.bytes(), "" + cache.pageSize().bytes()));
    }
  }
}
