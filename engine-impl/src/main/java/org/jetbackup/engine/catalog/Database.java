package org.jetbackup.engine.catalog;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.Change;
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
 *   header      JUST CREATED ---all pages written---> DIRTY ---close: all pages written---> CLEAN
 *                     |                                ^  |                                   |
 *                     | failure: the file goes         |  | failure: stays DIRTY              |
 *                     v                                |  v                                   |
 *                  (no file)                           +--------- open for writing -----------+
 * }</pre>
 *
 * <p>A file in another state than clean is refused; there is no log yet that could make it whole.
 * The state is forced before the first page is written after it. Opened for reading only, nothing
 * of the file is changed. Thread-safe; {@link #close} waits for nobody, so the caller sees to it
 * that no call is under way.
 */
public final class Database implements AutoCloseable {

  private final PageCache cache;
  private final Environment environment;
  private final DataFile file;
  private final PagedFile pages;
  private final DatabaseSpace space;
  private final Catalog catalog;
  private DatabaseFileHeader header;
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
   * Makes a database file, durable when the call returns.
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
    requireSize(cache, options.pageSize(), path);
    LogTime now = LogTime.of(environment.clock().instant());
    DatabaseFileHeader header = DatabaseFileHeader.create(options.pageSize())
        .set(HeaderField.DATABASE_SIGNATURE, Signature.of(environment.random().nextInt(), now))
        .set(HeaderField.DATABASE_ID, 1L)
        .set(HeaderField.ATTACH_TIME, now)
        .header();
    DataFile file = DataFile.open(path, DataFile.Mode.CREATE);
    boolean done = false;
    try {
      Database database = begin(cache, file, options, environment, header);
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

  private static Database begin(
      PageCache cache,
      DataFile file,
      DatabaseOptions options,
      Environment environment,
      DatabaseFileHeader header) {
    PageSize size = options.pageSize();
    file.extendTo(size.offsetOf(new PageNumber(options.initialPages() + 1)));
    HeaderFile.write(file, header);
    PagedFile pages = pagesOf(cache, file, header, true);
    boolean done = false;
    try {
      Database database =
          new Database(cache, environment, file, pages, options.extensionPages(), header);
      new Change(cache, pages)
          .within(change -> DatabaseLayout.create(change, size, options.initialPages()));
      database.catalog.writeSystemRows();
      cache.flush(pages);
      Directories.force(Directories.parentOf(file.path()));
      database.writeHeader(state -> state.set(HeaderField.STATE, DatabaseState.DIRTY));
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
   * Opens a database file for reading and writing.
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
    return open(cache, path, extensionPages, environment, DataFile.Mode.WRITE);
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
    return open(cache, path, 1, Environment.standard(), DataFile.Mode.READ);
  }

  /**
   * Reads the page size of a database file, for whoever has to make a cache first.
   *
   * @param path the file
   * @return the size
   * @throws JetException what is wrong with the header
   */
  public static PageSize pageSizeOf(Path path) {
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      return HeaderFile.read(file).header().pageSize();
    }
  }

  private static Database open(
      PageCache cache,
      Path path,
      long extensionPages,
      Environment environment,
      DataFile.Mode mode) {
    boolean writable = mode == DataFile.Mode.WRITE;
    DataFile file = DataFile.open(path, mode);
    boolean done = false;
    try {
      HeaderCopies copies = HeaderFile.read(file);
      DatabaseFileHeader header = copies.header();
      requireSize(cache, header.pageSize(), path);
      if (header.state() != DatabaseState.CLEAN) {
        throw JetException.of(
            JetErr.DATABASE_DIRTY_SHUTDOWN,
            Subject.path(path),
            Subject.value("state", header.state(), "CLEAN"));
      }
      if (writable) {
        HeaderFile.mend(file, copies);
      }
      PagedFile pages = pagesOf(cache, file, header, writable);
      Database database = new Database(cache, environment, file, pages, extensionPages, header);
      try {
        database.beginUse(writable);
        done = true;
        return database;
      } finally {
        if (!done) {
          cache.forget(pages);
          pages.close();
        }
      }
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private void beginUse(boolean writable) {
    catalog.readLastObjectId();
    if (writable) {
      LogTime now = LogTime.of(environment.clock().instant());
      writeHeader(change -> change
          .set(HeaderField.STATE, DatabaseState.DIRTY)
          .set(HeaderField.ATTACH_TIME, now)
          .set(HeaderField.DETACH_TIME, LogTime.UNSET));
    }
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

  /** Writes back all changes that were made before the call, durably. The header stays dirty. */
  public void flush() {
    cache.flush(pages);
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
    open = false;
    try {
      if (pages.isWritable()) {
        pages.requireSound();
        catalog.tidy();
        cache.flush(pages);
        LogTime now = LogTime.of(environment.clock().instant());
        writeHeader(change -> change
            .set(HeaderField.STATE, DatabaseState.CLEAN)
            .set(HeaderField.CONSISTENT_TIME, now)
            .set(HeaderField.DETACH_TIME, now));
      }
    } finally {
      cache.forget(pages);
      try {
        pages.close();
      } finally {
        file.close();
      }
    }
  }

  private void writeHeader(UnaryOperator<DatabaseFileHeader.Change> values) {
    DatabaseFileHeader next = values
        .apply(header.change())
        .set(HeaderField.DBTIME_DIRTIED, pages.dbtime())
        .set(HeaderField.LAST_OBJECT_ID, catalog.lastObjectId())
        .header();
    HeaderFile.write(file, next);
    header = next;
  }

  private static PagedFile pagesOf(
      PageCache cache, DataFile file, DatabaseFileHeader header, boolean writable) {
    DoubleWrite doubleWrite = writable ? emptyDoubleWrite(file, header) : null;
    return new PagedFile(
        file,
        doubleWrite,
        header.pageSize(),
        cache.newFileId(),
        header.get(HeaderField.DBTIME_DIRTIED));
  }

  /**
   * Opens the side file and makes it forget its last batch. All of a batch was in place before its
   * database was called clean, so a clean file needs none. But the file may be an older copy of
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
