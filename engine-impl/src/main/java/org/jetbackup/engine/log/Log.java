package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetException;
import org.jspecify.annotations.Nullable;

/** The log as those see it who write to it. */
public interface Log extends AutoCloseable {

  /**
   * Appends a record.
   *
   * @param kind its kind
   * @param endsBlock whether it ends its block
   * @param payload from position to limit
   * @return the address behind it
   */
  long append(RecordKind kind, boolean endsBlock, ByteBuffer payload);

  /** {@return the address behind the last record} */
  long end();

  /** {@return what is durable} */
  long forced();

  /**
   * Makes durable.
   *
   * @param address up to here
   */
  void force(long address);

  /** Begins the next generation. */
  void roll();

  /** Throws after a failure. */
  void requireAlive();

  /** {@return why it is not alive} */
  @Nullable
  JetException failure();

  /**
   * Sets room free.
   *
   * @param address what lies before it may go
   */
  void discardBefore(long address);

  /**
   * Measures.
   *
   * @param address from here
   * @return the bytes to the end
   */
  long sinceBytes(long address);

  /** {@return whether room is short} */
  boolean isSpaceShort();

  @Override
  void close();
}
