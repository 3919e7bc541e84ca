package org.jetbackup.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Keys are those of the fact sheet, and of a real file. */
class KeyMakerTest {

  private static final int FIRST_INDEX = 9;
  private static final int LAST_INDEX = 26;

  @Test
  void keysAreThoseOfTheSheet() {
    assertEquals("7f80000000", hex(new KeyMaker().signed(0)));
    assertEquals("7f7fffffff", hex(new KeyMaker().signed(-1)));
    assertEquals("7f7f33f837", hex(new KeyMaker().signed(-13371337)));
    assertEquals("7f7ac7", hex(new KeyMaker().signedShort(-1337)));
    assertEquals("7f00cc07c9", hex(new KeyMaker().integer(13371337, 4)));
    assertEquals("7fd5", hex(new KeyMaker().integer(213, 1)));
    assertEquals("7fbf800000", hex(new KeyMaker().floating(Float.floatToIntBits(1), 4)));
    assertEquals(
        "7fc16980f924476143",
        hex(new KeyMaker().floating(Double.doubleToLongBits(13371337.13371337), 8)));
    assertEquals("7f407fffff", hex(new KeyMaker().floating(Float.floatToIntBits(-1), 4)));
    assertEquals(
        "7f53494d504c4520415343494920544558" + "5400",
        hex(new KeyMaker().text(ascii("Simple ASCII text"))));
    assertEquals("7f4100", hex(new KeyMaker().text(ascii("a\0b"))));
    assertEquals("40", hex(new KeyMaker().text(new byte[0])));
    assertEquals("00c0", hex(new KeyMaker().none(false).none(true)));
    assertEquals("7fff", hex(new KeyMaker().yes()));
  }

  @Test
  void binaryKeysAreThoseOfTheSheet() {
    assertEquals("40", hex(new KeyMaker().binary(new byte[0], 0)));
    assertEquals("7f000000000000000001", hex(new KeyMaker().binary(new byte[1], 1)));
    assertEquals("7f616263000000000003", binary("abc"));
    assertEquals("7f313233343536373808", binary("12345678"));
    assertEquals("7f313233343536373809390000000000000001", binary("123456789"));
    assertEquals("7f746573742062696e096172792064617461" + "08", binary("test binary data"));
    assertEquals("7f0102", hex(new KeyMaker().fixedBinary(new byte[] {1, 2}, 2)));
    KeyMaker descending = new KeyMaker().signed(1);
    descending.complementFrom(0);
    assertEquals("807ffffffe", hex(descending));
  }

  /** The record of the sample has a column of every type, and an index on each. */
  @Test
  void aChangedKeyOfARealIndexIsNoticedForEveryTypeThatCanBeMadeAgain() {
    Image sample = VerifySamples.read("index");
    Set<Long> noticed = new TreeSet<>();
    for (long page = 32; page <= 58; page++) {
      Image image = sample.copy();
      long object = image.view(page).objectId();
      if (object < FIRST_INDEX || object > LAST_INDEX) {
        continue;
      }
      image.edit(page, d -> {
        byte[] key = d.nodes.get(0).key().clone();
        key[key.length / 2] ^= 1;
        d.nodes.set(0, d.nodes.get(0).withKey(key));
      });
      if (image.verify().findings().stream().anyMatch(f -> f.kind() == FindingKind.INDEX_KEY)) {
        noticed.add(object);
      }
    }
    // Not 19, a GUID; not 24 and 26, text in Unicode; not 25, whose text lies elsewhere. 22 is cut.
    assertEquals(
        Set.of(9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 20L, 21L, 22L, 23L), noticed);
    assertTrue(sample.verify().isClean());
  }

  private static String binary(String text) {
    return hex(new KeyMaker().binary(ascii(text), text.length()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(KeyMaker key) {
    return HexFormat.of().formatHex(key.toArray());
  }
}
