package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;

/** Reads single pages of the database, those it owns. For one thread. */
final class PageReader {

  private final ByteSource source;
  private final PageSize size;
  private final long last;

  PageReader(ByteSource source, PageSize size, long last) {
    this.source = source;
    this.size = size;
    this.last = last;
  }

  PageSize size() {
    return size;
  }

  Path file() {
    return source.path();
  }

  /** The last page that may be read; all before it, down to 1, may be read too. */
  long last() {
    return last;
  }

  boolean contains(long page) {
    return page >= PageNumber.MIN && page <= last;
  }

  /** Reads a page into a buffer, from its index 0 on; checks nothing. */
  PageView read(long page, ByteBuffer buffer) {
    PageNumber number = new PageNumber(page);
    source.read(buffer.clear().limit(size.bytes()), size.offsetOf(number));
    return new PageView(buffer.clear(), size, number, source.path());
  }
}
