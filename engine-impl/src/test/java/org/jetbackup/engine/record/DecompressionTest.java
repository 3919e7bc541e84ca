package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionTest {

  @Test
  void sevenBitTextIsUnpackedFromTheLowestBitOn() {
    // a = 1100001, b = 1100010, c = 1100011: 21 bits, so 5 of the last byte.
    assertEquals("abc", text(expand("0c 61 f1 18"), StandardCharsets.US_ASCII));
    assertEquals("abc", text(expand("14 61 f1 18"), StandardCharsets.UTF_16LE));
  }

  @Test
  void eightCharactersFillSevenBytes() {
    assertEquals("aaaaaaaa", text(expand("0f e1 70 38 1c 0e 87 c3"), StandardCharsets.US_ASCII));
  }

  @Test
  void xpressOfLiteralsAndOneLongMatchComesBack() {
    byte[] value =
        expand("18 4f04 00000000 536f6d652076657279206c6f6e6720636f6d7072657373656420415343"
            + "494920 08040000 7465787420746861742068617320 6d756c7469706c 8801 616c7565732c c800"
            + "697320 ffffffc3 1000 7a00 20 31 20 61 0700 0f ff fc03");
    String expected =
        "Some very long compressed ASCII text that has multiple values, this is value 1 ";
    assertEquals(
        expected + "a".repeat(1103 - expected.length()), text(value, StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0c",
        "0c 61 f1",
        "08 61 f1 18",
        "00 61",
        "40 61",
        "18",
        "18 01",
        "18 0100 000000",
        "18 0100 00000000",
        "18 0500 00000080 0000",
        "18 0500 00000040 61 0800",
        "18 0300 00000040 61 0000",
        "18 ffff 00000040 61 0700 0f ff 0000",
        "18 ffff 00000040 61 0700 0f ff 1500",
        "18 ffff 00000040 61 0700 0f ff 0000 ffffffff"
      })
  void whatNoMethodMakesIsRefused(String hex) {
    JetException e = assertThrows(JetException.class, () -> expand(hex));
    assertEquals(JetErr.NODE_CORRUPTED, e.error());
  }

  @ParameterizedTest
  @CsvSource({"18 0400 00000000 61626364, 4", "0c 61 f1 18, 3", "14 61 f1 18, 6"})
  void whatWouldBeLongerThanItsBoundIsRefusedBeforeThereIsRoomForIt(String hex, int length) {
    ByteBuffer bytes = Hex.buffer(hex);
    assertEquals(length, Decompression.expand(bytes, 0, bytes.limit(), length, Hex.PLACE).length);
    JetException e = assertThrows(
        JetException.class,
        () -> Decompression.expand(bytes, 0, bytes.limit(), length - 1, Hex.PLACE));
    assertEquals(JetErr.NODE_CORRUPTED, e.error());
  }

  @ParameterizedTest
  @CsvSource({"20", "28", "30", "38"})
  void methodsOfNewerFormatsAreNotSupported(String head) {
    JetException e = assertThrows(JetException.class, () -> expand(head + "0000"));
    assertEquals(JetErr.FEATURE_NOT_AVAILABLE, e.error());
    assertTrue(e.subjects().contains(Hex.PLACE.subject()));
  }

  private static byte[] expand(String hex) {
    ByteBuffer bytes = Hex.buffer(hex);
    return Decompression.expand(bytes, 0, bytes.limit(), Hex.PLACE);
  }

  private static String text(byte[] bytes, Charset charset) {
    return new String(bytes, charset);
  }
}
