package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongValuesTest {

  @ParameterizedTest
  @CsvSource({"1, 7880, 00000001, 01000000 c81e0000", "2, 8000, 00000002, 01000000 401f0000"})
  void aRootHasTheBytesOfTheSheet(long id, long size, String key, String data) {
    byte[] target = new byte[8];
    assertEquals(4, LongValues.rootKey(target, 2, id));
    assertEquals(key, Hex.of(target).substring(4, 12));
    assertEquals(id, LongValues.idOf(Hex.bytes(key), 4, Hex.PLACE));
    assertEquals(8, LongValues.root(target, 0, 1, size));
    assertEquals(Hex.plain(data), Hex.of(target));
    assertEquals(
        new LongValues.Root(1, size), LongValues.readRoot(Hex.buffer(data), 0, 8, Hex.PLACE));
  }

  @Test
  void aChunkStandsUnderItsOffset() {
    byte[] key = new byte[8];
    assertEquals(8, LongValues.chunkKey(key, 0, 0x01020304, 8110));
    assertEquals(Hex.plain("01020304 00001fae"), Hex.of(key));
    assertEquals(0x01020304, LongValues.idOf(key, 8, Hex.PLACE));
    assertEquals(8110, LongValues.offsetOf(key));
  }

  @ParameterizedTest
  @CsvSource({"KIB_4, 4014", "KIB_8, 8110", "KIB_16, 4050", "KIB_32, 8150"})
  void theSizeOfAChunkFollowsThePageSize(PageSize size, int bytes) {
    assertEquals(bytes, LongValues.chunkBytes(size));
    assertEquals(0, LongValues.chunks(size, 0));
    assertEquals(1, LongValues.chunks(size, bytes));
    assertEquals(2, LongValues.chunks(size, bytes + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "000001", "0000000100", "00000001 00000000 00000000"})
  void aKeyThatIsNoneIsRefused(String hex) {
    byte[] key = Hex.bytes(hex);
    JetException e =
        assertThrows(JetException.class, () -> LongValues.idOf(key, key.length, Hex.PLACE));
    assertEquals(JetErr.LV_CORRUPTED, e.error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"01000000 c81e00", "01000000 00000080", "01000000 01000000 0000"})
  void aRootThatIsNoneIsRefused(String hex) {
    ByteBuffer data = Hex.buffer(hex);
    JetException e = assertThrows(
        JetException.class, () -> LongValues.readRoot(data, 0, data.limit(), Hex.PLACE));
    assertEquals(JetErr.LV_CORRUPTED, e.error());
  }
}
