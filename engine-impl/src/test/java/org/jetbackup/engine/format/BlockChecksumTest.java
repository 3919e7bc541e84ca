package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums as they are computed next to the sums as the format defines them. */
class BlockChecksumTest {

  private static final long SEED = Long.getLong("seed", 20261126);
  private static final int ROUNDS = 500;
  private static final int BEFORE = 24;

  private static final long[] NUMBERS = {0, 1, 2, 74565, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL};

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512, 1024, 2048, 4096, 8192})
  void theSumsOfRandomBlocksAreThoseOfTheDefinition(int bytes) {
    Random random = new Random(SEED + bytes);
    byte[] block = new byte[bytes];
    for (int round = 0; round < ROUNDS; round++) {
      random.nextBytes(block);
      assertSums(block, NUMBERS[round % NUMBERS.length], "round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512, 1024, 2048, 4096, 8192})
  void theSumsOfBlocksWithFewBitsAreThoseOfTheDefinition(int bytes) {
    Random random = new Random(SEED + bytes);
    byte[] block = new byte[bytes];
    for (int round = 0; round < ROUNDS; round++) {
      int bits = round % 5;
      Arrays.fill(block, (byte) 0);
      for (int i = 0; i < bits; i++) {
        int bit = random.nextInt(bytes * 8);
        block[bit / 8] = (byte) (block[bit / 8] ^ 1 << bit % 8);
      }
      assertSums(block, NUMBERS[round % NUMBERS.length], "round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 4096, 8192})
  void everySingleBitHasTheSumsOfTheDefinition(int bytes) {
    byte[] block = new byte[bytes];
    ByteBuffer page = ByteBuffer.wrap(block);
    for (int bit = 0; bit < bytes * 8; bit++) {
      block[bit / 8] = (byte) (1 << bit % 8);
      // With one bit the definition is short: the index, its complement and the column.
      int last = bytes * 8 - 1;
      long expected = BlockChecksum.pack((1 << (bit % 32)) ^ 5, ((~bit & last) << 16) | bit);
      assertEquals(expected, BlockChecksum.compute(page, 0, bytes, false, 5), "bit " + bit);
      long hidden = bit < 64 ? BlockChecksum.pack(5, 0) : expected;
      assertEquals(hidden, BlockChecksum.compute(page, 0, bytes, true, 5), "bit " + bit);
      block[bit / 8] = 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkingAPageAllocatesNothing(PageSize size) {
    ByteBuffer heap = Pattern.newFormat(size);
    PageChecksum.stamp(heap, size, PageNumber.FIRST);
    ByteBuffer direct = ByteBuffer.allocateDirect(size.bytes()).put(0, heap, 0, size.bytes());
    direct.order(ByteOrder.LITTLE_ENDIAN);
    Allocation.ofThisThread();
    int good = checkBoth(heap, direct, size);
    long before = Allocation.ofThisThread();
    for (int pass = 0; pass < 2_000; pass++) {
      good += checkBoth(heap, direct, size);
    }
    long allocated = Allocation.ofThisThread() - before;
    assertEquals(2_001, good);
    // The smallest object there is, made once a page, would be 64,000; the measure itself is some.
    assertTrue(allocated < 20_000, allocated + " bytes for 2,000 passes");
  }

  private static int checkBoth(ByteBuffer heap, ByteBuffer direct, PageSize size) {
    boolean both = PageChecksum.verify(heap, size, PageNumber.FIRST).isAcceptable()
        && PageChecksum.verify(direct, size, PageNumber.FIRST).isAcceptable();
    return both ? 1 : 0;
  }

  private static void assertSums(byte[] block, long number, String what) {
    String replay = what + " of " + block.length + " bytes, number " + number + "; -Dseed=" + SEED;
    for (boolean holdsOwn : new boolean[] {false, true}) {
      long expected = bySection53(block, holdsOwn, number);
      for (ByteBuffer page : buffers(block)) {
        long sums = BlockChecksum.compute(page, BEFORE, block.length, holdsOwn, number);
        assertEquals(expected, sums, () -> page + ", own checksum " + holdsOwn + ", " + replay);
      }
    }
  }

  /** The block in every kind of memory, amid bytes that are not part of it. */
  private static ByteBuffer[] buffers(byte[] block) {
    int bytes = 2 * BEFORE + block.length;
    ByteBuffer heap = ByteBuffer.allocate(8 + bytes).put(0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    ByteBuffer slice = surrounded(heap.slice(8, bytes), block);
    ByteBuffer direct = surrounded(ByteBuffer.allocateDirect(3 + bytes).slice(3, bytes), block);
    return new ByteBuffer[] {slice, direct, slice.asReadOnlyBuffer()};
  }

  private static ByteBuffer surrounded(ByteBuffer page, byte[] block) {
    for (int at = 0; at < page.limit(); at++) {
      page.put(at, (byte) 0x5A);
    }
    return page.put(BEFORE, block).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Section 5.3 as it stands there: slow, and nothing to get wrong. */
  private static long bySection53(byte[] block, boolean holdsOwn, long number) {
    ByteBuffer words = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    int n = block.length / 4;
    int p = 0;
    int q = 0;
    int col = 0;
    for (int i = 0; i < n; i++) {
      int w = holdsOwn && i < 2 ? 0 : words.getInt(4 * i);
      col ^= w;
      if (Integer.bitCount(w) % 2 == 1) {
        p ^= i;
        q ^= ~i;
      }
    }
    int r = 0;
    int s = 0;
    for (int c = 0; c < 32; c++) {
      if ((col >>> c & 1) == 1) {
        r ^= c;
        s ^= ~c;
      }
    }
    int ecc = ((q & (n - 1)) << 21) | ((s & 31) << 16) | ((p & (n - 1)) << 5) | (r & 31);
    return BlockChecksum.pack(col ^ (int) number, ecc);
  }
}
