package org.jetbackup.engine.format;

import java.util.Objects;
import org.jetbackup.api.position.LogGeneration;

/**
 * What the header of a log file says of it. Immutable.
 *
 * @param generation its number
 * @param sectorBytes the unit in which it is written
 * @param fileBytes its length, of which nothing is ever added or cut
 * @param pageSize of the databases that it describes
 * @param circular whether it was written where obsolete files are used again
 * @param created when
 * @param previousCreated when the file before it was created; not set in the first
 * @param previousChain the checksum of the batch that closed the file before it; 0 in the first
 * @param signature of the sequence, drawn when its first file was made
 */
public record LogFileFacts(
    LogGeneration generation,
    int sectorBytes,
    int fileBytes,
    PageSize pageSize,
    boolean circular,
    LogTime created,
    LogTime previousCreated,
    int previousChain,
    Signature signature) {

  /** The smallest and the largest sector, and the smallest and the largest file. */
  static final int MIN_SECTOR = 512;

  static final int MAX_SECTOR = 4096;
  static final int MIN_FILE = 64 << 10;
  static final int MAX_FILE = 32 << 20;

  /**
   * Checks the numbers.
   *
   * @param generation its number
   * @param sectorBytes a power of two, 512 to 4,096
   * @param fileBytes a multiple of 4,096, 64 KiB to 32 MiB
   * @param pageSize of the databases
   * @param circular whether obsolete files are used again
   * @param created when
   * @param previousCreated when the file before it was created
   * @param previousChain the checksum of the batch that closed the file before it
   * @param signature of the sequence
   * @throws IllegalArgumentException if a number is not allowed
   */
  public LogFileFacts {
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(pageSize, "pageSize");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(previousCreated, "previousCreated");
    Objects.requireNonNull(signature, "signature");
    requireSizes(sectorBytes, fileBytes);
  }

  /**
   * Checks the sizes of sectors and files.
   *
   * @param sectorBytes a power of two, 512 to 4,096
   * @param fileBytes a multiple of 4,096, 64 KiB to 32 MiB
   * @throws IllegalArgumentException if they are something else
   */
  public static void requireSizes(int sectorBytes, int fileBytes) {
    if (sectorBytes < MIN_SECTOR
        || sectorBytes > MAX_SECTOR
        || Integer.bitCount(sectorBytes) != 1) {
      throw new IllegalArgumentException(
          "log sector = " + sectorBytes + ", allowed: 512, 1024, 2048, 4096");
    }
    if (fileBytes < MIN_FILE || fileBytes > MAX_FILE || fileBytes % MAX_SECTOR != 0) {
      throw new IllegalArgumentException(
          "log file size = " + fileBytes + ", allowed: 64 KiB to 32 MiB in steps of 4096");
    }
  }
}
