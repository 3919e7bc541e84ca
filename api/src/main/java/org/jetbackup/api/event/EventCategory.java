package org.jetbackup.api.event;

/**
 * The part of the engine that an event comes from. Numbers are the original's; {@link #OTHER}
 * stands for all that have nothing to do with backup. Immutable and thread-safe. Source: the
 * message list of the original.
 */
public enum EventCategory {
  /** None of those below. */
  OTHER(0),
  /** The instance, its databases and its files. */
  GENERAL(1),
  /** The page cache. */
  BUFFER_MANAGER(2),
  /** Log, recovery, backup and restore. */
  LOGGING_RECOVERY(3),
  /** Space inside databases. */
  SPACE_MANAGER(4),
  /** Tables. */
  DATA_DEFINITION(5),
  /** Records. */
  DATA_MANIPULATION(6),
  /** Parameters. */
  SYSTEM_PARAMETER(11),
  /** Damage found in a database. */
  DATABASE_CORRUPTION(12),
  /** Overwriting free pages. */
  DATABASE_ZEROING(13),
  /** Transactions and versions. */
  TRANSACTION_MANAGER(14),
  /** Shadow copies. */
  OS_SNAPSHOT_BACKUP(16);

  private final int number;

  EventCategory(int number) {
    this.number = number;
  }

  /** {@return the number of the category, 0 for {@link #OTHER}} */
  public int number() {
    return number;
  }
}
