package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * Joins snapshots and log: reads generations in their order and brings every database that they
 * speak of to the state at their end. It only computes; whoever runs it writes the result.
 *
 * <p>A change has an effect if its number is above that of the snapshot. A snapshot that is older
 * than the first generation must be adopted by an attach record before any change to it may follow.
 */
final class Replay {

  /** Finds the snapshot of a database, if there is one that belongs to the log. */
  interface Finder {
    Optional<DatabaseFile> find(String database) throws IOException;
  }

  private static final class Target {
    private Optional<DatabaseFile> snapshot;
    private boolean lacksLog;
    private final List<Change> changes = new ArrayList<>();

    Target(Optional<DatabaseFile> snapshot, long first) {
      this.snapshot = snapshot;
      this.lacksLog = snapshot.filter(file -> file.sequence() < first).isPresent();
    }
  }

  private final Finder finder;
  private final boolean createsMissing;
  private final long first;
  private final SortedMap<String, Target> targets = new TreeMap<>();
  private LogFile last;

  /**
   * Begins.
   *
   * @param createsMissing whether a record of creation makes a database that cannot be found
   * @param begin the first generation
   */
  Replay(Finder finder, boolean createsMissing, LogFile begin) {
    this.finder = finder;
    this.createsMissing = createsMissing;
    this.first = begin.header().sequence();
    this.last = begin;
  }

  void replay(LogFile log) throws IOException {
    for (String database : log.header().attached()) {
      add(database);
    }
    for (LogFile.Entry entry : log.entries()) {
      for (Change change : entry.changes()) {
        apply(entry.sequence(), change, target(change.database()));
      }
    }
    last = log;
  }

  /** Makes a database part of the result, even if the log does not speak of it. */
  void add(String database) throws IOException {
    target(database);
  }

  private Target target(String database) throws IOException {
    Target known = targets.get(database);
    if (known == null) {
      known = new Target(finder.find(database), first);
      targets.put(database, known);
    }
    return known;
  }

  private void apply(long sequence, Change change, Target target) {
    boolean creates = createsMissing && change.kind() == Change.Kind.CREATE_DATABASE;
    if (target.snapshot.map(file -> sequence <= file.sequence()).orElse(!creates)) {
      return;
    }
    switch (change.kind()) {
      case CREATE_DATABASE -> {
        target.snapshot = Optional.of(DatabaseFile.clean(
            last.header().signature(), sequence, 0, BackupRecords.NONE, Tables.NONE));
        target.lacksLog = false;
        target.changes.clear();
      }
      case ATTACH_DATABASE -> target.lacksLog = false;
      case DROP_DATABASE -> target.snapshot = Optional.empty();
      default -> {
        if (target.lacksLog) {
          throw JetException.of(
              JetErr.REQUIRED_LOG_FILES_MISSING, Subject.value("database", change.database()));
        }
        target.changes.add(change);
      }
    }
  }

  /** Every database as a clean file at the end of the log. */
  SortedMap<String, DatabaseFile> result() {
    SortedMap<String, DatabaseFile> result = new TreeMap<>();
    for (Map.Entry<String, Target> entry : targets.entrySet()) {
      Target target = entry.getValue();
      target.snapshot.ifPresent(file -> result.put(
          entry.getKey(),
          DatabaseFile.clean(
              last.header().signature(),
              Math.max(file.sequence(), last.sequence()),
              last.header().generation(),
              file.records(),
              file.tables().with(target.changes))));
    }
    return result;
  }

  /** Whether the file of a database is not yet what {@link #result} says. */
  boolean isUnfinished(String database) {
    Target target = targets.get(database);
    return target != null
        && (!target.changes.isEmpty()
            || target.snapshot.filter(file -> !file.isClean()).isPresent());
  }
}
