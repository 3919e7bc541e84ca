package org.jetbackup.perf;

import static org.jetbackup.perf.PageChecksumBenchmark.CALL;
import static org.jetbackup.perf.PageChecksumBenchmark.COLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark that does not do what it says measures nothing. */
class PageChecksumBenchmarkTest {

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 32768})
  void everyPageOfTheWalkIsChecked(int pageBytes) {
    PageChecksumBenchmark benchmark = started(pageBytes, "cold");
    int pages = 0;
    while (pages < COLD / pageBytes) {
      assertEquals(CALL / pageBytes, benchmark.verify());
      pages += CALL / pageBytes;
    }
    benchmark.page(0).put(100, (byte) (benchmark.page(0).get(100) ^ 1));
    assertEquals(CALL / pageBytes - 1, benchmark.verify());
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 32768})
  void theControlsGoOverTheSameBytes(int pageBytes) {
    PageChecksumBenchmark benchmark = started(pageBytes, "cold");
    long crcs = 0;
    long xor = 0;
    for (int i = 0; i < CALL / pageBytes; i++) {
      CRC32C crc = new CRC32C();
      ByteBuffer page = benchmark.page(i);
      crc.update(page.duplicate().clear());
      crcs ^= crc.getValue();
      for (int at = 0; at < pageBytes; at += Long.BYTES) {
        xor ^= page.getLong(at);
      }
    }
    assertEquals(crcs, benchmark.crc32c());
    assertEquals(xor, started(pageBytes, "cold").xor());
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 32768})
  void aHotPageIsTheSameAgainAndAgain(int pageBytes) {
    PageChecksumBenchmark benchmark = started(pageBytes, "hot");
    assertEquals(CALL / pageBytes, benchmark.verify());
    benchmark.page(0).put(100, (byte) (benchmark.page(0).get(100) ^ 1));
    assertEquals(0, benchmark.verify());
  }

  @Test
  void anUnknownParameterIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> started(8192, "tepid"));
    assertThrows(IllegalArgumentException.class, () -> started(1000, "hot"));
  }

  private static PageChecksumBenchmark started(int pageBytes, String cache) {
    PageChecksumBenchmark benchmark = new PageChecksumBenchmark();
    benchmark.pageBytes = pageBytes;
    benchmark.cache = cache;
    benchmark.setUp();
    return benchmark;
  }
}
