package org.jetbackup.engine.buffer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.event.PageWriteEvent;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.storage.DoubleWrite;
import org.jspecify.annotations.Nullable;

/**
 * Writes changed pages back, in batches, in the order of their numbers.
 *
 * <p>For each page of a batch, under its shared latch: the checksum is written into the page and
 * the page is copied. Then, without any latch: the log is forced as far as the pages need it, and
 * the batch is written twice. Only then, under the latch again, a page that was not changed
 * meanwhile counts as clean. The flush lock makes it one batch at a time; nobody waits for a latch
 * while holding it, because the owner of that latch may be the one who waits for room in the cache.
 */
final class Flush {

  private static final Comparator<Chosen> BY_NUMBER = Comparator.comparingLong(Chosen::number);

  private final PageCache cache;
  private final ReentrantLock lock = new ReentrantLock();

  /** The frames that are copied into the batch, and their edits then; under the lock. */
  private final List<Frame> copied = new ArrayList<>();

  private long[] editsThen = new long[0];

  /** The numbers of their pages; under the lock. */
  private long[] numbers = new long[0];

  /** A frame, and the page that it held when it was chosen: by now it may hold another. */
  private record Chosen(Frame frame, long number) {}

  Flush(PageCache cache) {
    this.cache = cache;
  }

  /**
   * Writes one batch of what the clock comes to next, so that there is something to evict. A file
   * that cannot be written is passed over, as long as another has changed pages.
   */
  void some() {
    lock.lock();
    try {
      List<PagedFile> failed = new ArrayList<>();
      List<Chosen> chosen = new ArrayList<>();
      JetException failure = null;
      for (PagedFile file = choose(chosen, failed); file != null; file = choose(chosen, failed)) {
        chosen.sort(BY_NUMBER);
        try {
          write(file, chosen, new ArrayList<>());
          return;
        } catch (JetException e) {
          failure = failure == null ? e : failure;
          failed.add(file);
          chosen.clear();
        }
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns when no batch that was begun before the call is on its way. */
  void awaitEnd() {
    lock.lock();
    try {
      copied.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Writes all pages of a file that are changed now, then forces the file. */
  void all(PagedFile file) {
    List<Chosen> rest = changed(file);
    while (!rest.isEmpty()) {
      List<Chosen> left = new ArrayList<>();
      int capacity = file.doubleWrite().capacity();
      for (int from = 0; from < rest.size(); from += capacity) {
        lock.lock();
        try {
          write(file, rest.subList(from, Math.min(rest.size(), from + capacity)), left);
        } finally {
          lock.unlock();
        }
      }
      // Wait for their owners here, where no lock is held, and try again.
      left.forEach(chosen -> {
        chosen.frame().share();
        chosen.frame().release();
      });
      rest = left;
    }
    writing(file, () -> file.file().force());
  }

  /** A force that fails is remembered by its file; whoever keeps the instance has to know. */
  private void writing(PagedFile file, Runnable action) {
    try {
      action.run();
    } catch (JetException e) {
      if (file.isUnforced()) {
        cache.damage().takesNoMore(file, e);
      }
      throw e;
    }
  }

  private @Nullable PagedFile choose(List<Chosen> chosen, List<PagedFile> failed) {
    PagedFile file = null;
    int count = cache.frameCount();
    int hand = cache.hand();
    for (int i = 1; i <= count; i++) {
      Frame frame = cache.frame((hand + i) % count);
      PagedFile owner = frame.file();
      boolean wanted = file == null ? !failed.contains(owner) : owner == file;
      if (owner == null || !frame.isDirty() || !wanted) {
        continue;
      }
      file = owner;
      chosen.add(new Chosen(frame, frame.number()));
      if (chosen.size() == owner.doubleWrite().capacity()) {
        break;
      }
    }
    return file;
  }

  private List<Chosen> changed(PagedFile file) {
    List<Chosen> found = new ArrayList<>();
    for (int i = 0; i < cache.frameCount(); i++) {
      Frame frame = cache.frame(i);
      if (frame.belongsTo(file) && frame.isDirty()) {
        found.add(new Chosen(frame, frame.number()));
      }
    }
    found.sort(BY_NUMBER);
    return found;
  }

  private void write(PagedFile file, List<Chosen> frames, List<Chosen> left) {
    DoubleWrite doubleWrite = file.doubleWrite();
    if (editsThen.length < frames.size()) {
      editsThen = new long[frames.size()];
      numbers = new long[frames.size()];
    }
    copied.clear();
    writing(file, () -> doubleWrite.begin(file.file()));
    long logPosition = 0;
    long before = 0;
    for (Chosen chosen : frames) {
      Frame frame = chosen.frame();
      if (!frame.tryShare()) {
        left.add(chosen);
        continue;
      }
      try {
        // A page that is elsewhere by now was written before it left, or is of no use any more.
        if (frame.holds(file, chosen.number()) && frame.isDirty() && chosen.number() > before) {
          before = chosen.number();
          PageNumber number = new PageNumber(before);
          // Nobody else reads or writes the bytes of the checksum while the page is here.
          PageChecksum.stamp(frame.bytes(), file.pageSize(), number);
          doubleWrite.add(number, frame.bytes());
          editsThen[copied.size()] = frame.edits();
          numbers[copied.size()] = before;
          copied.add(frame);
          logPosition = Math.max(logPosition, frame.logPosition());
        }
      } finally {
        frame.leave();
      }
    }
    file.requireSound(); // now, as a page that was copied may be of the change that broke off
    if (!copied.isEmpty()) {
      cache.log().upTo(logPosition);
      PageWriteEvent event = PageWriteEvent.started();
      file.gate().beginWrite(numbers, copied.size());
      try {
        writing(file, () -> doubleWrite.writeTo(file.file()));
      } finally {
        file.gate().endWrite();
      }
      event.ended(file.path(), copied.size());
      cache.counters().pagesWritten(copied.size());
      markWritten(file);
    }
  }

  private void markWritten(PagedFile file) {
    for (int i = 0; i < copied.size(); i++) {
      Frame frame = copied.get(i);
      if (frame.tryShare()) { // otherwise it is being changed, and stays dirty
        if (frame.belongsTo(file)) {
          frame.markWritten(editsThen[i]);
        }
        frame.leave();
      }
    }
  }
}
