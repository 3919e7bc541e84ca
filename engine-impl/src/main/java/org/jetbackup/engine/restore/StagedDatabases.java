package org.jetbackup.engine.restore;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.recovery.LogConnection;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * The databases that are restored, beside their places. Closing takes back what was not published:
 * files that are staged, and directories that were made for them. For one thread.
 */
final class StagedDatabases implements AutoCloseable {

  private final Census census;
  private final Map<RestoredDatabase, StagedDatabase> staged = new HashMap<>();
  private final List<StagedDatabase> inOrder = new ArrayList<>();
  private final Deque<Path> madeDirectories = new ArrayDeque<>();
  private boolean isPublished;

  StagedDatabases(Census census) {
    this.census = census;
  }

  /** Throws FILE_ALREADY_EXISTS if two have one place. */
  void add(RestoredDatabase database, Path place) {
    for (StagedDatabase other : inOrder) {
      if (other.place().equals(place)) {
        throw JetException.of(JetErr.FILE_ALREADY_EXISTS, Subject.path(place));
      }
    }
    StagedDatabase added = new StagedDatabase(database, place);
    staged.put(database, added);
    inOrder.add(added);
  }

  Collection<StagedDatabase> all() {
    return inOrder;
  }

  /** Sees to it that the directory of each place is there. */
  void requireDirectories(boolean creates) {
    for (StagedDatabase each : inOrder) {
      Path directory = Directories.parentOf(each.place());
      if (!Directories.exists(directory)) {
        if (!creates) {
          throw JetException.of(JetErr.INVALID_PATH, Subject.path(directory));
        }
        Directories.createWithParents(directory, madeDirectories::push);
      }
    }
  }

  /** Copies all files, durably. */
  void copy(BackupChain chain, Executor executor, RestoreProgress progress) {
    for (StagedDatabase each : inOrder) {
      each.copy(chain, executor, progress::add);
      progress.add(0);
    }
  }

  long bytesToCopy() {
    return inOrder.stream().mapToLong(StagedDatabase::bytesToCopy).sum();
  }

  void open(
      PageCache cache, LogConnection connection, Environment environment, long extensionPages) {
    inOrder.forEach(each -> each.open(cache, connection, environment, extensionPages));
  }

  /** Finds a database by a number that it has or had; null if its changes do not count. */
  @Nullable
  Database find(int databaseId) {
    RestoredDatabase known = census.find(databaseId);
    StagedDatabase found = known == null ? null : staged.get(known);
    return found == null ? null : found.database();
  }

  /** Finds the tables of a database after redo; null if its changes do not count. */
  @Nullable
  Catalog catalog(int databaseId) {
    Database found = find(databaseId);
    return found == null ? null : found.catalog();
  }

  void afterRedo() {
    inOrder.forEach(each -> each.database().afterRedo());
  }

  void flush() {
    inOrder.forEach(each -> each.database().flush());
  }

  void markClean(Signature log) {
    inOrder.forEach(each -> each.markClean(log));
  }

  /** Whether the place is one of those. */
  boolean isPlace(Path file) {
    return inOrder.stream().anyMatch(each -> each.place().equals(file));
  }

  void publish() {
    isPublished = true;
    inOrder.forEach(StagedDatabase::publish);
  }

  @Override
  public void close() {
    List<Runnable> steps = new ArrayList<>();
    inOrder.forEach(each -> steps.add(each::close));
    inOrder.forEach(each -> steps.add(each::discard));
    if (!isPublished) {
      madeDirectories.forEach(each -> steps.add(() -> Directories.delete(each)));
    }
    @Nullable RuntimeException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
