package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jetbackup.api.error.JetException;

/**
 * The header of a database file, chosen from its two copies.
 *
 * <p>The primary wins if it is good, even if the shadow is good and differs. Without a good primary
 * the page size is unknown, so the shadow is looked for behind a page of each size. Immutable.
 * Source: section 3.5.
 *
 * @param header the header to use
 * @param primaryGood whether the primary copy is good
 * @param shadowGood whether the shadow copy is good
 */
public record HeaderCopies(DatabaseFileHeader header, boolean primaryGood, boolean shadowGood) {

  /** How many bytes of the start of a file hold both copies, whatever the page size. */
  public static final int BYTES = 2 * 32 * 1024;

  /**
   * Checks that there is a header.
   *
   * @param header the header to use
   * @param primaryGood whether the primary copy is good
   * @param shadowGood whether the shadow copy is good
   */
  public HeaderCopies {
    Objects.requireNonNull(header, "header");
  }

  /**
   * Chooses.
   *
   * @param start the start of the file: {@value #BYTES} bytes, or all of it if it is shorter, from
   *     position to limit; the position does not change
   * @param file the file, for messages
   * @return the header, and which copies are good
   * @throws JetException what is wrong with the primary copy, if neither is good; see {@link
   *     DatabaseFileHeader#decode}
   */
  public static HeaderCopies read(ByteBuffer start, Path file) {
    JetException primaryFailure;
    try {
      DatabaseFileHeader primary = DatabaseFileHeader.decode(start, file);
      boolean shadowGood = shadow(start, primary.pageSize(), file).isPresent();
      return new HeaderCopies(primary, true, shadowGood);
    } catch (JetException e) {
      primaryFailure = e;
    }
    for (PageSize size : PageSize.values()) {
      Optional<DatabaseFileHeader> shadow = shadow(start, size, file);
      if (shadow.isPresent()) {
        return new HeaderCopies(shadow.get(), false, true);
      }
    }
    throw primaryFailure;
  }

  private static Optional<DatabaseFileHeader> shadow(ByteBuffer start, PageSize size, Path file) {
    int at = (int) size.shadowHeaderOffset();
    if (start.remaining() < at + size.bytes()) {
      return Optional.empty();
    }
    ByteBuffer copy = start.slice(start.position() + at, size.bytes());
    try {
      DatabaseFileHeader header = DatabaseFileHeader.decode(copy, file);
      return header.pageSize() == size ? Optional.of(header) : Optional.empty();
    } catch (JetException e) {
      return Optional.empty(); // the caller reports the primary's failure
    }
  }
}
