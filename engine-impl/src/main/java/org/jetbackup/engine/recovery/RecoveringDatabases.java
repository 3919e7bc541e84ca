package org.jetbackup.engine.recovery;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentRegistry;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.Signature;
import org.jspecify.annotations.Nullable;

/** The databases that recovery works on, from opening to clean. For one thread. */
final class RecoveringDatabases implements AutoCloseable {

  private final RecoveryPlaces places;
  private final LoggedFiles files;
  private final PageCache cache;
  private final Environment environment;
  private final LogConnection connection;
  private final AttachmentRegistry registry;
  private final Signature log;
  private final Map<Integer, Database> open = new TreeMap<>();

  RecoveringDatabases(
      RecoveryPlaces places,
      LoggedFiles files,
      PageCache cache,
      Environment environment,
      LogConnection connection,
      AttachmentRegistry registry,
      Signature log) {
    this.places = places;
    this.files = files;
    this.cache = cache;
    this.environment = environment;
    this.connection = connection;
    this.registry = registry;
    this.log = log;
  }

  /** Opens a database that was attached at the end of the log. */
  void open(Attachment attachment) {
    Path file = files.requireUsable(attachment);
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

  /** Closes the files, whatever state their headers are in. */
  @Override
  public void close() {
    open.values().forEach(Database::closeFiles);
    open.clear();
  }
}
