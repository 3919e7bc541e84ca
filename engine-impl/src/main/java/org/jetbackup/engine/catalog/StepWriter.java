package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyNormaliser;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.record.KeyValueView;
import org.jspecify.annotations.Nullable;

/**
 * Changes the records of a table for transactions: it tells of each step before it takes it, and
 * leaves values where they are that no record names any more. What broke off is taken back by its
 * caller, step by step. Used under the turn, so nobody else changes the table meanwhile; readers
 * may read it. Values that no record has room for are separated.
 *
 * <p>Keys have 1 to {@value KeyValueRecord#LONGEST_KEY} bytes, values from 0 bytes on.
 */
public final class StepWriter {

  private static final long INLINE = 0;

  private final Table table;
  private final PageSize size;
  private final TreeWriter writer;
  private final TreeCursor cursor;
  private final KeyValueView view;
  private final byte[] keyBytes = new byte[KeyNormaliser.binaryLength(KeyValueRecord.LONGEST_KEY)];
  private final ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer record;
  private @Nullable LongValueWriter longValues;

  StepWriter(Table table) {
    this.table = table;
    this.size = table.pages().pageSize();
    this.writer = table.tree().writer();
    this.cursor = table.tree().cursor();
    this.view = new KeyValueView(size, () -> Subject.path(table.pages().path()));
    this.record = size.newBuffer();
  }

  /**
   * Finds the record of a key.
   *
   * @param rawKey the key
   * @return the record from index 0 to the limit, good until the next call; null if there is none
   */
  public @Nullable ByteBuffer find(byte[] rawKey) {
    Table.requireKey(rawKey);
    key.clear().limit(KeyNormaliser.binary(rawKey, 0, rawKey.length, keyBytes, 0));
    return cursor.find(key) ? cursor.data() : null;
  }

  /**
   * Sets the value of the key that {@link #find} looked for last.
   *
   * @param rawKey the key
   * @param value its value from now on
   * @param steps told of the steps; the last of them is on the records
   */
  public void put(byte[] rawKey, byte[] value, Steps steps) {
    ByteBuffer old = cursor.isOnRecord() ? cursor.data() : null;
    long oldValue = separatedValue();
    record.clear();
    if (table.isInline(rawKey, value)) {
      record.limit(
          KeyValueRecord.write(record, 0, size, rawKey, 0, rawKey.length, value, 0, value.length));
    } else {
      long id =
          longValues().write(value, valueKey -> steps.before(TreeKind.LONG_VALUES, valueKey, null));
      record.limit(KeyValueRecord.writeSeparated(record, 0, size, rawKey, 0, rawKey.length, id));
    }
    if (oldValue != INLINE) {
      steps.obsolete(oldValue);
    }
    steps.before(TreeKind.RECORDS, key, old);
    writer.put(key, record);
  }

  /**
   * Removes the record that {@link #find} has found.
   *
   * @param steps told of the step
   */
  public void delete(Steps steps) {
    long oldValue = separatedValue();
    if (oldValue != INLINE) {
      steps.obsolete(oldValue);
    }
    steps.before(TreeKind.RECORDS, key, cursor.data());
    writer.delete(key);
  }

  /**
   * Takes a step back, made or not: afterwards the entry is as it was.
   *
   * @param tree which tree of the table
   * @param treeKey the key in that tree, from index 0 to the limit
   * @param old the data that it had, from index 0 to the limit; null if it was not there
   */
  public void undo(TreeKind tree, ByteBuffer treeKey, @Nullable ByteBuffer old) {
    if (tree == TreeKind.RECORDS) {
      undo(cursor, writer, treeKey, old);
    } else if (table.longValues() != null || old != null) {
      LongValueTree values = table.requireLongValues();
      undo(values.tree().cursor(), values.tree().writer(), treeKey, old);
    }
  }

  private static void undo(
      TreeCursor at, TreeWriter writer, ByteBuffer key, @Nullable ByteBuffer old) {
    boolean there = at.find(key);
    if (old == null) {
      if (there) {
        writer.delete(key);
      }
    } else if (!there || !at.data().slice(0, at.data().limit()).equals(old)) {
      writer.put(key, old);
    }
  }

  /**
   * Removes a value that nobody can reach any more, or what is left of it.
   *
   * @param id the value
   * @param beforeLast called before the last step; not called if there is no such value
   * @return false if there is no such value
   */
  public boolean removeLongValue(long id, Runnable beforeLast) {
    return table.longValues() != null && longValues().removeForGood(id, beforeLast);
  }

  private long separatedValue() {
    if (!cursor.isOnRecord()) {
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
}
