package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderCopies;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageVerdict;

/**
 * Checks both copies of the header, and finds the page size even without a good one.
 *
 * <p>Source: sections 3.3 to 3.5.
 */
final class HeaderCheck {

  private static final int PAGE_SIZE_AT = 236;

  private final ByteSource source;
  private final Findings findings;
  private final boolean cleanRequired;

  HeaderCheck(ByteSource source, Findings findings, boolean cleanRequired) {
    this.source = source;
    this.findings = findings;
    this.cleanRequired = cleanRequired;
  }

  /**
   * What the headers say.
   *
   * @param size the page size, of the headers or found by trial
   * @param header the copy to believe; empty if none is good
   */
  record Result(PageSize size, Optional<DatabaseFileHeader> header) {}

  /** Answers nothing if not even the page size can be found. */
  Optional<Result> run() {
    int length = (int) Math.min(source.size(), HeaderCopies.BYTES);
    ByteBuffer start = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    source.read(start, 0);
    start.clear();
    try {
      HeaderCopies copies = HeaderCopies.read(start, source.path());
      compare(start, copies);
      checkState(copies.header());
      return Optional.of(new Result(copies.header().pageSize(), Optional.of(copies.header())));
    } catch (JetException e) {
      findings.file(FindingKind.HEADER_BROKEN, "header: " + PageRules.reason(e));
      findings.file(FindingKind.HEADER_BROKEN, "shadow header: not good for any page size");
      return guessSize(start).map(size -> new Result(size, Optional.empty()));
    }
  }

  private void compare(ByteBuffer start, HeaderCopies copies) {
    PageSize size = copies.header().pageSize();
    if (!copies.primaryGood()) {
      findings.file(FindingKind.HEADER_BROKEN, "header: " + reason(start));
    }
    if (!copies.shadowGood()) {
      int from = Math.min((int) size.shadowHeaderOffset(), start.capacity());
      ByteBuffer shadow = start.slice(from, Math.min(size.bytes(), start.capacity() - from));
      findings.file(FindingKind.HEADER_BROKEN, "shadow header: " + reason(shadow));
    }
    if (copies.primaryGood() && copies.shadowGood()) {
      ByteBuffer primary = start.slice(0, size.bytes());
      int different = primary.mismatch(start.slice(size.bytes(), size.bytes()));
      if (different >= 0) {
        findings.file(
            FindingKind.HEADERS_DIFFER, "header and shadow header differ at byte " + different);
      }
    }
  }

  private String reason(ByteBuffer copy) {
    try {
      PageSize size = DatabaseFileHeader.decode(copy, source.path()).pageSize();
      return "page size " + size.bytes() + ", not that of the other copy";
    } catch (JetException e) {
      return PageRules.reason(e);
    }
  }

  private void checkState(DatabaseFileHeader header) {
    if (header.state() != DatabaseState.CLEAN) {
      String message = "the state is " + header.state() + ", the file needs its log";
      if (cleanRequired) {
        findings.file(FindingKind.NOT_CLEAN, message);
      } else {
        findings.fileNote(FindingKind.NOT_CLEAN, message);
      }
    } else if (header.get(HeaderField.MIN_REQUIRED).isPresent()) {
      findings.file(
          FindingKind.HEADER_BROKEN,
          "header: the state is " + header.state() + ", and logs are required from "
              + header.get(HeaderField.MIN_REQUIRED).get() + " on");
    }
  }

  /** Tries the field first, then every size whose page 1 has a good checksum. */
  private Optional<PageSize> guessSize(ByteBuffer start) {
    for (PageSize size : PageSize.values()) {
      boolean room = start.capacity() >= PAGE_SIZE_AT + Integer.BYTES;
      if (room && start.getInt(PAGE_SIZE_AT) == size.bytes() && hasFirstPage(size)) {
        return Optional.of(size);
      }
    }
    for (PageSize size : PageSize.values()) {
      if (hasFirstPage(size)) {
        ByteBuffer page = size.newBuffer();
        source.read(page, size.offsetOf(PageNumber.FIRST));
        if (PageChecksum.verify(page.clear(), size, PageNumber.FIRST).kind()
            == PageVerdict.Kind.GOOD) {
          return Optional.of(size);
        }
      }
    }
    return Optional.empty();
  }

  private boolean hasFirstPage(PageSize size) {
    return size.pagesIn(source.size()) > 0;
  }

  /** Compares what the header says of all pages with what was found. */
  void checkHighest(DatabaseFileHeader header, long highestDbtime) {
    long known = header.get(HeaderField.DBTIME_DIRTIED);
    boolean clean = header.state() == DatabaseState.CLEAN;
    if (clean && Long.compareUnsigned(known, highestDbtime) < 0) {
      findings.file(
          FindingKind.DBTIME_TOO_LOW,
          "the header knows change times up to " + Long.toUnsignedString(known) + ", a page has "
              + Long.toUnsignedString(highestDbtime));
    }
  }

  /** Compares the last object id of the header with the highest of the catalog. */
  void checkLastObjectId(DatabaseFileHeader header, long highest) {
    long known = header.get(HeaderField.LAST_OBJECT_ID);
    if (known < highest) {
      findings.file(
          FindingKind.LAST_OBJECT_ID_TOO_LOW,
          "the header knows object ids up to " + known + ", the catalog has " + highest);
    }
  }
}
