package org.jetbackup.engine.log;

import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * Where a byte of the log is, in one number: the generation in the upper half, the offset in its
 * file in the lower. 0 is none. Of two addresses the smaller is that of the earlier byte.
 */
public final class LogAddress {

  private LogAddress() {}

  /** No address. */
  public static final long NONE = 0;

  /**
   * Makes an address.
   *
   * @param generation the number of the file
   * @param offset the byte in it
   * @return the address
   */
  public static long of(long generation, long offset) {
    return generation << Integer.SIZE | offset;
  }

  /**
   * Takes an address apart.
   *
   * @param address the address
   * @return the number of the file
   */
  public static long generation(long address) {
    return address >>> Integer.SIZE;
  }

  /**
   * Takes an address apart.
   *
   * @param address the address
   * @return the byte in the file
   */
  public static int offset(long address) {
    return (int) address;
  }

  /**
   * Says an address in the terms of the api.
   *
   * @param address not 0; its sector must be below 65,536
   * @param sectorBytes the size of a sector
   * @return the position
   */
  public static LogPosition position(long address, int sectorBytes) {
    int offset = offset(address);
    return new LogPosition(
        new LogGeneration(generation(address)), offset / sectorBytes, offset % sectorBytes);
  }

  /**
   * Names an address in a failure, whatever it is.
   *
   * @param address any number
   * @param sectorBytes the size of a sector
   * @return the subject
   */
  static Subject subject(long address, int sectorBytes) {
    long generation = generation(address);
    boolean isPlace = generation >= LogGeneration.MIN
        && generation <= LogGeneration.MAX
        && offset(address) >= 0
        && offset(address) / sectorBytes <= LogPosition.MAX_PART;
    return isPlace
        ? Subject.position(position(address, sectorBytes))
        : Subject.value("log address", "0x" + Long.toHexString(address));
  }
}
