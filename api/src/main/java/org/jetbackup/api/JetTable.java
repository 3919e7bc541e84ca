package org.jetbackup.api;

import java.util.Optional;
import org.jetbackup.api.error.JetException;

/**
 * An open table: a sorted map from keys to values. The thread rule of {@link JetSession} holds, and
 * so does what it says about transactions.
 *
 * <p><b>Keys</b> are {@value #KEY_LENGTH_MIN} to {@value #KEY_LENGTH_MAX} bytes, ordered as unsigned
 * bytes, a prefix before what it is a prefix of. <b>Values</b> are 0 bytes and more; every engine
 * takes at least {@value #VALUE_LENGTH_ALWAYS} bytes. Arrays that are passed in are not kept, arrays
 * that are returned belong to the caller.
 *
 * <p>A key of no bytes is {@code JET_errInvalidParameter} (-1003), one that is too long {@code
 * JET_errKeyTooBig} (-408), a value beyond what the engine takes {@code JET_errRecordTooBig}
 * (-1026).
 *
 * <p>Source: specification clauses DATA-1, DATA-2, DATA-3, DATA-4, DATA-5 and DATA-6.
 */
public interface JetTable extends AutoCloseable {

  /** The shortest key, in bytes. */
  int KEY_LENGTH_MIN = 1;

  /** The longest key, in bytes. */
  int KEY_LENGTH_MAX = 255;

  /** The length of a value that every engine takes, in bytes. */
  int VALUE_LENGTH_ALWAYS = 65_536;

  /** {@return the name of the table} */
  String name();

  /**
   * {@return the value of a key, if there is one}
   *
   * @param key the key
   */
  Optional<byte[]> get(byte[] key);

  /**
   * Adds a key that is not there.
   *
   * @param key the key
   * @param value its value
   * @throws JetException {@code JET_errKeyDuplicate} (-1605), {@code JET_errWriteConflict} (-1102),
   *     or an error of the key or the value
   */
  void insert(byte[] key, byte[] value);

  /**
   * Sets the value of a key, whether it was there or not.
   *
   * @param key the key
   * @param value its value from now on
   * @throws JetException {@code JET_errWriteConflict} (-1102), or an error of the key or the value
   */
  void put(byte[] key, byte[] value);

  /**
   * Removes a key.
   *
   * @param key the key
   * @throws JetException {@code JET_errRecordNotFound} (-1601), {@code JET_errWriteConflict}
   *     (-1102), or an error of the key
   */
  void delete(byte[] key);

  /**
   * Opens a cursor over a range of keys. It stands nowhere until it is moved.
   *
   * @param range the keys that the cursor can reach
   * @return the cursor, open
   */
  JetCursor cursor(KeyRange range);

  /** Closes the handle and its cursors. */
  @Override
  void close();
}
