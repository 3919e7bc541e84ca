package org.jetbackup.engine.restore;

import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.Environment;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.RestoreEvents;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.Log;
import org.jetbackup.engine.log.LogEnd;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.NoLog;
import org.jetbackup.engine.recovery.Analysis;
import org.jetbackup.engine.recovery.Completion;
import org.jetbackup.engine.recovery.LogConnection;
import org.jetbackup.engine.recovery.LoggedFiles;
import org.jetbackup.engine.recovery.Replay;
import org.jetbackup.engine.restore.RestoredDatabase.Source.FromSet;
import org.jetbackup.engine.restore.RestoredDatabase.Source.Lying;
import org.jetbackup.engine.restore.RestoredDatabase.Source.Made;
import org.jetbackup.engine.storage.Directories;

/** One restore, step by step; see {@link Restore}. For one thread, once. */
final class RestoreRun {

  /** Where parts of the work end, in hundredths of the whole. */
  private static final int LOGS_READ = 10;

  private static final int COPIED = 50;
  private static final int REPLAYED = 95;

  private final RestorePlaces places;
  private final Environment environment;
  private final RestoreEvents events;
  private final Counters counters;
  private final RestoreProgress progress;
  private final BackupChain chain;
  private final boolean isInPlace;
  private final LogConnection connection;
  private final PageCache cache;
  private final Census census;

  RestoreRun(
      RestorePlaces places,
      long cacheBytes,
      Environment environment,
      RestoreEvents events,
      Counters counters,
      RestoreProgress progress,
      BackupChain chain,
      boolean isInPlace) {
    this.places = places;
    this.environment = environment;
    this.events = events;
    this.counters = counters;
    this.progress = progress;
    this.chain = chain;
    this.isInPlace = isInPlace;
    this.connection = new LogConnection(isInPlace && places.logging());
    this.cache = new PageCache(
        places.recovery().log().pageSize(),
        cacheBytes,
        connection,
        counters,
        (file, page, failure) -> events
            .log()
            .later(log -> log.pageIsCorrupt(file.path(), page, file.pageSize(), failure)));
    this.census = new Census(chain.manifest());
  }

  void run(Optional<Path> destination, Optional<LogGeneration> upTo) {
    LogContent content = read(upTo);
    if (isInPlace) {
      census.addStrangers(content.analysis().attached());
    }
    LoggedFiles files =
        new LoggedFiles(places.recovery(), cache, environment, events.log(), content.signature());
    try (StagedDatabases databases = new StagedDatabases(census)) {
      for (RestoredDatabase each : census.all()) {
        Path own = places.recovery().fileOf(each.newest());
        if (isInPlace) {
          stageInPlace(each, own, databases, files);
        } else {
          databases.add(each, destination.orElseThrow().resolve(nameOf(own)));
        }
      }
      stage(content, databases);
      if (isInPlace) {
        new InPlace(places, environment, files)
            .run(content, databases, log -> finish(log, content, databases));
      } else {
        finish(new NoLog(), content, databases);
      }
    }
  }

  /** Reads all of the log that counts: changes nothing. */
  private LogContent read(Optional<LogGeneration> upTo) {
    LogFiles set = upTo.map(chain::logs).orElseGet(chain::logs);
    LogOptions options = places.recovery().log();
    LiveLogs live = LiveLogs.NONE;
    if (places.logging() && (isInPlace || upTo.isEmpty())) {
      live = LiveLogs.look(options, set, new Marker(options).own());
    }
    if (upTo.isPresent() && !live.isIdle(options)) {
      live.requireNothingBehind(set);
    }
    if (isInPlace && places.logging()) {
      set.requireMatching(options);
    }
    SourceLogs logs = SourceLogs.of(set, live);
    Analysis analysis =
        new Analysis(AttachmentList.decode(logs.all().first().header().state()));
    progress.beginPart(LOGS_READ, logs.count());
    LogEnd end = logs.read(
        record -> {
          analysis.add(record);
          census.add(record);
        },
        () -> progress.add(1));
    return new LogContent(logs, live, analysis, end);
  }

  private void stageInPlace(
      RestoredDatabase database, Path place, StagedDatabases databases, LoggedFiles files) {
    if (database.source() instanceof Lying) {
      files.requireUsable(database.newest());
    }
    // What was made behind the set and then detached is somebody else's now, if it is still there.
    boolean isOthers =
        database.source() instanceof Made && database.isDetached() && Directories.exists(place);
    if (!isOthers && !census.isReplaced(database)) {
      databases.add(database, place);
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Copies and redoes everything, beside its place. */
  private void stage(LogContent content, StagedDatabases databases) {
    databases.requireDirectories(places.createsPaths());
    databases.all().forEach(this::tellMoved);
    progress.beginPart(COPIED, databases.bytesToCopy());
    databases.copy(chain, environment.executor(), progress);
    databases.open(cache, connection, environment, places.recovery().extensionPages());
    progress.beginPart(REPLAYED, content.logs().count());
    new Replay(cache, databases::find, this::tellReplayed).run(content.logs().all(), 0);
    databases.afterRedo();
    databases.flush();
  }

  private void tellMoved(StagedDatabase database) {
    Path from = database.about().source() instanceof FromSet copied
        ? places.recovery().fileOf(copied.database().origin())
        : places.recovery().fileOf(database.about().newest());
    if (!from.equals(database.place())) {
      events.databaseIsMoved(from, database.place());
    }
  }

  private void tellReplayed(LogFile file, long records) {
    counters.recordsReplayed(records);
    events.logFileIsReplayed(file.path(), records);
    progress.add(1);
  }

  /**
   * Takes back what was not finished, calls all databases clean, and gives them their places. Only
   * then the log says that they are recovered: a restore that is repeated would otherwise leave a
   * database alone that lies in its place as it was before.
   */
  private void finish(Log log, LogContent content, StagedDatabases databases) {
    Journal journal = new Journal(log);
    connection.connect(journal);
    new Completion(journal, databases::catalog, id -> databases.find(id) == null, counters)
        .run(content.analysis(), () -> {
          databases.flush();
          log.force(log.end()); // a clean file is not redone without what ends its block
          databases.markClean(content.signature());
          databases.publish();
        });
  }
}
