package org.jetbackup.api.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.junit.jupiter.api.Test;

class BkinfoTest {

  private static final LogGeneration THREE = new LogGeneration(3);
  private static final LogGeneration FIVE = new LogGeneration(5);
  private static final LogPosition MARK = new LogPosition(FIVE, 26, 3);

  @Test
  void aBackupHoldsOneGenerationOrMore() {
    assertEquals(THREE, new Bkinfo(MARK, Instant.EPOCH, THREE, THREE).genHigh());
    assertEquals(FIVE, new Bkinfo(MARK, Instant.EPOCH, THREE, FIVE).genHigh());
  }

  @Test
  void generationsOutOfOrderAreRefusedAndBothAreNamed() {
    IllegalArgumentException refusal = assertThrows(
        IllegalArgumentException.class, () -> new Bkinfo(MARK, Instant.EPOCH, FIVE, THREE));
    assertTrue(refusal.getMessage().contains("genLow 5"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("genHigh 3"), refusal.getMessage());
  }

  @Test
  void noPartIsNull() {
    assertThrows(NullPointerException.class, () -> new Bkinfo(null, Instant.EPOCH, THREE, FIVE));
    assertThrows(NullPointerException.class, () -> new Bkinfo(MARK, null, THREE, FIVE));
    assertThrows(NullPointerException.class, () -> new Bkinfo(MARK, Instant.EPOCH, null, FIVE));
    assertThrows(NullPointerException.class, () -> new Bkinfo(MARK, Instant.EPOCH, THREE, null));
  }
}
