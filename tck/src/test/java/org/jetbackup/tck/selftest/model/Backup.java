package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * One run of a backup, on the thread of its caller.
 *
 * <pre>
 *   check -> stage databases -> roll the log -> stage generations -> manifest
 *         -> PUBLISH -> header records, checkpoint -> truncate -> delete the replaced set
 * </pre>
 *
 * <p>Before it publishes, every failure removes what was staged, and nothing else has happened but
 * a roll of the log. After that nothing fails the backup: trouble is an event, and the next run
 * makes up for it.
 */
final class Backup {

  private final Context context;
  private final Decisions decisions;
  private final Events events;
  private final Disk disk;
  private final Store store;
  private final BackupGrbit grbit;
  private final Progress progress;
  private final Staging staging;
  private final Publication publication;
  private final Thread thread = Thread.currentThread();
  private volatile @Nullable JetErr stop;

  /** A part of the run that touches files. */
  interface Work {
    void run() throws IOException;
  }

  Backup(Context context, Store store, BackupGrbit grbit, StatusCallback callback) {
    this.context = context;
    this.decisions = context.decisions();
    this.events = context.events();
    this.disk = context.disk();
    this.store = store;
    this.grbit = grbit;
    this.progress = new Progress(Snp.BACKUP, callback, decisions);
    this.staging = new Staging(context, store, this, progress);
    this.publication = new Publication(context, store, grbit);
  }

  /** Asks the run to end with an error before its next step. */
  void stop(JetErr error) {
    stop = error;
  }

  void requireGoingOn() {
    store.requireAlive();
    JetErr requested = stop;
    if (requested != null) {
      throw JetException.of(requested);
    }
  }

  boolean isMine() {
    return thread == Thread.currentThread();
  }

  void run(Optional<Path> directory) {
    store.beginBackup(this, grbit);
    try {
      if (grbit.isIncremental() && decisions.requiresFullBackup()) {
        store.uncovered().ifPresent(this::refuse);
      }
      Work work = directory.isPresent() ? prepare(open(directory.get())) : this::truncateOnly;
      if (decisions.letsOthersWorkDuringBackup()) {
        attempt(work);
      } else {
        synchronized (store) {
          attempt(work);
        }
      }
    } catch (IOException broken) {
      throw Disk.failure(broken);
    } finally {
      store.endBackup(this);
    }
  }

  private void refuse(Path uncovered) {
    JetErr error = JetErr.MISSING_FULL_BACKUP;
    events.sendFailure(EventId.DATABASE_MISS_FULL_BACKUP_ERROR_ID, error, uncovered.toString());
    throw JetException.of(error, Subject.path(uncovered));
  }

  /** Checks what can be checked before the start event; what is refused here leaves no trace. */
  private Work prepare(BackupDirectory directory) throws IOException {
    if (grbit.isIncremental()) {
      if (directory.sets().isEmpty()) {
        throw JetException.of(JetErr.MISSING_FULL_BACKUP, Subject.path(directory.path()));
      }
      Chain chain = directory.chain();
      requireCovered(chain);
      return () -> extend(chain);
    }
    List<Path> before = directory.sets();
    List<Path> inTheWay = new ArrayList<>(directory.foreign());
    if (!grbit.isAtomic()) {
      inTheWay.addAll(before);
    }
    if (!inTheWay.isEmpty() && decisions.requiresCleanDirectory()) {
      throw JetException.of(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, Subject.path(inTheWay.get(0)));
    }
    List<Path> leftovers = decisions.leavesStrangersAlone() ? directory.leftovers() : inTheWay;
    return () -> replace(directory, before, leftovers);
  }

  private void attempt(Work work) {
    events.send(
        grbit.isIncremental()
            ? EventId.START_INCREMENTAL_BACKUP_INSTANCE_ID
            : EventId.START_FULL_BACKUP_INSTANCE_ID);
    try {
      progress.begin();
      requireGoingOn();
      work.run();
    } catch (IOException broken) {
      throw failed(Disk.failure(broken));
    } catch (JetException failure) {
      throw failed(failure);
    } catch (RuntimeException unexpected) {
      throw failed(JetException.of(JetErr.INTERNAL_ERROR, unexpected));
    }
    progress.complete();
    events.send(EventId.STOP_BACKUP_INSTANCE_ID);
    publication.reportTrouble();
  }

  private JetException failed(JetException failure) {
    progress.fail();
    events.sendFailure(staging.failureEvent(), failure.error(), failure.error().toString());
    return failure;
  }

  private void truncateOnly() throws IOException {
    boolean keeps = context.isCircular() || !decisions.truncatesWithoutPath();
    publication.truncate(keeps ? List.of() : store.behindCheckpoint(LogGeneration.MAX));
    if (!decisions.leavesRecordsWithoutPath()) {
      store.record(info(store.end(), 1, store.generation()), false);
    }
  }

  private BackupDirectory open(Path path) throws IOException {
    if (!decisions.requiresTargetDirectory()) {
      disk.createDirectories(path);
    }
    context.requireDirectory(path);
    return new BackupDirectory(disk, path);
  }

  private Bkinfo info(LogPosition mark, long first, long last) {
    return new Bkinfo(
        mark,
        decisions.timeOfBackup(context.now()),
        new LogGeneration(first),
        new LogGeneration(last));
  }

  // A full backup

  private void replace(BackupDirectory directory, List<Path> before, List<Path> leftovers)
      throws IOException {
    for (Path leftover : leftovers) {
      disk.deleteTree(leftover);
    }
    if (!decisions.keepsOldSetUntilPublished()) {
      publication.retire(directory, before);
    }
    Path set = directory.nextSet();
    Path draft = decisions.stagesUnderAnotherName() ? directory.staging() : set;
    staging.fill(draft, () -> {
      Bkinfo info = stageSet(draft);
      requireGoingOn();
      publication.publish(draft, set, info);
    });
    if (decisions.deletesReplacedSets()) {
      publication.retire(directory, before);
    }
  }

  private Bkinfo stageSet(Path draft) throws IOException {
    LogPosition mark = store.end();
    List<Manifest.Database> databases = new ArrayList<>();
    long needed = staging.addDatabases(draft, databases);
    long last = store.roll();
    long first = decisions.firstGenerationToCopy(Math.min(needed, last), last);
    Bkinfo info = info(mark, first, last);
    List<Manifest.Item> logs = staging.addLogs(draft, info);
    if (!decisions.writesManifestWhole()) {
      writeManifest(draft, info, databases, logs.subList(0, 1));
    }
    writeManifest(draft, info, databases, logs);
    return info;
  }

  private void writeManifest(
      Path draft, Bkinfo info, List<Manifest.Database> databases, List<Manifest.Item> logs)
      throws IOException {
    long first = info.genLow().value();
    Manifest manifest =
        new Manifest(info.logtimeMark(), context.baseName(), first, databases, logs);
    disk.write(draft.resolve(Manifest.FILE_NAME), manifest.encode());
  }

  // An incremental backup

  private void extend(Chain chain) throws IOException {
    long next = requireContinuation(chain);
    Path draft = BackupDirectory.staging(chain);
    disk.deleteTree(draft);
    staging.fill(draft, () -> {
      LogPosition mark = store.end();
      long last = store.roll();
      Bkinfo info = info(mark, decisions.firstGenerationOfIncrement(next, last), last);
      staging.addLogs(draft, info);
      addWhatDoesNotBelong(chain, draft);
      requireGoingOn();
      publication.publish(draft, chain.nextIncrement(info.genLow(), info.genHigh()), info);
    });
  }

  /** Every attached database must be in the set, whatever other set its header tells of. */
  private void requireCovered(Chain chain) {
    List<String> covered =
        chain.manifest().databases().stream().map(Manifest.Database::name).toList();
    for (Store.Attached database : store.attachedDatabases()) {
      if (!covered.contains(database.name()) && decisions.requiresFullBackup()) {
        refuse(database.file());
      }
    }
  }

  /** The generation after the chain, which must be here and continue it. */
  private long requireContinuation(Chain chain) throws IOException {
    LogFile.Header end = chain.last().header();
    long next = end.generation() + 1;
    boolean strange = end.signature() != store.signature() || next > store.generation();
    if (strange && decisions.comparesChain()) {
      throw JetException.of(JetErr.INVALID_LOG_SEQUENCE, Subject.path(chain.set()));
    }
    Path file = context.logFiles().get(next);
    if (file == null) {
      if (decisions.findsGaps()) {
        throw staging.missing(next);
      }
      return context.logFiles().firstKey();
    }
    LogFile begin = LogFile.parse(
        file, disk.read(file), JetErr.LOG_READ_VERIFY_FAILURE, Frame.Check.of(decisions));
    if (decisions.comparesChain() && !begin.header().continues(end)) {
      throw JetException.of(JetErr.INVALID_LOG_SEQUENCE, Subject.path(file));
    }
    return next;
  }

  private void addWhatDoesNotBelong(Chain chain, Path draft) throws IOException {
    if (!decisions.addsOnlyLogs()) {
      disk.write(draft.resolve(Manifest.FILE_NAME), chain.manifest().encode());
    }
    if (!decisions.leavesSetAlone()) {
      Path manifest = chain.set().resolve(Manifest.FILE_NAME);
      Files.write(manifest, new byte[1], StandardOpenOption.APPEND);
    }
  }
}
