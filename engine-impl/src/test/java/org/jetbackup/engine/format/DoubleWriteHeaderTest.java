package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleWriteHeaderTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final Signature SIGNATURE =
      new Signature(0x11223344, new LogTime(0x0807_0605_0403_0201L), "pc");
  private static final long SEQUENCE = 0x0102_0304_0506_0708L;

  private static ByteBuffer batch(long... numbers) {
    ByteBuffer batch = ByteBuffer.allocate(DoubleWriteHeader.offsetOf(SIZE, numbers.length));
    DoubleWriteHeader header = new DoubleWriteHeader(batch, SIZE);
    header.prepare(SIGNATURE);
    for (int i = 0; i < numbers.length; i++) {
      batch.put(DoubleWriteHeader.offsetOf(SIZE, i), Pattern.of(SIZE), 0, SIZE.bytes());
      header.putNumber(i, new PageNumber(numbers[i]));
    }
    header.seal(numbers.length, SEQUENCE);
    return batch;
  }

  @Test
  void aBatchHasTheBytesOfTheGoldenVector() {
    ByteBuffer batch = batch(3, PageNumber.MAX);
    assertEquals(
        "fdd4babf" // computed by another program, bit by bit
            + "444c5257"
            + "01000000"
            + "00100000"
            + "02000000"
            + "00000000"
            + "0807060504030201"
            + "443322110102030405060708"
            + "70630000000000000000000000000000"
            + "00000000"
            + "03000000"
            + "ffffffff",
        Pattern.hex(batch, 0, 72));
    assertEquals("00".repeat(4096 - 72), Pattern.hex(batch, 72, 4096));
  }

  @Test
  void whatWasSealedIsRead() {
    DoubleWriteHeader header = new DoubleWriteHeader(batch(3, PageNumber.MAX), SIZE);
    assertTrue(header.isWhole());
    assertEquals(4096 * 3, header.batchBytes());
    assertEquals(2, header.count());
    assertEquals(SEQUENCE, header.sequence());
    assertEquals(3, header.number(0));
    assertEquals(PageNumber.MAX, header.number(1));
    assertTrue(header.belongsTo(SIGNATURE));
    assertFalse(header.belongsTo(Signature.NONE));
    assertFalse(header.isBlank());
  }

  @Test
  void theBlockAloneTellsTheLengthButNotThatTheBatchIsWhole() {
    ByteBuffer block = ByteBuffer.allocate(4096).put(0, batch(3, 4), 0, 4096);
    DoubleWriteHeader header = new DoubleWriteHeader(block, SIZE);
    assertEquals(4096 * 3, header.batchBytes());
    assertFalse(header.isWhole());
  }

  @Test
  void aBlockOfZerosIsBlank() {
    DoubleWriteHeader header = new DoubleWriteHeader(ByteBuffer.allocate(4096), SIZE);
    assertTrue(header.isBlank());
    assertEquals(0, header.batchBytes());
    assertFalse(header.isWhole());
  }

  @Test
  void everyFlippedBitIsSeen() {
    ByteBuffer batch = batch(3);
    DoubleWriteHeader header = new DoubleWriteHeader(batch, SIZE);
    for (int bit = 0; bit < batch.capacity() * 8; bit++) {
      flip(batch, bit);
      assertFalse(header.isWhole(), "bit " + bit);
      flip(batch, bit);
    }
    assertTrue(header.isWhole());
  }

  private static void flip(ByteBuffer batch, int bit) {
    batch.put(bit / 8, (byte) (batch.get(bit / 8) ^ 1 << bit % 8));
  }

  @Test
  void aShorterBatchIsNotDisturbedByTheOneBefore() {
    ByteBuffer batch = batch(3, 4, 5);
    DoubleWriteHeader header = new DoubleWriteHeader(batch, SIZE);
    header.seal(1, 9);
    assertTrue(header.isWhole());
    assertEquals("00".repeat(8), Pattern.hex(batch, 68, 76));
  }

  @Test
  void aRightChecksumDoesNotMakeWrongPageNumbersRight() {
    for (long[] numbers : new long[][] {{3, 3}, {4, 3}}) {
      assertFalse(new DoubleWriteHeader(batch(numbers), SIZE).isWhole());
    }
    ByteBuffer none = batch(3);
    none.putInt(64, 0);
    DoubleWriteHeader header = new DoubleWriteHeader(none, SIZE);
    header.seal(1, 1);
    assertFalse(header.isWhole());
  }

  @Test
  void numbersOfPagesThatCannotBeAreNoBatch() {
    for (int count : new int[] {0, -1, 257, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      ByteBuffer batch = batch(3);
      batch.order(ByteOrder.LITTLE_ENDIAN).putInt(16, count);
      assertEquals(0, new DoubleWriteHeader(batch, SIZE).batchBytes(), "count " + count);
    }
    assertEquals(0, new DoubleWriteHeader(batch(3), PageSize.KIB_8).batchBytes());
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void theNumbersOfTheLargestBatchFitTheBlock(PageSize size) {
    int capacity = DoubleWriteHeader.capacity(size);
    assertEquals(1 << 20, capacity * size.bytes());
    ByteBuffer batch = ByteBuffer.allocate(DoubleWriteHeader.offsetOf(size, capacity));
    DoubleWriteHeader header = new DoubleWriteHeader(batch, size);
    header.prepare(SIGNATURE);
    for (int i = 0; i < capacity; i++) {
      header.putNumber(i, new PageNumber(i + 1));
    }
    header.seal(capacity, 1);
    assertTrue(header.isWhole());
    assertEquals(batch.capacity(), header.batchBytes());
  }

  @Test
  void aBufferWithoutRoomIsAMistake() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DoubleWriteHeader(ByteBuffer.allocate(4095), SIZE));
  }

  @Test
  void sealingAllocatesNothing() {
    ByteBuffer batch = ByteBuffer.allocateDirect(DoubleWriteHeader.offsetOf(SIZE, 2));
    DoubleWriteHeader header = new DoubleWriteHeader(batch, SIZE);
    header.prepare(SIGNATURE);
    for (int round = 0; round < 20_000; round++) {
      header.seal(2, round);
    }
    long before = Allocation.ofThisThread();
    for (int round = 0; round < 1_000; round++) {
      header.seal(2, round);
    }
    long allocated = Allocation.ofThisThread() - before;
    assertTrue(allocated < 8_000, allocated + " bytes for 1000 batches");
  }
}
