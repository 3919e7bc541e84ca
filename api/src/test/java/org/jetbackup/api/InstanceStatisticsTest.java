package org.jetbackup.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InstanceStatisticsTest {

  private static final int COUNTERS = 11;
  private static final int GAUGES = 5;

  @Test
  void countersAreTakenFromEachOtherAndGaugesStayAsTheyAre() throws Exception {
    InstanceStatistics earlier = of(LongStream.range(0, COUNTERS + GAUGES).toArray());
    InstanceStatistics later =
        of(LongStream.range(0, COUNTERS + GAUGES).map(i -> 1_000 + 3 * i).toArray());
    for (int i = 0; i < COUNTERS; i++) {
      assertEquals(1_000 + 2 * i, value(later.since(earlier), i), name(i));
    }
    for (int i = COUNTERS; i < COUNTERS + GAUGES; i++) {
      assertEquals(1_000 + 3 * i, value(later.since(earlier), i), name(i));
    }
  }

  @Test
  void sinceItselfNothingHasHappened() throws Exception {
    InstanceStatistics now = of(LongStream.range(0, COUNTERS + GAUGES).toArray());
    for (int i = 0; i < COUNTERS; i++) {
      assertEquals(0, value(now.since(now), i), name(i));
    }
  }

  private static InstanceStatistics of(long... values) throws Exception {
    Class<?>[] types =
        Arrays.stream(components()).map(RecordComponent::getType).toArray(Class[]::new);
    return InstanceStatistics.class
        .getConstructor(types)
        .newInstance(LongStream.of(values).boxed().toArray());
  }

  private static long value(InstanceStatistics statistics, int i) throws Exception {
    return (long) components()[i].getAccessor().invoke(statistics);
  }

  private static String name(int i) {
    return components()[i].getName();
  }

  private static RecordComponent[] components() {
    return InstanceStatistics.class.getRecordComponents();
  }
}
