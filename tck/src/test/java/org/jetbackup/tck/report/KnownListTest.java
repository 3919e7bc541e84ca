package org.jetbackup.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownListTest {

  private static final Set<String> IDS = Set.of("INC-1", "INC-2", "INC-3");

  @Test
  void aListIsReadWithItsCommentsLeftOut() {
    KnownList list = KnownList.parse(
        "# clause until reason\n\n  INC-3  2027-03-31  see https://example.org/17 # why\nINC-1\t2026-12-01\tx\n",
        IDS);

    assertEquals(
        Optional.of(new KnownList.Entry(
            "INC-3", LocalDate.of(2027, 3, 31), "see https://example.org/17 # why")),
        list.of("INC-3"));
    assertEquals(Optional.empty(), list.of("INC-2"));
    assertEquals(2, list.entries().size());
  }

  @Test
  void everyMistakeIsToldByItsLine() {
    IllegalArgumentException mistakes = assertThrows(
        IllegalArgumentException.class,
        () -> KnownList.parse(
            "INC-1 2027-03-31\nINC-9 2027-03-31 x\n\nINC-2 31.3.2027 x\n"
                + "INC-3 2027-03-31 x\nINC-3 2027-03-31 y",
            IDS));

    assertEquals("""
        line 1: a clause, a date such as 2027-03-31 and a reason are needed, not "INC-1 2027-03-31"
        line 2: no clause is called INC-9
        line 4: no date such as 2027-03-31: 31.3.2027
        line 6: INC-3 is there already""", mistakes.getMessage());
  }
}
