package org.jetbackup.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRangeTest {

  private static final KeyRange MIDDLE = KeyRange.between(key("10"), key("80"));

  @ParameterizedTest
  @ValueSource(strings = {"10", "1000", "11", "7f", "7fff"})
  void aRangeHasItsFirstKeyAndAllBelowItsEnd(String key) {
    assertTrue(MIDDLE.contains(key(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0f", "0fff", "80", "8000", "81", "ff"})
  void aRangeHasNeitherItsEndNorWhatLiesOutside(String key) {
    assertFalse(MIDDLE.contains(key(key)));
  }

  @Test
  void bytesAreOrderedUnsigned() {
    assertTrue(KeyRange.from(key("7f")).contains(key("80")));
    assertFalse(KeyRange.until(key("7f")).contains(key("80")));
    assertTrue(KeyRange.between(key("7f"), key("ff")).contains(key("fe")));
  }

  @Test
  void aPrefixComesBeforeWhatItIsAPrefixOf() {
    assertTrue(KeyRange.until(key("1000")).contains(key("10")));
    assertFalse(KeyRange.from(key("1000")).contains(key("10")));
    assertTrue(KeyRange.between(key("10"), key("1000")).contains(key("10")));
    assertFalse(KeyRange.between(key("10"), key("1000")).contains(key("1000")));
  }

  @Test
  void anOpenEndHasEverythingOnItsSide() {
    assertTrue(KeyRange.all().contains(key("00")));
    assertTrue(KeyRange.all().contains(key("ffff")));
    assertTrue(KeyRange.from(key("10")).contains(key("10")));
    assertTrue(KeyRange.from(key("10")).contains(key("ffff")));
    assertFalse(KeyRange.until(key("10")).contains(key("10")));
    assertTrue(KeyRange.until(key("10")).contains(key("00")));
  }

  @Test
  void endsOutOfOrderOrEqualMakeAnEmptyRange() {
    assertFalse(KeyRange.between(key("20"), key("20")).contains(key("20")));
    KeyRange reversed = KeyRange.between(key("20"), key("10"));
    assertFalse(reversed.contains(key("10")));
    assertFalse(reversed.contains(key("15")));
    assertFalse(reversed.contains(key("20")));
  }

  @Test
  void anEndThatIsMissingIsToldSo() {
    assertEquals(Optional.empty(), KeyRange.all().from());
    assertEquals(Optional.empty(), KeyRange.all().until());
    assertEquals(Optional.empty(), KeyRange.from(key("10")).until());
    assertEquals(Optional.empty(), KeyRange.until(key("10")).from());
  }

  @Test
  void anArrayThatWasPassedInMayBeChangedAfterwards() {
    byte[] from = key("10");
    byte[] until = key("20");
    KeyRange range = KeyRange.between(from, until);
    from[0] = 0x7f;
    until[0] = 0x7f;
    assertTrue(range.contains(key("10")));
    assertFalse(range.contains(key("20")));
  }

  @Test
  void anArrayThatWasReturnedMayBeChangedToo() {
    KeyRange range = KeyRange.between(key("10"), key("20"));
    range.from().orElseThrow()[0] = 0x7f;
    range.until().orElseThrow()[0] = 0x7f;
    assertArrayEquals(key("10"), range.from().orElseThrow());
    assertArrayEquals(key("20"), range.until().orElseThrow());
  }

  @Test
  void anEndIsNeverNull() {
    assertThrows(NullPointerException.class, () -> KeyRange.from(null));
    assertThrows(NullPointerException.class, () -> KeyRange.until(null));
    assertThrows(NullPointerException.class, () -> KeyRange.between(key("10"), null));
  }

  @Test
  void theTextShowsBothEnds() {
    assertEquals("[10, 80)", MIDDLE.toString());
    assertEquals("[open, open)", KeyRange.all().toString());
    assertEquals("[ff00, open)", KeyRange.from(key("ff00")).toString());
  }

  private static byte[] key(String hexadecimal) {
    return HexFormat.of().parseHex(hexadecimal);
  }
}
