package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.PageNumber;

/**
 * The copying half of a backup: databases and generations, each verified, written under a name that
 * no restore looks at, and forced. The content of a database is one block, and counts as its first
 * page.
 */
final class Staging {

  private final Disk disk;
  private final Decisions decisions;
  private final Events events;
  private final Context context;
  private final Store store;
  private final Backup backup;
  private final Progress progress;
  private EventId failureEvent = EventId.STOP_BACKUP_ERROR_ABORT_BY_CALLER_INSTANCE_ID;

  Staging(Context context, Store store, Backup backup, Progress progress) {
    this.disk = context.disk();
    this.decisions = context.decisions();
    this.events = context.events();
    this.context = context;
    this.store = store;
    this.backup = backup;
    this.progress = progress;
  }

  /** Creates a directory for some work, and removes it if the work fails. */
  void fill(Path draft, Backup.Work work) throws IOException {
    try {
      Files.createDirectory(draft);
      work.run();
    } catch (IOException | RuntimeException failure) {
      if (decisions.removesStagingAfterFailure()) {
        disk.deleteQuietly(draft, failure);
      }
      throw failure;
    }
  }

  /** The event that reports a failure: one while logs were read has its own. */
  EventId failureEvent() {
    return failureEvent;
  }

  /** Copies all databases and answers the first generation that one of them needs. */
  long addDatabases(Path draft, List<Manifest.Database> copied) throws IOException {
    List<Store.Attached> attached = store.attachedDatabases();
    int count = decisions.databasesToCopy(attached.size());
    long needed = LogGeneration.MAX;
    for (Store.Attached database : attached.subList(0, count)) {
      backup.requireGoingOn();
      String name = BackupDirectory.databaseName(copied.size() + 1, database.file());
      DatabaseFile copy = readDatabase(database.file());
      byte[] bytes = copy.encode();
      disk.write(draft.resolve(name), bytes);
      needed = Math.min(needed, copy.generation());
      copied.add(new Manifest.Database(
          database.name(), database.file().toString(), Manifest.Item.of(name, bytes)));
      progress.step(0, 50, copied.size(), count);
    }
    return needed;
  }

  private DatabaseFile readDatabase(Path file) throws IOException {
    String name = file.toString();
    String size = Files.exists(file) ? Long.toString(Files.size(file)) : "0";
    events.send(EventId.BACKUP_FILE_START, name, size);
    try {
      DatabaseFile found = verifyDatabase(file, disk.read(file));
      events.send(EventId.BACKUP_FILE_STOP_OK, name);
      return found.asBackupCopy(
          decisions.leavesOpenTransactionsOut()
              ? found.tables()
              : found.tables().with(store.openChanges()));
    } catch (IOException | JetException broken) {
      JetErr error = broken instanceof IOException cause
          ? Disk.failure(cause).error()
          : JetErr.READ_VERIFY_FAILURE;
      events.sendFailure(EventId.BACKUP_ERROR_FOR_ONE_DATABASE, error, error.toString(), name);
      events.send(EventId.BACKUP_FILE_STOP_BEFORE_END, name, "0", size);
      throw JetException.of(error, broken, Subject.page(file, PageNumber.FIRST));
    }
  }

  private DatabaseFile verifyDatabase(Path file, byte[] bytes) {
    try {
      return DatabaseFile.parse(file, bytes);
    } catch (JetException damaged) {
      if (decisions.verifiesDatabases()) {
        throw damaged;
      }
      return DatabaseFile.clean(
          store.signature(), Long.MAX_VALUE, store.generation(), BackupRecords.NONE, Tables.NONE);
    }
  }

  /** Copies the generations of a backup. */
  List<Manifest.Item> addLogs(Path draft, Bkinfo info) throws IOException {
    SortedMap<Long, Path> files = context.logFiles();
    long first = info.genLow().value();
    long last = decisions.lastGenerationToCopy(info.genHigh().value());
    events.send(EventId.BACKUP_LOG_FILES_START, name(files, first), name(files, last));
    List<Manifest.Item> copied = new ArrayList<>();
    for (long generation = first; generation <= last; generation++) {
      backup.requireGoingOn();
      Path file = files.get(generation);
      if (file == null) {
        throw missing(generation);
      }
      byte[] bytes = readLog(file, new LogGeneration(generation));
      String name = Disk.fileName(file);
      disk.write(draft.resolve(name), bytes);
      copied.add(Manifest.Item.of(name, bytes));
      progress.step(50, 99, copied.size(), last - first + 1);
    }
    return copied;
  }

  private static String name(SortedMap<Long, Path> files, long generation) {
    Path file = files.get(generation);
    return file == null ? new LogGeneration(generation).toHex() : file.toString();
  }

  private byte[] readLog(Path file, LogGeneration generation) throws IOException {
    byte[] bytes = disk.read(file);
    JetErr damage = JetErr.LOG_READ_VERIFY_FAILURE;
    try {
      if (decisions.verifiesLogs()) {
        LogFile.parse(file, bytes, damage, Frame.Check.of(decisions)).requireClosed(file, damage);
      }
      return bytes;
    } catch (JetException damaged) {
      failureEvent = EventId.STOP_BACKUP_ERROR_INSTANCE_ID;
      events.sendFailure(
          EventId.BACKUP_ERROR_READ_FILE, damage, damage.toString(), file.toString());
      throw JetException.of(damage, damaged, Subject.path(file), Subject.generation(generation));
    }
  }

  /** Reports a generation that is not there. */
  JetException missing(long generation) {
    JetErr error = JetErr.MISSING_FILE_TO_BACKUP;
    LogGeneration missing = new LogGeneration(generation);
    events.sendFailure(EventId.BACKUP_LOG_FILE_MISSING_ERROR_ID, error, missing.toHex());
    return JetException.of(error, Subject.generation(missing));
  }
}
