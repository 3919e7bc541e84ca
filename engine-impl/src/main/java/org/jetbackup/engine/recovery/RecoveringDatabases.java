package org.jetbackup.engine.recovery;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentRegistry;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/** The databases that recovery works on, from opening to clean. For one thread. */
final class RecoveringDatabases implements AutoCloseable {

  private final RecoveryPlaces places;
  private final PageCache cache;
  private final Environment environment;
  private final LogConnection connection;
  private final AttachmentRegistry registry;
  private final Signature log;
  private final Map<Integer, Database> open = new TreeMap<>();

  RecoveringDatabases(
      RecoveryPlaces places,
      PageCache cache,
      Environment environment,
      LogConnection connection,
      AttachmentRegistry registry,
      Signature log) {
    this.places = places;
    this.cache = cache;
    this.environment = environment;
    this.connection = connection;
    this.registry = registry;
    this.log = log;
  }

  /**
   * Opens a database that was attached at the end of the log. One that is clean was not yet, or is
   * no longer, in use; if its header knows less than the log, it is an older copy.
   */
  void open(Attachment attachment) {
    Path file = places.fileOf(attachment);
    if (!Directories.exists(file)) {
      throw JetException.of(JetErr.ATTACHED_DATABASE_MISMATCH, Subject.path(file));
    }
    DatabaseFileHeader header = Database.headerOf(file);
    boolean clean = header.state() == DatabaseState.CLEAN;
    if (!isOf(header, attachment)
        || clean && header.get(HeaderField.DBTIME_DIRTIED) < attachment.dbtime()
        || !clean && !isInUse(header, attachment)) {
      throw JetException.of(
          JetErr.ATTACHED_DATABASE_MISMATCH,
          Subject.path(file),
          Subject.value(
              "signature",
              header.get(HeaderField.DATABASE_SIGNATURE),
              attachment.signature() + ", in use by this log"));
    }
    int id = attachment.databaseId();
    Database database =
        Database.recover(cache, file, places.extensionPages(), environment, connection, id);
    database.pages().raiseDbtime(attachment.dbtime());
    open.put(id, database);
    registry.add(attachment, database.pages()::dbtime);
  }

  /** Finds a database by the number that records carry; null if none of its changes count. */
  @Nullable
  Database find(int databaseId) {
    return open.get(databaseId);
  }

  /** Finds the tables of a database after redo; null if none of its changes count. */
  @Nullable
  Catalog catalog(int databaseId) {
    Database found = open.get(databaseId);
    return found == null ? null : found.catalog();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void afterRedo() {
    open.values().forEach(Database::afterRedo);
  }

  void flush() {
    open.values().forEach(Database::flush);
  }

  /** Calls all of them clean; their pages are on the disk, and the log says so. */
  void markClean() {
    open.forEach((id, database) -> {
      database.markClean(change -> change.set(HeaderField.LOG_SIGNATURE, log));
      registry.remove(id);
    });
  }

  /**
   * Finishes what the end of a database began: its pages were flushed before. Its header does not
   * know of their change times yet.
   */
  void finish(Attachment ended) {
    Path file = places.fileOf(ended);
    if (!Directories.exists(file)) {
      return; // it was closed in order; what became of it since is its owner's matter
    }
    DatabaseFileHeader header = headerOf(file);
    if (header != null && isInUse(header, ended)) {
      Database.finish(cache, file, environment, ended.databaseId(), ended.dbtime());
    }
  }

  /** Deletes the file of a database whose removal was begun. */
  void delete(Attachment dropped) {
    Path file = places.fileOf(dropped);
    if (Directories.exists(file)) {
      DatabaseFileHeader header = headerOf(file);
      if (header != null && isInUse(header, dropped)) {
        deleteFile(file);
      }
    } else {
      deleteSideFile(file);
    }
  }

  /** Deletes the file of a database whose making was not finished. */
  void deleteUnfinished(Attachment begun) {
    Path file = places.fileOf(begun);
    if (Directories.exists(file)) {
      DatabaseFileHeader header = headerOf(file);
      // The header is what is written first: without one, there is nothing but space.
      if (header == null || isOf(header, begun)) {
        deleteFile(file);
      }
    } else {
      deleteSideFile(file);
    }
  }

  /** Of two names, a crash may leave either. */
  private static void deleteSideFile(Path file) {
    if (Directories.delete(FileNames.doubleWriteOf(file))) {
      Directories.force(Directories.parentOf(file));
    }
  }

  private static void deleteFile(Path file) {
    Directories.delete(FileNames.doubleWriteOf(file));
    Directories.delete(file);
    Directories.force(Directories.parentOf(file));
  }

  private static @Nullable DatabaseFileHeader headerOf(Path file) {
    try {
      return Database.headerOf(file);
    } catch (JetException e) {
      if (e.error() == JetErr.DISK_IO || e.error() == JetErr.FILE_ACCESS_DENIED) {
        throw e;
      }
      return null;
    }
  }

  private static boolean isOf(DatabaseFileHeader header, Attachment attachment) {
    return header.get(HeaderField.DATABASE_SIGNATURE).equals(attachment.signature());
  }

  /**
   * Tells whether a file is in the very use that the log speaks of. A copy that somebody put in its
   * place is not, nor is a database that was detached here and attached elsewhere.
   */
  private boolean isInUse(DatabaseFileHeader header, Attachment attachment) {
    return isOf(header, attachment)
        && header.state() == DatabaseState.DIRTY
        && header.get(HeaderField.DATABASE_ID) == attachment.databaseId()
        && header.get(HeaderField.LOG_SIGNATURE).equals(log);
  }

  /** Closes the files, whatever state their headers are in. */
  @Override
  public void close() {
    open.values().forEach(Database::closeFiles);
    open.clear();
  }
}
