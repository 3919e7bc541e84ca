package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {

  @Test
  void aTimeFromARealHeaderIsRead() {
    LogTime time = new LogTime(0x08F9_7A08_130B_2E20L);
    assertEquals(Optional.of(Instant.parse("2022-08-19T11:46:32.636Z")), time.moment());
    assertTrue(time.isUtc());
  }

  @Test
  void aMomentComesBackToTheMillisecond() {
    Random random = new Random(20261126);
    for (int i = 0; i < 2000; i++) {
      Instant moment = Instant.ofEpochSecond(
          random.nextLong(-2_000_000_000L, 5_000_000_000L), random.nextInt(1_000_000_000));
      assertEquals(
          Optional.of(moment.truncatedTo(ChronoUnit.MILLIS)), LogTime.of(moment).moment());
    }
  }

  @Test
  void nothingButZerosIsNotSet() {
    assertEquals(Optional.empty(), LogTime.UNSET.moment());
    assertEquals("not set", LogTime.UNSET.toString());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {1, -1, 0x0001_7A0D_130B_2E20L, 0x0001_7A02_1E0B_2E20L, 0x0001_7A01_0000_003CL})
  void whatIsNoDateIsRefused(long bits) {
    assertThrows(IllegalArgumentException.class, () -> new LogTime(bits));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1899-12-31T23:59:59.999Z", "2156-01-01T00:00:00Z"})
  void aYearThatDoesNotFitIsRefused(String moment) {
    assertThrows(IllegalArgumentException.class, () -> LogTime.of(Instant.parse(moment)));
  }
}
