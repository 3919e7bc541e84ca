package org.jetbackup.api.restore;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.junit.jupiter.api.Test;

class RestoreMomentTest {

  @Test
  void noPartIsNull() {
    LogGeneration three = new LogGeneration(3);
    assertThrows(NullPointerException.class, () -> new RestoreMoment(null, three, Instant.EPOCH));
    assertThrows(
        NullPointerException.class, () -> new RestoreMoment(Kind.FULL, null, Instant.EPOCH));
    assertThrows(NullPointerException.class, () -> new RestoreMoment(Kind.FULL, three, null));
  }
}
