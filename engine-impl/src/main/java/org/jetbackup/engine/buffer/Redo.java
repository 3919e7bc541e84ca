package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageContent;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageReplay;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;

/**
 * Makes changes again from their log records, page by page.
 *
 * <pre>{@code
 *   page in the record   page in the file           what is done
 *   a whole page         not looked at              the page is written
 *   edits                dbtime >= the record's     nothing: they are in it already
 *                        dbtime = the one before    they are made
 *                        any other                  DB_TIME_TOO_OLD, DB_TIME_TOO_NEW
 * }</pre>
 *
 * <p>A whole page takes one that is newer back to an older state. That does no harm, because redo
 * goes on to the end of the log, and all later edits find what they expect then. So redo of the
 * same records once more, or from an earlier one on, ends with the same pages; and a page whose
 * first record from there on is whole may hold anything, or have no place in the file yet.
 *
 * <p>A record is hostile until it was checked. It says how long the file has to be, but for one
 * record a file never grows by more than {@value PagedFile#GROWTH_BYTES_MAX} bytes beyond the size
 * that it has: no change takes more, and the file has what earlier changes took. A record that is
 * refused leaves the page untouched for which it is refused; pages before it in the record may have
 * been changed. For one thread, while nobody else uses the file.
 */
public final class Redo {

  private final PageCache cache;
  private final PageSize size;
  private final ByteBuffer scratch;
  private final PageEditor editor;
  private final PageReplay replay;

  /**
   * Makes a redo for the files of a cache.
   *
   * @param cache the cache
   */
  public Redo(PageCache cache) {
    this.cache = cache;
    this.size = cache.pageSize();
    this.scratch = size.newBuffer();
    this.editor = new PageEditor(size);
    this.replay = new PageReplay(size);
  }

  /**
   * Makes one change again.
   *
   * @param file the file that the record is about, see {@link ChangeRecord#databaseId}
   * @param payload the record, from position to limit; of any content
   * @param addressBehind the address behind the record: pages are not written before the log is
   *     durable up to there
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the record is damaged, {@link
   *     JetErr#DB_TIME_TOO_OLD} or {@link JetErr#DB_TIME_TOO_NEW} if it does not fit the page,
   *     {@link JetErr#FILE_IO_BEYOND_EOF} if the file is too short for it, or what is wrong with a
   *     page or the disk
   */
  public void apply(PagedFile file, ByteBuffer payload, long addressBehind) {
    file.requireSound();
    ByteBuffer record = ChangeRecord.checked(payload);
    long dbtime = record.getLong(ChangeRecord.DBTIME);
    extend(file, Integer.toUnsignedLong(record.getInt(ChangeRecord.FILE_PAGES)));
    int at = ChangeRecord.HEAD_BYTES;
    for (int i = record.getInt(ChangeRecord.PAGE_COUNT); i > 0; i--) {
      if (ChangeRecord.isWhole(record, at)) {
        writeWhole(file, record, at, dbtime, addressBehind);
      } else {
        edit(file, record, at, dbtime, addressBehind);
      }
      at += ChangeRecord.PAGE_HEAD_BYTES + ChangeRecord.length(record, at);
    }
    file.raiseDbtime(dbtime);
  }

  private void extend(PagedFile file, long pages) {
    if (file.hasRoomFor(pages)) {
      return;
    }
    long most = file.pagesThere() + PagedFile.GROWTH_BYTES_MAX / size.bytes();
    if (pages > most) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT,
          Subject.path(file.path()),
          Subject.value("pages that the file must have room for", pages, "up to " + most));
    }
    file.beforeChange();
    file.file().extendTo(size.offsetOf(new PageNumber(pages + 1)));
  }

  private void writeWhole(PagedFile file, ByteBuffer record, int at, long dbtime, long address) {
    long number = ChangeRecord.number(record, at);
    file.requireInside(number);
    PageView page = new PageView(scratch, size, new PageNumber(number), file.path());
    int from = at + ChangeRecord.PAGE_HEAD_BYTES;
    PageContent.unpack(record, from, ChangeRecord.length(record, at), page);
    if (page.dbtime() != dbtime) {
      throw page.corrupted(
          JetErr.LOG_FILE_CORRUPT, Subject.value("dbtime", page.dbtime(), "" + dbtime));
    }
    file.beforeChange();
    Frame frame = cache.ownUnread(file, number);
    place(frame, address);
  }

  private void edit(PagedFile file, ByteBuffer record, int at, long dbtime, long address) {
    Frame frame = cache.own(file, ChangeRecord.number(record, at));
    boolean placed = false;
    try {
      PageView page = frame.view();
      if (Long.compareUnsigned(page.dbtime(), dbtime) >= 0) {
        return;
      }
      requireBefore(page, ChangeRecord.before(record, at));
      page.copyTo(scratch);
      int from = at + ChangeRecord.PAGE_HEAD_BYTES;
      replay.apply(page.at(scratch), record, from, ChangeRecord.length(record, at));
      editor.on(scratch).setDbtime(dbtime);
      file.beforeChange();
      placed = true;
      place(frame, address);
    } finally {
      if (!placed) {
        frame.disown();
      }
    }
  }

  private void place(Frame frame, long address) {
    frame.bytes().put(0, scratch, 0, size.bytes());
    frame.markDirty(address);
    frame.disown();
  }

  private static void requireBefore(PageView page, long before) {
    int order = Long.compareUnsigned(page.dbtime(), before);
    if (order != 0) {
      throw page.corrupted(
          order < 0 ? JetErr.DB_TIME_TOO_OLD : JetErr.DB_TIME_TOO_NEW,
          Subject.value("dbtime", Long.toUnsignedString(page.dbtime()), "" + before));
    }
  }
}
