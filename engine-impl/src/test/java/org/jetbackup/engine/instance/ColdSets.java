package org.jetbackup.engine.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.backup.directory.BackupDirectory;
import org.jetbackup.engine.backup.directory.BackupNote;
import org.jetbackup.engine.backup.directory.Draft;
import org.jetbackup.engine.backup.directory.DraftFile;
import org.jetbackup.engine.backup.directory.Manifest;
import org.jetbackup.engine.backup.directory.SetDatabase;
import org.jetbackup.engine.backup.directory.SetFile;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.restore.RestorePlaces;

/**
 * Makes sets by hand, from the files of an instance in which nothing happens meanwhile. What is on
 * the disk may be older than what is in the cache: the logs from the oldest on are in the set.
 */
public final class ColdSets {

  private static final Instant TIME = Instant.parse("2026-11-26T08:00:00Z");

  private ColdSets() {}

  /** Where an instance with these parameters restores. */
  public static RestorePlaces places(Parameters parameters) {
    return new RestorePlaces(
        Settings.of(parameters).recoveryPlaces(),
        parameters.get(SystemParameter.CREATE_PATH_IF_NOT_EXIST),
        parameters.isLogging());
  }

  /** Ends the current generation with a note, as a backup does. */
  public static LogGeneration roll(JetInstance instance, Kind kind) {
    Journal journal = ((Instance) instance).service().journal();
    journal.enter();
    try {
      journal.append(RecordKind.NOTE, new BackupNote(kind, TIME).encode());
      long closed = journal.log().generation();
      journal.log().force(journal.log().end());
      journal.log().roll();
      return new LogGeneration(closed);
    } finally {
      journal.leave();
    }
  }

  /** Makes a full set. Meanwhile: what happens after the databases were copied. */
  public static void full(JetInstance instance, Path directory, Runnable meanwhile) {
    Service service = ((Instance) instance).service();
    LogOptions options = Settings.of(instance.parameters()).logOptions();
    LogFile first = service.journal().log().files().get(0);
    try (Draft draft = Draft.begin(directory, Runnable::run)) {
      List<SetDatabase> databases = new ArrayList<>();
      for (AttachedDatabase each : service.databases().all()) {
        String name = SetDatabase.nameOfCopy(databases.size() + 1, each.path());
        long end = service.journal().log().end();
        byte[] bytes = copyOf(each.path(), first.generation(), end, options.sectorBytes());
        databases.add(new SetDatabase(
            add(draft, name, bytes),
            each.attachment().withDbtime(each.database().pages().dbtime())));
      }
      meanwhile.run();
      LogGeneration last = roll(instance, Kind.FULL);
      List<SetFile> logs = addLogs(draft, options, first.generation(), last);
      Manifest manifest = new Manifest(
          "test",
          TIME,
          options.baseName(),
          options.pageSize(),
          options.fileBytes(),
          options.sectorBytes(),
          first.header().facts().signature(),
          first.generation(),
          last,
          databases,
          logs);
      add(draft, Manifest.FILE_NAME, manifest.encode());
      draft.publish(BackupDirectory.open(directory).nextSet());
    }
  }

  /** Adds what was logged since. */
  public static LogGeneration incremental(JetInstance instance, Path directory) {
    LogOptions options = Settings.of(instance.parameters()).logOptions();
    BackupChain chain = BackupDirectory.open(directory).chain();
    LogGeneration first = chain.genHigh().next();
    LogGeneration last = roll(instance, Kind.INCREMENTAL);
    try (Draft draft = Draft.begin(chain.set(), Runnable::run)) {
      addLogs(draft, options, first, last);
      draft.publish(chain.nextIncrement(first, last));
    }
    return last;
  }

  private static List<SetFile> addLogs(
      Draft draft, LogOptions options, LogGeneration first, LogGeneration last) {
    List<SetFile> logs = new ArrayList<>();
    for (LogGeneration at = first; at.compareTo(last) <= 0; at = at.next()) {
      Path file = FileNames.closedLog(options.directory(), options.baseName(), at);
      logs.add(add(draft, String.valueOf(file.getFileName()), bytes(file)));
    }
    return logs;
  }

  private static byte[] copyOf(Path file, LogGeneration first, long end, int sector) {
    byte[] bytes = bytes(file);
    DatabaseFileHeader header = Database.headerOf(file)
        .change()
        .set(
            HeaderField.CURRENT_FULL_BACKUP,
            new BackupInfo(
                Optional.of(LogAddress.position(end, sector)),
                LogTime.of(TIME),
                Optional.of(first),
                Optional.empty()))
        .header();
    ByteBuffer copy = ByteBuffer.wrap(bytes);
    copy.put(0, header.encode(), 0, header.pageSize().bytes());
    copy.put(
        (int) header.pageSize().shadowHeaderOffset(),
        header.encode(),
        0,
        header.pageSize().bytes());
    return bytes;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SetFile add(Draft draft, String name, byte[] bytes) {
    try (DraftFile file = draft.add(name)) {
      file.write(ByteBuffer.wrap(bytes));
      return file.finish();
    }
  }
}
