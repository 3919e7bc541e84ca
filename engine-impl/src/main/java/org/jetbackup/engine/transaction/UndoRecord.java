package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.TreeKind;
import org.jetbackup.engine.record.KeyNormaliser;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a record UNDO: what an entry of a tree was before a step.
 *
 * <pre>
 *   database id, 4 | object id of the table, 4 | tree, 1 | there, 1 | key length, 2 | key | data
 * </pre>
 *
 * <p>Without data the entry was not there. Not a record of Java, because it holds arrays.
 */
public final class UndoRecord {

  /** How many bytes of them one block has at most: recovery holds all of them at once. */
  public static final long BLOCK_BYTES_MAX = 1L << 30;

  private static final int TABLE_AT = 4;
  private static final int TREE_AT = 8;
  private static final int THERE_AT = 9;
  private static final int LENGTH_AT = 10;
  private static final int KEY_AT = 12;
  private static final int LONGEST_KEY = KeyNormaliser.binaryLength(KeyValueRecord.LONGEST_KEY);

  private final ByteBuffer bytes;

  private UndoRecord(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Makes a record.
   *
   * @param databaseId the database, from 1 on
   * @param tableId the object id of the table, from 1 on
   * @param tree which tree of the table
   * @param key the key in the tree, from index 0 to the limit
   * @param old the data, from index 0 to the limit; null if the entry was not there
   * @return the record
   */
  public static UndoRecord of(
      int databaseId, long tableId, TreeKind tree, ByteBuffer key, @Nullable ByteBuffer old) {
    int keyLength = key.limit();
    int length = old == null ? 0 : old.limit();
    ByteBuffer bytes =
        ByteBuffer.allocate(KEY_AT + keyLength + length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, databaseId).putInt(TABLE_AT, (int) tableId);
    bytes.put(TREE_AT, tree.code()).put(THERE_AT, (byte) (old == null ? 0 : 1));
    bytes.putShort(LENGTH_AT, (short) keyLength).put(KEY_AT, key, 0, keyLength);
    if (old != null) {
      bytes.put(KEY_AT + keyLength, old, 0, length);
    }
    return new UndoRecord(bytes);
  }

  /**
   * Reads a payload.
   *
   * @param payload from position to limit, unchanged; copied
   * @return the record
   * @throws JetException {@link JetErr#LOG_CORRUPTED} if it is none
   */
  public static UndoRecord decode(ByteBuffer payload) {
    int length = payload.remaining();
    if (length < KEY_AT) {
      throw RemovalRecord.corrupted("bytes of an undo record", length, "from " + KEY_AT + " on");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, payload, payload.position(), length);
    requireIds(bytes.getInt(0), Integer.toUnsignedLong(bytes.getInt(TABLE_AT)));
    int there = bytes.get(THERE_AT);
    if (TreeKind.of(bytes.get(TREE_AT)).isEmpty() || (there & ~1) != 0) {
      throw RemovalRecord.corrupted("tree and flag", bytes.getShort(TREE_AT), "known ones");
    }
    int key = Short.toUnsignedInt(bytes.getShort(LENGTH_AT));
    if (key == 0 || key > Math.min(LONGEST_KEY, length - KEY_AT)) {
      throw RemovalRecord.corrupted("key length", key, "1 to " + LONGEST_KEY + ", and inside");
    }
    int data = length - KEY_AT - key;
    if (there == 0 ? data != 0 : data == 0) {
      throw RemovalRecord.corrupted("bytes of data", data, there == 0 ? "none" : "1 and more");
    }
    return new UndoRecord(bytes);
  }

  /** {@return the database} */
  public int databaseId() {
    return bytes.getInt(0);
  }

  /** {@return the object id of the table} */
  public long tableId() {
    return Integer.toUnsignedLong(bytes.getInt(TABLE_AT));
  }

  /** {@return which tree of the table} */
  public TreeKind tree() {
    return TreeKind.of(bytes.get(TREE_AT)).orElseThrow();
  }

  /** {@return the key in the tree, a view} */
  public ByteBuffer key() {
    return bytes.slice(KEY_AT, keyLength()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** {@return the data, a view; null if the entry was not there} */
  public @Nullable ByteBuffer old() {
    if (bytes.get(THERE_AT) == 0) {
      return null;
    }
    int at = KEY_AT + keyLength();
    return bytes.slice(at, bytes.limit() - at).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** {@return the payload, a view} */
  public ByteBuffer encode() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private int keyLength() {
    return Short.toUnsignedInt(bytes.getShort(LENGTH_AT));
  }

  static void requireIds(int database, long table) {
    if (database < 1) {
      throw RemovalRecord.corrupted("database id", database, "from 1 on");
    }
    if (table < 1 || table > Integer.MAX_VALUE) {
      throw JetException.of(
          JetErr.LOG_CORRUPTED,
          Subject.value("object id of a table", table, "1 to " + Integer.MAX_VALUE));
    }
  }
}
