package org.jetbackup.perf;

import static org.jetbackup.perf.PageChecksumBenchmark.CALL;
import static org.jetbackup.perf.PageChecksumBenchmark.COLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A benchmark that does not do what it says measures nothing. */
class PageChecksumBenchmarkTest {

  @ParameterizedTest
  @CsvSource({"4096, heap", "8192, direct", "32768, direct"})
  void everyPageOfTheWalkIsChecked(int pageBytes, String memory) {
    PageChecksumBenchmark benchmark = started(pageBytes, "cold", memory);
    int pages = 0;
    while (pages < COLD / pageBytes) {
      assertEquals(CALL / pageBytes, benchmark.verify());
      pages += CALL / pageBytes;
    }
    benchmark.page(0).put(100, (byte) (benchmark.page(0).get(100) ^ 1));
    assertEquals(CALL / pageBytes - 1, benchmark.verify());
  }

  @ParameterizedTest
  @CsvSource({"4096, heap", "8192, direct", "32768, direct"})
  void theControlsGoOverTheSameBytes(int pageBytes, String memory) {
    PageChecksumBenchmark benchmark = started(pageBytes, "cold", memory);
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
    assertEquals(xor, started(pageBytes, "cold", memory).xor());
  }

  @ParameterizedTest
  @CsvSource({"4096, heap", "8192, direct", "32768, direct"})
  void aHotPageIsTheSameAgainAndAgain(int pageBytes, String memory) {
    PageChecksumBenchmark benchmark = started(pageBytes, "hot", memory);
    assertEquals(CALL / pageBytes, benchmark.verify());
    benchmark.page(0).put(100, (byte) (benchmark.page(0).get(100) ^ 1));
    assertEquals(0, benchmark.verify());
  }

  @Test
  void anUnknownParameterIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> started(8192, "tepid", "heap"));
    assertThrows(IllegalArgumentException.class, () -> started(1000, "hot", "heap"));
    assertThrows(IllegalArgumentException.class, () -> started(8192, "hot", "paper"));
  }

  private static PageChecksumBenchmark started(int pageBytes, String cache, String memory) {
    PageChecksumBenchmark benchmark = new PageChecksumBenchmark();
    benchmark.pageBytes = pageBytes;
    benchmark.cache = cache;
    benchmark.memory = memory;
    benchmark.setUp();
    return benchmark;
  }
}
