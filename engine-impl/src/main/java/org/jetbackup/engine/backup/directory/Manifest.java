package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;

/**
 * What a full backup consists of. Immutable.
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
    databases = List.copyOf(databases);
    logs = List.copyOf(logs);
  }

  /** {@return the content of the file} */
  public byte[] encode() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a manifest.
   *
   * @param file the file
   * @return what it says
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if it is not as it was written; {@link
   *     JetErr#INVALID_DATABASE_VERSION} if it is, and has another version; {@link
   *     JetErr#FILE_NOT_FOUND}, and others if it cannot be read
   */
  public static Manifest read(Path file) {
    throw new UnsupportedOperationException();
  }
}
