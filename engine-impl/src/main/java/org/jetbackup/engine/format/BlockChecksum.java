package org.jetbackup.engine.format;

import java.nio.ByteBuffer;

/**
 * XOR and ECC of one block, as one number: the XOR in the low 32 bits, the ECC in the high 32.
 *
 * <p>The ECC has two halves of 16 bits. The low half is the index of a flipped bit, the high half
 * its complement: that is how one flipped bit is told from more. Source: sections 5.3 and 5.5.
 */
final class BlockChecksum {

  private static final int HALF_BITS = 16;
  private static final int HALF_MASK = 0xFFFF;
  private static final int COLUMN_BITS = 5;
  private static final int COLUMN_MASK = 31;

  /** No single bit explains the difference. */
  static final int NO_BIT = -1;

  private BlockChecksum() {}

  /**
   * Computes both sums.
   *
   * @param from where the block begins in the buffer
   * @param skipped bytes at the start of the block that count as zero: they hold its checksum
   */
  static long compute(ByteBuffer page, int from, int bytes, int skipped, long pageNumber) {
    int columns = 0;
    int rowParity = 0;
    int rowComplement = 0;
    int rows = bytes / Integer.BYTES;
    for (int row = skipped / Integer.BYTES; row < rows; row++) {
      int word = page.getInt(from + row * Integer.BYTES);
      int odd = -(Integer.bitCount(word) & 1); // all ones or zero: no branch to predict
      columns ^= word;
      rowParity ^= row & odd;
      rowComplement ^= ~row & odd;
    }
    int columnParity = 0;
    int columnComplement = 0;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      int set = -(columns >>> bit & 1);
      columnParity ^= bit & set;
      columnComplement ^= ~bit & set;
    }
    int high = ((rowComplement & (rows - 1)) << COLUMN_BITS) | (columnComplement & COLUMN_MASK);
    int low = ((rowParity & (rows - 1)) << COLUMN_BITS) | (columnParity & COLUMN_MASK);
    return pack(columns ^ (int) pageNumber, high << HALF_BITS | low);
  }

  static long pack(int xor, int ecc) {
    return ((long) ecc << Integer.SIZE) | (xor & 0xFFFF_FFFFL);
  }

  static int xor(long sums) {
    return (int) sums;
  }

  static int ecc(long sums) {
    return (int) (sums >>> Integer.SIZE);
  }

  /** Finds the one flipped bit of a block, counted from its start, or {@link #NO_BIT}. */
  static int flippedBit(long stored, long computed, int bytes) {
    int difference = ecc(stored) ^ ecc(computed);
    int low = difference & HALF_MASK;
    int high = difference >>> HALF_BITS;
    int used = bytes * Byte.SIZE - 1;
    if ((low ^ high) != used || low > used) {
      return NO_BIT;
    }
    boolean sameColumn = (xor(stored) ^ xor(computed)) == 1 << (low & COLUMN_MASK);
    return sameColumn ? low : NO_BIT;
  }
}
