package org.jetbackup.engine.transaction;

import org.jspecify.annotations.Nullable;

/** What a transaction will make of a key when it commits. */
final class Write {

  private final byte @Nullable [] value;
  private final long cost;

  /** The depth of the transaction that wrote it. */
  private int level;

  Write(byte @Nullable [] value, long cost, int level) {
    this.value = value;
    this.cost = cost;
    this.level = level;
  }

  /** {@return the value, not a copy; null if the key is removed} */
  byte @Nullable [] value() {
    return value;
  }

  long cost() {
    return cost;
  }

  int level() {
    return level;
  }

  void raise(int to) {
    level = to;
  }
}
