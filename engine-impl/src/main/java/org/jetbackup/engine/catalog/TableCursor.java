package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.record.KeyNormaliser;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.record.KeyValueView;
import org.jspecify.annotations.Nullable;

/**
 * A place in a table. It sees the table as it is at each move; the key, and a value that stays in
 * its record, are those of the moment of the last move. A separated value is read when it is asked
 * for, and is {@link JetErr#RECORD_DELETED} if it was replaced or removed meanwhile. Nothing is
 * allocated by moving and by copying into a buffer of the caller. For one thread.
 */
public final class TableCursor {

  private static final long UNKNOWN = -1;

  private final Table table;
  private final TreeCursor cursor;
  private final KeyValueView view;
  private final byte[] keyBytes = new byte[KeyNormaliser.binaryLength(KeyValueRecord.LONGEST_KEY)];
  private final ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);
  private long separatedLength = UNKNOWN;
  private @Nullable LongValueReader longValues;

  TableCursor(Table table) {
    this.table = table;
    this.cursor = table.tree().cursor();
    this.view = newView();
  }

  /**
   * Moves to the first record.
   *
   * @return false if there is none
   */
  public boolean first() {
    return arrive(cursor.first());
  }

  /**
   * Moves to the last record.
   *
   * @return false if there is none
   */
  public boolean last() {
    return arrive(cursor.last());
  }

  /**
   * Moves to the next record; from nowhere, to the first.
   *
   * @return false at the end
   */
  public boolean next() {
    return arrive(cursor.next());
  }

  /**
   * Moves to the previous record; from nowhere, to the last.
   *
   * @return false at the beginning
   */
  public boolean previous() {
    return arrive(cursor.previous());
  }

  /**
   * Moves to a key.
   *
   * @param rawKey the key
   * @return false if there is no such record; the cursor then stands nowhere
   */
  public boolean find(byte[] rawKey) {
    return arrive(cursor.find(normalise(rawKey)));
  }

  /**
   * Moves to the first record whose key is the given one or after it.
   *
   * @param rawKey the key
   * @return false if there is none
   */
  public boolean seek(byte[] rawKey) {
    return arrive(cursor.seek(normalise(rawKey)));
  }

  /**
   * Moves to the last record whose key is before the given one.
   *
   * @param rawKey the key
   * @return false if there is none
   */
  public boolean seekBefore(byte[] rawKey) {
    return arrive(cursor.seekBefore(normalise(rawKey)));
  }

  /** {@return the length of the key in bytes} */
  public int keyLength() {
    requireRecord();
    return view.keyLength();
  }

  /** {@return the length of the value in bytes} */
  public long valueLength() {
    requireRecord();
    if (!view.isSeparated()) {
      return view.valueLength();
    }
    if (separatedLength == UNKNOWN) {
      separatedLength = longValues().length(view.longValueId());
      if (separatedLength < 0) {
        throw vanished();
      }
    }
    return separatedLength;
  }

  /**
   * Copies as much of the key as there is room for.
   *
   * @param target takes the bytes from its position on
   * @return how many bytes were copied
   */
  public int readKey(ByteBuffer target) {
    requireRecord();
    return copy(view.keyOffset(), view.keyLength(), target);
  }

  /**
   * Copies as much of the value as there is room for.
   *
   * @param target takes the bytes from its position on
   * @param offset where in the value to begin, from 0 on; at or beyond the end nothing is copied
   * @return how many bytes were copied
   */
  public int readValue(ByteBuffer target, long offset) {
    requireRecord();
    if (offset < 0) {
      throw new IllegalArgumentException("offset = " + offset + ", allowed: from 0 on");
    }
    if (!view.isSeparated()) {
      int skipped = (int) Math.min(offset, view.valueLength());
      return copy(view.valueOffset() + skipped, view.valueLength() - skipped, target);
    }
    int read = longValues().read(view.longValueId(), valueLength(), offset, target);
    if (read < 0) {
      throw vanished();
    }
    return read;
  }

  /**
   * Compares the key with another one, as unsigned bytes.
   *
   * @param other the other key
   * @return negative, zero or positive, as this one is smaller, equal or greater
   */
  public int compareKey(byte[] other) {
    requireRecord();
    int common = Math.min(view.keyLength(), other.length);
    for (int i = 0; i < common; i++) {
      int mine = Byte.toUnsignedInt(cursor.data().get(view.keyOffset() + i));
      int order = mine - Byte.toUnsignedInt(other[i]);
      if (order != 0) {
        return order;
      }
    }
    return view.keyLength() - other.length;
  }

  /** {@return the key, in a new array} */
  public byte[] key() {
    byte[] bytes = new byte[keyLength()];
    readKey(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** {@return the value, in a new array} */
  public byte[] value() {
    byte[] bytes = new byte[Math.toIntExact(valueLength())];
    readValue(ByteBuffer.wrap(bytes), 0);
    return bytes;
  }

  /**
   * Reads the value of a key. A value that is replaced just then is read again.
   *
   * @param rawKey the key
   * @return the value, if there is one
   */
  public Optional<byte[]> get(byte[] rawKey) {
    while (find(rawKey)) {
      try {
        return Optional.of(value());
      } catch (JetException e) {
        if (e.error() != JetErr.RECORD_DELETED) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  private KeyValueView newView() {
    return new KeyValueView(
        table.file().pageSize(), () -> Subject.path(table.file().path()));
  }

  private ByteBuffer normalise(byte[] rawKey) {
    Table.requireKey(rawKey);
    return key.clear().limit(KeyNormaliser.binary(rawKey, 0, rawKey.length, keyBytes, 0));
  }

  private boolean arrive(boolean there) {
    separatedLength = UNKNOWN;
    if (there) {
      view.moveTo(cursor.data(), 0, cursor.data().limit());
    }
    return there;
  }

  private int copy(int from, int length, ByteBuffer target) {
    int bytes = Math.min(length, target.remaining());
    target.put(target.position(), cursor.data(), from, bytes);
    target.position(target.position() + bytes);
    return bytes;
  }

  /** A value that is not there was removed, or its tree is damaged: the record tells which. */
  private JetException vanished() {
    long id = view.longValueId();
    ByteBuffer same = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);
    same.put(0, cursor.key(), 0, cursor.key().limit()).limit(cursor.key().limit());
    TreeCursor again = table.tree().cursor(); // this one keeps its place for the next move
    KeyValueView now = newView();
    if (again.find(same)) {
      now.moveTo(again.data(), 0, again.data().limit());
    }
    if (again.isOnRecord() && now.isSeparated() && now.longValueId() == id) {
      return JetException.of(
          JetErr.LV_CORRUPTED,
          Subject.path(table.file().path()),
          Subject.value("long-value id", id, "one that is in the tree"));
    }
    return JetException.of(JetErr.RECORD_DELETED, Subject.value("table", table.name()));
  }

  private LongValueReader longValues() {
    LongValueReader here = longValues;
    if (here == null) {
      LongValueTree tree = table.longValues();
      if (tree == null) {
        throw JetException.of(
            JetErr.LV_CORRUPTED,
            Subject.path(table.file().path()),
            Subject.value("long-value id", view.longValueId(), "none without a tree for them"));
      }
      here = new LongValueReader(tree);
      longValues = here;
    }
    return here;
  }

  private void requireRecord() {
    if (!cursor.isOnRecord()) {
      throw JetException.of(JetErr.NO_CURRENT_RECORD, Subject.value("table", table.name()));
    }
  }
}
