package org.jetbackup.perf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What this process has used of memory at most. */
final class Memory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final double MB = 1e6;

  private Memory() {}

  /** The peak of the heap, and of the physical memory if the system tells it. */
  static String peaks() throws IOException {
    String heap = String.format(Locale.ROOT, "peak heap %.1f MB", heapPeak() / MB);
    long resident = residentPeak();
    return resident == 0
        ? heap
        : heap + String.format(Locale.ROOT, ", peak resident %.1f MB", resident / MB);
  }

  /** The pools have their peaks at different times, so the sum is no less than the true peak. */
  static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  /** Bytes; 0 where the system does not tell. */
  static long residentPeak() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(PEAK))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElse(0);
  }
}
