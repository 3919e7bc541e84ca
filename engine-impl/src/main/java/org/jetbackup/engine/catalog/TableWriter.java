package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyNormaliser;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.record.KeyValueView;
import org.jetbackup.engine.record.RecordPlace;
import org.jspecify.annotations.Nullable;

/**
 * Changes the records of a table, one a call. For one thread; writers of several threads may change
 * one table. Values that no record has room for are separated. Nothing is allocated for a value
 * that stays in its record.
 *
 * <p>Keys have 1 to {@value KeyValueRecord#LONGEST_KEY} bytes, values from 0 bytes on. A key that
 * is empty is {@link JetErr#INVALID_PARAMETER}, one that is too long {@link JetErr#KEY_TOO_BIG}.
 */
public final class TableWriter {

  private static final long INLINE = 0;

  private enum Kind {
    INSERT,
    PUT,
    REPLACE
  }

  private final Table table;
  private final PageSize size;
  private final TreeWriter writer;
  private final TreeCursor cursor;
  private final KeyValueView view;
  private final byte[] keyBytes = new byte[KeyNormaliser.binaryLength(KeyValueRecord.LONGEST_KEY)];
  private final ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer record;
  private @Nullable LongValueWriter longValues;

  TableWriter(Table table) {
    this.table = table;
    this.size = table.file().pageSize();
    this.writer = table.tree().writer();
    this.cursor = table.tree().cursor();
    RecordPlace place = () -> Subject.path(table.file().path());
    this.view = new KeyValueView(size, place);
    this.record = size.newBuffer();
  }

  /**
   * Adds a record.
   *
   * @param rawKey a key that is not there
   * @param value its value
   * @throws JetException {@link JetErr#KEY_DUPLICATE}, or another failure
   */
  public void insert(byte[] rawKey, byte[] value) {
    if (!write(Kind.INSERT, rawKey, value)) {
      throw JetException.of(JetErr.KEY_DUPLICATE, Subject.value("table", table.name()));
    }
  }

  /**
   * Sets the value of a key, whether it was there or not.
   *
   * @param rawKey the key
   * @param value its value from now on
   */
  public void put(byte[] rawKey, byte[] value) {
    write(Kind.PUT, rawKey, value);
  }

  /**
   * Gives a record another value.
   *
   * @param rawKey the key
   * @param value its value from now on
   * @return false if there is no such record
   */
  public boolean replace(byte[] rawKey, byte[] value) {
    return write(Kind.REPLACE, rawKey, value);
  }

  /**
   * Removes a record.
   *
   * @param rawKey the key
   * @return false if there is no such record
   */
  public boolean delete(byte[] rawKey) {
    normalise(rawKey);
    ReentrantLock lock = table.keyLock(Arrays.hashCode(rawKey));
    lock.lock();
    try {
      long old = separatedValue();
      boolean deleted = writer.delete(key);
      if (deleted && old != INLINE) {
        longValues().remove(old);
      }
      return deleted;
    } finally {
      lock.unlock();
    }
  }

  private boolean write(Kind kind, byte[] rawKey, byte[] value) {
    normalise(rawKey);
    ReentrantLock lock = table.keyLock(Arrays.hashCode(rawKey));
    lock.lock();
    try {
      if (value.length <= KeyValueRecord.largestInlineValue(size, rawKey.length)) {
        record.clear();
        record.limit(KeyValueRecord.write(
            record, 0, size, rawKey, 0, rawKey.length, value, 0, value.length));
        long old = kind == Kind.INSERT ? INLINE : separatedValue();
        boolean done = writeRecord(kind);
        if (done && old != INLINE) {
          longValues().remove(old);
        }
        return done;
      }
      return writeSeparated(kind, rawKey, value);
    } finally {
      lock.unlock();
    }
  }

  private boolean writeSeparated(Kind kind, byte[] rawKey, byte[] value) {
    boolean there = cursor.find(key);
    if (there ? kind == Kind.INSERT : kind == Kind.REPLACE) {
      return false;
    }
    long old = separatedValue();
    long id = longValues().write(value);
    boolean done = false;
    try {
      record.clear();
      record.limit(KeyValueRecord.writeSeparated(record, 0, size, rawKey, 0, rawKey.length, id));
      done = writeRecord(kind);
    } finally {
      if (!done) {
        longValues().remove(id);
      }
    }
    if (old != INLINE) {
      longValues().remove(old);
    }
    return done;
  }

  private boolean writeRecord(Kind kind) {
    return switch (kind) {
      case INSERT -> writer.tryInsert(key, record);
      case REPLACE -> writer.replace(key, record);
      case PUT -> {
        writer.put(key, record);
        yield true;
      }
    };
  }

  /** {@return the id of the separated value that the record has now, or {@link #INLINE}} */
  private long separatedValue() {
    if (table.longValues() == null || !cursor.find(key)) {
      return INLINE;
    }
    view.moveTo(cursor.data(), 0, cursor.data().limit());
    return view.isSeparated() ? view.longValueId() : INLINE;
  }

  private LongValueWriter longValues() {
    LongValueWriter here = longValues;
    if (here == null) {
      here = new LongValueWriter(table.requireLongValues());
      longValues = here;
    }
    return here;
  }

  private void normalise(byte[] rawKey) {
    requireKey(rawKey);
    key.clear().limit(KeyNormaliser.binary(rawKey, 0, rawKey.length, keyBytes, 0));
  }

  static void requireKey(byte[] rawKey) {
    if (rawKey.length == 0) {
      throw JetException.of(
          JetErr.INVALID_PARAMETER, Subject.value("key length", 0, "from 1 byte on"));
    }
    if (rawKey.length > KeyValueRecord.LONGEST_KEY) {
      throw JetException.of(
          JetErr.KEY_TOO_BIG,
          Subject.value("key length", rawKey.length, "up to " + KeyValueRecord.LONGEST_KEY));
    }
  }
}
