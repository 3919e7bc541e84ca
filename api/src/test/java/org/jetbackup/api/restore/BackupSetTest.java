package org.jetbackup.api.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jetbackup.api.position.LogGeneration;
import org.junit.jupiter.api.Test;

class BackupSetTest {

  private static final LogGeneration THREE = new LogGeneration(3);
  private static final LogGeneration FIVE = new LogGeneration(5);

  @Test
  void aSetMayHoldOneGenerationAndNothingElse() {
    BackupSet smallest = new BackupSet(List.of(), THREE, THREE, 0, 0);
    assertEquals(THREE, smallest.genHigh());
    assertEquals(0, smallest.incrementals());
  }

  @Test
  void theListIsACopy() {
    List<String> given = new ArrayList<>(List.of("a"));
    BackupSet set = new BackupSet(given, THREE, FIVE, 1, 7);
    given.add("b");
    assertEquals(List.of("a"), set.databases());
  }

  @Test
  void generationsOutOfOrderAreRefusedAndBothAreNamed() {
    IllegalArgumentException refusal = assertThrows(
        IllegalArgumentException.class, () -> new BackupSet(List.of("a"), FIVE, THREE, 0, 0));
    assertTrue(refusal.getMessage().contains("genLow 5"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("genHigh 3"), refusal.getMessage());
  }

  @Test
  void aNegativeCountIsRefusedAndNamed() {
    IllegalArgumentException refusal = assertThrows(
        IllegalArgumentException.class, () -> new BackupSet(List.of("a"), THREE, FIVE, -1, 0));
    assertEquals("incrementals must be at least 0 but is -1", refusal.getMessage());
    refusal = assertThrows(
        IllegalArgumentException.class, () -> new BackupSet(List.of("a"), THREE, FIVE, 0, -2));
    assertEquals("bytesVerified must be at least 0 but is -2", refusal.getMessage());
  }

  @Test
  void noPartIsNull() {
    assertThrows(NullPointerException.class, () -> new BackupSet(null, THREE, FIVE, 0, 0));
    assertThrows(
        NullPointerException.class,
        () -> new BackupSet(Collections.singletonList(null), THREE, FIVE, 0, 0));
    assertThrows(NullPointerException.class, () -> new BackupSet(List.of(), null, FIVE, 0, 0));
    assertThrows(NullPointerException.class, () -> new BackupSet(List.of(), THREE, null, 0, 0));
  }
}
