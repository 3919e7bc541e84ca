package org.jetbackup.engine.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * XOR and ECC of one block, as one number: the XOR in the low 32 bits, the ECC in the high 32.
 *
 * <p>The ECC has two halves of 16 bits. The low half is the index of a flipped bit, the high half
 * its complement: that is how one flipped bit is told from more. Source: sections 5.3 and 5.5.
 *
 * <p>The format defines the sums row by row, a row being 32 bits: the XOR of the indexes of all
 * rows with an odd number of ones, and of the complements of these indexes. Counting the ones of
 * every row is slow, and three facts make it needless.
 *
 * <ol>
 *   <li>Bit k of an XOR of indexes is 1 if an odd number of them have bit k. So bit k is the parity
 *       of all rows together whose index has bit k: XOR these rows, count ones once.
 *   <li>XOR can be shared. Two rows read as one long differ in bit 0 of the index. Eight longs make
 *       a line, 16 rows; where a row stands in its line are bits 0 to 3 of its index, and the
 *       number of the line is the rest. Four longs gather, over all lines, everything and what lies
 *       at an odd long, an odd pair of longs and in the second half of the line. The other bits need
 *       one count for each line, of its eight longs together.
 *   <li>The complements are XORed as often as the indexes. An even number of complements cancel to
 *       the XOR of the indexes, an odd number to its complement. The same holds for the columns.
 * </ol>
 *
 * <p>The loop reads an array, because that took about 60 % of the time of reading a buffer where
 * both were measured. The block of a buffer without an array is first copied into one that its
 * thread keeps, which was faster too.
 */
final class BlockChecksum {

  private static final int HALF_BITS = 16;
  private static final int HALF_MASK = 0xFFFF;
  private static final int COLUMN_BITS = 5;
  private static final int COLUMN_MASK = 31;
  private static final int LINE_BYTES = 64;
  private static final int LINE_INDEX_BITS = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The longest block there is. */
  static final int MAX_BYTES = 8 * 1024;

  private static final ThreadLocal<byte[]> COPY =
      ThreadLocal.withInitial(() -> new byte[MAX_BYTES]);

  /** No single bit explains the difference. */
  static final int NO_BIT = -1;

  private BlockChecksum() {}

  /**
   * Computes both sums.
   *
   * @param page a buffer of either byte order, which the sums do not depend on
   * @param from where the block begins in the buffer
   * @param bytes the length of the block: a power of two from 64 to {@link #MAX_BYTES}
   * @param holdsOwn whether the first 8 bytes of the block are its own checksum: they count as zero
   */
  static long compute(ByteBuffer page, int from, int bytes, boolean holdsOwn, long pageNumber) {
    if (page.hasArray()) {
      return compute(page.array(), page.arrayOffset() + from, bytes, holdsOwn, pageNumber);
    }
    byte[] copy = COPY.get();
    page.get(from, copy, 0, bytes);
    return compute(copy, 0, bytes, holdsOwn, pageNumber);
  }

  private static long compute(
      byte[] block, int from, int bytes, boolean holdsOwn, long pageNumber) {
    long all = 0;
    long oddLongs = 0;
    long oddPairs = 0;
    long secondHalves = 0;
    int oddLines = 0;
    for (int line = 0; line < bytes / LINE_BYTES; line++) {
      int at = from + line * LINE_BYTES;
      long long0 = (long) LONGS.get(block, at);
      long long1 = (long) LONGS.get(block, at + 8);
      long long2 = (long) LONGS.get(block, at + 16);
      long long3 = (long) LONGS.get(block, at + 24);
      long long4 = (long) LONGS.get(block, at + 32);
      long long5 = (long) LONGS.get(block, at + 40);
      long long6 = (long) LONGS.get(block, at + 48);
      long long7 = (long) LONGS.get(block, at + 56);
      long pair1 = long2 ^ long3;
      long pair3 = long6 ^ long7;
      long secondHalf = long4 ^ long5 ^ pair3;
      long whole = long0 ^ long1 ^ pair1 ^ secondHalf;
      oddLongs ^= long1 ^ long3 ^ (long5 ^ long7);
      oddPairs ^= pair1 ^ pair3;
      secondHalves ^= secondHalf;
      all ^= whole;
      oddLines ^= line & -parity(whole); // all ones or zero: no branch to predict
    }
    if (holdsOwn) {
      all ^= (long) LONGS.get(block, from); // long 0 of line 0, so it is in no other sum
    }
    int rows = parity(all >>> Integer.SIZE)
        | parity(oddLongs) << 1
        | parity(oddPairs) << 2
        | parity(secondHalves) << 3
        | oddLines << LINE_INDEX_BITS;
    return sums((int) (all ^ all >>> Integer.SIZE), rows, bytes, pageNumber);
  }

  private static long sums(int columns, int rows, int bytes, long pageNumber) {
    int column = parity(columns & 0xAAAA_AAAA)
        | parity(columns & 0xCCCC_CCCC) << 1
        | parity(columns & 0xF0F0_F0F0) << 2
        | parity(columns & 0xFF00_FF00) << 3
        | parity(columns & 0xFFFF_0000) << 4;
    int low = rows << COLUMN_BITS | column;
    int high = (low ^ -parity(columns)) & (bytes * Byte.SIZE - 1);
    return pack(columns ^ (int) pageNumber, high << HALF_BITS | low);
  }

  private static int parity(long word) {
    return Long.bitCount(word) & 1;
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
