package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageView;
import org.jspecify.annotations.Nullable;

/**
 * A place in the cache for one page.
 *
 * <pre>{@code
 *            load            edit               written back
 *   EMPTY ---------> CLEAN ---------> DIRTY ------------------> CLEAN
 *     ^                |                |  edit again: stays DIRTY
 *     +--- evict ------+                +-- discard (file closed) --> EMPTY
 * }</pre>
 *
 * <p>The latch protects the content: shared for readers and for the one who writes it back, owned
 * by one thread for a change. Which page a frame holds changes only under the owned latch; whoever
 * found the frame without a latch asks again with it. A latch also keeps the page in the cache.
 */
public final class Frame {

  /** How long a thread waits before it looks again whether it waits for the right page. */
  private static final long PATIENCE_MILLIS = 100;

  private final ByteBuffer bytes;
  private final StampedLock latch = new StampedLock();

  private volatile @Nullable PagedFile file;
  private volatile long number;
  private @Nullable PageView view;

  private volatile boolean dirty;

  /** Goes on when another page comes, so that no two contents of a frame ever share a number. */
  private long edits;

  private long logPosition;
  private volatile boolean recentlyUsed;

  /** The next frame of the same bucket; changed under the table's lock, read without. */
  volatile @Nullable Frame nextInBucket;

  Frame(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** {@return the page, to be read by absolute index while a latch is held} */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** {@return the view of the page, to be used while a latch is held} */
  public PageView view() {
    PageView here = view;
    if (here == null) {
      throw new IllegalStateException("the frame holds no page");
    }
    return here;
  }

  /** {@return the number of the page} */
  public long number() {
    return number;
  }

  /** Gives back a shared latch. */
  public void release() {
    if (!latch.tryUnlockRead()) {
      throw new IllegalStateException("page " + number + " was not latched for reading");
    }
    recentlyUsed = true;
  }

  /** Gives back the owned latch. */
  void disown() {
    if (!latch.tryUnlockWrite()) {
      throw new IllegalStateException("page " + number + " was not owned");
    }
    recentlyUsed = true;
  }

  /**
   * Latches a page for reading.
   *
   * @return false, without a latch, if the page is not here or leaves while this thread waits
   */
  boolean share(PagedFile wanted, long page) {
    if (latch.tryReadLock() == 0 && !waitFor(wanted, page, false)) {
      return false;
    }
    if (holds(wanted, page)) {
      return true;
    }
    release();
    return false;
  }

  /** The same for a change. */
  boolean own(PagedFile wanted, long page) {
    if (latch.tryWriteLock() == 0 && !waitFor(wanted, page, true)) {
      return false;
    }
    if (holds(wanted, page)) {
      return true;
    }
    disown();
    return false;
  }

  /**
   * Waits for a latch that somebody else has, but only as long as the page is here. Found without a
   * latch, the frame may have got another page meanwhile, whose owner may wait for a latch of this
   * very thread: the order of latches is one of pages, not of frames.
   */
  private boolean waitFor(PagedFile wanted, long page, boolean alone) {
    boolean interrupted = false;
    try {
      while (holds(wanted, page)) {
        try {
          long stamp = alone
              ? latch.tryWriteLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              : latch.tryReadLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
          if (stamp != 0) {
            return true;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void share() {
    latch.readLock();
  }

  /** Gives back a shared latch that was not taken for the sake of the content. */
  void leave() {
    if (!latch.tryUnlockRead()) {
      throw new IllegalStateException("page " + number + " was not latched for reading");
    }
  }

  boolean tryShare() {
    return latch.tryReadLock() != 0;
  }

  void own() {
    latch.writeLock();
  }

  boolean tryOwn() {
    return latch.tryWriteLock() != 0;
  }

  /** With a latch the answer stays true; without one it is a hint. */
  boolean holds(PagedFile wanted, long page) {
    return number == page && file == wanted;
  }

  boolean belongsTo(PagedFile wanted) {
    return file == wanted;
  }

  /** Says which page will be here; owned latch. The frame stays empty if this fails. */
  void assign(PagedFile newFile, long page) {
    view = new PageView(bytes, newFile.pageSize(), new PageNumber(page), newFile.path());
    file = newFile;
    number = page;
    logPosition = 0;
    dirty = false;
  }

  /** Forgets the page, whatever became of it; owned latch. */
  void clear() {
    file = null;
    number = 0;
    view = null;
    dirty = false;
    recentlyUsed = false;
  }

  boolean isDirty() {
    return dirty;
  }

  /** Owned latch. */
  void markDirty(long newLogPosition) {
    edits++;
    logPosition = Math.max(logPosition, newLogPosition);
    dirty = true;
  }

  /** How often pages were changed in this frame so far; a latch is held. */
  long edits() {
    return edits;
  }

  /** Any latch is held. */
  long logPosition() {
    return logPosition;
  }

  /** A latch is held, shared at least, and nobody else writes back. */
  void markWritten(long editsThen) {
    if (edits == editsThen) {
      dirty = false;
    }
  }

  /** Tells whether the page was used since the last time the question was asked. */
  boolean wasRecentlyUsed() {
    if (recentlyUsed) {
      recentlyUsed = false;
      return true;
    }
    return false;
  }

  @Nullable
  PagedFile file() {
    return file;
  }
}
