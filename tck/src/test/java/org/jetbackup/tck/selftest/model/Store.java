package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.backup.DatabaseHeader;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * What an initialized instance holds: the committed state, the log, the attached databases, and the
 * one place in which a backup can run. Its monitor is the only lock of the model.
 *
 * <p>Invariants: the committed state is what snapshots and log give together; a commit is in the
 * log before it is in the state; a generation is deleted only when every attached database has a
 * snapshot behind it; after the log has failed once nothing works any more.
 */
final class Store {

  /** An attached database. Guarded by the store. */
  static final class Attached {
    private final String name;
    private final Path file;
    private BackupRecords records;
    private long generation;

    Attached(String name, Path file, BackupRecords records) {
      this.name = name;
      this.file = file;
      this.records = records;
    }

    String name() {
      return name;
    }

    Path file() {
      return file;
    }
  }

  private final Context context;
  private final Disk disk;
  private final Decisions decisions;
  private final Names names;
  private final SortedMap<String, Attached> attached = new TreeMap<>();
  private final Conflicts conflicts = new Conflicts();
  private @Nullable Log log;
  private volatile State committed = State.EMPTY;
  private @Nullable Backup running;
  private volatile @Nullable JetErr failure;

  Store(Context context) {
    this.context = context;
    this.disk = context.disk();
    this.decisions = context.decisions();
    this.names = new Names(context.logDirectory());
  }

  // Opening and closing

  /**
   * Recovers what the log speaks of, and takes the log up. Called before anybody else is let in.
   */
  void open() throws IOException {
    List<LogFile> chain = Log.chain(disk, context.logFiles());
    if (!chain.isEmpty() && decisions.recoversAtInit()) {
      new Recovery(context).run(chain);
    }
    if (context.parameters().isLogging()) {
      log = Log.open(context, chain);
    }
  }

  /** Ends the store; everything later fails with the given error. */
  synchronized void close(boolean clean, JetErr then) throws IOException {
    try {
      if (clean && failure == null) {
        if (!decisions.rollsBackAtTermination()) {
          for (Transaction open : conflicts.open()) {
            commit(open);
          }
        }
        for (Attached database : attached.values()) {
          disk.replace(database.file, cleanFile(database).encode());
        }
      }
    } finally {
      failure = then;
    }
  }

  /** The fatal error that has closed the store, if there was one. */
  Optional<JetErr> failure() {
    return Optional.ofNullable(failure);
  }

  void requireAlive() {
    if (failure != null) {
      throw JetException.of(failure);
    }
  }

  // Transactions

  State committed() {
    return committed;
  }

  synchronized Transaction begin() {
    requireAlive();
    return new Transaction(conflicts.commits(), committed);
  }

  /** Adds a change to a transaction; the first one to change a record wins. */
  synchronized void change(Transaction transaction, Change change, Requirement requirement) {
    requireAlive();
    if (conflicts.concern(transaction, change.place()) && decisions.findsWriteConflicts()) {
      throw JetException.of(JetErr.WRITE_CONFLICT);
    }
    requirement.check(transaction
        .view()
        .rows(change.database(), change.table())
        .filter(rows -> rows.containsKey(change.key()))
        .isPresent());
    transaction.add(change);
    conflicts.changed(transaction, change.place());
  }

  /** A transaction of one change. */
  synchronized void changeAndCommit(Change change, Requirement requirement) throws IOException {
    Transaction transaction = begin();
    try {
      change(transaction, change, requirement);
      commit(transaction);
    } finally {
      rollback(transaction);
    }
  }

  synchronized void commit(Transaction transaction) throws IOException {
    requireAlive();
    for (Change change : transaction.changes()) {
      boolean late =
          conflicts.concern(transaction, change.place()) && decisions.findsWriteConflicts();
      if (late || !committed.has(change.database())) {
        throw JetException.of(JetErr.WRITE_CONFLICT);
      }
    }
    if (!transaction.changes().isEmpty()) {
      commit(transaction.changes());
    }
    rollback(transaction);
  }

  synchronized void rollback(Transaction transaction) {
    conflicts.ended(transaction);
  }

  private void commit(List<Change> changes) throws IOException {
    if (decisions.keepsTransactionsWhole()) {
      append(changes);
    } else {
      for (Change change : changes) {
        append(List.of(change));
      }
    }
    committed = committed.with(changes);
    conflicts.committed(changes);
  }

  // Databases and tables

  synchronized void createDatabase(Path file) throws IOException {
    requireNoBackup();
    String name = names.nameOf(file);
    if (attached.containsKey(name) || disk.exists(file)) {
      throw JetException.of(JetErr.DATABASE_DUPLICATE, Subject.path(file));
    }
    if (!Files.isDirectory(Disk.parent(file))) {
      throw JetException.of(JetErr.INVALID_PATH, Subject.path(file));
    }
    Attached database = new Attached(name, file, BackupRecords.NONE);
    try {
      disk.replace(file, cleanFile(database).encode());
      append(List.of(Change.ofDatabase(Change.Kind.CREATE_DATABASE, name)));
      adopt(database, Tables.NONE);
    } catch (IOException | RuntimeException broken) {
      if (decisions.removesDatabaseAfterFailure()) {
        disk.deleteQuietly(file, broken); // or it would be in the way of the next attempt
      }
      throw broken;
    }
  }

  synchronized void attachDatabase(Path file) throws IOException {
    requireNoBackup();
    String name = names.nameOf(file);
    if (attached.containsKey(name)) {
      return;
    }
    if (!Files.exists(file)) {
      throw JetException.of(JetErr.FILE_NOT_FOUND, Subject.path(file));
    }
    DatabaseFile found = DatabaseFile.parse(file, disk.read(file));
    requireNoBackupCopy(file, found);
    if (!found.isClean() && !found.isBackupCopy()) {
      throw JetException.of(JetErr.DATABASE_DIRTY_SHUTDOWN, Subject.path(file));
    }
    boolean ours = log != null && log.signature() == found.signature();
    append(List.of(Change.ofDatabase(Change.Kind.ATTACH_DATABASE, name)));
    adopt(new Attached(name, file, ours ? found.records() : BackupRecords.NONE), found.tables());
  }

  private void requireNoBackupCopy(Path file, DatabaseFile found) {
    if (found.isBackupCopy() && decisions.refusesRawBackupCopies()) {
      throw JetException.of(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, Subject.path(file));
    }
  }

  private void adopt(Attached database, Tables tables) throws IOException {
    committed = committed.with(database.name, tables);
    attached.put(database.name, database);
    try {
      checkpoint(database);
    } catch (IOException | RuntimeException broken) {
      forget(database);
      throw broken;
    }
  }

  synchronized void detachDatabase(Path file, boolean drop) throws IOException {
    requireNoBackup();
    Attached database = attached(file);
    if (decisions.writesSnapshotAtDetach()) {
      disk.replace(database.file, cleanFile(database).encode());
    }
    forget(database);
    if (drop) {
      append(List.of(Change.ofDatabase(Change.Kind.DROP_DATABASE, database.name)));
      Files.delete(database.file);
      disk.forceDirectory(Disk.parent(database.file));
    }
  }

  private void forget(Attached database) {
    attached.remove(database.name);
    committed = committed.without(database.name);
  }

  /** The name of an attached database. */
  synchronized String name(Path file) {
    return attached(file).name;
  }

  private Attached attached(Path file) {
    requireAlive();
    return Optional.ofNullable(attached.get(names.nameOf(file)))
        .orElseThrow(() -> JetException.of(JetErr.DATABASE_NOT_FOUND, Subject.path(file)));
  }

  synchronized DatabaseHeader header(Path file) {
    Attached database = attached(file);
    return new DatabaseHeader(
        database.file, DatabaseHeader.State.DIRTY_SHUTDOWN, 0, database.records);
  }

  synchronized void changeTable(Change change) throws IOException {
    requireAlive();
    boolean exists = committed.rows(change.database(), change.table()).isPresent();
    if (exists && change.kind() == Change.Kind.CREATE_TABLE) {
      throw JetException.of(JetErr.TABLE_DUPLICATE, Subject.value("table", change.table()));
    }
    if (!exists && change.kind() == Change.Kind.DROP_TABLE) {
      throw JetException.of(JetErr.OBJECT_NOT_FOUND, Subject.value("table", change.table()));
    }
    commit(List.of(change));
  }

  // Log and checkpoint

  private void append(List<Change> changes) throws IOException {
    if (log == null) {
      return;
    }
    Log current = log;
    if (current.isFull()) {
      logging(() -> current.roll(attached.keySet()));
      if (context.isCircular() || !decisions.keepsLogForBackup()) {
        reuseLog(current);
      }
    }
    logging(() -> current.append(changes));
  }

  private void reuseLog(Log current) throws IOException {
    if (running != null && decisions.keepsLogDuringBackup()) {
      return;
    }
    try {
      checkpoint();
      for (Path file : behindCheckpoint(current.generation())) {
        Files.delete(file);
      }
    } catch (IOException later) {
      Objects.requireNonNull(later); // the next roll makes up for it
    }
  }

  /**
   * Writes a snapshot of every attached database, so that recovery starts at the current
   * generation.
   */
  synchronized void checkpoint() throws IOException {
    for (Attached database : attached.values()) {
      checkpoint(database);
    }
  }

  private void checkpoint(Attached database) throws IOException {
    if (log != null) {
      Tables tables = committed.tables(database.name);
      BackupRecords records = decisions.writesRecords() ? database.records : BackupRecords.NONE;
      disk.replace(database.file, DatabaseFile.dirty(log, records, tables).encode());
      database.generation = log.generation();
    }
  }

  private DatabaseFile cleanFile(Attached database) {
    Tables tables = committed.tables(database.name);
    BackupRecords records = decisions.writesRecords() ? database.records : BackupRecords.NONE;
    return log == null
        ? DatabaseFile.clean(0, 0, 0, BackupRecords.NONE, tables)
        : DatabaseFile.clean(log.signature(), log.sequence(), log.generation(), records, tables);
  }

  /** The generations up to one that no attached database needs for its recovery, oldest first. */
  synchronized List<Path> behindCheckpoint(long last) throws IOException {
    long checkpoint = attached.values().stream()
        .mapToLong(database -> database.generation)
        .min()
        .orElse(log().generation());
    long end = decisions.stopsTruncationAtCheckpoint() ? checkpoint : log().generation();
    return List.copyOf(context.logFiles().headMap(Math.min(end, last + 1)).values());
  }

  /** Something that writes the log. */
  private interface LogWrite {
    void run() throws IOException;
  }

  private void logging(LogWrite write) {
    try {
      write.run();
    } catch (IOException broken) {
      boolean full = Disk.isFull(broken);
      if (decisions.becomesUnavailableWithoutLog()) {
        failure = full
            ? JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL
            : JetErr.INSTANCE_UNAVAILABLE;
      }
      throw JetException.of(full ? JetErr.LOG_DISK_FULL : JetErr.LOG_WRITE_FAIL, broken);
    }
  }

  private Log log() {
    return Objects.requireNonNull(log, "no backup without a log");
  }

  // What a backup asks for

  /** Lets a backup in, if the state of the instance allows one. */
  synchronized void beginBackup(Backup backup, BackupGrbit grbit) {
    requireAlive();
    if (log == null && decisions.requiresLogging()) {
      throw JetException.of(JetErr.LOGGING_DISABLED);
    }
    if (grbit.isIncremental() && context.isCircular() && decisions.checksCircularLogging()) {
      throw JetException.of(JetErr.INVALID_BACKUP, Subject.value("CircularLog", true));
    }
    if (running != null && decisions.allowsOneBackupAtATime()) {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    }
    running = backup;
  }

  synchronized void endBackup(Backup backup) {
    if (running == backup) {
      running = null;
    }
    notifyAll();
  }

  synchronized Optional<Backup> running() {
    return Optional.ofNullable(running);
  }

  synchronized void awaitEndOfBackup() throws InterruptedException {
    while (running != null) {
      wait();
    }
  }

  private void requireNoBackup() {
    requireAlive();
    if (running != null && decisions.keepsDatabasesDuringBackup()) {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    }
  }

  synchronized List<Attached> attachedDatabases() {
    return List.copyOf(attached.values());
  }

  /** A database without a full backup, if there is one. */
  synchronized Optional<Path> uncovered() {
    return attached.values().stream()
        .filter(database -> database.records.fullPrevious().isEmpty())
        .map(Attached::file)
        .findFirst();
  }

  /** The changes of all transactions that are open: what a backup must not contain. */
  synchronized List<Change> openChanges() {
    return conflicts.open().stream().flatMap(open -> open.changes().stream()).toList();
  }

  synchronized LogPosition end() {
    return log().end();
  }

  synchronized long signature() {
    return log().signature();
  }

  synchronized long generation() {
    return log().generation();
  }

  /** Closes the current generation and answers its number. */
  synchronized long roll() {
    requireAlive();
    long closed = log().generation();
    logging(() -> log().roll(attached.keySet()));
    return closed;
  }

  /** Notes a backup in the headers of the databases that are in it; durable after a checkpoint. */
  synchronized void record(Bkinfo info, boolean incremental) {
    for (Attached database : attached.values()) {
      database.records = incremental
          ? decisions.afterIncremental(database.records, info)
          : decisions.afterFull(database.records, info);
    }
  }
}
