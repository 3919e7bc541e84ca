package org.jetbackup.engine.recovery;

import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.checkpoint.AttachmentRegistry;
import org.jetbackup.engine.checkpoint.Checkpoint;
import org.jetbackup.engine.checkpoint.CheckpointFile;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.Log;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogEnd;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.LogWriter;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.Directories;

/**
 * Opens the log of an instance and makes its databases whole.
 *
 * <pre>{@code
 *   1 ANALYSE  read the log from the checkpoint to its end; a torn end is cut, damage is an error
 *   2 REDO     the last file of the log is forced, then every change of a database that was attached
 *              at the end is applied where the page is older; side files come first
 *   3 UNDO     the log is opened for writing; what an unfinished block did is taken back by changes
 *              that are logged, and the block is ended; separated values that no record names go
 *   4 CLEAN    pages are flushed, RECOVERED is forced, headers are called clean; files of databases
 *              that were dropped or half made go; the checkpoint moves to the end
 * }</pre>
 *
 * <p>A crash at any point leaves a log that leads here again: 2 only repeats what the log says, the
 * log of 3 makes the unfinished block longer, and all of its UNDO records are applied again, which
 * sets each key to what it was; 4 is for the headers of databases that the log calls finished. The
 * log is forced before 2, because what was read from it may be in the cache of the operating system
 * only, and pages must not get ahead of it. For one thread, once.
 */
public final class Recovery {

  private final RecoveryPlaces places;
  private final PageCache cache;
  private final Environment environment;
  private final LogConnection connection;
  private final AttachmentRegistry registry;
  private final EventLog events;
  private final Counters counters;
  private final CheckpointFile checkpointFile;

  /**
   * Prepares; nothing is read.
   *
   * @param places where everything is
   * @param cache without pages
   * @param environment clock, random source, executor
   * @param connection from the cache to the log, in its first state
   * @param registry without databases
   * @param events told of what happens
   * @param counters count records that are replayed
   */
  public Recovery(
      RecoveryPlaces places,
      PageCache cache,
      Environment environment,
      LogConnection connection,
      AttachmentRegistry registry,
      EventLog events,
      Counters counters) {
    this.places = places;
    this.cache = cache;
    this.environment = environment;
    this.connection = connection;
    this.registry = registry;
    this.events = events;
    this.counters = counters;
    this.checkpointFile = new CheckpointFile(places.checkpointFile());
  }

  /**
   * Recovers.
   *
   * @return the log, open for writing
   * @throws JetException what is damaged or missing, or what the disk did; nothing is lost that was
   *     not lost before
   */
  public Recovered run() {
    try {
      return runToTheEnd();
    } catch (JetException e) {
      tellOfDamage(e);
      throw e;
    }
  }

  private Recovered runToTheEnd() {
    LogFiles files = LogFiles.scan(places.log().directory(), places.log().baseName());
    if (files.isEmpty()) {
      return opened(LogWriter.create(places.log(), environment, this::state));
    }
    files.requireMatching(places.log());
    Optional<Checkpoint> checkpoint = usable(checkpointFile.read(), files);
    long start = checkpoint.map(Checkpoint::address).orElse(LogAddress.NONE);
    AttachmentList attached = checkpoint
        .map(Checkpoint::databases)
        .orElseGet(() -> AttachmentList.decode(files.first().header().state()));
    Analysis analysis = new Analysis(attached);
    LogEnd end = analyse(files, start, analysis);
    registry.raise(analysis.lastDatabaseId());
    if (LogAddress.NONE != start && end.address() < start) {
      throw JetException.of(
          JetErr.REQUIRED_LOG_FILES_MISSING,
          Subject.path(files.last().path()),
          Subject.position(LogAddress.position(end.address(), places.log().sectorBytes())));
    }
    LoggedFiles logged = new LoggedFiles(places, cache, environment, events, signatureOf(files));
    try (RecoveringDatabases databases = new RecoveringDatabases(
        places, logged, cache, environment, connection, registry, signatureOf(files))) {
      AttachmentEvents comings = new AttachmentEvents(places, events, attached);
      return recover(files, start, analysis, end, databases, logged, comings);
    }
  }

  /** A damaged header of a log file has no position; its file is named by the failure itself. */
  private void tellOfDamage(JetException failure) {
    Path file = null;
    LogPosition position = null;
    for (Subject subject : failure.subjects()) {
      if (subject instanceof Subject.OfPath of) {
        file = of.path();
      } else if (subject instanceof Subject.OfPosition of) {
        position = of.position();
      }
    }
    if (failure.error() == JetErr.LOG_FILE_CORRUPT && file != null && position != null) {
      events.logIsCorrupt(file, position, failure);
    }
  }

  private Recovered recover(
      LogFiles files,
      long start,
      Analysis analysis,
      LogEnd end,
      RecoveringDatabases databases,
      LoggedFiles logged,
      AttachmentEvents comings) {
    boolean needed = !analysis.attached().isEmpty();
    if (needed) {
      events.recoveryBegins();
      analysis.attached().forEach(databases::open);
      force(files);
      new Replay(cache, databases::find, new Telling(comings)).run(files, start);
      databases.afterRedo();
    }
    Log log = LogWriter.open(files, places.log(), end, environment, this::state);
    boolean done = false;
    try {
      log.tellTo(events);
      Journal journal = new Journal(log);
      connection.connect(journal);
      Signature signature = signatureOf(files);
      if (analysis.hasOpenBlock() || needed) {
        new Completion(journal, databases::catalog, id -> false, counters)
            .run(analysis, databases::flush);
      }
      databases.markClean();
      analysis.ended().forEach(logged::finish);
      analysis.dropped().forEach(logged::delete);
      analysis.unfinished().forEach(logged::deleteUnfinished);
      checkpointFile.write(new Checkpoint(log.end(), signature, registry.list()));
      if (needed) {
        events.recoveryHasEnded();
      }
      done = true;
      return new Recovered(journal, signature, checkpointFile);
    } finally {
      if (!done) {
        log.close();
      }
    }
  }

  private Recovered opened(LogWriter log) {
    boolean done = false;
    try {
      log.tellTo(events);
      Journal journal = new Journal(log);
      connection.connect(journal);
      checkpointFile.read();
      checkpointFile.write(new Checkpoint(log.end(), log.signature(), registry.list()));
      done = true;
      return new Recovered(journal, log.signature(), checkpointFile);
    } finally {
      if (!done) {
        log.close();
      }
    }
  }

  private LogEnd analyse(LogFiles files, long start, Analysis analysis) {
    try (LogReader reader = LogReader.open(files, start)) {
      while (reader.next()) {
        analysis.add(reader);
      }
      tellOfTornEnd(files, reader);
      return reader.end();
    }
  }

  private void tellOfTornEnd(LogFiles files, LogReader reader) {
    long address = reader.end().address();
    if (reader.isEndTorn()) {
      files
          .find(LogAddress.generation(address))
          .ifPresent(file -> events.logEndWasTorn(
              file.path(), LogAddress.position(address, places.log().sectorBytes())));
    }
  }

  /** Passes on what redo meets. */
  private final class Telling implements Replay.Listener {

    private final AttachmentEvents comings;

    Telling(AttachmentEvents comings) {
      this.comings = comings;
    }

    @Override
    public void replayed(LogFile file, long records) {
      tellReplayed(file, records);
    }

    @Override
    public void met(LogReader record) {
      comings.meet(record);
    }
  }

  private void tellReplayed(LogFile file, long records) {
    counters.recordsReplayed(records);
    events.recoveryHasReplayed(file.path(), records);
  }

  /**
   * What was read may be in the memory of the operating system only. Pages must not get ahead of
   * it.
   */
  private static void force(LogFiles files) {
    try (DataFile last = DataFile.open(files.last().path(), DataFile.Mode.WRITE)) {
      last.force();
    }
    Directories.force(files.directory());
  }

  private static Signature signatureOf(LogFiles files) {
    return files.last().header().facts().signature();
  }

  /** Without a checkpoint of this log, redo begins with the oldest file. */
  private Optional<Checkpoint> usable(Optional<Checkpoint> found, LogFiles files) {
    Optional<Checkpoint> own = found.filter(each -> each.log().equals(signatureOf(files)));
    own.ifPresent(each -> requireGeneration(each, files));
    Optional<Checkpoint> usable =
        own.filter(each -> files.find(LogAddress.generation(each.address())).isPresent());
    if (usable.isEmpty()) {
      events.checkpointFileIsUnusable(
          places.checkpointFile(),
          JetException.of(JetErr.CHECKPOINT_CORRUPT, Subject.path(places.checkpointFile())));
    }
    return usable;
  }

  /**
   * A sound checkpoint whose generation is not there says that logs were taken away which are
   * needed. Unless a newer checkpoint may be damaged: then older logs may have been discarded.
   */
  private void requireGeneration(Checkpoint checkpoint, LogFiles files) {
    long generation = LogAddress.generation(checkpoint.address());
    boolean mayBeOlder =
        checkpointFile.isDamaged() && generation < files.first().generation().value();
    if (files.find(generation).isEmpty() && !mayBeOlder) {
      throw JetException.of(
          JetErr.REQUIRED_LOG_FILES_MISSING,
          Subject.path(files.directory()),
          Subject.value("generation of the checkpoint", generation, "one that is there"));
    }
  }

  private byte[] state() {
    return registry.list().encode();
  }
}
