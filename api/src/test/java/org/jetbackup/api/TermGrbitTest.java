package org.jetbackup.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TermGrbitTest {

  private static final TermGrbit ALL =
      TermGrbit.COMPLETE.with(TermGrbit.ABRUPT).with(TermGrbit.STOP_BACKUP).with(TermGrbit.DIRTY);

  @Test
  void theBitsAreThoseOfTheOriginal() {
    assertEquals(0, TermGrbit.NONE.bits());
    assertEquals(0x1, TermGrbit.COMPLETE.bits());
    assertEquals(0x2, TermGrbit.ABRUPT.bits());
    assertEquals(0x4, TermGrbit.STOP_BACKUP.bits());
    assertEquals(0x8, TermGrbit.DIRTY.bits());
  }

  @Test
  void aCombinationContainsItsPartsAndAPartDoesNotContainIt() {
    TermGrbit both = TermGrbit.ABRUPT.with(TermGrbit.STOP_BACKUP);
    assertEquals(new TermGrbit(0x6), both);
    assertTrue(both.contains(TermGrbit.ABRUPT));
    assertTrue(both.contains(TermGrbit.STOP_BACKUP));
    assertTrue(both.contains(TermGrbit.NONE));
    assertFalse(both.contains(TermGrbit.DIRTY));
    assertFalse(TermGrbit.ABRUPT.contains(both));
  }

  @Test
  void aDefinedBitIsNeverUnknown() {
    assertEquals(0, TermGrbit.NONE.unknownBits());
    assertEquals(new TermGrbit(0xF), ALL);
    assertEquals(0, ALL.unknownBits());
  }

  @Test
  void everyOtherBitIsUnknown() {
    assertEquals(0x10, new TermGrbit(0x1F).unknownBits());
    assertEquals(0xFFFFFFF0, new TermGrbit(-1).unknownBits());
  }

  @Test
  void theTextIsHexadecimalInUpperCase() {
    assertEquals("0x0", TermGrbit.NONE.toString());
    assertEquals("0xF", ALL.toString());
    assertEquals("0xFFFFFFFF", new TermGrbit(-1).toString());
  }
}
