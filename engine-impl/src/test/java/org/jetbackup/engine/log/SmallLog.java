package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.format.PageSize;

/** Logs with the smallest files, under a fixed clock, with a seed, everything inline. */
final class SmallLog {

  static final int FILE = 64 << 10;
  static final Supplier<byte[]> STATE = () -> "state".getBytes(StandardCharsets.US_ASCII);

  private SmallLog() {}

  /** A record as it was read. */
  record Entry(RecordKind kind, boolean ends, String payload, long address, long behind) {

    /** The same whatever its place. */
    String content() {
      return kind + " " + ends + " " + payload;
    }
  }

  /** What a reader found. */
  record Found(List<Entry> entries, LogEnd end) {

    List<String> contents() {
      return entries.stream().map(Entry::content).toList();
    }
  }

  static LogOptions options(Path directory) {
    return options(directory, 512, 8 << 10, false);
  }

  static LogOptions options(Path directory, int sector, int buffer, boolean circular) {
    return new LogOptions(directory, "edb", FILE, sector, buffer, circular, PageSize.KIB_4);
  }

  static Environment environment(long seed) {
    Clock clock = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
    return new Environment(clock, new Random(seed), Runnable::run);
  }

  static LogWriter create(LogOptions options) {
    return LogWriter.create(options, environment(1), STATE);
  }

  static LogWriter reopen(LogOptions options, long seed) {
    LogFiles files = LogFiles.scan(options.directory(), options.baseName());
    return LogWriter.open(files, options, LogReader.findEnd(files, 0), environment(seed), STATE);
  }

  static Found read(Path directory, long from) {
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(LogFiles.scan(directory, "edb"), from)) {
      while (reader.next()) {
        entries.add(new Entry(
            reader.kind(),
            reader.endsBlock(),
            text(reader.payload()),
            reader.address(),
            reader.behind()));
      }
      return new Found(entries, reader.end());
    }
  }

  /** Short for few bytes, and a length and a hash for many. */
  static String text(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    return bytes.length + ":" + Arrays.hashCode(bytes);
  }

  static RecordKind kind(Random random) {
    List<RecordKind> kinds = List.of(RecordKind.values());
    return kinds.get(random.nextInt(kinds.size()));
  }

  static ByteBuffer payload(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /** What {@link Entry#content} gives for a record that is appended so. */
  static String content(RecordKind kind, boolean ends, ByteBuffer payload) {
    return kind + " " + ends + " " + text(payload);
  }
}
