package org.jetbackup.engine.backup.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jetbackup.api.Environment;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageWriter;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.LogWriter;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;

/**
 * Backups of a real log and a database of a few pages, in the order in which a backup goes. The
 * clock goes on by a second with each look at it.
 */
final class TinyBackup implements AutoCloseable {

  static final PageSize SIZE = PageSize.KIB_4;
  static final int LOG_BYTES = 64 << 10;
  static final int PAGES = 3;

  private static final int BLANK_PAGE = 2;

  private final LogWriter log;
  private final Ticking clock = new Ticking();
  private final Signature database = Signature.of(42, LogTime.of(Instant.EPOCH));
  private final byte[] pages;
  private LogGeneration next = LogGeneration.FIRST;

  TinyBackup(Path logs) {
    this(logs, 7);
  }

  /** Another seed gives another sequence of logs. */
  TinyBackup(Path logs, long seed) {
    LogOptions options = new LogOptions(logs, "edb", LOG_BYTES, 512, 8 << 10, false, SIZE);
    Environment environment = new Environment(clock, new Random(seed), Runnable::run);
    log = LogWriter.create(options, environment, () -> new byte[0]);
    pages = pages();
  }

  private static byte[] pages() {
    ByteBuffer content = ByteBuffer.allocate(PAGES * SIZE.bytes());
    for (int number = 1; number <= PAGES; number++) {
      ByteBuffer page = SIZE.newBuffer();
      if (number != BLANK_PAGE) {
        PageWriter.withoutPrefix(
                page,
                SIZE,
                new PageNumber(number),
                2,
                new PageFlags(PageFlags.LEAF | PageFlags.NEW_CHECKSUM))
            .add(0, 0, new byte[] {1, 2, 3}, new byte[1000])
            .finish(number, 0, 0);
      }
      content.put(page.clear());
    }
    return content.array();
  }

  /** Appends records, which fill so many files and a bit. */
  void work(int files) {
    long target = log.generation() + files;
    long end = log.end() + 1500;
    while (log.generation() < target || log.end() < end) {
      log.append(RecordKind.CHANGE, true, ByteBuffer.allocate(700).putLong(0, log.end()));
    }
    log.force(log.end());
  }

  /** Appends so many short records; in how many steps the current file was full. */
  int appendShort(int atMost) {
    long generation = log.generation();
    int count = 0;
    while (count < atMost && log.generation() == generation) {
      log.append(RecordKind.CHANGE, true, ByteBuffer.allocate(Short.BYTES));
      count++;
    }
    return count;
  }

  /** Ends the current file with a note. */
  LogGeneration close(Kind kind) {
    log.append(RecordKind.NOTE, true, new BackupNote(kind, clock.instant()).encode());
    LogGeneration last = new LogGeneration(log.generation());
    log.roll();
    return last;
  }

  /** A full backup of everything in the log; the path of the set. */
  Path full(Path directory) {
    Path name = BackupDirectory.open(directory).nextSet();
    LogGeneration high = close(Kind.FULL);
    try (Draft draft = Draft.begin(directory, Runnable::run)) {
      fill(draft, LogGeneration.FIRST, high);
      draft.publish(name);
    }
    next = high.next();
    return name;
  }

  /** Everything that belongs into a set. */
  void fill(Draft draft, LogGeneration low, LogGeneration high) {
    DraftFile copy = draft.add("1.a.edb");
    copy.write(header(low).encode());
    copy.write(header(low).encode());
    copy.write(ByteBuffer.wrap(pages));
    SetFile file = copy.finish();
    List<SetFile> logs = addLogs(draft, low, high);
    Manifest manifest = new Manifest(
        "test",
        clock.instant(),
        "edb",
        SIZE,
        LOG_BYTES,
        512,
        signature(),
        low,
        high,
        List.of(new SetDatabase(file, new Attachment(1, "data/a.edb", database, 3))),
        logs);
    DraftFile text = draft.add(Manifest.FILE_NAME);
    text.write(ByteBuffer.wrap(manifest.encode()));
    text.finish();
  }

  private DatabaseFileHeader header(LogGeneration low) {
    BackupInfo current = new BackupInfo(
        Optional.of(new LogPosition(low, 8, 0)),
        LogTime.of(Instant.EPOCH),
        Optional.of(low),
        Optional.empty());
    return DatabaseFileHeader.create(SIZE)
        .set(HeaderField.STATE, DatabaseState.DIRTY)
        .set(HeaderField.DATABASE_SIGNATURE, database)
        .set(HeaderField.DATABASE_ID, 1L)
        .set(HeaderField.LOG_SIGNATURE, signature())
        .set(HeaderField.CURRENT_FULL_BACKUP, current)
        .header();
  }

  private Signature signature() {
    return log.files().get(0).header().facts().signature();
  }

  List<SetFile> addLogs(Draft draft, LogGeneration low, LogGeneration high) {
    List<SetFile> copied = new ArrayList<>();
    for (LogFile file : log.files()) {
      if (file.generation().compareTo(low) >= 0 && file.generation().compareTo(high) <= 0) {
        DraftFile copy = draft.add(String.valueOf(file.path().getFileName()));
        copy.write(ByteBuffer.wrap(bytes(file.path())));
        copied.add(copy.finish());
      }
    }
    return copied;
  }

  /** An incremental backup of all that was not backed up. */
  Path increment(Path set) {
    LogGeneration high = close(Kind.INCREMENTAL);
    Path name = BackupChain.open(set).nextIncrement(next, high);
    try (Draft draft = Draft.begin(set, Runnable::run)) {
      addLogs(draft, next, high);
      draft.publish(name);
    }
    next = high.next();
    return name;
  }

  LogGeneration next() {
    return next;
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path path) {
    Directories.delete(path);
  }

  /** Changes one byte. */
  static void flip(Path path, long at, int bits) {
    try (DataFile file = DataFile.open(path, Mode.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1).order(ByteOrder.LITTLE_ENDIAN);
      file.readFully(one, at);
      one.put(0, (byte) (one.get(0) ^ bits));
      file.write(one.flip(), at);
    }
  }

  @Override
  public void close() {
    log.close();
  }

  /** A clock that goes on. */
  private static final class Ticking extends Clock {

    private Instant now = Instant.parse("2026-03-04T05:06:07Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }
  }
}
