package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageChecksumTest {

  private static final PageNumber ONE = PageNumber.FIRST;

  @ParameterizedTest
  @CsvSource({
    "KIB_4, 1, b260f22aea74150b, ''",
    "KIB_4, 74565, f643f32aea74150b, ''",
    "KIB_8, 1, 5786717ecd2b32d4, ''",
    "KIB_8, 74565, 13a5707ecd2b32d4, ''",
    "KIB_16, 1, a2f27d8630753075, e4e68354275f275faf91b9c1c563c563a3e878491d471d47",
    "KIB_16, 74565, a2f27d8628752875, a0c58254275f275febb2b8c1c563c563e7cb79491d471d47",
    "KIB_32, 1, d4aeb926062a062a, 0d79c188d824d824f3210a0efeebfeeb14ba5f6948734873",
    "KIB_32, 74565, d4aeb9261e2a1e2a, 495ac088d824d824b7020b0efeebfeeb50995e6948734873"
  })
  void theNewSumOfThePatternIsTheKnownOne(PageSize size, long number, String first, String others) {
    ByteBuffer page = Pattern.newFormat(size);
    PageChecksum.stamp(page, size, new PageNumber(number));
    assertEquals(first, Pattern.hex(page, 0, 8));
    assertEquals(others, size.isLarge() ? Pattern.hex(page, 40, 64) : "");
    assertEquals(PageVerdict.GOOD, PageChecksum.verify(page, size, new PageNumber(number)));
  }

  @ParameterizedTest
  @CsvSource({
    "KIB_4, 0, 00002001, 7ed2012d",
    "KIB_8, 0, 00002001, fed2012d",
    "KIB_4, 8, 00002009, 020e020e",
    "KIB_8, 8, 00002009, 020e020e",
    // By hand from sections 5.3 and 5.4: the sums of the blocks 1 to 3, each 1, are part of block
    // 0.
    "KIB_16, 0, 00002000, 002d002d",
    "KIB_32, 0, 00002000, 002d002d",
    "KIB_16, 8, 00002008, 7cf1030e",
    "KIB_32, 8, 00002008, fcf1030e"
  })
  void theSumOfAnAlmostEmptyPageIsTheKnownOne(PageSize size, byte at100, String xor, String ecc) {
    ByteBuffer page = size.newBuffer().putInt(36, 0x2000).put(100, at100);
    PageChecksum.stamp(page, size, ONE);
    assertEquals(xor + ecc, hexWords(page, 0));
    if (size.isLarge()) {
      for (int block = 40; block < 64; block += 8) {
        assertEquals("0000000100000000", hexWords(page, block));
      }
    }
  }

  @Test
  void aByteInALaterBlockShowsInItsSumAndInTheFirst() {
    ByteBuffer page = PageSize.KIB_32.newBuffer().putInt(36, 0x2000).put(20000, (byte) 0x80);
    PageChecksum.stamp(page, PageSize.KIB_32, new PageNumber(5));
    assertEquals("8ef8518700b800b8", hexWords(page, 0));
    assertEquals("0000000500000000", hexWords(page, 40));
    assertEquals("000000858ef87107", hexWords(page, 48));
    assertEquals("0000000500000000", hexWords(page, 56));
  }

  @ParameterizedTest
  @CsvSource({"KIB_4, 430d59a31f000000", "KIB_8, a6ebdaf71f000000"})
  void theOldSumOfThePatternIsTheKnownOne(PageSize size, String expected) {
    ByteBuffer page = Pattern.of(size).putInt(36, 0x803);
    PageNumber number = new PageNumber(31);
    PageChecksum.stamp(page, size, number);
    assertEquals(expected, Pattern.hex(page, 0, 8));
    assertEquals(PageVerdict.GOOD, PageChecksum.verify(page, size, number));
    assertEquals(PageVerdict.BROKEN, PageChecksum.verify(page, size, number.next()));
    page.put(500, (byte) ~page.get(500));
    assertEquals(PageVerdict.BROKEN, PageChecksum.verify(page, size, number));
  }

  @ParameterizedTest
  @CsvSource({"KIB_4, 9ff7ea4e", "KIB_8, 7a11691a", "KIB_32, 91f3fdf5"})
  void theHeaderSumOfThePatternIsTheKnownOne(PageSize size, String expected) {
    ByteBuffer page = Pattern.of(size);
    assertFalse(HeaderChecksum.isGood(page, size.bytes()));
    HeaderChecksum.stamp(page, size.bytes());
    assertEquals(expected, Pattern.hex(page, 0, 4));
    assertTrue(HeaderChecksum.isGood(page, size.bytes()));
  }

  @Test
  void theHeaderSumOfNothingButTheMagicIsZero() {
    ByteBuffer page = PageSize.KIB_4.newBuffer().putInt(4, 0x89ABCDEF);
    assertEquals(0, HeaderChecksum.compute(page, 4096));
  }

  @ParameterizedTest
  @EnumSource(names = {"KIB_4", "KIB_16"})
  void everyFlippedBitIsFoundAndNamed(PageSize size) {
    ByteBuffer page = Pattern.newFormat(size);
    PageChecksum.stamp(page, size, ONE);
    for (int bit = 0; bit < size.bytes() * 8; bit++) {
      flip(page, bit);
      PageVerdict expected = bit < 64 ? PageVerdict.BROKEN : PageVerdict.singleBit(bit);
      assertEquals(expected, PageChecksum.verify(page, size, ONE), "bit " + bit);
      flip(page, bit);
    }
    assertEquals(PageVerdict.GOOD, PageChecksum.verify(page, size, ONE));
  }

  @ParameterizedTest
  @EnumSource
  void anyTwoFlippedBitsAreFoundAndNeverTakenForOne(PageSize size) {
    ByteBuffer page = Pattern.newFormat(size);
    PageChecksum.stamp(page, size, ONE);
    Random random = new Random(20261126);
    for (int round = 0; round < 2000; round++) {
      int one = 64 + random.nextInt(size.bytes() * 8 - 64);
      int two = 64 + random.nextInt(size.bytes() * 8 - 64);
      if (one == two) {
        continue;
      }
      flip(page, one);
      flip(page, two);
      assertEquals(PageVerdict.BROKEN, PageChecksum.verify(page, size, ONE), one + " and " + two);
      flip(page, one);
      flip(page, two);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPageInTheWrongPlaceIsBroken(PageSize size) {
    ByteBuffer page = Pattern.newFormat(size);
    PageChecksum.stamp(page, size, ONE);
    for (long number : new long[] {2, 3, 5, 257, PageNumber.MAX}) {
      assertEquals(PageVerdict.BROKEN, PageChecksum.verify(page, size, new PageNumber(number)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPageOfZerosWasNeverWrittenAndOneWithASingleBitIsBroken(PageSize size) {
    ByteBuffer page = size.newBuffer();
    assertEquals(PageVerdict.NEVER_WRITTEN, PageChecksum.verify(page, size, ONE));
    page.put(size.bytes() - 1, (byte) 0x80);
    assertEquals(PageVerdict.BROKEN, PageChecksum.verify(page, size, ONE));
  }

  @Test
  void aBadVerdictNamesFilePageAndBit() {
    Path file = Path.of("a.edb");
    JetException bit = assertThrows(
        JetException.class, () -> PageVerdict.singleBit(83).requireAcceptable(file, ONE));
    assertEquals(JetErr.READ_VERIFY_FAILURE, bit.error());
    assertTrue(bit.toString().contains("page 1 of a.edb; flipped bit of byte 10 = 3"));
    JetException broken =
        assertThrows(JetException.class, () -> PageVerdict.BROKEN.requireAcceptable(file, ONE));
    assertTrue(broken.toString().contains("page 1 of a.edb"));
    PageVerdict.GOOD.requireAcceptable(file, ONE);
    PageVerdict.NEVER_WRITTEN.requireAcceptable(file, ONE);
  }

  @Test
  void aBufferThatIsTooShortOrBigEndianIsAMistakeOfTheCaller() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PageChecksum.verify(PageSize.KIB_4.newBuffer(), PageSize.KIB_8, ONE));
    assertThrows(
        IllegalArgumentException.class,
        () -> PageChecksum.verify(
            PageSize.KIB_4.newBuffer().order(ByteOrder.BIG_ENDIAN), PageSize.KIB_4, ONE));
  }

  private static void flip(ByteBuffer page, int bit) {
    page.put(bit / 8, (byte) (page.get(bit / 8) ^ 1 << bit % 8));
  }

  private static String hexWords(ByteBuffer page, int at) {
    return String.format("%08x%08x", page.getInt(at), page.getInt(at + 4));
  }
}
