package org.jetbackup.api.position;

/**
 * The number of a page inside one database file.
 *
 * <p>Numbering starts at 1 with the first page behind the two header pages; the header and its
 * shadow have no number. The unit is pages, never bytes. What is called {@code pgno} in the
 * engine's own words, an unsigned 32-bit number.
 *
 * <p>Immutable, thread-safe, ordered by number. Source: the public page
 * <i>extensible-storage-engine-files</i>.
 *
 * @param value the number, {@value #MIN} to {@value #MAX}
 */
public record PageNumber(long value) implements Comparable<PageNumber> {

  /** The smallest number a page can have. */
  public static final long MIN = 1;

  /** The largest number that fits the 32 bits on disk. */
  public static final long MAX = 0xFFFF_FFFFL;

  /** The first page of every database. */
  public static final PageNumber FIRST = new PageNumber(MIN);

  /**
   * Checks the number.
   *
   * @param value the number
   * @throws IllegalArgumentException if it lies outside {@value #MIN} to {@value #MAX}
   */
  public PageNumber {
    Range.require("page number", value, MIN, MAX);
  }

  /**
   * Counts up.
   *
   * @return the page behind this one
   * @throws IllegalArgumentException at {@value #MAX}
   */
  public PageNumber next() {
    return new PageNumber(value + 1);
  }

  /**
   * Counts down.
   *
   * @return the page before this one
   * @throws IllegalArgumentException at {@value #MIN}
   */
  public PageNumber previous() {
    return new PageNumber(value - 1);
  }

  @Override
  public int compareTo(PageNumber other) {
    return Long.compare(value, other.value);
  }

  /** {@return the number in decimal, as page numbers are written everywhere} */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
