package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jspecify.annotations.Nullable;

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
   * Reads the manifest and the names of the incremental backups, and no file beyond that. An
   * incremental backup that was not published to its end, see {@link Draft}, is left out.
   *
   * @param set the directory of a published set
   * @return the chain
   * @throws JetException what {@link Manifest#read} says; {@link
   *     JetErr#GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS} if an incremental backup does not begin where what
   *     lies before it ends
   */
  public static BackupChain open(Path set) {
    Manifest manifest = Manifest.read(set.resolve(Manifest.FILE_NAME));
    List<Increment> increments = new ArrayList<>(Leftovers.increments(set));
    increments.removeAll(Leftovers.halfPublished(set));
    increments.sort(Comparator.comparing(Increment::genLow));
    LogGeneration last = manifest.genHigh();
    for (Increment increment : increments) {
      if (increment.genLow().value() != last.value() + 1) {
        throw JetException.of(
            JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS,
            Subject.path(increment.directory()),
            Subject.value(
                "first generation", increment.genLow(), "that behind the last one, " + last));
      }
      last = increment.genHigh();
    }
    return new BackupChain(set, manifest, increments);
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
    if (generation.compareTo(manifest.genLow()) < 0 || generation.compareTo(genHigh()) > 0) {
      throw new IllegalArgumentException("generation " + generation + " of " + set);
    }
    Path directory = set;
    for (Increment increment : increments) {
      if (generation.compareTo(increment.genLow()) >= 0) {
        directory = increment.directory();
      }
    }
    return FileNames.closedLog(directory, manifest.baseName(), generation);
  }

  /**
   * Reads the headers of all log files and checks that each continues the one before, but for the
   * checksums from file to file, which a reader of the batches checks. Each header stays in memory,
   * 4 KiB or more.
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
    return logs(genHigh(), genHigh()).last();
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
    boolean isMoment = last.equals(manifest.genHigh())
        || increments.stream().anyMatch(increment -> increment.genHigh().equals(last));
    if (!isMoment) {
      throw JetException.of(
          JetErr.INVALID_PARAMETER, Subject.path(set), Subject.value("last generation", last));
    }
    return logs(manifest.genLow(), last);
  }

  /** The generations from one to another. */
  LogFiles logs(LogGeneration first, LogGeneration last) {
    List<LogFile> files = new ArrayList<>();
    LogFile before = null;
    for (long number = first.value(); number <= last.value(); number++) {
      LogGeneration generation = new LogGeneration(number);
      LogFile file = headerOf(generation);
      requireBelongs(file, generation, before);
      files.add(file);
      before = file;
    }
    return LogFiles.of(set, manifest.baseName(), files);
  }

  private LogFile headerOf(LogGeneration generation) {
    Path file = fileOf(generation);
    try {
      return LogFiles.readClosed(file);
    } catch (JetException e) {
      throw asOfSet(e, file, generation);
    }
  }

  /** The failure of a log, under the code that it has where the log is of a set. */
  static JetException asOfSet(JetException failure, Path file, LogGeneration generation) {
    return switch (failure.error()) {
      case FILE_NOT_FOUND ->
        JetException.of(
            JetErr.MISSING_RESTORE_LOG_FILES,
            failure,
            Subject.path(file),
            Subject.generation(generation));
      case LOG_FILE_CORRUPT, LOG_READ_VERIFY_FAILURE ->
        JetException.of(
            JetErr.LOG_CORRUPT_DURING_HARD_RESTORE,
            failure,
            failure.subjects().toArray(new Subject[0]));
      case LOG_SEQUENCE_CHECKSUM_MISMATCH -> notContiguous(file, generation);
      default -> failure;
    };
  }

  /** Checks a header against the manifest, its name and the file before it. */
  void requireBelongs(LogFile file, LogGeneration generation, @Nullable LogFile before) {
    LogFileFacts facts = file.header().facts();
    if (!facts.signature().equals(manifest.log())) {
      throw JetException.of(
          JetErr.GIVEN_LOG_FILE_HAS_BAD_SIGNATURE,
          Subject.path(file.path()),
          Subject.generation(generation));
    }
    boolean continues = facts.generation().equals(generation)
        && facts.fileBytes() == manifest.logFileBytes()
        && facts.sectorBytes() == manifest.logSectorBytes()
        && facts.pageSize() == manifest.pageSize()
        && (before == null
            || facts.previousCreated().equals(before.header().facts().created()));
    if (!continues) {
      throw notContiguous(file.path(), generation);
    }
  }

  static JetException notContiguous(Path file, LogGeneration generation) {
    return JetException.of(
        JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS,
        Subject.path(file),
        Subject.generation(generation));
  }

  /**
   * Names the next incremental backup.
   *
   * @param low its first generation
   * @param high its last generation
   * @return the path that it gets when it is published
   */
  public Path nextIncrement(LogGeneration low, LogGeneration high) {
    return set.resolve(OwnNames.increment(low, high));
  }
}
