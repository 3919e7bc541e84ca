package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.workload.Choices;
import org.jetbackup.tck.workload.History;
import org.junit.jupiter.api.Test;

/** The text of a history is the history: it reads back as what it was printed from. */
class HistoryTextTest {

  private static final int HISTORIES = 2_000;

  @Test
  void whatIsPrintedReadsBack() {
    Choices choices = new Choices(EnumSet.allOf(Capability.class));
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Integer> numbers =
          new Random(seed).ints(20, 0, Choices.BOUND).boxed().toList();
      History history = choices.decode(numbers);
      assertEquals(history, History.parse(history.toString()), () -> "seed in " + numbers);
    }
  }

  @Test
  void faultsAndFreeSpacingReadBackToo() {
    String text = " full ;atomic [any-mutation ** #3 once before-effect];  restore in-place ";
    assertEquals(
        "full; atomic [any-mutation ** #3 once before-effect]; restore in-place",
        History.parse(text).toString());
  }

  @Test
  void whatIsNoStepIsRefusedWithWhatItSays() {
    for (String text : List.of("backup", "reopen often", "create", "full everything")) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> History.parse("full; " + text));
      String lastWord = text.substring(text.lastIndexOf(' ') + 1);
      assertTrue(refusal.getMessage().contains(lastWord), refusal.getMessage());
    }
  }
}
