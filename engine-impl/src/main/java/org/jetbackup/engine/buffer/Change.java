package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageEdits;
import org.jspecify.annotations.Nullable;

/**
 * A change of some pages that happens as a whole or not at all, as far as memory goes.
 *
 * <pre>{@code
 *   IDLE --begin--> OPEN --commit------> IDLE   every edited page has the same, new dbtime,
 *                     |       |                 and the log has a record of all of them
 *                     |       +--no record---> IDLE   the file is broken down
 *                     |
 *                     +----rollback----> IDLE   every page is as it was
 * }</pre>
 *
 * <p>Pages are owned from {@link #own} to the end of the change; {@link #edit} keeps the page as it
 * was before its first edit. Pages that are owned twice are latched once. A change that touches a
 * single page and cannot fail half way begins {@linkplain #beginSimple without} such copies. For
 * one thread, reused for one change after the other.
 */
public final class Change {

  private final PageCache cache;
  private final PagedFile file;
  private final PageEditor editor;
  private final List<Owned> pages = new ArrayList<>();
  private final ArrayList<Lock> locks = new ArrayList<>();
  private int owned;
  private boolean keepsImages;
  private boolean open;

  /** That of the file when the change was begun. */
  private ChangeLog log = ChangeLog.NONE;

  private final RecordBuilder record;

  /** The last page before the file grew, and how many pages it must have room for since; or 0. */
  private long grownFrom;

  private long grownTo;

  /**
   * Makes an idle change.
   *
   * @param cache the cache
   * @param file the file whose pages will be changed
   */
  public Change(PageCache cache, PagedFile file) {
    this.cache = cache;
    this.file = file;
    this.editor = new PageEditor(file.pageSize());
    this.record = new RecordBuilder(file.pageSize());
  }

  /** One page of the change. The objects stay for the next change. */
  private static final class Owned {
    private Frame frame;
    private final ByteBuffer image;
    private boolean edited;
    private boolean fresh;
    private boolean unused;

    /** Made when a page is edited for the first time whose changes are logged. */
    private @Nullable PageEdits edits;

    Owned(Frame frame, ByteBuffer image) {
      this.frame = frame;
      this.image = image;
    }
  }

  /** Begins a change that can be rolled back. */
  public void begin() {
    beginSimple();
    keepsImages = true;
  }

  /**
   * Begins a change of a single page, checked before it is edited, so that nothing can go wrong.
   */
  public void beginSimple() {
    if (open) {
      throw new IllegalStateException("the change is open already");
    }
    file.requireSound();
    open = true;
    keepsImages = false;
    log = file.log();
    grownFrom = 0;
    grownTo = 0;
  }

  /**
   * Does something as one change: begins, and commits if all went well, or else rolls back.
   *
   * @param action edits pages through this change
   */
  public void within(Consumer<Change> action) {
    boolean done = false;
    begin();
    try {
      action.accept(this);
      done = true;
    } finally {
      if (done) {
        commit();
      } else {
        rollback();
      }
    }
  }

  /** {@return whether the change was begun and not ended} */
  public boolean isOpen() {
    return open;
  }

  /** {@return the file whose pages are changed} */
  public PagedFile file() {
    return file;
  }

  /**
   * Owns a page.
   *
   * @param page its number
   * @return its frame, owned until the end of the change
   */
  public Frame own(long page) {
    requireOpen();
    for (int i = 0; i < owned; i++) {
      if (pages.get(i).frame.number() == page) {
        return pages.get(i).frame;
      }
    }
    Frame frame = cache.own(file, page);
    remember(frame, false);
    return frame;
  }

  /**
   * Owns the place of a page that is going to be laid out anew.
   *
   * @param page its number; its old content is of no interest to anybody
   * @return an editor on the page, whose content is anything
   * @throws JetException {@link JetErr#FILE_IO_BEYOND_EOF} if the file has no place for the page;
   *     {@link JetErr#DATABASE_CORRUPTED} if this change uses it for something else
   */
  public PageEditor create(long page) {
    requireOpen();
    for (int i = 0; i < owned; i++) {
      Owned there = pages.get(i);
      if (there.frame.number() == page) {
        if (!there.unused) {
          throw there
              .frame
              .view()
              .corrupted(
                  JetErr.DATABASE_CORRUPTED, Subject.value("free page", page, "no other use"));
        }
        there.unused = false;
        return layOut(there.frame);
      }
    }
    file.requireInside(page);
    Frame frame = cache.ownUnread(file, page);
    // Changes that are not on the disk yet must come back with a rollback: the page may be one that
    // this very change has set free.
    remember(frame, !frame.isDirty());
    return layOut(frame);
  }

  /** Nothing is known of the content, so no edit of it could be made again. */
  private PageEditor layOut(Frame frame) {
    Owned page = find(frame);
    PageEditor there = edit(page);
    if (page.edits != null) {
      page.edits.becomeWhole();
    }
    return there;
  }

  /**
   * Says of some pages that nothing points to them any more, so that they may be laid out anew.
   *
   * @param first the number of the first one
   * @param last the number of the last one
   */
  public void abandon(long first, long last) {
    for (int i = 0; i < owned; i++) {
      Owned page = pages.get(i);
      long number = page.frame.number();
      page.unused |= number >= first && number <= last;
    }
  }

  /**
   * Announces that a page will be edited.
   *
   * @param frame a page that this change owns
   * @return the editor of this change, on that page; asking for another page moves it
   * @throws JetException {@link JetErr#DB_TIME_CORRUPTED} if the page is newer than the file, so
   *     that redo could not tell which of its edits are in it
   */
  public PageEditor edit(Frame frame) {
    Owned page = find(frame);
    if (!page.edited && log.isOn()) {
      file.requireKnown(frame.view());
    }
    return edit(page);
  }

  private PageEditor edit(Owned page) {
    if (!page.edited) {
      prepareEdits(page);
      page.edited = true;
      if (keepsImages && !page.fresh) {
        page.image.put(0, page.frame.bytes(), 0, page.image.capacity());
      }
    }
    return editor.on(page.frame.bytes(), page.edits);
  }

  private void prepareEdits(Owned page) {
    PageEdits edits = page.edits;
    if (!log.isOn()) {
      page.edits = null;
    } else if (edits == null) {
      page.edits = new PageEdits(file.pageSize());
    } else {
      edits.clear();
    }
  }

  /**
   * Lets the file grow. It stays longer if the change is rolled back, which does no harm: nobody
   * owns its end then.
   *
   * @param last the last page that is owned so far
   * @param newLast the last page that the file must have room for
   * @throws JetException {@link JetErr#OUT_OF_DATABASE_SPACE} if it is too much for one change
   */
  public void growFile(long last, long newLast) {
    requireOpen();
    grownFrom = grownTo == 0 ? last : grownFrom;
    long most = grownFrom + PagedFile.GROWTH_BYTES_MAX / file.pageSize().bytes();
    if (newLast > most) {
      throw JetException.of(
          JetErr.OUT_OF_DATABASE_SPACE,
          Subject.path(file.path()),
          Subject.value("last page after one change", newLast, "up to " + most));
    }
    file.beforeChange();
    file.file().extendTo(file.pageSize().offsetOf(new PageNumber(newLast + 1)));
    grownTo = newLast;
  }

  /** {@return how many pages the change owns} */
  public int ownedPages() {
    return owned;
  }

  /**
   * Lets pages go again that were only looked at, so that a long search does not fill the cache.
   * Only for pages that a lock keeps from changing until the change ends.
   *
   * @param since how many pages the change owned before; those remain, and those that were edited
   */
  public void letGo(int since) {
    int kept = since;
    for (int i = since; i < owned; i++) {
      Owned page = pages.get(i);
      if (page.edited || page.unused) {
        Collections.swap(pages, kept++, i);
      } else {
        page.frame.disown();
      }
    }
    owned = kept;
  }

  /**
   * Looks at a page through the editor, to ask what would fit.
   *
   * @param frame a page that this change owns
   * @return the editor of this change, on that page; asking for another page moves it
   */
  public PageEditor look(Frame frame) {
    Owned page = find(frame);
    return editor.on(frame.bytes(), page.edited ? page.edits : null);
  }

  /**
   * Holds a lock until the end of the change.
   *
   * @param lock the lock; taken once, however often it is asked for
   */
  public void hold(Lock lock) {
    requireOpen();
    if (!locks.contains(lock)) {
      locks.ensureCapacity(locks.size() + 1); // so that no lock is taken and then not noted
      lock.lock();
      locks.add(lock);
    }
  }

  /**
   * Ends the change: edited pages get a new dbtime, are logged and count as dirty, then everything
   * is let go. If there is no room or no state for that, the change is rolled back instead; if the
   * log does not take the record, nobody may trust the file any more.
   *
   * @throws JetException why the change was not logged
   */
  public void commit() {
    requireOpen();
    if (isEdited()) {
      boolean ready = false;
      try {
        file.beforeChange();
        measure();
        ready = true;
      } finally {
        if (!ready) {
          rollback();
        }
      }
      try {
        finishPages();
      } catch (RuntimeException | Error e) {
        file.breakDown(e);
        letGo();
        throw e;
      }
    }
    letGo();
  }

  private boolean isEdited() {
    for (int i = 0; i < owned; i++) {
      if (pages.get(i).edited) {
        return true;
      }
    }
    return false;
  }

  private void measure() {
    if (!log.isOn()) {
      return;
    }
    record.begin();
    for (int i = 0; i < owned; i++) {
      Owned page = pages.get(i);
      PageEdits edits = page.edits;
      if (page.edited && edits != null) {
        record.measure(page.frame.bytes(), edits);
      }
    }
    record.reserve();
  }

  private void finishPages() {
    long dbtime = file.nextDbtime();
    if (log.isOn()) {
      record.write(file.databaseId(), dbtime, grownTo);
    }
    for (int i = 0; i < owned; i++) {
      Owned page = pages.get(i);
      if (page.edited) {
        long before = page.frame.view().dbtime();
        editor.on(page.frame.bytes()).setDbtime(dbtime);
        if (page.edits != null) {
          record.add(page.frame.number(), before, page.frame.bytes(), page.edits);
        }
      }
    }
    long address = log.isOn() ? log.append(record.record()) : 0;
    for (int i = 0; i < owned; i++) {
      if (pages.get(i).edited) {
        pages.get(i).frame.markDirty(address);
      }
    }
  }

  private void letGo() {
    for (int i = 0; i < owned; i++) {
      pages.get(i).frame.disown();
    }
    end();
  }

  /** Ends the change: every page is as it was before, then everything is let go. */
  public void rollback() {
    requireOpen();
    for (int i = 0; i < owned; i++) {
      Owned page = pages.get(i);
      if (page.fresh) {
        cache.discard(page.frame);
        continue;
      }
      if (page.edited && keepsImages) {
        page.frame.bytes().put(0, page.image, 0, page.image.capacity());
      } else if (page.edited) {
        file.breakDown(new IllegalStateException("a change without copies broke off"));
      }
      page.frame.disown();
    }
    end();
  }

  private void end() {
    owned = 0;
    open = false;
    for (int i = locks.size() - 1; i >= 0; i--) {
      locks.get(i).unlock();
    }
    locks.clear();
  }

  private void remember(Frame frame, boolean fresh) {
    if (owned == pages.size()) {
      boolean noted = false;
      try {
        pages.add(new Owned(frame, file.pageSize().newBuffer()));
        noted = true;
      } finally {
        if (!noted && fresh) {
          cache.discard(frame);
        } else if (!noted) {
          frame.disown();
        }
      }
    }
    Owned page = pages.get(owned++);
    page.frame = frame;
    page.edited = false;
    page.fresh = fresh;
    page.unused = false;
  }

  private Owned find(Frame frame) {
    for (int i = 0; i < owned; i++) {
      if (pages.get(i).frame == frame) {
        return pages.get(i);
      }
    }
    throw new IllegalArgumentException("page " + frame.number() + " is not part of the change");
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the change was not begun");
    }
  }
}
