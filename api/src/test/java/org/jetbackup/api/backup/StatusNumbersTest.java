package org.jetbackup.api.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of {@link Snp} and {@link Snt}. */
class StatusNumbersTest {

  @Test
  void theNumbersAreThoseOfTheOriginal() {
    assertEquals(8, Snp.RESTORE.number());
    assertEquals(9, Snp.BACKUP.number());
    assertEquals(0, Snt.PROGRESS.number());
    assertEquals(3, Snt.FAIL.number());
    assertEquals(5, Snt.BEGIN.number());
    assertEquals(6, Snt.COMPLETE.number());
  }

  @ParameterizedTest
  @EnumSource
  void anOperationIsFoundByItsNumber(Snp snp) {
    assertEquals(Optional.of(snp), Snp.ofNumber(snp.number()));
  }

  @ParameterizedTest
  @EnumSource
  void aStatusIsFoundByItsNumber(Snt snt) {
    assertEquals(Optional.of(snt), Snt.ofNumber(snt.number()));
  }

  @Test
  void anotherNumberIsNothing() {
    assertEquals(Optional.empty(), Snp.ofNumber(0));
    assertEquals(Optional.empty(), Snt.ofNumber(1));
  }
}
