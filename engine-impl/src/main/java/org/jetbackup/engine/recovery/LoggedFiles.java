package org.jetbackup.engine.recovery;

import java.nio.file.Path;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * The files of databases, compared with what the log says of them. What the log says counts only
 * for the very file that it speaks of: signature, number of the attachment and signature of the log
 * must all fit. For one thread.
 */
public final class LoggedFiles {

  private final RecoveryPlaces places;
  private final PageCache cache;
  private final Environment environment;
  private final EventLog events;
  private final Signature log;

  /**
   * Prepares.
   *
   * @param places where files are
   * @param cache for the databases that are finished
   * @param environment clock
   * @param events told of a copy from a backup
   * @param log the signature of the log
   */
  public LoggedFiles(
      RecoveryPlaces places,
      PageCache cache,
      Environment environment,
      EventLog events,
      Signature log) {
    this.places = places;
    this.cache = cache;
    this.environment = environment;
    this.events = events;
    this.log = log;
  }

  /**
   * Checks that the file of a database that was attached at the end of the log is there and can be
   * redone. One that is clean was not yet, or is no longer, in use; if its header knows less than
   * the log, it is an older copy.
   *
   * @param attachment the database
   * @return its file
   * @throws JetException {@link JetErr#ATTACHED_DATABASE_MISMATCH}; {@link
   *     JetErr#SOFT_RECOVERY_ON_BACKUP_DATABASE} if it is a copy that a backup has made
   */
  public Path requireUsable(Attachment attachment) {
    Path file = places.fileOf(attachment);
    if (!Directories.exists(file)) {
      throw JetException.of(JetErr.ATTACHED_DATABASE_MISMATCH, Subject.path(file));
    }
    DatabaseFileHeader header = Database.headerOf(file);
    requireNoBackupCopy(file, header, events);
    boolean clean = header.state() == DatabaseState.CLEAN;
    if (!isOf(header, attachment)
        || (clean && header.get(HeaderField.DBTIME_DIRTIED) < attachment.dbtime())
        || (!clean && !isInUse(header, attachment))) {
      throw JetException.of(
          JetErr.ATTACHED_DATABASE_MISMATCH,
          Subject.path(file),
          Subject.value(
              "signature",
              header.get(HeaderField.DATABASE_SIGNATURE),
              attachment.signature() + ", in use by this log"));
    }
    return file;
  }

  /**
   * Refuses a file that a backup has made and that was not restored. The log of its instance fits
   * it, and does not reach back far enough.
   *
   * @param file the file
   * @param header its header
   * @param events told of it
   * @throws JetException {@link JetErr#SOFT_RECOVERY_ON_BACKUP_DATABASE}
   */
  public static void requireNoBackupCopy(Path file, DatabaseFileHeader header, EventLog events) {
    if (!header.get(HeaderField.CURRENT_FULL_BACKUP).equals(BackupInfo.NONE)) {
      events.backupCopyIsRefused(file);
      throw JetException.of(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, Subject.path(file));
    }
  }

  /**
   * Finishes what the end of a database began: its pages were flushed before. Its header does not
   * know of their change times yet.
   *
   * @param ended the database, with the largest of them
   */
  public void finish(Attachment ended) {
    Path file = places.fileOf(ended);
    if (!Directories.exists(file)) {
      return; // it was closed in order; what became of it since is its owner's matter
    }
    DatabaseFileHeader header = headerOf(file);
    if (header != null && isInUse(header, ended)) {
      Database.finish(cache, file, environment, ended.databaseId(), ended.dbtime());
    }
  }

  /**
   * Deletes the file of a database whose removal was begun.
   *
   * @param dropped the database
   */
  public void delete(Attachment dropped) {
    Path file = places.fileOf(dropped);
    if (Directories.exists(file)) {
      DatabaseFileHeader header = headerOf(file);
      if (header != null && isInUse(header, dropped)) {
        Database.delete(file);
      }
    } else {
      deleteSideFile(file);
    }
  }

  /**
   * Deletes the file of a database whose making was not finished.
   *
   * @param begun the database
   */
  public void deleteUnfinished(Attachment begun) {
    Path file = places.fileOf(begun);
    if (Directories.exists(file)) {
      DatabaseFileHeader header = headerOf(file);
      // The header is what is written first: without one, there is nothing but space.
      if (header == null || isOf(header, begun)) {
        Database.delete(file);
      }
    } else {
      deleteSideFile(file);
    }
  }

  /** Of two names, a crash may leave either. */
  private static void deleteSideFile(Path file) {
    if (Directories.delete(FileNames.doubleWriteOf(file))) {
      Directories.force(Directories.parentOf(file));
    }
  }

  private static @Nullable DatabaseFileHeader headerOf(Path file) {
    try {
      return Database.headerOf(file);
    } catch (JetException e) {
      if (e.error() == JetErr.DISK_IO || e.error() == JetErr.FILE_ACCESS_DENIED) {
        throw e;
      }
      return null;
    }
  }

  private static boolean isOf(DatabaseFileHeader header, Attachment attachment) {
    return header.get(HeaderField.DATABASE_SIGNATURE).equals(attachment.signature());
  }

  /**
   * Tells whether a file is in the very use that the log speaks of. A copy that somebody put in its
   * place is not, nor is a database that was detached here and attached elsewhere, nor what a
   * backup has made of it.
   */
  private boolean isInUse(DatabaseFileHeader header, Attachment attachment) {
    return isOf(header, attachment)
        && header.state() == DatabaseState.DIRTY
        && header.get(HeaderField.DATABASE_ID) == attachment.databaseId()
        && header.get(HeaderField.LOG_SIGNATURE).equals(log)
        && header.get(HeaderField.CURRENT_FULL_BACKUP).equals(BackupInfo.NONE);
  }
}
