package org.jetbackup.perf;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes of heap that the current thread allocates. */
final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 20_000;

  private Allocation() {}

  /** Something that is done many times. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /** Does something many times, warmed up before; answers bytes for each time. */
  static double perCall(int calls, Step step) throws Exception {
    for (int i = 0; i < Math.min(WARM_UP, calls); i++) {
      step.run();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      step.run();
    }
    return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
  }
}
