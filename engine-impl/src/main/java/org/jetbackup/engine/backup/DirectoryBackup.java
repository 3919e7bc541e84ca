package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.EndGrbit;
import org.jetbackup.api.backup.ExternalFile;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.backup.directory.BackupDirectory;
import org.jetbackup.engine.backup.directory.Draft;
import org.jetbackup.engine.backup.directory.DraftFile;
import org.jetbackup.engine.backup.directory.Manifest;
import org.jetbackup.engine.backup.directory.SetDatabase;
import org.jetbackup.engine.backup.directory.SetFile;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.storage.DataFile;

/**
 * A backup into a directory: the first client of {@link StreamingBackup}.
 *
 * <pre>{@code
 *   CHECKED --begin--> DRAFTED ----------publish----------> PUBLISHED --settle, retire--> DONE
 *      |                  |                                      |
 *      | refused:         | fails: the draft goes, and nothing   | trouble is a warning event:
 *      | no trace         | but a roll of the log has happened   | the backup is good
 *
 *   CHECKED    the directory takes this backup
 *   DRAFTED    databases, then the rolled log, then the manifest are written and forced
 *   PUBLISHED  the set has its name, durably if the target can do that
 *   DONE       headers tell of it, what nobody needs is deleted, replaced sets are gone
 * }</pre>
 *
 * <p>For the thread of the caller, once.
 */
public final class DirectoryBackup {

  private final StreamingBackup stream;
  private final BackupGrbit grbit;
  private final String engine;
  private final Progress progress;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(DataFile.CHUNK_BYTES);

  /**
   * Prepares.
   *
   * @param stream the backup, which has not begun
   * @param grbit its kind; the incremental bit counts if both are set
   * @param engine name and version of the engine, for people who read the set
   * @param callback told about progress
   */
  public DirectoryBackup(
      StreamingBackup stream, BackupGrbit grbit, String engine, StatusCallback callback) {
    this.stream = stream;
    this.grbit = grbit;
    this.engine = engine;
    this.progress = new Progress(Snp.BACKUP, callback);
  }

  /** What is done between begin and end. */
  private interface Work {
    void run();
  }

  /**
   * Makes the backup. The stream has ended when the call returns or throws.
   *
   * @param directory the directory for it, an existing one; empty for nothing but the truncation
   * @throws JetException why there is no backup: then nothing of it is left
   */
  public void run(Optional<Path> directory) {
    try {
      Work work = directory.isPresent() ? checked(directory.get()) : this::truncate;
      stream.begin();
      progress.begin(units());
      stream.requireGoingOn();
      work.run();
    } catch (JetException e) {
      throw failed(e);
    } catch (RuntimeException | Error e) {
      throw failed(JetException.of(JetErr.INTERNAL_ERROR, e));
    }
    progress.complete();
    stream.end(EndGrbit.NORMAL);
  }

  private JetException failed(JetException failure) {
    progress.fail();
    stream.abort(failure);
    return failure;
  }

  private Work checked(Path path) {
    BackupDirectory directory = BackupDirectory.open(path);
    if (grbit.isIncremental()) {
      BackupChain chain = chainOf(directory);
      return () -> extend(directory, chain);
    }
    List<Path> before = directory.sets();
    List<Path> inTheWay = new ArrayList<>(directory.foreign());
    if (!grbit.isAtomic()) {
      inTheWay.addAll(before);
    }
    if (!inTheWay.isEmpty()) {
      throw JetException.of(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, Subject.path(inTheWay.get(0)));
    }
    return () -> replace(directory, before);
  }

  // A full backup

  private void replace(BackupDirectory directory, List<Path> before) {
    directory.removeLeftovers();
    boolean durable;
    try (Draft draft = Draft.begin(directory.path())) {
      List<SetDatabase> databases = copyDatabases(draft);
      List<SetFile> logs = copyLogs(draft);
      write(draft, Manifest.FILE_NAME, manifest(databases, logs).encode());
      stream.requireGoingOn();
      durable = draft.publish(directory.nextSet());
    }
    settle(directory, durable);
    retire(directory, before);
  }

  private List<SetDatabase> copyDatabases(Draft draft) {
    List<SetDatabase> copied = new ArrayList<>();
    for (SourceDatabase database : stream.databases()) {
      String name = SetDatabase.nameOfCopy(copied.size() + 1, database.path());
      SetFile file = copy(draft, name, database.path());
      copied.add(new SetDatabase(file, database.attachment()));
    }
    return copied;
  }

  private List<SetFile> copyLogs(Draft draft) {
    stream.requireGoingOn();
    List<Path> files = stream.logInfo();
    stream.requireGoingOn();
    List<SetFile> copied = new ArrayList<>();
    long rest = progress.total() - progress.done();
    long begin = progress.done();
    for (Path file : files) {
      copied.add(copy(draft, String.valueOf(file.getFileName()), file));
      progress.advanceTo(begin + rest * copied.size() / files.size());
    }
    return copied;
  }

  /** Copies a file of the stream; of databases the progress counts bytes. */
  private SetFile copy(Draft draft, String name, Path path) {
    try (ExternalFile source = stream.open(path);
        DraftFile target = draft.add(name)) {
      boolean isDatabase = stream.isDatabase(path);
      while (source.read(buffer.clear()) > 0) {
        target.write(buffer.flip());
        if (isDatabase) {
          progress.advanceTo(progress.done() + buffer.limit());
        }
      }
      return target.finish();
    }
  }

  private static void write(Draft draft, String name, byte[] content) {
    try (DraftFile target = draft.add(name)) {
      target.write(ByteBuffer.wrap(content));
      target.finish();
    }
  }

  private Manifest manifest(List<SetDatabase> databases, List<SetFile> logs) {
    BackupInfo record = stream.record();
    LogFile first = stream.logFiles().get(0);
    LogFileFacts facts = first.header().facts();
    return new Manifest(
        engine,
        record.time().moment().orElseThrow(),
        stream.source().baseName(),
        facts.pageSize(),
        facts.fileBytes(),
        facts.sectorBytes(),
        facts.signature(),
        record.first().orElseThrow(),
        record.last().orElseThrow(),
        databases,
        logs);
  }

  private void settle(BackupDirectory directory, boolean durable) {
    if (!durable) {
      stream.events().targetIsNotDurable(directory.path());
    }
    stream.settle(durable);
  }

  private void retire(BackupDirectory directory, List<Path> sets) {
    try {
      directory.retire(sets);
    } catch (JetException e) {
      stream.events().replacedSetStays(directory.path(), e);
    }
  }

  // An incremental backup

  /** The chain in a directory, which has to begin with every database that is attached now. */
  private BackupChain chainOf(BackupDirectory directory) {
    if (directory.sets().isEmpty()) {
      throw JetException.of(JetErr.MISSING_FULL_BACKUP, Subject.path(directory.path()));
    }
    BackupChain chain = directory.chain();
    for (SourceDatabase database : stream.databases()) {
      boolean covered = chain.manifest().databases().stream()
          .anyMatch(
              each -> each.origin().signature().equals(database.attachment().signature()));
      if (!covered) {
        throw stream.missesFullBackup(database.path());
      }
    }
    return chain;
  }

  private void extend(BackupDirectory directory, BackupChain chain) {
    requireContinued(chain);
    stream.continueWith(chain.genHigh().next().value());
    boolean durable;
    try (Draft draft = Draft.begin(chain.set())) {
      copyLogs(draft);
      stream.requireGoingOn();
      BackupInfo record = stream.record();
      LogGeneration low = record.first().orElseThrow();
      durable = draft.publish(chain.nextIncrement(low, record.last().orElseThrow()));
    }
    settle(directory, durable);
  }

  /**
   * The log has to be the one that the chain ends in. Whether it goes back far enough is the
   * stream's matter.
   */
  private void requireContinued(BackupChain chain) {
    LogFile end = chain.lastLog();
    LogFileFacts facts = end.header().facts();
    boolean same = facts.signature().equals(stream.source().logSignature());
    for (LogFile file : stream.source().logFiles()) {
      long distance = file.generation().value() - end.generation().value();
      if (distance == 0) {
        same &= file.header().facts().equals(facts);
      } else if (distance == 1) {
        LogTime before = file.header().facts().previousCreated();
        same &= before.equals(facts.created());
      }
    }
    if (!same) {
      throw JetException.of(
          JetErr.INVALID_LOG_SEQUENCE,
          Subject.path(end.path()),
          Subject.generation(end.generation()));
    }
  }

  // No directory

  /** Nothing is copied, rolled or recorded. */
  private void truncate() {
    stream.truncateOnly();
  }

  private long units() {
    long bytes = 0;
    for (SourceDatabase database : stream.databases()) {
      bytes += grbit.isIncremental() ? 0 : database.database().pages().file().size();
    }
    List<LogFile> files = stream.source().logFiles();
    long logBytes = files.isEmpty() ? 0 : files.get(0).header().facts().fileBytes();
    return bytes + logBytes * Math.max(1, files.size());
  }
}
