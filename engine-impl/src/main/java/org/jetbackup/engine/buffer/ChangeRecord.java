package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;

/**
 * The log record of one change, from which {@link Redo} makes the change again, page by page.
 *
 * <pre>{@code
 *    0  4 bytes  database id
 *    4  8        dbtime that the change left in all its pages
 *   12  4        pages that the file must have room for; 0 = the file did not grow
 *   16  4        number of pages that follow, each:
 *               4  page number
 *               8  dbtime of the page before; 0 if the page is here as a whole
 *               4  bit 31: the page is here as a whole; below: length of what follows
 *               n  the used bytes of the page, or a list of edits; see package format
 * }</pre>
 *
 * <p>All numbers are little endian. A whole page needs nothing of what the file holds. Edits need
 * the page with exactly the dbtime before. The methods here read a record of any content.
 */
public final class ChangeRecord {

  static final int DATABASE_ID = 0;
  static final int DBTIME = 4;
  static final int FILE_PAGES = 12;
  static final int PAGE_COUNT = 16;
  static final int HEAD_BYTES = 20;

  static final int PAGE_NUMBER = 0;
  static final int PAGE_BEFORE = 4;
  static final int PAGE_LENGTH = 12;
  static final int PAGE_HEAD_BYTES = 16;

  static final int WHOLE = 1 << 31;

  /** Far from any real one, and far enough from the end that counting on never gets there. */
  static final long DBTIME_MAX = Long.MAX_VALUE >>> 1;

  private ChangeRecord() {}

  /**
   * Reads to which database a record belongs.
   *
   * @param payload the record, from position to limit
   * @return the database id
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if it is no record of a change
   */
  public static int databaseId(ByteBuffer payload) {
    return head(payload).getInt(DATABASE_ID);
  }

  /**
   * Reads the time of the change.
   *
   * @param payload the record, from position to limit
   * @return the dbtime that all pages of the change have got
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if it is no record of a change
   */
  public static long dbtime(ByteBuffer payload) {
    return head(payload).getLong(DBTIME);
  }

  /**
   * Reads which pages were changed.
   *
   * @param payload the record, from position to limit
   * @return their numbers, in the order of the record
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if it is no record of a change
   */
  public static long[] pages(ByteBuffer payload) {
    ByteBuffer record = checked(payload);
    long[] numbers = new long[record.getInt(PAGE_COUNT)];
    int at = HEAD_BYTES;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(record, at);
      at += PAGE_HEAD_BYTES + length(record, at);
    }
    return numbers;
  }

  static long number(ByteBuffer record, int at) {
    return Integer.toUnsignedLong(record.getInt(at + PAGE_NUMBER));
  }

  static long before(ByteBuffer record, int at) {
    return record.getLong(at + PAGE_BEFORE);
  }

  static boolean isWhole(ByteBuffer record, int at) {
    return (record.getInt(at + PAGE_LENGTH) & WHOLE) != 0;
  }

  static int length(ByteBuffer record, int at) {
    return record.getInt(at + PAGE_LENGTH) & ~WHOLE;
  }

  /** Checks everything but what is inside the pages; the answer begins at index 0. */
  static ByteBuffer checked(ByteBuffer payload) {
    ByteBuffer record = head(payload);
    int count = record.getInt(PAGE_COUNT);
    require("number of pages", count, 1, (record.limit() - HEAD_BYTES) / PAGE_HEAD_BYTES);
    long filePages = Integer.toUnsignedLong(record.getInt(FILE_PAGES));
    require("pages of the file", filePages, 0, PageNumber.MAX - 1);
    int at = HEAD_BYTES;
    for (int i = 0; i < count; i++) {
      int room = record.limit() - at - PAGE_HEAD_BYTES;
      require("bytes left for a page", room, 0, record.limit());
      require("page number", number(record, at), PageNumber.MIN, PageNumber.MAX - 1);
      require("dbtime before", before(record, at), 0, record.getLong(DBTIME) - 1);
      require("length of a page", length(record, at), 0, room);
      at += PAGE_HEAD_BYTES + length(record, at);
    }
    require("end of the last page", at, record.limit(), record.limit());
    return record;
  }

  private static ByteBuffer head(ByteBuffer payload) {
    ByteBuffer record = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    require("bytes", record.limit(), HEAD_BYTES, Integer.MAX_VALUE);
    require("database id", record.getInt(DATABASE_ID), 1, Integer.MAX_VALUE);
    require("dbtime", record.getLong(DBTIME), 1, DBTIME_MAX);
    return record;
  }

  private static void require(String name, long value, long from, long to) {
    if (value < from || value > to) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT,
          Subject.value("record of a change: " + name, value, from + " to " + to));
    }
  }
}
