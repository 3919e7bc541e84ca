package org.jetbackup.api;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetException;

/**
 * A place in a range of a table, and the way to read without allocating. The thread rule of {@link
 * JetSession} holds.
 *
 * <p>A cursor sees what its transaction sees, changes made through the same session after it was
 * opened included; opened outside a transaction, it sees the state that was committed at that time.
 * It survives every change to the table: when the record under it is deleted, reading gives {@code
 * JET_errRecordDeleted} (-1017) or {@code JET_errNoCurrentRecord} (-1603), and moving goes to the
 * neighbours of the place where the record was.
 *
 * <p>After a move that answers false the cursor stands nowhere; reading then gives -1603.
 *
 * <p>Source: specification clauses DATA-7 and DATA-9.
 */
public interface JetCursor extends AutoCloseable {

  /**
   * Moves to the first record of the range.
   *
   * @return false if there is none
   */
  boolean moveFirst();

  /**
   * Moves to the last record of the range.
   *
   * @return false if there is none
   */
  boolean moveLast();

  /**
   * Moves to the next record; from nowhere, to the first.
   *
   * @return false at the end
   */
  boolean moveNext();

  /**
   * Moves to the previous record; from nowhere, to the last.
   *
   * @return false at the beginning
   */
  boolean movePrevious();

  /**
   * Moves to the first record of the range whose key is the given one or after it.
   *
   * @param key where to look; it need not be in the range
   * @return false if there is no such record
   */
  boolean seek(byte[] key);

  /**
   * {@return the length of the current key in bytes}
   *
   * @throws JetException {@code JET_errNoCurrentRecord} (-1603)
   */
  int keyLength();

  /**
   * {@return the length of the current value in bytes}
   *
   * @throws JetException {@code JET_errNoCurrentRecord} (-1603)
   */
  int valueLength();

  /**
   * Copies as much of the current key as the buffer has room for.
   *
   * @param target receives the bytes, from its position on
   * @return the number of bytes copied
   */
  int readKey(ByteBuffer target);

  /**
   * Copies as much of the current value as the buffer has room for.
   *
   * @param target receives the bytes, from its position on
   * @param offset where in the value to begin; at or beyond its end nothing is copied
   * @return the number of bytes copied
   */
  int readValue(ByteBuffer target, int offset);

  /**
   * {@return the current key, in a new array}
   *
   * @throws JetException {@code JET_errNoCurrentRecord} (-1603)
   */
  default byte[] key() {
    byte[] bytes = new byte[keyLength()];
    readKey(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * {@return the current value, in a new array}
   *
   * @throws JetException {@code JET_errNoCurrentRecord} (-1603)
   */
  default byte[] value() {
    byte[] bytes = new byte[valueLength()];
    readValue(ByteBuffer.wrap(bytes), 0);
    return bytes;
  }

  /** Closes the cursor. Closing twice is fine. */
  @Override
  void close();
}
