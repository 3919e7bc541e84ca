package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNormaliserTest {

  private static final long SEED = 20261126;

  @ParameterizedTest
  @CsvSource({
    "'', 40",
    "00, 7f 00 00000000000000 01",
    "616263, 7f6162630000000000 03",
    "3132333435363738, 7f3132333435363738 08",
    "313233343536373839, 7f3132333435363738 09 3900000000000000 01",
    "746573742062696e6172792064617461, 7f 746573742062696e 09 6172792064617461 08"
  })
  void aBinaryValueIsCutIntoMarkedPiecesOfEight(String value, String key) {
    byte[] bytes = Hex.bytes(value);
    assertEquals(Hex.plain(key), Hex.of(normalise(bytes)));
    assertArrayEquals(bytes, inverse(Hex.bytes(key)));
  }

  @Test
  void everyLengthOfKeyComesBackAndFitsTheKitsIndex() {
    Random random = new Random(SEED);
    for (int length = 0; length <= 255; length++) {
      byte[] value = new byte[length];
      random.nextBytes(value);
      byte[] key = normalise(value);
      assertTrue(key.length <= KeyValueRecord.KEY_MOST);
      assertArrayEquals(value, inverse(key), "length " + length + ", seed " + SEED);
    }
    assertEquals(KeyValueRecord.KEY_MOST, KeyNormaliser.binaryLength(255));
  }

  @Test
  void normalisedKeysHaveTheOrderOfTheirValues() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] left = shortValue(random);
      byte[] right = shortValue(random);
      int order = Integer.signum(Arrays.compareUnsigned(left, right));
      int keys = Integer.signum(Arrays.compareUnsigned(normalise(left), normalise(right)));
      assertEquals(order, keys, "round " + round + ", seed " + SEED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7f",
        "00",
        "4000",
        "80 6162630000000000 03",
        "7f 6162630000000000 00",
        "7f 6162630000000000 09",
        "7f 6162630000000001 03",
        "7f 61626300000000 03",
        "7f 6162636465666768 08 6162636465666768 08",
        "7f 6162636465666768 09 6162"
      })
  void whatIsNoKeyOrWasCutOffHasNoInverse(String key) {
    byte[] bytes = Hex.bytes(key);
    byte[] target = new byte[bytes.length];
    assertTrue(KeyNormaliser.binaryInverse(ByteBuffer.wrap(bytes), 0, bytes.length, target, 0) < 0);
  }

  @Test
  void aKeyThatDoesNotFitItsTargetIsTheCallersMistake() {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> KeyNormaliser.binary(new byte[9], 0, 9, new byte[18], 0));
  }

  private static byte[] shortValue(Random random) {
    byte[] value = new byte[random.nextInt(19)];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (random.nextInt(3) - 1); // ff, 00, 01: many equal beginnings
    }
    return value;
  }

  private static byte[] normalise(byte[] value) {
    byte[] target = new byte[KeyNormaliser.binaryLength(value.length) + 2];
    int written = KeyNormaliser.binary(value, 0, value.length, target, 1);
    assertEquals(target.length - 2, written);
    return Arrays.copyOfRange(target, 1, 1 + written);
  }

  private static byte[] inverse(byte[] key) {
    byte[] target = new byte[key.length];
    int length = KeyNormaliser.binaryInverse(ByteBuffer.wrap(key), 0, key.length, target, 0);
    return Arrays.copyOf(target, length);
  }
}
