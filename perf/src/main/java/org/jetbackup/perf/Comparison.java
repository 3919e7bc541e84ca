package org.jetbackup.perf;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Measures several things in turns: A B C, B C A, C A B. What disturbs a machine for a second then
 * disturbs all of them, and the quotient of two that stood side by side is worth more than either.
 * Each is the first as often as the others, because what one leaves behind, a busy disk for
 * instance, is in the way of the next.
 *
 * <p>The unit says whether greater is better. The first round warms up and is dropped. For one
 * thread.
 */
final class Comparison {

  private final String unit;
  private final String control;
  private final Map<String, Measurement> measurements = new LinkedHashMap<>();
  private final Map<String, Samples> samples = new LinkedHashMap<>();

  /**
   * Begins with nothing.
   *
   * @param unit what is measured
   * @param control the name of the one by which the others are divided
   */
  Comparison(String unit, String control) {
    this.unit = unit;
    this.control = control;
  }

  /** Measures something once. */
  @FunctionalInterface
  interface Measurement {
    double measure() throws Exception;
  }

  Comparison add(String name, Measurement measurement) {
    measurements.put(name, measurement);
    samples.put(name, new Samples());
    return this;
  }

  Samples of(String name) {
    Samples found = samples.get(name);
    if (found == null) {
      throw new IllegalArgumentException("nobody measures " + name);
    }
    return found;
  }

  Comparison run(int rounds) throws Exception {
    List<String> names = new ArrayList<>(measurements.keySet());
    for (int round = 0; round <= rounds; round++) {
      for (String name : names) {
        double value = Objects.requireNonNull(measurements.get(name)).measure();
        if (round > 0) {
          of(name).add(value);
        }
      }
      Collections.rotate(names, -1);
    }
    return this;
  }

  /** Hands out what was measured of each, in the order in which they were added. */
  void forEach(BiConsumer<String, Samples> consumer) {
    samples.forEach(consumer);
  }

  void print(PrintStream out) {
    out.printf(Locale.ROOT, "  %-34s %-34s / %s%n", "", unit, control);
    samples.forEach((name, values) ->
        out.printf(Locale.ROOT, "  %-34s %-34s %s%n", name, values, values.dividedBy(of(control))));
  }
}
