package org.jetbackup.api.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnprogTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 7", "7, 7", "9223372036854775807, 9223372036854775807"})
  void whatIsDoneLiesBetweenNothingAndTheTotal(long done, long total) {
    Snprog progress = new Snprog(done, total);
    assertEquals(done, progress.cunitDone());
    assertEquals(total, progress.cunitTotal());
  }

  @ParameterizedTest
  @CsvSource({"-1, 7", "8, 7", "0, -1", "-2, -1"})
  void anythingElseIsRefused(long done, long total) {
    assertThrows(IllegalArgumentException.class, () -> new Snprog(done, total));
  }

  @Test
  void theRefusalTellsValueAndLimit() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Snprog(8, 7));
    assertTrue(refusal.getMessage().contains("0..7"), refusal.getMessage());
    assertTrue(refusal.getMessage().endsWith("8"), refusal.getMessage());
  }
}
