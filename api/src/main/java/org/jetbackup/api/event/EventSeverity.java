package org.jetbackup.api.event;

/**
 * How grave an event is. Immutable and thread-safe. Source: the types of the Windows event log;
 * values as in the original.
 */
public enum EventSeverity {
  /** Something failed. */
  ERROR(1),
  /** Something is not as it should be, and the work went on. */
  WARNING(2),
  /** A step was taken. */
  INFORMATION(4);

  private final int number;

  EventSeverity(int number) {
    this.number = number;
  }

  /** {@return the value of the severity: 1, 2 or 4} */
  public int number() {
    return number;
  }
}
