package org.jetbackup.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers are only as good as what is made of them. */
class ComparisonTest {

  @Test
  void thingsAreMeasuredInTurnsAndTheFirstRoundIsDropped() throws Exception {
    List<String> order = new ArrayList<>();
    double[] next = {0};
    Comparison comparison = new Comparison("unit", "b")
        .add("a", () -> {
          order.add("a");
          return ++next[0];
        })
        .add("b", () -> {
          order.add("b");
          return 2;
        })
        .run(3);
    assertEquals(List.of("a", "b", "b", "a", "a", "b", "b", "a"), order);
    assertEquals(3, comparison.of("a").count());
    assertEquals(3.0, comparison.of("a").median());
    assertEquals(1.5, comparison.of("a").dividedBy(comparison.of("b")).median());
    assertThrows(IllegalArgumentException.class, () -> comparison.of("c"));
  }

  @Test
  void aTableHasALineForEachWithItsMedianItsRangeAndItsRatio() throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    double[] next = {9000};
    new Comparison("unit", "control")
        .add("control", () -> 2000)
        .add("other", () -> next[0] += 1000)
        .run(2)
        .print(new PrintStream(text, true, StandardCharsets.UTF_8));
    String table = text.toString(StandardCharsets.UTF_8);
    assertTrue(table.contains("11,500 [11,000..12,000]"), table);
    assertTrue(table.contains("5.75 [5.50..6.00]"), table);
  }

  @Test
  void theMedianOfAnEvenNumberIsInTheMiddle() {
    Samples samples = new Samples();
    for (double value : new double[] {9, 1, 3, 4}) {
      samples.add(value);
    }
    assertEquals(3.5, samples.median());
  }
}
