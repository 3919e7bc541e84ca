package org.jetbackup.engine.log;

import java.nio.file.Path;
import java.util.Objects;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogFileHeader;
import org.jetbackup.engine.format.PageSize;

/**
 * Where a log is and how it is written. Immutable.
 *
 * @param directory of the files
 * @param baseName with which their names begin
 * @param fileBytes the length of each
 * @param sectorBytes the unit in which they are written
 * @param bufferBytes the length of each of the two buffers; the longest batch
 * @param circular whether files that nobody needs are used again
 * @param pageSize of the databases
 */
public record LogOptions(
    Path directory,
    String baseName,
    int fileBytes,
    int sectorBytes,
    int bufferBytes,
    boolean circular,
    PageSize pageSize) {

  /**
   * Checks the numbers.
   *
   * @param directory of the files
   * @param baseName with which their names begin
   * @param fileBytes 64 KiB to 32 MiB, a multiple of 4,096
   * @param sectorBytes 512 to 4,096, a power of two
   * @param bufferBytes one sector to 1 MiB, a multiple of the sector
   * @param circular whether files that nobody needs are used again
   * @param pageSize of the databases
   * @throws IllegalArgumentException if a number is not allowed
   */
  public LogOptions {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(baseName, "baseName");
    Objects.requireNonNull(pageSize, "pageSize");
    LogFileFacts.requireSizes(sectorBytes, fileBytes);
    if (bufferBytes < sectorBytes
        || bufferBytes > LogBatchHeader.MAX_BATCH
        || bufferBytes % sectorBytes != 0) {
      throw new IllegalArgumentException("log buffer = " + bufferBytes
          + ", allowed: a multiple of the sector, up to " + LogBatchHeader.MAX_BATCH);
    }
  }

  /** {@return the longest state that the owner may give for the header of a file} */
  public int maxStateBytes() {
    return LogFileHeader.maxState(fileBytes);
  }
}
