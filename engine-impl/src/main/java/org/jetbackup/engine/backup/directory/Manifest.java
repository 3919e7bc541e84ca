package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;

/**
 * What a full backup consists of. Immutable.
 *
 * <p>It is a text that people can read:
 *
 * <pre>
 *   jetbackup-manifest 1
 *   engine jetbackup%00201.0
 *   created 2026-03-04T05:06:07Z
 *   base-name edb
 *   page-size 8192
 *   log-file 5242880 512                                      length and sector
 *   log-signature 0000126f 0107e80302010000 %                 number, time, name of the computer
 *   generations 3 5
 *   database 1.sales.edb 1048576 1a2b3c4d 1 4711 0000002a 0107e80302010000 % data/sales.edb
 *   log edb00003.log 2b3c4d5e                                 its length is that of all logs
 *   ...
 *   crc32c 3c4d5e6f                                           of all bytes before this line
 * </pre>
 *
 * <p>A database has name, length and checksum of its file, its number, its change time, its
 * signature and the path from which it came. Checksums and signatures are hexadecimal, other
 * numbers decimal. How texts are written is said in {@link ManifestWords}. The first and the last
 * line stay as they are in every version, so that a damaged manifest is told from a newer one.
 *
 * @param engine which engine made it, for people
 * @param created the moment of the set
 * @param baseName with which the names of the logs begin
 * @param pageSize of all databases
 * @param logFileBytes the length of each log file
 * @param logSectorBytes the sector of the log
 * @param log the signature of the sequence of logs
 * @param genLow the first generation
 * @param genHigh the last generation
 * @param databases up to six, with different numbers, names and paths
 * @param logs one for each generation, in their order, under the names of closed log files
 */
public record Manifest(
    String engine,
    Instant created,
    String baseName,
    PageSize pageSize,
    long logFileBytes,
    int logSectorBytes,
    Signature log,
    LogGeneration genLow,
    LogGeneration genHigh,
    List<SetDatabase> databases,
    List<SetFile> logs) {

  /** The name of the file; what has no file of this name is no set. */
  public static final String FILE_NAME = "manifest.jetbackup";

  /** Enough for half a million logs. A longer file is refused before it is read. */
  static final int BYTES_MAX = 16 << 20;

  static final int ENGINE_LENGTH_MAX = 200;

  private static final Pattern BASE_NAME = Pattern.compile("[A-Za-z0-9]{1,16}");

  /**
   * Checks that the parts fit each other.
   *
   * @param engine which engine made it
   * @param created the moment of the set
   * @param baseName with which the names of the logs begin
   * @param pageSize of all databases
   * @param logFileBytes the length of each log file
   * @param logSectorBytes the sector of the log
   * @param log the signature of the sequence of logs
   * @param genLow the first generation
   * @param genHigh the last generation
   * @param databases up to six
   * @param logs one for each generation
   * @throws IllegalArgumentException if they do not
   */
  public Manifest {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(log, "log");
    databases = List.copyOf(databases);
    logs = List.copyOf(logs);
    require(engine.length() <= ENGINE_LENGTH_MAX, "length of engine", engine.length());
    require(BASE_NAME.matcher(baseName).matches(), "base name", baseName);
    require(logFileBytes == (int) logFileBytes, "length of log file", logFileBytes);
    LogFileFacts.requireSizes(logSectorBytes, (int) logFileBytes);
    require(databases.size() <= AttachmentList.COUNT_MAX, "databases", databases.size());
    requireFit(databases, pageSize);
    requireLogs(logs, baseName, logFileBytes, genLow, genHigh);
  }

  private static void requireFit(List<SetDatabase> databases, PageSize pageSize) {
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    Set<String> paths = new HashSet<>();
    for (SetDatabase database : databases) {
      SetFile file = database.file();
      long pages = pageSize.pagesIn(file.bytes());
      boolean isWhole = file.bytes() % pageSize.bytes() == 0
          && pages >= PageNumber.MIN
          && pages <= PageNumber.MAX;
      require(isWhole, "length of " + file.name(), file.bytes());
      require(OwnNames.isDatabase(file.name()), "name of database", file.name());
      // Some file systems do not tell upper from lower case.
      require(names.add(file.name().toLowerCase(Locale.ROOT)), "name of two", file.name());
      require(
          paths.add(database.origin().path()), "path of two", database.origin().path());
      int number = database.origin().databaseId();
      require(numbers.add(number), "number of two", number);
    }
  }

  private static void requireLogs(
      List<SetFile> logs,
      String baseName,
      long bytes,
      LogGeneration genLow,
      LogGeneration genHigh) {
    long count = genHigh.value() - genLow.value() + 1;
    require(
        count > 0 && logs.size() == count, "logs from " + genLow + " to " + genHigh, logs.size());
    long generation = genLow.value();
    for (SetFile file : logs) {
      String name = FileNames.closedLog(baseName, new LogGeneration(generation));
      require(file.name().equals(name), "log instead of " + name, file.name());
      require(file.bytes() == bytes, "length of " + name, file.bytes());
      generation++;
    }
  }

  private static void require(boolean holds, String name, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + found);
    }
  }

  /**
   * {@return the content of the file}
   *
   * @throws IllegalStateException if it would be longer than a manifest may be
   */
  public byte[] encode() {
    return ManifestWriter.write(this);
  }

  /**
   * Reads a manifest. The file is read as a whole; it and what is made of it take about 120 bytes
   * of memory for each log.
   *
   * @param file the file
   * @return what it says
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if it is not as it was written; {@link
   *     JetErr#INVALID_DATABASE_VERSION} if it is, and has another version; {@link
   *     JetErr#FILE_NOT_FOUND}, and others if it cannot be read
   */
  public static Manifest read(Path file) {
    try (DataFile open = DataFile.open(file, Mode.READ)) {
      long size = open.size();
      if (size > BYTES_MAX) {
        throw JetException.of(
            JetErr.DATABASE_CORRUPTED,
            Subject.path(file),
            Subject.value("length of manifest", size, "up to " + BYTES_MAX));
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      open.readFully(content, 0);
      return new ManifestReader(file, content.array()).read();
    }
  }
}
