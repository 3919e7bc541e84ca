package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogFileHeader;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.LogFile.Role;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;

/**
 * The files of one sequence as they were found in a directory, ordered by what their headers say.
 *
 * <p>A roll renames the current file to a numbered name, forces the directory, and then renames the
 * prepared file to the current name. What a crash can leave of it:
 *
 * <pre>
 *   current   prepared                numbered up to   meaning
 *   g         anything                g - 1            not begun, or not got to the renames; what is
 *                                                      prepared is nothing but space
 *   none      g + 1, header is right  g                between the renames: the prepared file is the
 *                                                      last of the sequence, without batches
 *   g + 1     none                    g                done
 * </pre>
 *
 * <p>Whether the files fit each other by signature, size, number and time is checked here; the
 * checksums from file to file are checked by whoever reads the batches. Immutable; it stands for
 * the moment of the scan.
 */
public final class LogFiles {

  private final Path directory;
  private final String baseName;
  private final List<LogFile> files;

  private LogFiles(Path directory, String baseName, List<LogFile> files) {
    this.directory = directory;
    this.baseName = baseName;
    this.files = List.copyOf(files);
  }

  /**
   * Looks for the files of a sequence.
   *
   * @param directory in which they are
   * @param baseName with which their names begin
   * @return what was found; may be empty
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the header of one is damaged or its
   *     length is not what that says; {@link JetErr#BAD_LOG_VERSION}; {@link
   *     JetErr#BAD_LOG_SIGNATURE} if one belongs to another sequence; {@link
   *     JetErr#MISSING_LOG_FILE} if one is missing; {@link JetErr#INVALID_LOG_SEQUENCE} if two have
   *     the same number or do not continue each other
   */
  public static LogFiles scan(Path directory, String baseName) {
    List<LogFile> files = new ArrayList<>();
    for (Path path : Directories.list(directory)) {
      roleOf(directory, baseName, path).ifPresent(role -> files.add(read(path, role)));
    }
    files.sort(Comparator.comparingLong(LogFile::number));
    if (!files.isEmpty() && files.stream().noneMatch(file -> file.role() == Role.CURRENT)) {
      findUnnamed(directory, baseName, files.get(files.size() - 1)).ifPresent(files::add);
    }
    check(files);
    return new LogFiles(directory, baseName, files);
  }

  /**
   * Tells by its name whether a file belongs to the log.
   *
   * @param directory of the log
   * @param baseName with which the names of its files begin
   * @param path in that directory
   * @return current or closed; empty if the name says something else
   */
  public static Optional<Role> roleOf(Path directory, String baseName, Path path) {
    Path current = FileNames.currentLog(directory, baseName);
    if (String.valueOf(path.getFileName()).equals(String.valueOf(current.getFileName()))) {
      return Optional.of(Role.CURRENT);
    }
    return FileNames.generationInName(baseName, path).isPresent()
        ? Optional.of(Role.CLOSED)
        : Optional.empty();
  }

  /**
   * Puts files together that lie in several directories, as the generations of a backup do.
   *
   * @param directory to be named in messages
   * @param baseName with which the names of the files begin
   * @param files of one sequence, in the order of their generations
   * @return the files
   * @throws JetException {@link JetErr#BAD_LOG_SIGNATURE}, {@link JetErr#MISSING_LOG_FILE}, {@link
   *     JetErr#INVALID_LOG_SEQUENCE}, as {@link #scan}
   */
  public static LogFiles of(Path directory, String baseName, List<LogFile> files) {
    check(files);
    return new LogFiles(directory, baseName, files);
  }

  /**
   * Reads the header of a file that is known to be closed.
   *
   * @param path of the file, under whatever name
   * @return the file
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT}, {@link JetErr#BAD_LOG_VERSION}, {@link
   *     JetErr#FILE_NOT_FOUND}, and others if it cannot be read
   */
  public static LogFile readClosed(Path path) {
    return read(path, Role.CLOSED);
  }

  /**
   * Reads the header of one file.
   *
   * @param path of a log file
   * @param role what its name says
   * @return the file
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} or {@link JetErr#BAD_LOG_VERSION}
   */
  static LogFile read(Path path, Role role) {
    try (DataFile file = DataFile.open(path, Mode.READ)) {
      long size = file.size();
      ByteBuffer unit = ByteBuffer.allocate(LogFileHeader.UNIT);
      file.read(unit, 0);
      int bytes = LogFileHeader.bytesIn(unit);
      if (bytes == 0) {
        throw JetException.of(
            JetErr.LOG_FILE_CORRUPT, Subject.path(path), Subject.value("header", "damaged"));
      }
      if (!LogFileHeader.isKnownVersion(unit)) {
        throw JetException.of(JetErr.BAD_LOG_VERSION, Subject.path(path));
      }
      ByteBuffer content = ByteBuffer.allocate(bytes);
      file.read(content, 0);
      LogFileHeader header = LogFileHeader.read(content)
          .orElseThrow(() -> JetException.of(
              JetErr.LOG_FILE_CORRUPT, Subject.path(path), Subject.value("header", "damaged")));
      if (size != header.facts().fileBytes()) {
        throw JetException.of(
            JetErr.LOG_FILE_CORRUPT,
            Subject.path(path),
            Subject.generation(header.facts().generation()),
            Subject.value("size", size, header.facts().fileBytes() + ", as its header says"));
      }
      return new LogFile(path, role, header);
    }
  }

  /**
   * Finds the prepared file if it is what follows the last one: then a roll was about to name it so.
   *
   * @param directory in which it is
   * @param baseName with which its name begins
   * @param last the closed file with the largest number; no file is current
   * @return the file; empty if it is not there or nothing but space
   * @throws JetException if it cannot be read
   */
  public static Optional<LogFile> findUnnamed(Path directory, String baseName, LogFile last) {
    Path prepared = FileNames.preparedLog(directory, baseName);
    if (!Directories.exists(prepared)) {
      return Optional.empty();
    }
    try {
      LogFile found = read(prepared, Role.UNNAMED);
      LogFileFacts facts = found.header().facts();
      boolean follows = found.number() == last.number() + 1
          && facts.signature().equals(last.header().facts().signature())
          && facts.previousCreated().equals(last.header().facts().created());
      return follows ? Optional.of(found) : Optional.empty();
    } catch (JetException e) {
      boolean isSpace = e.error() == JetErr.LOG_FILE_CORRUPT || e.error() == JetErr.BAD_LOG_VERSION;
      if (isSpace) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void check(List<LogFile> files) {
    checkSignatures(files);
    for (int i = 1; i < files.size(); i++) {
      LogFile before = files.get(i - 1);
      LogFile file = files.get(i);
      if (file.number() > before.number() + 1) {
        throw JetException.of(
            JetErr.MISSING_LOG_FILE,
            Subject.generation(before.generation().next()),
            Subject.path(Directories.parentOf(file.path())));
      }
      if (!file.continues(before)) {
        throw JetException.of(
            JetErr.INVALID_LOG_SEQUENCE,
            Subject.path(file.path()),
            Subject.generation(file.generation()),
            Subject.path(before.path()));
      }
    }
    for (LogFile file : files.subList(0, Math.max(0, files.size() - 1))) {
      if (file.role() == Role.CURRENT) {
        throw JetException.of(
            JetErr.INVALID_LOG_SEQUENCE,
            Subject.path(file.path()),
            Subject.generation(file.generation()),
            Subject.value("last generation", files.get(files.size() - 1).generation()));
      }
    }
  }

  /** The signature is that of the current file, or of the last where none is current. */
  private static void checkSignatures(List<LogFile> files) {
    Signature signature = Signature.NONE;
    for (LogFile file : files) {
      signature = file.header().facts().signature();
      if (file.role() == Role.CURRENT) {
        break;
      }
    }
    for (LogFile file : files) {
      if (!file.header().facts().signature().equals(signature)) {
        throw JetException.of(
            JetErr.BAD_LOG_SIGNATURE,
            Subject.path(file.path()),
            Subject.generation(file.generation()));
      }
    }
  }

  /** {@return the directory that was looked into} */
  public Path directory() {
    return directory;
  }

  /** {@return what the names of the files begin with} */
  public String baseName() {
    return baseName;
  }

  /** {@return whether there are none} */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** {@return the files, oldest first, without a gap} */
  public List<LogFile> all() {
    return files;
  }

  /**
   * {@return the oldest file}
   *
   * @throws JetException {@link JetErr#MISSING_LOG_FILE} if there is none
   */
  public LogFile first() {
    requireSome();
    return files.get(0);
  }

  /**
   * {@return the file with the largest number}
   *
   * @throws JetException {@link JetErr#MISSING_LOG_FILE} if there is none
   */
  public LogFile last() {
    requireSome();
    return files.get(files.size() - 1);
  }

  /**
   * Finds a file.
   *
   * @param generation its number
   * @return the file, if it is there
   */
  public Optional<LogFile> find(long generation) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    long index = generation - files.get(0).number();
    return index >= 0 && index < files.size()
        ? Optional.of(files.get((int) index))
        : Optional.empty();
  }

  /**
   * Checks that the files can be continued with these options.
   *
   * @param options how the log is to be written
   * @throws JetException {@link JetErr#LOG_FILE_SIZE_MISMATCH} or {@link
   *     JetErr#LOG_SECTOR_SIZE_MISMATCH}
   */
  public void requireMatching(LogOptions options) {
    LogFileFacts facts = last().header().facts();
    if (facts.fileBytes() != options.fileBytes()) {
      throw JetException.of(
          JetErr.LOG_FILE_SIZE_MISMATCH,
          Subject.path(last().path()),
          Subject.value("log file size", options.fileBytes(), facts.fileBytes() + " as on disk"));
    }
    if (facts.sectorBytes() != options.sectorBytes()) {
      throw JetException.of(
          JetErr.LOG_SECTOR_SIZE_MISMATCH,
          Subject.path(last().path()),
          Subject.value("log sector", options.sectorBytes(), facts.sectorBytes() + " as on disk"));
    }
  }

  /**
   * Checks that the last file is not closed by its name, and that its numbered name is free. In a
   * directory of closed files there is nothing to go on with.
   *
   * @throws JetException {@link JetErr#MISSING_LOG_FILE} if no file is current; {@link
   *     JetErr#LOG_GENERATION_MISMATCH} if a file has the name of a generation that is yet to come
   */
  void requireContinuable() {
    if (last().role() == Role.CLOSED) {
      throw JetException.of(
          JetErr.MISSING_LOG_FILE, Subject.path(FileNames.currentLog(directory, baseName)));
    }
    for (LogFile file : files) {
      long named = FileNames.generationInName(baseName, file.path()).orElse(0);
      if (named >= last().number()) {
        throw JetException.of(
            JetErr.LOG_GENERATION_MISMATCH,
            Subject.path(file.path()),
            Subject.generation(file.generation()));
      }
    }
  }

  private void requireSome() {
    if (files.isEmpty()) {
      throw JetException.of(
          JetErr.MISSING_LOG_FILE, Subject.path(FileNames.currentLog(directory, baseName)));
    }
  }
}
