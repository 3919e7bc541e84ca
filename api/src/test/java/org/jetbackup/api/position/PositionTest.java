package org.jetbackup.api.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Page numbers, generations and log positions are what they say, and nothing else can be built. */
class PositionTest {

  @Test
  void pageNumbersCountFromOneToThirtyTwoBits() {
    assertEquals(1, PageNumber.FIRST.value());
    assertEquals(new PageNumber(2), PageNumber.FIRST.next());
    assertEquals(PageNumber.FIRST, new PageNumber(2).previous());
    assertEquals(0xFFFF_FFFFL, new PageNumber(PageNumber.MAX).value());
    assertThrows(IllegalArgumentException.class, PageNumber.FIRST::previous);
    assertThrows(IllegalArgumentException.class, new PageNumber(PageNumber.MAX)::next);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 0x1_0000_0000L, Long.MAX_VALUE})
  void aPageNumberOutsideItsBoundsCannotBeBuilt(long value) {
    String message = assertThrows(IllegalArgumentException.class, () -> new PageNumber(value))
        .getMessage();
    assertEquals("page number = " + value + ", allowed: 1 to 4294967295", message);
  }

  @Test
  void generationsCountFromOneToTheBoundOfTheOriginal() {
    assertEquals(1, LogGeneration.FIRST.value());
    assertEquals(new LogGeneration(2), LogGeneration.FIRST.next());
    assertEquals(LogGeneration.FIRST, new LogGeneration(2).previous());
    assertEquals(0x7FFF_F800L, new LogGeneration(LogGeneration.MAX).value());
    assertThrows(IllegalArgumentException.class, LogGeneration.FIRST::previous);
    assertThrows(IllegalArgumentException.class, new LogGeneration(LogGeneration.MAX)::next);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 0x7FFF_F801L, Long.MAX_VALUE})
  void aGenerationOutsideItsBoundsCannotBeBuilt(long value) {
    String message = assertThrows(IllegalArgumentException.class, () -> new LogGeneration(value))
        .getMessage();
    assertEquals("log generation = " + value + ", allowed: 1 to 2147481600", message);
  }

  @Test
  void aGenerationIsShownInDecimalAndComparedWithFileNamesInHexadecimal() {
    assertEquals("26", new LogGeneration(26).toString());
    assertEquals("0001A", new LogGeneration(26).toHex());
    assertEquals("7FFFF800", new LogGeneration(LogGeneration.MAX).toHex());
  }

  @Test
  void aLogPositionIsOrderedByGenerationThenSectorThenByte() {
    List<LogPosition> ordered = List.of(
        position(1, 0, 0),
        position(1, 0, 1),
        position(1, 0, 0xFFFF),
        position(1, 1, 0),
        position(1, 0xFFFF, 0xFFFF),
        position(2, 0, 0),
        position(0x10, 0, 0),
        position(LogGeneration.MAX, 0, 0));
    List<LogPosition> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertEquals(ordered, shuffled);
    assertEquals(
        ordered.stream().map(LogPosition::toString).toList(),
        ordered.stream().map(LogPosition::toString).sorted().toList());
    assertEquals(0, position(3, 4, 5).compareTo(position(3, 4, 5)));
  }

  @Test
  void aLogPositionIsShownInHexadecimal() {
    assertEquals("00000005:001A:0003", position(5, 0x1A, 3).toString());
    assertEquals(position(5, 0, 0), LogPosition.startOf(new LogGeneration(5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0x1_0000, Integer.MAX_VALUE})
  void aSectorOrByteThatDoesNotFitSixteenBitsCannotBeBuilt(int part) {
    assertTrue(assertThrows(IllegalArgumentException.class, () -> position(1, part, 0))
        .getMessage()
        .contains("log sector = " + part));
    assertTrue(assertThrows(IllegalArgumentException.class, () -> position(1, 0, part))
        .getMessage()
        .contains("byte in log sector = " + part));
  }

  private static LogPosition position(long generation, int sector, int offset) {
    return new LogPosition(new LogGeneration(generation), sector, offset);
  }
}
