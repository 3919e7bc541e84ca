package org.jetbackup.engine.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A time as headers hold it, to the millisecond: eight bytes, each with a part of the time.
 *
 * <p>A value; all bits are kept, so that reading and writing gives the same bytes. Years 1900 to
 * 2155. Source: section 3.2; months count from 1, as in every file.
 *
 * @param bits the eight bytes as a little-endian number; 0 = not set
 */
public record LogTime(long bits) {

  /** No time. */
  public static final LogTime UNSET = new LogTime(0);

  static final int BYTES = 8;

  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = FIRST_YEAR + 0xFF;
  private static final int SECOND = 0;
  private static final int MINUTE = 8;
  private static final int HOUR = 16;
  private static final int DAY = 24;
  private static final int MONTH = 32;
  private static final int YEAR = 40;
  private static final int UTC = 48;
  private static final int MILLIS_LOW = 49;
  private static final int MILLIS_LOW_BITS = 7;
  private static final int MILLIS_HIGH = 57;
  private static final int MILLIS_HIGH_BITS = 3;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /**
   * Checks that the bits are a time of the calendar.
   *
   * @param bits the eight bytes
   * @throws IllegalArgumentException if they are not
   */
  public LogTime {
    if (bits != 0) {
      calendar(bits);
    }
  }

  /**
   * Turns a moment into a time of a header, in UTC. What is finer than a millisecond is cut off.
   *
   * @param moment in the years 1900 to 2155
   * @return the time
   * @throws IllegalArgumentException if the year does not fit
   */
  public static LogTime of(Instant moment) {
    LocalDateTime time = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException(
          "year = " + time.getYear() + ", allowed: " + FIRST_YEAR + " to " + LAST_YEAR);
    }
    long millis = time.getNano() / NANOS_PER_MILLI;
    return new LogTime((long) time.getSecond() << SECOND
        | (long) time.getMinute() << MINUTE
        | (long) time.getHour() << HOUR
        | (long) time.getDayOfMonth() << DAY
        | (long) time.getMonthValue() << MONTH
        | (long) (time.getYear() - FIRST_YEAR) << YEAR
        | 1L << UTC
        | (millis & mask(MILLIS_LOW_BITS)) << MILLIS_LOW
        | millis >>> MILLIS_LOW_BITS << MILLIS_HIGH);
  }

  /**
   * {@return the moment, or empty if no time is set; a time that is not marked as UTC is read as if
   * it were, since files do not tell the zone}
   */
  public Optional<Instant> moment() {
    return bits == 0 ? Optional.empty() : Optional.of(calendar(bits).toInstant(ZoneOffset.UTC));
  }

  /** {@return whether the time is marked as UTC} */
  public boolean isUtc() {
    return part(bits, UTC, 1) != 0;
  }

  /** {@return the moment in ISO form, or {@code not set}} */
  @Override
  public String toString() {
    return moment().map(m -> m.truncatedTo(ChronoUnit.MILLIS).toString()).orElse("not set");
  }

  private static LocalDateTime calendar(long bits) {
    int millis = part(bits, MILLIS_HIGH, MILLIS_HIGH_BITS) << MILLIS_LOW_BITS
        | part(bits, MILLIS_LOW, MILLIS_LOW_BITS);
    try {
      return LocalDateTime.of(
          FIRST_YEAR + part(bits, YEAR, Byte.SIZE),
          part(bits, MONTH, Byte.SIZE),
          part(bits, DAY, Byte.SIZE),
          part(bits, HOUR, Byte.SIZE),
          part(bits, MINUTE, Byte.SIZE),
          part(bits, SECOND, Byte.SIZE),
          Math.multiplyExact(millis, NANOS_PER_MILLI));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time = 0x" + Long.toHexString(bits) + ", allowed: a date", e);
    }
  }

  private static int part(long bits, int shift, int length) {
    return (int) (bits >>> shift & mask(length));
  }

  private static long mask(int length) {
    return (1L << length) - 1;
  }
}
