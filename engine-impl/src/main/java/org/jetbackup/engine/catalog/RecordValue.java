package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.record.KeyValueView;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a record that is no longer in its table, or was not for a while. A separated
 * value that is gone is {@link JetErr#RECORD_DELETED}. For one thread.
 */
public final class RecordValue {

  private final Table table;
  private final KeyValueView view;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private @Nullable LongValueReader longValues;

  RecordValue(Table table) {
    this.table = table;
    this.view = new KeyValueView(
        table.pages().pageSize(), () -> Subject.path(table.pages().path()));
  }

  /**
   * Moves to a record.
   *
   * @param record its bytes, as they were in the tree; not copied
   */
  public void moveTo(byte[] record) {
    bytes = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    view.moveTo(bytes, 0, record.length);
  }

  /** {@return the length of the value in bytes} */
  public long length() {
    if (!view.isSeparated()) {
      return view.valueLength();
    }
    long length = longValues().length(view.longValueId());
    if (length < 0) {
      throw vanished();
    }
    return length;
  }

  /**
   * Copies as much of the value as there is room for.
   *
   * @param target takes the bytes from its position on
   * @param offset where in the value to begin, from 0 on; at or beyond the end nothing is copied
   * @return how many bytes were copied
   */
  public int read(ByteBuffer target, long offset) {
    if (view.isSeparated()) {
      int read = longValues().read(view.longValueId(), length(), offset, target);
      if (read < 0) {
        throw vanished();
      }
      return read;
    }
    int skipped = (int) Math.min(offset, view.valueLength());
    int count = Math.min(view.valueLength() - skipped, target.remaining());
    target.put(target.position(), bytes, view.valueOffset() + skipped, count);
    target.position(target.position() + count);
    return count;
  }

  /** {@return the value, in a new array} */
  public byte[] value() {
    byte[] value = new byte[Math.toIntExact(length())];
    read(ByteBuffer.wrap(value), 0);
    return value;
  }

  private LongValueReader longValues() {
    LongValueReader here = longValues;
    if (here == null) {
      LongValueTree tree = table.longValues();
      if (tree == null) {
        throw vanished();
      }
      here = new LongValueReader(tree);
      longValues = here;
    }
    return here;
  }

  private JetException vanished() {
    return JetException.of(
        JetErr.RECORD_DELETED,
        Subject.path(table.pages().path()),
        Subject.value("long-value id", view.longValueId()));
  }
}
