package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;

/**
 * What must not happen to a reader of damaged bytes, one example for each place in the code where
 * it happened.
 */
public final class Failures {

  /** How many percent of the usual rounds to run: {@code -Djetbackup.hostile=N}. */
  public static final int PERCENT = Integer.getInteger("jetbackup.hostile", 100);

  private static final int FRAMES_SHOWN = 6;

  private final Map<String, String> byPlace = new TreeMap<>();

  /** Remembers a failure, unless there was one at the same place. */
  public void add(long seed, Throwable failure) {
    byPlace.putIfAbsent(place(failure), "seed " + seed + ": " + failure);
  }

  /** {@return at how many places something failed} */
  public int count() {
    return byPlace.size();
  }

  /** Fails if anything did, and says how to see it again. */
  public void assertNone() {
    assertTrue(byPlace.isEmpty(), this::report);
  }

  private String report() {
    StringBuilder text = new StringBuilder("run with the seed as the first and one round:");
    byPlace.forEach(
        (place, failure) -> text.append("\n").append(failure).append("\n").append(place));
    return text.toString();
  }

  private static String place(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.getClass().getSimpleName());
    int frames = 0;
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.jetbackup") && frames++ < FRAMES_SHOWN) {
        text.append("\n    ").append(frame);
      }
    }
    return text.toString();
  }
}
