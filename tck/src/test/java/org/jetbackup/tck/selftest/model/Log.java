package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * The log that an instance writes: one file for each generation, {@code edb00001.log} and so on,
 * the current one named like all others.
 *
 * <p>Invariants: a generation appears under its name only when its header is durable and the one
 * before it is closed; the log is the longest chain of generations that ends in the highest one.
 */
final class Log {

  private final Context context;
  private final Disk disk;
  private final long sizeMax;
  private LogFile.Header header;
  private long position;
  private long sequence;

  private Log(Context context, LogFile.Header header, long sequence) {
    this.context = context;
    this.disk = context.disk();
    this.sizeMax = context.parameters().get(SystemParameter.LOG_FILE_SIZE) * 1024L;
    this.header = header;
    this.sequence = sequence;
  }

  /** Takes up the log where a chain of generations ends, or begins a new sequence. */
  static Log open(Context context, List<LogFile> chain) throws IOException {
    if (chain.isEmpty()) {
      long signature = context.random() | 1; // 0 stands for "no log"
      LogFile.Header first = new LogFile.Header(
          LogGeneration.MIN, signature, context.random(), context.now(), 0, 0, List.of());
      Log log = new Log(context, first, 0);
      log.begin(first);
      return log;
    }
    LogFile last = chain.get(chain.size() - 1);
    if (last.closed().isPresent()) {
      return openBehind(context, last);
    }
    Log log = new Log(context, last.header(), last.sequence());
    log.position = LogFile.sectorAfter(last.end());
    if (context.decisions().cutsTornEnd()) {
      log.disk.truncate(log.file(log.generation()), last.end());
    }
    return log;
  }

  /** Begins the generation after a closed one. */
  static Log openBehind(Context context, LogFile last) throws IOException {
    Log log = new Log(context, last.header(), last.sequence());
    log.begin(log.successor(List.of()));
    return log;
  }

  private LogFile.Header successor(Collection<String> attached) {
    if (header.generation() == LogGeneration.MAX) {
      throw JetException.of(JetErr.LOG_SEQUENCE_END);
    }
    return new LogFile.Header(
        header.generation() + 1,
        header.signature(),
        context.random(),
        context.now(),
        header.checksum(),
        sequence,
        List.copyOf(attached));
  }

  private void begin(LogFile.Header next) throws IOException {
    byte[] content = next.encode();
    disk.replace(file(next.generation()), content);
    header = next;
    position = LogFile.sectorAfter(content.length);
  }

  /** Adds a record; durable on return. */
  void append(List<Change> changes) throws IOException {
    append(Optional.empty(), changes);
  }

  private void append(Optional<Instant> closes, List<Change> changes) throws IOException {
    byte[] record = new LogFile.Entry(sequence + 1, closes, changes).encode();
    boolean force = disk.decisions().forcesLogBeforeAcknowledging() || closes.isPresent();
    disk.append(file(generation()), position, record, force);
    position = LogFile.sectorAfter(position + record.length);
    sequence++;
  }

  /** Closes the current generation and begins the next. */
  void roll(Collection<String> attached) throws IOException {
    append(Optional.of(context.now()), List.of());
    begin(successor(attached));
  }

  boolean isFull() {
    return position >= sizeMax;
  }

  /** The generation that is being written. */
  long generation() {
    return header.generation();
  }

  long signature() {
    return header.signature();
  }

  /** The number of the last record. */
  long sequence() {
    return sequence;
  }

  LogPosition end() {
    int sector = (int) Math.min(position / LogFile.SECTOR, LogPosition.MAX_PART);
    return new LogPosition(new LogGeneration(generation()), sector, 0);
  }

  Path file(long generation) {
    return context.logDirectory().resolve(fileName(context.baseName(), generation));
  }

  static String fileName(String baseName, long generation) {
    return baseName + String.format(Locale.ROOT, "%05X", generation) + ".log";
  }

  /** The files of a log in a directory, by generation. */
  static SortedMap<Long, Path> files(Disk disk, Path directory, String baseName)
      throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(baseName) + "([0-9A-F]{5,8})\\.log");
    SortedMap<Long, Path> files = new TreeMap<>();
    for (Path file : disk.list(directory)) {
      Matcher matcher = name.matcher(Disk.fileName(file));
      if (matcher.matches()) {
        files.put(Long.parseLong(matcher.group(1), 16), file);
      }
    }
    return files;
  }

  /** Reads the longest chain that ends in the last of the given generations. */
  static List<LogFile> chain(Disk disk, SortedMap<Long, Path> files) throws IOException {
    TreeMap<Long, LogFile> chain = new TreeMap<>();
    for (long at = files.isEmpty() ? 0 : files.lastKey(); files.containsKey(at); at--) {
      Path file = files.get(at);
      LogFile log = LogFile.parse(
          file, disk.read(file), JetErr.LOG_FILE_CORRUPT, Frame.Check.of(disk.decisions()));
      if (!chain.isEmpty()) {
        LogFile.Header next = chain.firstEntry().getValue().header();
        log.requireClosed(file, JetErr.LOG_FILE_CORRUPT);
        if (next.signature() != log.header().signature()) {
          throw JetException.of(JetErr.BAD_LOG_SIGNATURE, Subject.path(file));
        }
        if (!next.continues(log.header())) {
          throw JetException.of(JetErr.INVALID_LOG_SEQUENCE, Subject.path(file));
        }
      }
      chain.put(at, log);
    }
    return List.copyOf(chain.values());
  }
}
