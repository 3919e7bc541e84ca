package org.jetbackup.engine.wrong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameter;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.directory.Draft;
import org.jetbackup.engine.backup.directory.DraftFile;
import org.jetbackup.engine.backup.directory.Manifest;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/** What engines with a bug call instead of what the engine calls. */
@SuppressWarnings("unused") // by name, and by code that is copied
public final class Instead {

  private static final Random CHANCE = new Random();
  private static final int SECTOR = 512;
  private static final String STAGING = "jetbackup.staging";

  private Instead() {}

  /** Calls a method that is not public, the first of its name with so many parameters. */
  public static Object call(Object target, String name, Object... arguments) {
    try {
      for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
        for (Method method : type.getDeclaredMethods()) {
          if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
            method.setAccessible(true);
            return method.invoke(target, arguments);
          }
        }
      }
      throw new IllegalStateException(target.getClass() + " has no method " + name);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object field(Object target, String name) {
    try {
      var field = target.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  // Settings and states

  /** A parameter that is on. */
  public static Object on(Parameters parameters, Parameter<?> parameter) {
    return true;
  }

  /** A parameter that is off. */
  public static Object off(Parameters parameters, Parameter<?> parameter) {
    return false;
  }

  /** Whatever the settings say, there is a log. */
  public static boolean isLogging(Object settings) {
    return true;
  }

  /** Lets a session's call in as one that winds down. */
  public static void enterWindingDown(Object session, boolean windingDown) {
    call(session, "enter", true);
  }

  /** The failure, with the path to blame if the instance initializes. */
  public static @Nullable Throwable blamingPath(@Nullable Throwable thrown) {
    boolean early =
        thrown instanceof JetException failure && failure.error() == JetErr.BACKUP_NOT_ALLOWED_YET;
    return early ? JetException.of(JetErr.INVALID_PATH) : thrown;
  }

  /** Refuses a feature. */
  public static void refuse(boolean asked) {
    if (asked) {
      throw JetException.of(JetErr.FEATURE_NOT_AVAILABLE);
    }
  }

  /** A directory in the working directory. */
  public static Path pathFor(JetInstance instance) {
    Path system = instance.parameters().get(SystemParameter.SYSTEM_PATH);
    try {
      return Files.createTempDirectory(
          system.getFileSystem().getPath("").toAbsolutePath(), "backup");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Now and then. */
  public static boolean chance() {
    return CHANCE.nextBoolean();
  }

  /** So much log that a checkpoint is due. */
  public static long veryMuch(Object log, long address) {
    return Long.MAX_VALUE;
  }

  // Backup

  /** The first of a list, whichever is asked for. */
  public static Object first(List<?> list, int index) {
    return list.get(0);
  }

  /** Any match will do. */
  public static boolean anyMatches(Stream<?> stream, Predicate<?> predicate) {
    return true;
  }

  /** An hour ago. */
  public static Instant hourAgo(Clock clock) {
    return clock.instant().minusSeconds(3_600);
  }

  /** A generation less, if redo of a backup may still end there. */
  public static long before(long rolled, Object checkpointer) {
    long needed = (long) call(checkpointer, "checkpoint") >>> 32;
    return Math.max(rolled - 1, Math.min(rolled, needed));
  }

  /** A generation more, if the log has it. */
  public static long behind(long retained, Object journal) {
    long current = (long) call(call(journal, "log"), "generation");
    return Math.min(retained + 1, current);
  }

  /** Deletes every file of a directory that has no name of ours. */
  public static void deleteStrangers(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> strangers = entries
          .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("set-"))
          .filter(Files::isRegularFile)
          .toList();
      for (Path stranger : strangers) {
        Files.delete(stranger);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a manifest again, with another text where the engine stands. */
  public static void rewrite(Path set, Manifest manifest) {
    Manifest other = new Manifest(
        manifest.engine() + ", used",
        manifest.created(),
        manifest.baseName(),
        manifest.pageSize(),
        manifest.logFileBytes(),
        manifest.logSectorBytes(),
        manifest.log(),
        manifest.genLow(),
        manifest.genHigh(),
        manifest.databases(),
        manifest.logs());
    try {
      Files.write(set.resolve(Manifest.FILE_NAME), other.encode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file to the draft of an increment that is no log. */
  public static void addMore(Draft draft, BackupGrbit grbit) {
    if (grbit.isIncremental()) {
      try (DraftFile file = draft.add(Manifest.FILE_NAME)) {
        file.write(ByteBuffer.wrap(new byte[] {'i', 'n', 'c'}));
        file.finish();
      }
    }
  }

  /** Moves the checkpoint and deletes log files, as at the end of a backup. */
  public static void truncate(Object stream) {
    call(call(stream, "source"), "checkpoint");
    Object settlement = call(stream, "settlement");
    call(settlement, "delete", call(settlement, "deletable"));
  }

  /** Writes into the headers that there was a full backup. */
  @SuppressWarnings("unchecked")
  public static void recordWithoutBackup(Object stream) {
    BackupInfo current = (BackupInfo) field(stream, "current");
    Collection<Object> databases = ((Map<Path, Object>) field(stream, "databases")).values();
    BackupInfo record =
        new BackupInfo(current.mark(), current.time(), current.first(), current.first());
    try {
      for (Object database : databases) {
        Method write = Arrays.stream(
                Class.forName("org.jetbackup.engine.backup.HeaderRecords").getDeclaredMethods())
            .filter(method -> method.getName().equals("write"))
            .findFirst()
            .orElseThrow();
        write.setAccessible(true);
        write.invoke(null, database, record, false, true);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record without its first generation, if there are more. */
  public static BackupInfo withoutFirst(BackupInfo record) {
    Optional<LogGeneration> first = record.first();
    boolean hasMore = !first.equals(record.last());
    return new BackupInfo(
        record.mark(),
        record.time(),
        hasMore ? first.map(LogGeneration::next) : first,
        record.last());
  }

  /** Where a set is filled: under its final name. */
  public static Path finalName(Path parent, String name) {
    if (String.valueOf(parent.getFileName()).startsWith("set-")) {
      return parent.resolve(name);
    }
    int last = Directories.list(parent).stream()
        .map(entry -> String.valueOf(entry.getFileName()))
        .filter(each -> each.matches("set-\\d{6}"))
        .mapToInt(each -> Integer.parseInt(each.substring("set-".length())))
        .max()
        .orElse(0);
    return parent.resolve(String.format(Locale.ROOT, "set-%06d", last + 1));
  }

  /** Forces a directory, unless it is filled for a set. */
  public static boolean canForceAllButStaging(Path directory) {
    return String.valueOf(directory.getFileName()).equals(STAGING)
        || Directories.canForce(directory);
  }

  /** Forces a directory only if it is filled for a set. */
  public static boolean canForceStagingOnly(Path directory) {
    return !String.valueOf(directory.getFileName()).equals(STAGING)
        || Directories.canForce(directory);
  }

  // Progress and events

  /** The second of two. */
  public static long second(long first, long second) {
    return second;
  }

  /** Tells a callback, and keeps what it throws. */
  public static void tell(Object progress, Object snt) {
    call(progress, "tell", snt);
  }

  /** An event that names nothing. */
  public static JetEvent nameless(EventId id, Instant time, String[] strings) {
    return JetEvent.of(id, time);
  }

  // Restore

  /** All files are in the way. */
  public static void ignore(List<LogFile> behind, List<Path> stale) {
    behind.forEach(file -> stale.add(file.path()));
    behind.clear();
  }

  /** The log without its last file, if it has more than one. */
  public static LogFiles withoutLast(Object logs) {
    LogFiles all = (LogFiles) call(logs, "all");
    List<LogFile> files = new ArrayList<>(all.all());
    if (files.size() > 1) {
      files.remove(files.size() - 1);
    }
    return LogFiles.of(all.directory(), all.baseName(), files);
  }

  /** Whether no sector of a batch consists of zeros alone. */
  public static boolean hasNoSectorOfZeros(ByteBuffer batch, int base) {
    LogBatchHeader header = new LogBatchHeader(batch);
    header.moveTo(base);
    int end = base + LogBatchHeader.BYTES + header.payloadBytes();
    if (end > batch.capacity()) {
      return false;
    }
    for (int at = base; at + SECTOR <= end; at += SECTOR) {
      boolean isZero = true;
      for (int i = at; i < at + SECTOR; i++) {
        isZero &= batch.get(i) == 0;
      }
      if (isZero) {
        return false;
      }
    }
    return true;
  }
}
