package org.jetbackup.api.position;

/** The one check that all places share: a value lies between two bounds, both included. */
final class Range {

  private Range() {}

  /**
   * Returns {@code value} if it lies in the range.
   *
   * @throws IllegalArgumentException otherwise, naming the value and its bounds
   */
  static long require(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " = " + value + ", allowed: " + min + " to " + max);
    }
    return value;
  }
}
