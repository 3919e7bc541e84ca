package org.jetbackup.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.InstanceStatistics;
import org.junit.jupiter.api.Test;

class CountersTest {

  private final Counters counters = new Counters();

  @Test
  void everyNumberStandsInItsPlace() {
    times(1, counters::committed);
    times(2, counters::rolledBack);
    times(3, counters::writeConflict);
    counters.logWritten(1_000);
    counters.logWritten(24);
    times(4, counters::logForced);
    times(5, counters::logRolled);
    times(6, counters::pageRead);
    counters.pagesWritten(16);
    counters.pagesWritten(1);
    times(7, counters::checkpointTaken);
    counters.recordsReplayed(99);
    times(8, counters::readerCutOff);
    assertEquals(
        new InstanceStatistics(1, 2, 3, 1_024, 4, 5, 6, 17, 7, 99, 8, 31, 32, 33, 34, 35),
        counters.statistics(new Counters.Gauges(31, 32, 33, 34, 35)));
  }

  @Test
  void countersBeginAtNought() {
    assertEquals(
        new InstanceStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        counters.statistics(Counters.Gauges.NONE));
  }

  @Test
  void nothingIsLostWhenThreadsCountAtOnce() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> times(10_000, counters::committed)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(40_000, counters.statistics(Counters.Gauges.NONE).commits());
  }

  private static void times(int n, Runnable what) {
    for (int i = 0; i < n; i++) {
      what.run();
    }
  }
}
