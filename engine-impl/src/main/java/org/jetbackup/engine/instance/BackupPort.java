package org.jetbackup.engine.instance;

import java.nio.ByteBuffer;
import java.util.List;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.backup.BackupSource;
import org.jetbackup.engine.backup.SourceDatabase;
import org.jetbackup.engine.checkpoint.Checkpointer;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.RecordKind;
import org.jspecify.annotations.Nullable;

/** An instance in service as a backup sees it. Thread-safe. */
final class BackupPort implements BackupSource {

  private final Service service;
  private final Databases databases;
  private final Journal journal;
  private final Checkpointer checkpointer;
  private final LogOptions options;
  private final Signature signature;

  BackupPort(
      Service service,
      Databases databases,
      Journal journal,
      Checkpointer checkpointer,
      LogOptions options,
      Signature signature) {
    this.service = service;
    this.databases = databases;
    this.journal = journal;
    this.checkpointer = checkpointer;
    this.options = options;
    this.signature = signature;
  }

  @Override
  public void occupy() {
    databases.occupy();
  }

  @Override
  public List<SourceDatabase> databases() {
    return databases.all().stream().map(BackupPort::source).toList();
  }

  private static SourceDatabase source(AttachedDatabase database) {
    long dbtime = database.database().pages().dbtime();
    return new SourceDatabase(
        database.path(), database.attachment().withDbtime(dbtime), database.database());
  }

  @Override
  public long retain() {
    return checkpointer.retainLog();
  }

  @Override
  public long logEnd() {
    return journal.log().end();
  }

  @Override
  public String baseName() {
    return options.baseName();
  }

  @Override
  public boolean isCircular() {
    return options.circular();
  }

  @Override
  public int logSectorBytes() {
    return options.sectorBytes();
  }

  @Override
  public Signature logSignature() {
    return signature;
  }

  @Override
  public List<LogFile> logFiles() {
    return journal.log().files();
  }

  @Override
  public long roll(ByteBuffer note) {
    journal.enter();
    try {
      journal.requireNoBlock();
      journal.append(RecordKind.NOTE, note);
      journal.log().roll();
      return journal.log().generation() - 1;
    } finally {
      journal.leave();
    }
  }

  @Override
  public void checkpoint() {
    checkpointer.run();
  }

  @Override
  public long checkpointGeneration() {
    return LogAddress.generation(checkpointer.checkpoint());
  }

  @Override
  public void deleteLogsBelow(long generation) {
    journal.log().deleteBelow(generation);
  }

  @Override
  public void requireAlive() {
    service.requireSound();
  }

  @Override
  public @Nullable JetException failure() {
    return service.failure();
  }

  @Override
  public void release() {
    journal.log().retainFrom(Long.MAX_VALUE);
    databases.release();
  }
}
