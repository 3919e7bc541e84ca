package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import org.jetbackup.api.position.PageNumber;

/**
 * The checksum of a page: computes it, checks it, writes it.
 *
 * <p>The number of the page is part of the sum, so a page in the wrong place fails. A page of 16 or
 * 32 KiB is cut into four blocks; the sums of the blocks 1 to 3 lie inside block 0. Pages with the
 * old sum (XOR and page number) are checked too. Nothing is ever repaired. Source: sections 5.2 to
 * 5.5.
 *
 * <p>A flipped bit of the stored XOR looks like a page in a place whose number differs in that bit,
 * and a flipped bit of the stored ECC names no place; both are {@link PageVerdict.Kind#BROKEN}.
 */
public final class PageChecksum {

  private static final int LARGE_BLOCKS = 4;
  private static final int OWN_CHECKSUM_BYTES = PageLayout.DBTIME;

  private static final int FORMAT_BIT =
      PageLayout.FLAGS * Byte.SIZE + Integer.numberOfTrailingZeros(PageFlags.NEW_CHECKSUM);

  private PageChecksum() {}

  /**
   * Checks a page.
   *
   * @param page a little-endian buffer, the page from index 0 on
   * @param size the size of the page
   * @param number where the page was read
   * @return the verdict
   */
  public static PageVerdict verify(ByteBuffer page, PageSize size, PageNumber number) {
    size.requireBuffer(page);
    if (isBlank(page, size)) {
      return PageVerdict.NEVER_WRITTEN;
    }
    if (hasNewChecksum(page)) {
      return verifyNew(page, size, number);
    }
    if (HeaderChecksum.isGood(page, size.bytes())
        && Integer.toUnsignedLong(page.getInt(PageLayout.OLD_PAGE_NUMBER)) == number.value()) {
      return PageVerdict.GOOD;
    }
    // The flag that chooses the format may itself be the flipped bit.
    PageVerdict asNew = verifyNew(page, size, number);
    return asNew.bit() == FORMAT_BIT ? asNew : PageVerdict.BROKEN;
  }

  /**
   * Writes the checksum of a page, in the format that its flags say.
   *
   * @param page a little-endian buffer, the page from index 0 on
   * @param size the size of the page
   * @param number where the page will be written
   */
  public static void stamp(ByteBuffer page, PageSize size, PageNumber number) {
    size.requireBuffer(page);
    if (!hasNewChecksum(page)) {
      page.putInt(PageLayout.OLD_PAGE_NUMBER, (int) number.value());
      HeaderChecksum.stamp(page, size.bytes());
      return;
    }
    // From the last block to the first, because the first covers the sums of the others.
    for (int block = blocks(size) - 1; block >= 0; block--) {
      long sums = compute(page, size, number, block);
      page.putInt(storedAt(block) + PageLayout.XOR, BlockChecksum.xor(sums));
      page.putInt(storedAt(block) + PageLayout.ECC, BlockChecksum.ecc(sums));
    }
  }

  /**
   * Looks whether a page was ever written.
   *
   * @param page a little-endian buffer, the page from index 0 on
   * @param size the size of the page
   * @return whether all its bytes are zero
   */
  public static boolean isBlank(ByteBuffer page, PageSize size) {
    for (int at = 0; at < size.bytes(); at += Long.BYTES) {
      if (page.getLong(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private static PageVerdict verifyNew(ByteBuffer page, PageSize size, PageNumber number) {
    int blockBytes = size.bytes() / blocks(size);
    int flipped = BlockChecksum.NO_BIT;
    for (int block = 0; block < blocks(size); block++) {
      long computed = compute(page, size, number, block);
      long stored = stored(page, block, flipped);
      if (stored == computed) {
        continue;
      }
      int bit = BlockChecksum.flippedBit(stored, computed, blockBytes);
      if (bit == BlockChecksum.NO_BIT || flipped != BlockChecksum.NO_BIT) {
        return PageVerdict.BROKEN;
      }
      if (block == 0 && bit < OWN_CHECKSUM_BYTES * Byte.SIZE) {
        return PageVerdict.BROKEN; // those bytes are not part of the sum, so this is chance
      }
      flipped = block * blockBytes * Byte.SIZE + bit;
    }
    return flipped == BlockChecksum.NO_BIT ? PageVerdict.GOOD : PageVerdict.singleBit(flipped);
  }

  private static long compute(ByteBuffer page, PageSize size, PageNumber number, int block) {
    int blockBytes = size.bytes() / blocks(size);
    int from = block * blockBytes;
    return BlockChecksum.compute(page, from, blockBytes, block == 0, number.value());
  }

  /** Reads a stored sum as it was before the one bit flipped that block 0 has named, if any. */
  private static long stored(ByteBuffer page, int block, int flipped) {
    long sums = page.getLong(storedAt(block));
    int bit = flipped - storedAt(block) * Byte.SIZE;
    return flipped != BlockChecksum.NO_BIT && bit >= 0 && bit < Long.SIZE ? sums ^ 1L << bit : sums;
  }

  private static int storedAt(int block) {
    return block == 0
        ? PageLayout.XOR
        : PageLayout.BLOCK_CHECKSUMS + (block - 1) * PageLayout.BLOCK_CHECKSUM_BYTES;
  }

  private static int blocks(PageSize size) {
    return size.isLarge() ? LARGE_BLOCKS : 1;
  }

  private static boolean hasNewChecksum(ByteBuffer page) {
    return (page.getInt(PageLayout.FLAGS) & PageFlags.NEW_CHECKSUM) != 0;
  }
}
