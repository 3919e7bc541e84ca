package org.jetbackup.engine.transaction;

import java.util.concurrent.atomic.LongAdder;

/** How often what has happened. Thread-safe. */
public final class TransactionCounters {

  private final LongAdder commits = new LongAdder();
  private final LongAdder rollbacks = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder removalsGivenUp = new LongAdder();

  TransactionCounters() {}

  /** {@return commits, nested ones left aside, those of calls outside a transaction included} */
  public long commits() {
    return commits.sum();
  }

  /** {@return rollbacks, nested ones left aside} */
  public long rollbacks() {
    return rollbacks.sum();
  }

  /** {@return changes that met a write conflict} */
  public long conflicts() {
    return conflicts.sum();
  }

  /** {@return separated values that stay where they are, because their pages are damaged} */
  public long removalsGivenUp() {
    return removalsGivenUp.sum();
  }

  void committed() {
    commits.increment();
  }

  void rolledBack() {
    rollbacks.increment();
  }

  void conflicted() {
    conflicts.increment();
  }

  void removalGivenUp() {
    removalsGivenUp.increment();
  }
}
