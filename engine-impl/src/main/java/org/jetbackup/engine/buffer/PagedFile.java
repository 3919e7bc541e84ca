package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DoubleWrite;
import org.jspecify.annotations.Nullable;

/**
 * A database file as the cache sees it: numbered pages and the counter of change times.
 * Thread-safe.
 *
 * <p>The counter is the dbtime of the original: every change of pages takes the next value and
 * leaves it in each page that it changed, so that two contents of one page never share a value.
 */
public final class PagedFile {

  /**
   * By how many bytes one change lets a file grow at most, so that redo can tell a record that says
   * more for a damaged one.
   */
  public static final long GROWTH_BYTES_MAX = 1L << 30;

  /** The header and its copy. */
  private static final int HEADER_PAGES = 2;

  private final DataFile file;
  private final @Nullable DoubleWrite doubleWrite;
  private final PageSize pageSize;
  private final int id;
  private final AtomicLong dbtime;
  private final RangeGate gate = new RangeGate();
  private volatile @Nullable Throwable defect;

  /** The file had room for so many once, and never shrinks. */
  private volatile long pagesSeen;

  private volatile ChangeLog log = ChangeLog.NONE;
  private volatile int databaseId;
  private volatile @Nullable Runnable beforeChange;

  /**
   * Describes a file.
   *
   * @param file the open file, owned by the caller
   * @param doubleWrite through which pages are written; null for a file that is only read
   * @param pageSize the size of its pages
   * @param id tells files of one cache apart
   * @param dbtime the largest change time that any page of the file may have
   */
  public PagedFile(
      DataFile file, @Nullable DoubleWrite doubleWrite, PageSize pageSize, int id, long dbtime) {
    this.file = file;
    this.doubleWrite = doubleWrite;
    this.pageSize = pageSize;
    this.id = id;
    this.dbtime = new AtomicLong(dbtime);
  }

  /** {@return the path of the file} */
  public Path path() {
    return file.path();
  }

  /** {@return the size of its pages} */
  public PageSize pageSize() {
    return pageSize;
  }

  /** {@return the open file} */
  public DataFile file() {
    return file;
  }

  /** {@return the largest change time that was given out} */
  public long dbtime() {
    return dbtime.get();
  }

  /** {@return whether pages may be changed} */
  public boolean isWritable() {
    return doubleWrite != null;
  }

  /**
   * Says where changes are logged from now on; nowhere, unless this is called. No change is open.
   *
   * @param newLog the log
   * @param id the database id that records carry, from 1 on
   */
  public void logTo(ChangeLog newLog, int id) {
    if (id < 1) {
      throw new IllegalArgumentException("database id = " + id + ", allowed: from 1 on");
    }
    databaseId = id;
    log = newLog;
  }

  /**
   * Says what has to be done before the first change of a page, and not if there is none. No change
   * is open.
   *
   * @param action called once, unless it fails: then the change fails, and the next one calls again
   */
  public void beforeFirstChange(Runnable action) {
    beforeChange = action;
  }

  /**
   * Makes sure that later changes get larger times.
   *
   * @param least the largest change time in use is at least this
   */
  public void raiseDbtime(long least) {
    dbtime.accumulateAndGet(least, Math::max);
  }

  ChangeLog log() {
    return log;
  }

  /** {@return the number of the database in the log; 0 without a log} */
  public int databaseId() {
    return databaseId;
  }

  /** Called before any page is changed. */
  void beforeChange() {
    if (beforeChange != null) {
      runBeforeChange();
    }
  }

  private synchronized void runBeforeChange() {
    Runnable action = beforeChange;
    if (action != null) {
      action.run();
      beforeChange = null;
    }
  }

  int id() {
    return id;
  }

  long nextDbtime() {
    return dbtime.incrementAndGet();
  }

  /**
   * From now on pages are written once and not forced before the next flush of all: for a file that
   * is given up after a crash.
   *
   * @throws IllegalStateException if it is open for reading only
   */
  public void keepNothing() {
    doubleWrite().keepNothing();
  }

  DoubleWrite doubleWrite() {
    DoubleWrite here = doubleWrite;
    if (here == null) {
      throw new IllegalStateException(file.path() + " is open for reading only");
    }
    return here;
  }

  /**
   * Reads a page from the disk and checks all that it says of itself. Nothing of the page is
   * trusted before. A page that cannot be read at all is not called damaged.
   */
  void read(Frame frame, PageCache.Damage damage) {
    PageNumber page = new PageNumber(frame.number());
    file.readFully(frame.bytes().clear(), pageSize.offsetOf(page));
    frame.bytes().clear();
    try {
      PageChecksum.verify(frame.bytes(), pageSize, page).requireAcceptable(file.path(), page);
      frame.view().check();
    } catch (JetException e) {
      damage.found(this, page, e);
      throw e;
    }
  }

  /**
   * Reads pages as they stand in the file, whatever newer content the cache has, and none of them
   * while it is being written. Nothing is verified. For one reader at a time; others wait.
   *
   * @param first the first page
   * @param target filled from its position to its limit, with whole pages
   * @throws JetException if the file ends before that or cannot be read
   */
  public void readFromFile(PageNumber first, ByteBuffer target) {
    gate.beginRead(first.value(), first.value() + target.remaining() / pageSize.bytes() - 1);
    try {
      file.readFully(target, pageSize.offsetOf(first));
    } finally {
      gate.endRead();
    }
  }

  RangeGate gate() {
    return gate;
  }

  /**
   * Throws unless the file is long enough for a page: what a damaged file says of free pages must
   * not make it grow.
   */
  void requireInside(long page) {
    if (page < PageNumber.MIN || !hasRoomFor(page)) {
      throw JetException.of(
          JetErr.FILE_IO_BEYOND_EOF,
          Subject.path(file.path()),
          Subject.value("page that is called free", page, "1 to " + pagesThere()));
    }
  }

  /** Throws if a page is newer than every change that the file knows of. */
  void requireKnown(PageView page) {
    long last = dbtime.get();
    if (Long.compareUnsigned(page.dbtime(), last) > 0) {
      throw page.corrupted(
          JetErr.DB_TIME_CORRUPTED,
          Subject.value("dbtime", Long.toUnsignedString(page.dbtime()), "up to " + last));
    }
  }

  /** {@return how many pages the file has room for} */
  public long pagesThere() {
    long pages = file.size() / pageSize.bytes() - HEADER_PAGES;
    pagesSeen = pages;
    return pages;
  }

  /** Whether so many pages are there; asks the file only beyond what was seen of it before. */
  boolean hasRoomFor(long pages) {
    return pages <= pagesSeen || pages <= pagesThere();
  }

  /** A change broke off in the middle and could not be taken back: nobody may trust the pages. */
  void breakDown(Throwable cause) {
    defect = cause;
  }

  /** Whether a force has failed, of the file or of its side file. */
  boolean isUnforced() {
    DoubleWrite side = doubleWrite;
    return file.isUnforced() || (side != null && side.isUnforced());
  }

  /** Closes what belongs to the pages; the file itself is the owner's. */
  public void close() {
    if (doubleWrite != null) {
      doubleWrite.close();
    }
  }

  /**
   * Throws if a change broke off in the middle.
   *
   * @throws JetException {@link JetErr#INTERNAL_ERROR}
   */
  public void requireSound() {
    Throwable cause = defect;
    if (cause != null) {
      throw JetException.of(JetErr.INTERNAL_ERROR, cause, Subject.path(file.path()));
    }
  }
}
