package org.jetbackup.engine.buffer;

/**
 * The rule that a log record reaches the disk before the page that it describes. The cache asks for
 * it before every batch of pages that it writes.
 */
@FunctionalInterface
public interface LogForce {

  /** For files without a log. */
  LogForce NONE = position -> {};

  /**
   * Returns when the log is durable at least up to a position.
   *
   * @param position the position behind the last record that any page of the batch depends on
   */
  void upTo(long position);
}
