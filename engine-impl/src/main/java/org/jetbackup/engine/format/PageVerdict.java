package org.jetbackup.engine.format;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;

/**
 * What the checksum of a page says. Source: sections 5.4 and 5.5.
 *
 * @param kind the verdict
 * @param bit for {@link Kind#SINGLE_BIT} the flipped bit, counted from the start of the page, bit 0
 *     of byte 0 first; otherwise -1
 */
public record PageVerdict(Kind kind, int bit) {

  static final PageVerdict GOOD = new PageVerdict(Kind.GOOD, BlockChecksum.NO_BIT);
  static final PageVerdict BROKEN = new PageVerdict(Kind.BROKEN, BlockChecksum.NO_BIT);
  static final PageVerdict NEVER_WRITTEN =
      new PageVerdict(Kind.NEVER_WRITTEN, BlockChecksum.NO_BIT);

  /** The verdicts. */
  public enum Kind {
    /** The stored checksum is the right one. */
    GOOD,
    /** One flipped bit, and nothing else, explains the difference. Nobody repairs it. */
    SINGLE_BIT,
    /** More is wrong, or the page belongs elsewhere. */
    BROKEN,
    /** All bytes are zero: legal for a page that was never used. */
    NEVER_WRITTEN
  }

  static PageVerdict singleBit(int bit) {
    return new PageVerdict(Kind.SINGLE_BIT, bit);
  }

  /** {@return whether the page may be used: it is good, or was never written} */
  public boolean isAcceptable() {
    return kind == Kind.GOOD || kind == Kind.NEVER_WRITTEN;
  }

  /**
   * Throws unless the page may be used.
   *
   * @param file the database file, for the message
   * @param page the page that was checked
   * @throws JetException {@link JetErr#READ_VERIFY_FAILURE} for a single bit or a broken page
   */
  public void requireAcceptable(Path file, PageNumber page) {
    if (kind == Kind.SINGLE_BIT) {
      throw JetException.of(
          JetErr.READ_VERIFY_FAILURE,
          Subject.page(file, page),
          Subject.value("flipped bit of byte " + bit / Byte.SIZE, bit % Byte.SIZE));
    }
    if (kind == Kind.BROKEN) {
      throw JetException.of(JetErr.READ_VERIFY_FAILURE, Subject.page(file, page));
    }
  }
}
