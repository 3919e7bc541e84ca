package org.jetbackup.engine.format;

import java.util.Objects;

/**
 * How often something happened to a database file. Immutable. Source: section 3.3, offsets 368 to
 * 508.
 *
 * @param count how often, an unsigned 32-bit number
 * @param last when it happened last
 * @param before how often before the counting began anew
 */
public record EventCounter(long count, LogTime last, long before) {

  /** It never happened. */
  public static final EventCounter NEVER = new EventCounter(0, LogTime.UNSET, 0);

  /**
   * Checks that the time is there.
   *
   * @param count how often
   * @param last when it happened last
   * @param before how often before
   */
  public EventCounter {
    Objects.requireNonNull(last, "last");
  }
}
