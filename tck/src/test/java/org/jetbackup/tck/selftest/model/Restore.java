package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventId;
import org.jetbackup.tck.Capability;

/**
 * One run of a restore: reads and joins everything in memory, and only then begins to write.
 *
 * <p>In place a marker lies in the log directory from before the first write until after the last;
 * an instance refuses to initialize while it is there, and a restore can be repeated. With a
 * destination the log directory is only read. The set is never written.
 */
final class Restore {

  private static final String MARKER = "jetbackup-model.restoring";

  private final Context context;
  private final Disk disk;
  private final Decisions decisions;
  private final Events events;
  private final Progress progress;
  private final Path logDirectory;
  private final Optional<Path> destination;

  Restore(Context context, StatusCallback callback, Optional<Path> destination) {
    this.context = context;
    this.disk = context.disk();
    this.decisions = context.decisions();
    this.events = context.events();
    this.progress = new Progress(Snp.RESTORE, callback, decisions);
    this.logDirectory = context.logDirectory();
    this.destination = destination;
  }

  /** Whether a restore into this log directory was begun and not finished. */
  static boolean isInterrupted(Disk disk, Path logDirectory) throws IOException {
    return disk.exists(logDirectory.resolve(MARKER));
  }

  void run(Path source) throws IOException {
    Chain chain = BackupDirectory.open(disk, source).chain();
    context.requireDirectory(destination.orElse(logDirectory));
    events.send(EventId.START_RESTORE_ID, source.toString(), logDirectory.toString());
    try {
      progress.begin();
      restore(chain);
    } catch (IOException | RuntimeException broken) {
      JetException failure = broken instanceof JetException known
          ? known
          : broken instanceof IOException cause
              ? Disk.failure(cause)
              : JetException.of(JetErr.INTERNAL_ERROR, broken);
      progress.fail();
      events.sendFailure(
          EventId.RESTORE_DATABASE_FAIL_ID, failure.error(), failure.error().toString());
      throw failure;
    } finally {
      events.send(EventId.STOP_RESTORE_ID);
    }
    progress.complete();
  }

  private void restore(Chain chain) throws IOException {
    Chain.Content content = chain.read();
    List<LogFile> all = liveLogs(content);
    List<LogFile> live = all.subList(0, decisions.liveLogsToReplay(all.size()));
    Map<Path, DatabaseFile> files = places(chain, join(content, live));
    boolean marks = destination.isEmpty() && decisions.leavesMarkerDuringRestore();
    if (marks) {
      disk.replace(logDirectory.resolve(MARKER), new byte[0]);
    }
    int written = 0;
    for (Map.Entry<Path, DatabaseFile> file : files.entrySet()) {
      disk.replace(file.getKey(), file.getValue().encode());
      progress.step(50, 99, ++written, files.size());
    }
    if (destination.isEmpty() || !decisions.leavesLiveLogsAlone()) {
      tidyLog(content, live);
    }
    if (!decisions.leavesSetAlone()) {
      Files.delete(chain.set().resolve(Manifest.FILE_NAME));
    }
    if (marks) {
      Files.delete(logDirectory.resolve(MARKER));
      disk.forceDirectory(logDirectory);
    }
  }

  /** The live generations after those of the set, which must continue it. */
  private List<LogFile> liveLogs(Chain.Content content) throws IOException {
    if (!disk.isDirectory(logDirectory)) {
      return List.of();
    }
    SortedMap<Long, Path> files = context.logFiles();
    LogFile end = content.last();
    for (LogFile own : content.logs()) {
      Path file = files.get(own.header().generation());
      if (file != null) {
        LogFile.parseHeader(disk.read(file))
            .ifPresent(header -> requireSame(file, header, own.header()));
      }
    }
    SortedMap<Long, Path> after = files.tailMap(end.header().generation() + 1);
    if (after.isEmpty()) {
      return List.of();
    }
    if (!decisions.offers(Capability.ROLL_FORWARD)) {
      throw decisions.refusal("roll forward");
    }
    List<LogFile> live = Log.chain(disk, after);
    LogFile.Header begin = live.get(0).header();
    if (decisions.comparesLiveLogs()) {
      requireSignature(logDirectory, begin, end.header());
      if (after.size() != live.size() || begin.generation() != end.header().generation() + 1) {
        throw JetException.of(JetErr.MISSING_CURRENT_LOG_FILES, Subject.path(logDirectory));
      }
      if (!begin.continues(end.header())) {
        throw JetException.of(
            JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS, Subject.path(logDirectory));
      }
    }
    return live;
  }

  private void requireSame(Path file, LogFile.Header live, LogFile.Header own) {
    if (decisions.comparesLiveLogs()) {
      requireSignature(file, live, own);
      if (!live.equals(own)) {
        throw JetException.of(JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS, Subject.path(file));
      }
    }
  }

  private static void requireSignature(Path file, LogFile.Header live, LogFile.Header own) {
    if (live.signature() != own.signature()) {
      throw JetException.of(JetErr.EXISTING_LOG_FILE_HAS_BAD_SIGNATURE, Subject.path(file));
    }
  }

  /**
   * Snapshots and logs joined: every database at the end of the log, its backup records cleared.
   */
  private Map<String, DatabaseFile> join(Chain.Content content, List<LogFile> live)
      throws IOException {
    List<LogFile> logs = new ArrayList<>(content.logs());
    logs.addAll(live);
    Replay replay =
        new Replay(name -> Optional.ofNullable(content.databases().get(name)), true, logs.get(0));
    for (String name : content.databases().keySet()) {
      replay.add(name);
    }
    for (int i = 0; i < logs.size(); i++) {
      boolean whole = i < logs.size() - 1 || decisions.replaysLastCommit();
      replay.replay(whole ? logs.get(i) : logs.get(i).withoutLastCommit());
      progress.step(0, 50, i + 1, logs.size());
    }
    Map<String, DatabaseFile> joined = new LinkedHashMap<>();
    replay
        .result()
        .forEach((name, file) -> joined.put(
            name, decisions.clearsRecordsAtRestore() ? file.with(BackupRecords.NONE) : file));
    return joined;
  }

  /** Where every database goes; every directory is there on return. */
  private Map<Path, DatabaseFile> places(Chain chain, Map<String, DatabaseFile> databases)
      throws IOException {
    Names names = new Names(logDirectory);
    Map<Path, DatabaseFile> places = new LinkedHashMap<>();
    Map<Path, String> origins = new LinkedHashMap<>();
    for (Map.Entry<String, DatabaseFile> database : databases.entrySet()) {
      Path origin = names.resolve(database.getKey());
      Path place =
          destination.map(directory -> directory.resolve(Disk.fileName(origin))).orElse(origin);
      if (places.put(place, database.getValue()) != null && decisions.refusesNameClashes()) {
        throw JetException.of(JetErr.FILE_ALREADY_EXISTS, Subject.path(place));
      }
      origins.put(place, origin.toString());
    }
    for (Path place : places.keySet()) {
      context.requireDirectory(Disk.parent(place));
      if (destination.isPresent()) {
        String origin = origins.getOrDefault(place, chain.set().toString());
        events.send(EventId.DB_LOCATION_CHANGE_DETECTED, origin, place.toString());
      }
    }
    return places;
  }

  /**
   * Deletes what the set holds as well, and begins the next generation if no live log continues.
   */
  private void tidyLog(Chain.Content content, List<LogFile> live) throws IOException {
    List<Long> replayed = live.stream().map(log -> log.header().generation()).toList();
    long first = content.logs().get(0).header().generation();
    SortedMap<Long, Path> files = context.logFiles();
    for (Map.Entry<Long, Path> file : files.tailMap(first).entrySet()) {
      if (!replayed.contains(file.getKey())) {
        Files.delete(file.getValue());
      }
    }
    if (live.isEmpty() && context.parameters().isLogging()) {
      Log.openBehind(context, content.last());
    }
    disk.forceDirectory(logDirectory);
  }
}
