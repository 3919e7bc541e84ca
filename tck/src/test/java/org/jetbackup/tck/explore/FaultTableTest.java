package org.jetbackup.tck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.workload.History;
import org.junit.jupiter.api.Test;

/** The table of a sweep reads the same whatever the order in which it was filled. */
class FaultTableTest {

  private static final Workload LATER = workload("later");
  private static final Workload EARLIER = workload("earlier");

  private static final SweepRow SHORT =
      new SweepRow(LATER, "write once short 1", 4, 4, 0, 0, true, Map.of());
  private static final SweepRow FULL = new SweepRow(
      LATER, "any-mutation once disk-full-after 0", 1200, 1200, 1100, 7, true, Map.of());
  private static final SweepRow LOST = new SweepRow(
      EARLIER,
      "force once drops-data",
      9,
      3,
      1,
      0,
      false,
      Map.of("FAULT-1", Fault.parse("force ** #1 once drops-data")));
  private static final SweepRow NONE =
      new SweepRow(EARLIER, "lock once before-effect", 0, 0, 0, 0, true, Map.of());

  @Test
  void itIsSortedAndAlignedAndEndsWithTheSum() {
    assertEquals(
        """
        | workload | fault                               | points | failed | succeeded | unavailable | broken  |
        |----------|-------------------------------------|-------:|-------:|----------:|------------:|---------|
        | earlier  | force once drops-data               |      3 |      1 |         2 |           0 | FAULT-1 |
        | later    | any-mutation once disk-full-after 0 |  1,200 |  1,100 |       100 |           7 |         |
        | later    | write once short 1                  |      4 |      0 |         4 |           0 |         |
        | all      | all                                 |  1,207 |  1,101 |       106 |           7 | FAULT-1 |
        """,
        String.join("\n", FaultTable.table(List.of(SHORT, NONE, FULL, LOST)).markdown()) + "\n");
  }

  @Test
  void byKindItHasALineForEveryKindAlsoForOneThatStruckNothing() {
    List<String> lines = FaultTable.byKind(List.of(SHORT, NONE, SHORT, LOST)).markdown();
    assertEquals(6, lines.size());
    assertEquals("| all      | write once short 1      |      8 |", lines.get(4).substring(0, 47));
  }

  @Test
  void theSummarySaysWhetherAnythingWasLeftOut() {
    assertEquals(
        "exhaustive: 1,204 faults of 2 kinds at the operations of 1 calls; 1,100 failed, 104"
            + " succeeded",
        FaultTable.summary(List.of(SHORT, FULL)));
    assertEquals(
        "bounded in 1 of 2: 7 faults of 2 kinds at the operations of 2 calls; 1 failed, 6 succeeded",
        FaultTable.summary(List.of(SHORT, LOST)));
  }

  private static Workload workload(String word) {
    return new Workload(
        word, "for this test", History.parse(""), History.parse("commit a=1"), Set.of());
  }
}
