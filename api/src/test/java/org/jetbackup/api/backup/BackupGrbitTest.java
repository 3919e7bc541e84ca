package org.jetbackup.api.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupGrbitTest {

  @Test
  void theBitsAreThoseOfTheOriginal() {
    assertEquals(0, BackupGrbit.FULL.bits());
    assertEquals(0x1, BackupGrbit.INCREMENTAL.bits());
    assertEquals(0x4, BackupGrbit.ATOMIC.bits());
    assertEquals(0x10, BackupGrbit.SNAPSHOT.bits());
  }

  @Test
  void aCombinationContainsBothOfItsPartsInEitherOrder() {
    BackupGrbit both = BackupGrbit.ATOMIC.with(BackupGrbit.INCREMENTAL);
    assertEquals(new BackupGrbit(0x5), both);
    assertEquals(both, BackupGrbit.INCREMENTAL.with(BackupGrbit.ATOMIC));
    assertTrue(both.contains(BackupGrbit.ATOMIC));
    assertTrue(both.contains(BackupGrbit.INCREMENTAL));
    assertTrue(both.contains(both));
    assertTrue(both.isAtomic());
    assertTrue(both.isIncremental());
  }

  @Test
  void aPartDoesNotContainTheCombination() {
    BackupGrbit both = BackupGrbit.ATOMIC.with(BackupGrbit.INCREMENTAL);
    assertFalse(BackupGrbit.ATOMIC.contains(both));
    assertFalse(BackupGrbit.ATOMIC.isIncremental());
    assertFalse(BackupGrbit.INCREMENTAL.isAtomic());
  }

  @Test
  void everythingContainsFullAndFullAddsNothing() {
    assertTrue(BackupGrbit.FULL.contains(BackupGrbit.FULL));
    assertTrue(BackupGrbit.ATOMIC.contains(BackupGrbit.FULL));
    assertEquals(BackupGrbit.ATOMIC, BackupGrbit.ATOMIC.with(BackupGrbit.FULL));
    assertFalse(BackupGrbit.FULL.contains(BackupGrbit.ATOMIC));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0, 0x1, 0x4, 0x5})
  void nothingIsRefusedOfTheBitsWithMeaning(int bits) {
    assertEquals(0, new BackupGrbit(bits).refusedBits());
  }

  @ParameterizedTest
  @CsvSource({"0x2, 0x2", "0x8, 0x8", "0x10, 0x10", "0x17, 0x12", "0x80000005, 0x80000000"})
  void reservedAndUndefinedBitsAreRefusedAndOnlyThose(String bits, String refused) {
    assertEquals(number(refused), new BackupGrbit(number(bits)).refusedBits());
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, full",
    "0x1, incremental",
    "0x4, atomic",
    "0x5, atomic+incremental",
    "0x10, snapshot",
    "0x2, 0x2",
    "0x1F, atomic+incremental+snapshot+0xA",
    "0xFFFFFFFF, atomic+incremental+snapshot+0xFFFFFFEA"
  })
  void theTextNamesTheBitsAndShowsTheNamelessInHexadecimal(String bits, String text) {
    assertEquals(text, new BackupGrbit(number(bits)).toString());
  }

  private static int number(String text) {
    return Long.decode(text).intValue();
  }
}
