package org.jetbackup.engine.format;

import java.nio.ByteBuffer;

/**
 * The checksum of headers: of a database, its backup trailer, a log and a checkpoint.
 *
 * <p>All 32-bit words of the block behind the first, combined by exclusive or; the first holds the
 * result. It finds every single flipped bit, and does not find two words exchanged. Source: section
 * 5.1.
 */
public final class HeaderChecksum {

  private static final int SEED = 0x89AB_CDEF;
  private static final int STORED = 0;

  private HeaderChecksum() {}

  /**
   * Computes the checksum of a block.
   *
   * @param block a little-endian buffer, the block from index 0 on
   * @param bytes the length of the block, a multiple of 4
   * @return the checksum, whatever the block's first word says
   */
  public static int compute(ByteBuffer block, int bytes) {
    int sum = SEED;
    for (int at = STORED + Integer.BYTES; at < bytes; at += Integer.BYTES) {
      sum ^= block.getInt(at);
    }
    return sum;
  }

  /**
   * Compares the checksum of a block with the stored one.
   *
   * @param block a little-endian buffer, the block from index 0 on
   * @param bytes the length of the block, a multiple of 4
   * @return whether they are equal
   */
  public static boolean isGood(ByteBuffer block, int bytes) {
    return stored(block) == compute(block, bytes);
  }

  /**
   * Writes the checksum into a block.
   *
   * @param block a little-endian buffer, the block from index 0 on
   * @param bytes the length of the block, a multiple of 4
   */
  public static void stamp(ByteBuffer block, int bytes) {
    block.putInt(STORED, compute(block, bytes));
  }

  static int stored(ByteBuffer block) {
    return block.getInt(STORED);
  }
}
