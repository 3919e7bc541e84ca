package org.jetbackup.perf;

import java.util.Arrays;
import java.util.Locale;

/** What was measured of one thing, round by round. */
final class Samples {

  private static final double THOUSAND = 1000;

  private double[] values = {};

  void add(double value) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = value;
  }

  int count() {
    return values.length;
  }

  double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The quotients of what was measured in the same round: they stand what the machine does. */
  Samples dividedBy(Samples control) {
    Samples quotients = new Samples();
    for (int i = 0; i < values.length; i++) {
      quotients.add(values[i] / control.values[i]);
    }
    return quotients;
  }

  /** The median and, in brackets, the least and the greatest. */
  @Override
  public String toString() {
    double[] sorted = sorted();
    return text(median()) + " [" + text(sorted[0]) + ".." + text(sorted[sorted.length - 1]) + "]";
  }

  private double[] sorted() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static String text(double value) {
    String format = value >= THOUSAND ? "%,.0f" : value >= 10 ? "%.1f" : "%.3g";
    return String.format(Locale.ROOT, format, value);
  }
}
