package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;

/** A published set and the incremental backups that extend it, as they were found. Immutable. */
public final class BackupChain {

  private final Path set;
  private final Manifest manifest;
  private final List<Increment> increments;

  private BackupChain(Path set, Manifest manifest, List<Increment> increments) {
    this.set = set;
    this.manifest = manifest;
    this.increments = List.copyOf(increments);
  }

  /**
   * Reads the manifest and the names of the incremental backups, and no file beyond that.
   *
   * @param set the directory of a published set
   * @return the chain
   * @throws JetException what {@link Manifest#read} says; {@link
   *     JetErr#GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS} if an incremental backup does not begin where what
   *     lies before it ends
   */
  public static BackupChain open(Path set) {
    throw new UnsupportedOperationException();
  }

  /** {@return the directory of the set} */
  public Path set() {
    return set;
  }

  /** {@return what the full backup consists of} */
  public Manifest manifest() {
    return manifest;
  }

  /** {@return the incremental backups, oldest first, without a gap} */
  public List<Increment> increments() {
    return increments;
  }

  /** {@return the last generation, incremental backups included} */
  public LogGeneration genHigh() {
    return increments.isEmpty()
        ? manifest.genHigh()
        : increments.get(increments.size() - 1).genHigh();
  }

  /**
   * Finds the copy of a database.
   *
   * @param database of the manifest
   * @return its path
   */
  public Path fileOf(SetDatabase database) {
    return database.file().in(set);
  }

  /**
   * Finds a log file.
   *
   * @param generation one of the chain
   * @return its path, whether the file is there or not
   * @throws IllegalArgumentException if the generation lies outside of the chain
   */
  public Path fileOf(LogGeneration generation) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads the headers of all log files and checks that each continues the one before, but for the
   * checksums from file to file, which a reader of the batches checks.
   *
   * @return the files, all of them closed
   * @throws JetException {@link JetErr#MISSING_RESTORE_LOG_FILES} if one is missing; {@link
   *     JetErr#GIVEN_LOG_FILE_HAS_BAD_SIGNATURE} or {@link
   *     JetErr#GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS} if one does not belong here; {@link
   *     JetErr#LOG_CORRUPT_DURING_HARD_RESTORE} if a header is damaged; {@link
   *     JetErr#BAD_LOG_VERSION}
   */
  public LogFiles logs() {
    return logs(genHigh());
  }

  /** {@return the last log file} */
  public LogFile lastLog() {
    return logs().last();
  }

  /**
   * As {@link #logs()}, up to one of the moments of the chain.
   *
   * @param last the last generation of the full backup or of an incremental one
   * @return the files
   * @throws JetException {@link JetErr#INVALID_PARAMETER} if no backup of the chain ends there; as
   *     {@link #logs()}
   */
  public LogFiles logs(LogGeneration last) {
    throw new UnsupportedOperationException();
  }

  /**
   * Names the next incremental backup.
   *
   * @param low its first generation
   * @param high its last generation
   * @return the path that it gets when it is published
   */
  public Path nextIncrement(LogGeneration low, LogGeneration high) {
    throw new UnsupportedOperationException();
  }
}
