package org.jetbackup.engine.buffer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.storage.DoubleWrite;
import org.jspecify.annotations.Nullable;

/**
 * Writes changed pages back, in batches, in the order of their numbers.
 *
 * <p>For each page of a batch, under its shared latch: the checksum is written into the page and the
 * page is copied. Then, without any latch: the log is forced as far as the pages need it, and the
 * batch is written twice. Only then, under the latch again, a page that was not changed meanwhile
 * counts as clean. The flush lock makes it one batch at a time; nobody waits for a latch while
 * holding it, because the owner of that latch may be the one who waits for room in the cache.
 */
final class Flush {

  private final PageCache cache;
  private final ReentrantLock lock = new ReentrantLock();

  /** The frames that are copied into the batch, and their edits then; under the lock. */
  private final List<Frame> copied = new ArrayList<>();

  private long[] editsThen = new long[0];

  Flush(PageCache cache) {
    this.cache = cache;
  }

  /** Writes one batch of what the clock comes to next, so that there is something to evict. */
  void some() {
    lock.lock();
    try {
      List<Frame> chosen = new ArrayList<>();
      PagedFile file = choose(chosen);
      if (file != null) {
        write(file, byNumber(chosen), new ArrayList<>());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes all pages of a file that are changed now, then forces the file. */
  void all(PagedFile file) {
    List<Frame> rest = changed(file);
    while (!rest.isEmpty()) {
      List<Frame> left = new ArrayList<>();
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
      left.forEach(frame -> {
        frame.share();
        frame.release();
      });
      rest = left;
    }
    file.file().force();
  }

  private @Nullable PagedFile choose(List<Frame> chosen) {
    PagedFile file = null;
    int count = cache.frameCount();
    int hand = cache.hand();
    for (int i = 1; i <= count; i++) {
      Frame frame = cache.frame((hand + i) % count);
      PagedFile owner = frame.file();
      if (owner == null || !frame.isDirty() || (file != null && owner != file)) {
        continue;
      }
      file = owner;
      chosen.add(frame);
      if (chosen.size() == owner.doubleWrite().capacity()) {
        break;
      }
    }
    return file;
  }

  private List<Frame> changed(PagedFile file) {
    List<Frame> found = new ArrayList<>();
    for (int i = 0; i < cache.frameCount(); i++) {
      Frame frame = cache.frame(i);
      if (frame.belongsTo(file) && frame.isDirty()) {
        found.add(frame);
      }
    }
    return byNumber(found);
  }

  /** Sorts by numbers that are read once: no latch is held, so a frame may get another any time. */
  private static List<Frame> byNumber(List<Frame> frames) {
    record Numbered(long number, Frame frame) {}
    return frames.stream()
        .map(frame -> new Numbered(frame.number(), frame))
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::frame)
        .toList();
  }

  private void write(PagedFile file, List<Frame> frames, List<Frame> left) {
    DoubleWrite doubleWrite = file.doubleWrite();
    if (editsThen.length < frames.size()) {
      editsThen = new long[frames.size()];
    }
    copied.clear();
    doubleWrite.begin(file.file());
    long logPosition = 0;
    long before = 0;
    for (Frame frame : frames) {
      if (!frame.tryShare()) {
        left.add(frame);
        continue;
      }
      try {
        // A frame that was chosen a while ago may hold another page by now, written already.
        if (frame.belongsTo(file) && frame.isDirty() && frame.number() > before) {
          before = frame.number();
          PageNumber number = new PageNumber(frame.number());
          // Nobody else reads or writes the bytes of the checksum while the page is here.
          PageChecksum.stamp(frame.bytes(), file.pageSize(), number);
          doubleWrite.add(number, frame.bytes());
          editsThen[copied.size()] = frame.edits();
          copied.add(frame);
          logPosition = Math.max(logPosition, frame.logPosition());
        }
      } finally {
        frame.release();
      }
    }
    if (!copied.isEmpty()) {
      cache.log().upTo(logPosition);
      doubleWrite.writeTo(file.file());
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
        frame.release();
      }
    }
  }
}
