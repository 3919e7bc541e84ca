package org.jetbackup.engine.buffer;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which frame holds which page: a hash table of fixed size. Finding takes no lock and may miss a
 * page that is there while others are added or removed; {@link #add} decides under the lock.
 */
final class FrameTable {

  private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

  private final AtomicReferenceArray<@Nullable Frame> buckets;
  private final int shift;

  FrameTable(int frames) {
    int bits = Math.max(4, Integer.SIZE - Integer.numberOfLeadingZeros(frames));
    this.buckets = new AtomicReferenceArray<>(1 << bits);
    this.shift = Long.SIZE - bits;
  }

  @Nullable
  Frame find(PagedFile file, long page) {
    Frame frame = buckets.get(bucket(file, page));
    while (frame != null && !frame.holds(file, page)) {
      frame = frame.nextInBucket;
    }
    return frame;
  }

  /**
   * Adds a frame that was assigned a page, unless another holds that page: then answers that one.
   */
  synchronized @Nullable Frame add(Frame frame, PagedFile file, long page) {
    Frame other = find(file, page);
    if (other != null) {
      return other;
    }
    int bucket = bucket(file, page);
    frame.nextInBucket = buckets.get(bucket);
    buckets.set(bucket, frame);
    return null;
  }

  synchronized void remove(Frame frame, PagedFile file, long page) {
    int bucket = bucket(file, page);
    Frame before = buckets.get(bucket);
    if (before == frame) {
      buckets.set(bucket, frame.nextInBucket);
      return;
    }
    while (before != null) {
      Frame next = before.nextInBucket;
      if (next == frame) {
        before.nextInBucket = frame.nextInBucket;
        return;
      }
      before = next;
    }
    throw new IllegalStateException("page " + page + " is not in the table");
  }

  private int bucket(PagedFile file, long page) {
    return (int) (((page + ((long) file.id() << Integer.SIZE)) * GOLDEN_RATIO) >>> shift);
  }
}
