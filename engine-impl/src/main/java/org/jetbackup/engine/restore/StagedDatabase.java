package org.jetbackup.engine.restore;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.backup.directory.SetDatabaseReader;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.recovery.LogConnection;
import org.jetbackup.engine.restore.RestoredDatabase.Source.FromSet;
import org.jetbackup.engine.restore.RestoredDatabase.Source.Lying;
import org.jetbackup.engine.restore.RestoredDatabase.Source.Made;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.engine.storage.EarlyForce;
import org.jspecify.annotations.Nullable;

/**
 * A database that is made whole beside its place.
 *
 * <pre>{@code
 *   NAMED --copy--> COPIED --open--> IN REDO --markClean--> CLEAN, closed --publish--> in its place
 * }</pre>
 *
 * <p>Until it is published, nothing but its own two files is touched. For one thread.
 */
final class StagedDatabase {

  private final RestoredDatabase about;
  private final Path place;
  private final Path staged;
  private @Nullable Database database;
  private boolean isPublished;

  StagedDatabase(RestoredDatabase about, Path place) {
    this.about = about;
    this.place = place;
    this.staged = FileNames.stagedOf(place);
  }

  RestoredDatabase about() {
    return about;
  }

  Path place() {
    return place;
  }

  /** How many bytes there are to copy. */
  long bytesToCopy() {
    if (about.source() instanceof FromSet copied) {
      return copied.database().file().bytes();
    }
    return about.source() instanceof Lying ? sizeOf(place) : 0;
  }

  private static long sizeOf(Path file) {
    try (DataFile opened = DataFile.open(file, Mode.READ)) {
      return opened.size();
    }
  }

  /**
   * Copies the file, durably, whatever an interrupted restore has left there.
   *
   * @param executor forces what was copied already
   * @param bytes told how many were copied, chunk by chunk
   */
  void copy(BackupChain chain, Executor executor, LongConsumer bytes) {
    discard();
    if (about.source() instanceof FromSet copied) {
      copyFromSet(chain, copied, executor, bytes);
    } else if (about.source() instanceof Lying) {
      // Pages may be torn; the side file that comes along makes them whole.
      copy(place, staged, bytes);
      Path side = FileNames.doubleWriteOf(place);
      if (Directories.exists(side)) {
        copy(side, FileNames.doubleWriteOf(staged), ignored -> {});
      }
    }
  }

  private void copyFromSet(
      BackupChain chain, FromSet copied, Executor executor, LongConsumer bytes) {
    try (DataFile target = DataFile.open(staged, Mode.CREATE);
        EarlyForce early = new EarlyForce(target, executor)) {
      SetDatabaseReader.read(chain, copied.database(), (chunk, position) -> {
        int length = chunk.remaining();
        target.write(chunk, position);
        early.written(length);
        bytes.accept(length);
      });
      early.force();
    }
  }

  private static void copy(Path from, Path to, LongConsumer bytes) {
    ByteBuffer chunk = ByteBuffer.allocate(DataFile.CHUNK_BYTES);
    try (DataFile source = DataFile.open(from, Mode.READ);
        DataFile target = DataFile.open(to, Mode.CREATE)) {
      for (long at = 0; ; ) {
        int length = source.read(chunk.clear(), at);
        if (length == 0) {
          break;
        }
        target.write(chunk.flip(), at);
        bytes.accept(length);
        at += length;
      }
      target.force();
    }
  }

  /** Opens it for redo; one that is made anew is made now. */
  void open(
      PageCache cache, LogConnection connection, Environment environment, long extensionPages) {
    Attachment newest = about.newest();
    Database opened;
    if (about.source() instanceof Made made) {
      opened = Database.create(
          cache,
          staged,
          made.creation().options(),
          newest.signature(),
          environment,
          connection,
          newest.databaseId());
    } else {
      opened = Database.recover(
          cache, staged, extensionPages, environment, connection, newest.databaseId());
    }
    database = opened;
    opened.pages().keepNothing(); // until it is published; it is flushed before that
    opened.pages().raiseDbtime(newest.dbtime());
  }

  Database database() {
    Database opened = database;
    if (opened == null) {
      throw new IllegalStateException("not open: " + staged);
    }
    return opened;
  }

  /** Its pages are on the disk. */
  void markClean(Signature log) {
    database()
        .markClean(change -> change
            .forgetBackups()
            .set(HeaderField.LOG_SIGNATURE, log)
            .set(HeaderField.CURRENT_FULL_BACKUP, BackupInfo.NONE)
            .set(HeaderField.SNAPSHOT_BACKUP, BackupInfo.NONE));
    close();
  }

  /**
   * Gives it its place, durably. What the place held before is gone. The side file there goes last:
   * if the restore breaks off before the move, what lies in the place may still need it, and a clean
   * file never does.
   */
  void publish() {
    Directories.delete(FileNames.doubleWriteOf(staged)); // made durable by the move
    Directories.moveAtomically(staged, place);
    isPublished = true;
    if (Directories.delete(FileNames.doubleWriteOf(place))) {
      Directories.force(Directories.parentOf(place));
    }
  }

  void close() {
    Database opened = database;
    if (opened != null) {
      opened.closeFiles();
    }
  }

  /** Takes away what there is of it beside its place. */
  void discard() {
    if (isPublished) {
      return;
    }
    boolean any = Directories.delete(FileNames.doubleWriteOf(staged));
    any |= Directories.delete(staged);
    if (any) {
      Directories.force(Directories.parentOf(place));
    }
  }
}
