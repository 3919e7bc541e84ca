package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.engine.format.PageContent;
import org.jetbackup.engine.format.PageEdits;
import org.jetbackup.engine.format.PageSize;

/**
 * Builds the record of a change: first all pages are measured, so that there is room before
 * anything happens, then they are written. The buffer is kept for the next change. Not thread-safe.
 */
final class RecordBuilder {

  /** For the change of one leaf. */
  private static final int FIRST_BYTES = 512;

  private final PageSize size;
  private ByteBuffer record = ByteBuffer.allocate(0);
  private int bytes;
  private int count;

  RecordBuilder(PageSize size) {
    this.size = size;
  }

  /** Begins to measure. */
  void begin() {
    bytes = ChangeRecord.HEAD_BYTES;
    count = 0;
  }

  /** Measures a page, and decides how it is logged: by edits, unless the page is shorter. */
  void measure(ByteBuffer page, PageEdits edits) {
    int whole = PageContent.bytes(page, size);
    if (!edits.isWhole() && edits.length() > whole) {
      edits.becomeWhole();
    }
    int length = edits.isWhole() ? whole : edits.length();
    bytes = Math.addExact(bytes, ChangeRecord.PAGE_HEAD_BYTES + length);
    count++;
  }

  /** Ends to measure. From here on nothing fails. */
  void write(int databaseId, long dbtime, long filePages) {
    record.clear();
    record.putInt(ChangeRecord.DATABASE_ID, databaseId);
    record.putLong(ChangeRecord.DBTIME, dbtime);
    record.putInt(ChangeRecord.FILE_PAGES, (int) filePages);
    record.putInt(ChangeRecord.PAGE_COUNT, count);
    bytes = ChangeRecord.HEAD_BYTES;
  }

  /** Makes room for what was measured. */
  void reserve() {
    if (record.capacity() < bytes) {
      long wanted = Math.max(FIRST_BYTES, bytes + (long) bytes / 2);
      int capacity = (int) Math.min(Integer.MAX_VALUE - Long.BYTES, wanted);
      record = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Writes a page that was measured, with its new dbtime in it. */
  void add(long number, long before, ByteBuffer page, PageEdits edits) {
    boolean whole = edits.isWhole();
    int at = bytes + ChangeRecord.PAGE_HEAD_BYTES;
    int length = edits.length();
    if (whole) {
      length = PageContent.pack(page, size, record, at);
    } else {
      edits.copyTo(record, at);
    }
    record.putInt(bytes + ChangeRecord.PAGE_NUMBER, (int) number);
    record.putLong(bytes + ChangeRecord.PAGE_BEFORE, whole ? 0 : before);
    record.putInt(bytes + ChangeRecord.PAGE_LENGTH, whole ? length | ChangeRecord.WHOLE : length);
    bytes = at + length;
  }

  /** {@return the record} */
  ByteBuffer record() {
    return record.position(0).limit(bytes);
  }
}
