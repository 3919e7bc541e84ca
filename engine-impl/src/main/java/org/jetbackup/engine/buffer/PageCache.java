package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.PageReadEvent;
import org.jetbackup.engine.format.PageSize;
import org.jspecify.annotations.Nullable;

/**
 * The pages in memory: at most a given number of bytes, shared by all files of an instance.
 *
 * <p>Readers {@link #share} a page and give it back; a page that is latched stays. A page that is
 * not here is read and checked by the one who asks first; others wait for its latch, not for a lock
 * of the cache. When there is no room, the clock takes the page that was not used for longest;
 * changed pages are written back first, a batch at a time. Finding a page that is here takes no
 * lock and allocates nothing. Thread-safe; the order of locks is in the description of this
 * package.
 */
public final class PageCache {

  /** Fewer pages than this cannot hold one change and what it needs. */
  public static final int PAGES_MIN = 64;

  private static final int CHUNK_PAGES = 16;

  /** Hears of pages that were read and are not sound, and of files that take no more pages. */
  @FunctionalInterface
  public interface Damage {

    /** Nobody wants to know. */
    Damage UNHEARD = (file, page, failure) -> {};

    /**
     * A page is not sound. Called once for each read of it, with its frame and perhaps much else
     * in hand: nobody may be called back now.
     *
     * @param file the file
     * @param page the number of the page
     * @param failure what is thrown to the reader
     */
    void found(PagedFile file, PageNumber page, JetException failure);

    /**
     * A force has failed: pages of the file can be written again only when it was opened anew.
     * Called once for each attempt to write them, and nobody may be called back now.
     *
     * @param file the file
     * @param failure what is thrown to the one who writes
     */
    default void takesNoMore(PagedFile file, JetException failure) {}
  }

  private static final int CLOCK_ROUNDS = 2;
  private static final int FLUSH_ROUNDS = 8;

  private final PageSize pageSize;
  private final int frameMax;
  private final FrameTable table;
  private final LogForce log;
  private final Counters counters;
  private final Damage damage;
  private final Flush flush;

  private final ReentrantLock evictionLock = new ReentrantLock();

  /** Filled from the start on, never emptied; written under the eviction lock. */
  private final Frame[] frames;

  /** How many frames there are; read without a lock, after which those frames may be read. */
  private volatile int frameCount;

  /** Room for all, so that giving one back never fails; under the eviction lock. */
  private final Frame[] empty;

  private int emptyCount;
  private volatile int hand;

  private final AtomicInteger fileIds = new AtomicInteger();
  private final LongAdder reads = new LongAdder();

  /**
   * Makes an empty cache. Memory is taken when it is needed.
   *
   * @param pageSize the size of all pages
   * @param bytes the most memory that pages may take; at least {@link #PAGES_MIN} pages
   * @param log what has to be durable before pages are written
   */
  public PageCache(PageSize pageSize, long bytes, LogForce log) {
    this(pageSize, bytes, log, new Counters(), Damage.UNHEARD);
  }

  /**
   * Makes an empty cache that counts for others too, and says what it finds.
   *
   * @param pageSize the size of all pages
   * @param bytes the most memory that pages may take; at least {@link #PAGES_MIN} pages
   * @param log what has to be durable before pages are written
   * @param counters count pages that are read and written
   * @param damage hears of pages that are not sound
   */
  public PageCache(PageSize pageSize, long bytes, LogForce log, Counters counters, Damage damage) {
    long pages = Math.min(bytes / pageSize.bytes(), Integer.MAX_VALUE / 2);
    if (pages < PAGES_MIN) {
      throw new IllegalArgumentException("cache of " + bytes + " bytes, allowed: from "
          + (long) PAGES_MIN * pageSize.bytes() + " on");
    }
    this.counters = counters;
    this.damage = damage;
    this.pageSize = pageSize;
    this.frameMax = (int) pages;
    this.frames = new Frame[frameMax];
    this.empty = new Frame[frameMax];
    this.table = new FrameTable(frameMax);
    this.log = log;
    this.flush = new Flush(this);
  }

  /** {@return the size of all pages} */
  public PageSize pageSize() {
    return pageSize;
  }

  /** {@return a number that no other file of this cache has} */
  public int newFileId() {
    return fileIds.incrementAndGet();
  }

  /** {@return how many pages are in memory, or were} */
  public int pagesHeld() {
    return frameCount;
  }

  /** {@return how many pages were read from files so far} */
  public long reads() {
    return reads.sum();
  }

  /**
   * Latches a page for reading.
   *
   * @param file the file
   * @param page the number of the page, from 1 on
   * @return the frame that holds it, to be given back with {@link Frame#release}
   * @throws JetException if the page cannot be read or is not sound
   */
  public Frame share(PagedFile file, long page) {
    while (true) {
      Frame frame = table.find(file, page);
      if (frame == null) {
        frame = load(file, page);
      }
      if (frame.share(file, page)) {
        return frame;
      }
    }
  }

  /** Latches a page for a change. */
  Frame own(PagedFile file, long page) {
    while (true) {
      Frame frame = table.find(file, page);
      if (frame == null) {
        frame = load(file, page);
      }
      if (frame.own(file, page)) {
        return frame;
      }
    }
  }

  /** Latches the place of a page whose old content nobody needs. Its content is anything. */
  Frame ownUnread(PagedFile file, long page) {
    while (true) {
      Frame frame = table.find(file, page);
      if (frame != null) {
        if (frame.own(file, page)) {
          return frame;
        }
        continue;
      }
      Frame fresh = takeEmptyFor(file, page);
      if (table.add(fresh, file, page) == null) {
        return fresh;
      }
      giveBack(fresh);
    }
  }

  /** Takes an owned frame out of the cache, its content with it. */
  void discard(Frame frame) {
    PagedFile file = frame.file();
    if (file != null) {
      table.remove(frame, file, frame.number());
    }
    giveBack(frame);
  }

  /**
   * Writes back every page of a file that is changed at the time of the call, and forces the file.
   *
   * @param file the file
   * @throws JetException if a page cannot be written; what was not written stays in the cache
   */
  public void flush(PagedFile file) {
    flush.all(file);
  }

  /**
   * Forgets all pages of a file, written or not. The file must not be in use any more; a batch of
   * its pages that another file's user writes back, to make room, has ended when this returns.
   *
   * @param file the file
   */
  public void forget(PagedFile file) {
    for (int i = 0; i < frameCount; i++) {
      Frame frame = frames[i];
      if (frame.belongsTo(file)) {
        frame.own();
        if (frame.belongsTo(file)) {
          discard(frame);
        } else {
          frame.disown();
        }
      }
    }
    flush.awaitEnd();
  }

  Counters counters() {
    return counters;
  }

  LogForce log() {
    return log;
  }

  Damage damage() {
    return damage;
  }

  int frameCount() {
    return frameCount;
  }

  Frame frame(int index) {
    return frames[index];
  }

  /** Where the clock stands; a hint. */
  int hand() {
    return hand;
  }

  /** Brings a page here; the frame may be gone again when the caller latches it. */
  private Frame load(PagedFile file, long page) {
    Frame fresh = takeEmptyFor(file, page);
    Frame other = table.add(fresh, file, page);
    if (other != null) {
      giveBack(fresh);
      return other;
    }
    boolean sound = false;
    try {
      reads.increment();
      counters.pageRead();
      PageReadEvent event = PageReadEvent.started();
      file.read(fresh, damage);
      event.ended(file.path(), page);
      sound = true;
    } finally {
      if (sound) {
        fresh.disown();
      } else {
        discard(fresh);
      }
    }
    return fresh;
  }

  private void giveBack(Frame frame) {
    frame.clear();
    frame.disown();
    evictionLock.lock();
    try {
      empty[emptyCount++] = frame;
    } finally {
      evictionLock.unlock();
    }
  }

  /** Finds an empty frame, owned by the caller, for a page. */
  private Frame takeEmptyFor(PagedFile file, long page) {
    Frame frame = takeEmpty();
    boolean assigned = false;
    try {
      frame.assign(file, page);
      assigned = true;
    } finally {
      if (!assigned) {
        giveBack(frame);
      }
    }
    return frame;
  }

  /** Finds an empty frame, owned by the caller. */
  private Frame takeEmpty() {
    for (int round = 0; round < FLUSH_ROUNDS; round++) {
      evictionLock.lock();
      try {
        Frame frame = tryTakeEmpty();
        if (frame != null) {
          return frame;
        }
      } finally {
        evictionLock.unlock();
      }
      flush.some(); // without the eviction lock: others may find room meanwhile
    }
    throw JetException.of(
        JetErr.OUT_OF_BUFFERS, Subject.value("pages in the cache, all latched", frameCount));
  }

  private @Nullable Frame tryTakeEmpty() {
    if (emptyCount == 0 && frameCount < frameMax) {
      grow();
    }
    if (emptyCount > 0) {
      Frame frame = empty[--emptyCount];
      frame.own(); // nobody else holds an empty frame for longer than it takes to look at it
      return frame;
    }
    return evict();
  }

  private @Nullable Frame evict() {
    int count = frameCount;
    for (int i = CLOCK_ROUNDS * count; i > 0; i--) {
      hand = hand + 1 < count ? hand + 1 : 0;
      Frame frame = frames[hand];
      if (frame.isDirty() || frame.wasRecentlyUsed() || !frame.tryOwn()) {
        continue;
      }
      PagedFile file = frame.file();
      if (file == null || frame.isDirty()) {
        frame.disown();
        continue;
      }
      table.remove(frame, file, frame.number());
      frame.clear();
      return frame;
    }
    return null;
  }

  private void grow() {
    int count = frameCount;
    int more = Math.min(CHUNK_PAGES, frameMax - count);
    ByteBuffer chunk = ByteBuffer.allocate(more * pageSize.bytes());
    for (int i = 0; i < more; i++) {
      ByteBuffer bytes = chunk.slice(i * pageSize.bytes(), pageSize.bytes());
      frames[count + i] = new Frame(bytes.order(ByteOrder.LITTLE_ENDIAN));
    }
    // From here on nothing fails: an empty frame that is not counted would never be written back.
    System.arraycopy(frames, count, empty, emptyCount, more);
    emptyCount += more;
    frameCount = count + more;
  }
}
