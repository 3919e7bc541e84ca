package org.jetbackup.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Every error has somebody who can act on it. */
class BlameTest {

  @Test
  void everyErrorAndNothingElseIsJudged() {
    for (JetErr code : JetErr.values()) {
      if (code.isError()) {
        assertNotNull(Blame.of(code));
      } else {
        assertThrows(IllegalArgumentException.class, () -> Blame.of(code));
      }
    }
  }

  @Test
  void aWrongCallIsTheCallersAndAFullDiskTheWorldsAndAnInternalErrorADefect() {
    assertEquals(Blame.CALLER, Blame.of(JetErr.INVALID_GRBIT));
    assertEquals(Blame.CALLER, Blame.of(JetErr.RECORD_NOT_FOUND));
    assertEquals(Blame.CALLER, Blame.of(JetErr.TERM_IN_PROGRESS));
    assertEquals(Blame.WORLD, Blame.of(JetErr.DISK_FULL));
    assertEquals(Blame.WORLD, Blame.of(JetErr.READ_VERIFY_FAILURE));
    assertEquals(Blame.WORLD, Blame.of(JetErr.INSTANCE_UNAVAILABLE));
    assertEquals(Blame.DEFECT, Blame.of(JetErr.INTERNAL_ERROR));
  }
}
