package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.record.LongValues;

/**
 * The payload of records REMOVAL and REMOVED: a separated value that no record names any more is to
 * be removed, or was.
 *
 * <pre>
 *   database id, 4 | object id of the table, 4 | long-value id, 4
 * </pre>
 *
 * @param databaseId the database, from 1 on
 * @param tableId the object id of the table, from 1 on
 * @param longValueId the value, from 1 on
 */
public record RemovalRecord(int databaseId, long tableId, long longValueId) {

  private static final int BYTES = 12;

  /** {@return the payload} */
  public ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(databaseId)
        .putInt((int) tableId)
        .putInt((int) longValueId)
        .flip();
  }

  /**
   * Reads a payload.
   *
   * @param payload from position to limit, unchanged
   * @return the record
   * @throws JetException {@link JetErr#LOG_CORRUPTED} if it is none
   */
  public static RemovalRecord decode(ByteBuffer payload) {
    ByteBuffer bytes = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.limit() != BYTES) {
      throw corrupted("bytes of a removal", bytes.limit(), "" + BYTES);
    }
    int database = bytes.getInt(0);
    long table = Integer.toUnsignedLong(bytes.getInt(Integer.BYTES));
    long value = Integer.toUnsignedLong(bytes.getInt(2 * Integer.BYTES));
    UndoRecord.requireIds(database, table);
    if (value == 0) {
      throw corrupted("long-value id", value, "1 to " + LongValues.LARGEST_ID);
    }
    return new RemovalRecord(database, table, value);
  }

  static JetException corrupted(String what, long value, String allowed) {
    return JetException.of(JetErr.LOG_CORRUPTED, Subject.value(what, value, allowed));
  }
}
