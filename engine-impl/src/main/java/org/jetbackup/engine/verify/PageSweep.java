package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageVerdict;
import org.jetbackup.engine.format.PageView;

/**
 * Reads all pages once, from the first to the last, in large pieces, and checks their checksums.
 * Source: section 14, point 3.
 */
final class PageSweep {

  private static final int CHUNK = 1024 * 1024;

  private final ByteSource source;
  private final PageSize size;
  private final Findings findings;
  private long neverWritten;
  private long highestDbtime;

  PageSweep(ByteSource source, PageSize size, Findings findings) {
    this.source = source;
    this.size = size;
    this.findings = findings;
  }

  void run(long last, VerifyOptions.Progress progress) {
    int room = (int) Math.min(CHUNK / size.bytes(), last);
    ByteBuffer chunk = ByteBuffer.allocate(room * size.bytes());
    for (long page = PageNumber.MIN; page <= last; page += room) {
      int count = (int) Math.min(room, last - page + 1);
      PageNumber first = new PageNumber(page);
      source.read(chunk.clear().limit(count * size.bytes()), size.offsetOf(first));
      for (int i = 0; i < count; i++) {
        ByteBuffer bytes = chunk.slice(i * size.bytes(), size.bytes());
        check(bytes.order(ByteOrder.LITTLE_ENDIAN), new PageNumber(page + i));
      }
      progress.pages(page + count - 1, last);
    }
  }

  private void check(ByteBuffer page, PageNumber number) {
    PageVerdict verdict = PageChecksum.verify(page, size, number);
    switch (verdict.kind()) {
      case NEVER_WRITTEN -> neverWritten++;
      case GOOD -> {
        long dbtime = new PageView(page, size, number, source.path()).dbtime();
        if (Long.compareUnsigned(dbtime, highestDbtime) > 0) {
          highestDbtime = dbtime;
        }
      }
      case SINGLE_BIT ->
        findings.page(
            FindingKind.CHECKSUM_SINGLE_BIT,
            number.value(),
            "bit " + verdict.bit() % Byte.SIZE + " of byte " + verdict.bit() / Byte.SIZE
                + " is flipped");
      case BROKEN ->
        findings.page(
            FindingKind.CHECKSUM_BROKEN,
            number.value(),
            "the checksum is wrong, and no single bit explains it");
    }
  }

  long neverWritten() {
    return neverWritten;
  }

  /** The highest change time of all pages with a good checksum; unsigned. */
  long highestDbtime() {
    return highestDbtime;
  }
}
