package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.RestoreMoment;

/**
 * A published set and the incremental backups that extend it. Reading it checks everything that a
 * restore relies on; nothing here ever writes.
 *
 * @param increments the incremental backups, oldest first
 */
record Chain(Disk disk, Path set, Manifest manifest, List<Increment> increments) {

  private static final Pattern INCREMENT =
      Pattern.compile("inc-([0-9]{4})-([0-9A-F]{5,8})-([0-9A-F]{5,8})");

  /** An incremental backup; its name says which generations it holds, lest one be missed. */
  record Increment(Path directory, long first, long last) {

    private static Stream<Increment> of(Path directory) {
      Matcher name = INCREMENT.matcher(Disk.fileName(directory));
      return name.matches()
          ? Stream.of(new Increment(
              directory, Long.parseLong(name.group(2), 16), Long.parseLong(name.group(3), 16)))
          : Stream.empty();
    }
  }

  /** All that lies in a chain, verified. */
  record Content(SortedMap<String, DatabaseFile> databases, List<LogFile> logs, long bytes) {

    LogFile last() {
      return logs.get(logs.size() - 1);
    }
  }

  static Chain open(Disk disk, Path set) throws IOException {
    Path file = set.resolve(Manifest.FILE_NAME);
    Manifest manifest = Manifest.parse(file, disk.read(file));
    List<Increment> increments = disk.list(set).stream().flatMap(Increment::of).toList();
    return new Chain(disk, set, manifest, increments);
  }

  /** The name of the next incremental backup. */
  Path nextIncrement(LogGeneration first, LogGeneration last) {
    String name = String.format(
        Locale.ROOT, "inc-%04d-%s-%s", increments.size() + 1, first.toHex(), last.toHex());
    return set.resolve(name);
  }

  /** Every generation of the chain. */
  SortedMap<Long, Path> logs() throws IOException {
    SortedMap<Long, Path> logs = new TreeMap<>();
    for (int i = 0; i < manifest.logs().size(); i++) {
      logs.put(
          manifest.firstGeneration() + i, set.resolve(manifest.logs().get(i).name()));
    }
    for (Increment increment :
        disk.decisions().replaysIncrements() ? increments : List.<Increment>of()) {
      for (long generation = increment.first(); generation <= increment.last(); generation++) {
        logs.put(generation, log(increment, generation));
      }
    }
    return logs;
  }

  private Path log(Increment increment, long generation) {
    return increment.directory().resolve(Log.fileName(manifest.baseName(), generation));
  }

  /** The last generation of the chain. */
  LogFile last() throws IOException {
    SortedMap<Long, Path> logs = logs();
    Path last = logs.isEmpty() ? null : logs.get(logs.lastKey());
    if (last == null) {
      throw JetException.of(JetErr.MISSING_RESTORE_LOG_FILES, Subject.path(set));
    }
    return log(last);
  }

  private LogFile log(Path file) throws IOException {
    requireExists(file, JetErr.MISSING_RESTORE_LOG_FILES);
    return LogFile.parse(
            file, disk.read(file), JetErr.LOG_FILE_CORRUPT, Frame.Check.of(disk.decisions()))
        .requireClosed(file, JetErr.LOG_CORRUPT_DURING_HARD_RESTORE);
  }

  /** The moments to which the chain can bring its databases. */
  List<RestoreMoment> moments() throws IOException {
    List<RestoreMoment> moments = new ArrayList<>();
    moments.add(moment(RestoreMoment.Kind.FULL, manifest.lastGeneration(), manifest.created()));
    for (Increment increment :
        disk.decisions().listsIncrements() ? increments : List.<Increment>of()) {
      Optional<Instant> closed = log(log(increment, increment.last())).closed();
      moments.add(moment(
          RestoreMoment.Kind.INCREMENTAL, increment.last(), closed.orElse(manifest.created())));
    }
    return moments;
  }

  private static RestoreMoment moment(RestoreMoment.Kind kind, long generation, Instant time) {
    return new RestoreMoment(kind, new LogGeneration(generation), time);
  }

  Content read() throws IOException {
    long size = Files.size(set.resolve(Manifest.FILE_NAME));
    SortedMap<String, DatabaseFile> databases = new TreeMap<>();
    for (Manifest.Database database : manifest.databases()) {
      Path file = set.resolve(database.file().name());
      requireExists(file, JetErr.FILE_NOT_FOUND);
      byte[] bytes = disk.read(file);
      size += bytes.length;
      databases.put(database.name(), DatabaseFile.parse(file, bytes));
      if (!database.file().describes(bytes)) {
        throw JetException.of(JetErr.READ_VERIFY_FAILURE, Subject.path(file));
      }
    }
    SortedMap<Long, LogFile> logs = new TreeMap<>();
    for (Map.Entry<Long, Path> entry : logs().entrySet()) {
      LogFile log = log(entry.getValue());
      requireContinues(entry.getValue(), entry.getKey(), log, logs);
      logs.put(entry.getKey(), log);
      size += Files.size(entry.getValue());
    }
    if (logs.isEmpty()) {
      throw JetException.of(JetErr.MISSING_RESTORE_LOG_FILES, Subject.path(set));
    }
    for (Manifest.Item log : manifest.logs()) {
      if (!log.describes(disk.read(set.resolve(log.name())))) {
        throw JetException.of(
            JetErr.LOG_CORRUPT_DURING_HARD_RESTORE, Subject.path(set.resolve(log.name())));
      }
    }
    return new Content(databases, List.copyOf(logs.values()), size);
  }

  private static void requireContinues(
      Path file, long generation, LogFile log, SortedMap<Long, LogFile> before) {
    if (before.isEmpty()) {
      return;
    }
    LogFile previous = before.get(generation - 1);
    if (previous == null) {
      throw JetException.of(JetErr.MISSING_RESTORE_LOG_FILES, Subject.path(file));
    }
    if (!log.header().continues(previous.header())) {
      throw JetException.of(JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS, Subject.path(file));
    }
  }

  private static void requireExists(Path file, JetErr otherwise) {
    if (!Files.exists(file)) {
      throw JetException.of(otherwise, Subject.path(file));
    }
  }
}
