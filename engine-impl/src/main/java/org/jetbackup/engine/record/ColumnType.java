package org.jetbackup.engine.record;

import java.util.Optional;

/** The type of a column. Source: section 8.5. */
public enum ColumnType {
  /** 00 is false, ff is true. */
  BIT(1, 1),
  /** 8 bits without sign. */
  UNSIGNED_BYTE(2, 1),
  /** 16 bits with sign. */
  SHORT(3, 2),
  /** 32 bits with sign. */
  LONG(4, 4),
  /** 64 bits with sign, in ten-thousandths. */
  CURRENCY(5, 8),
  /** A 32-bit floating-point number. */
  IEEE_SINGLE(6, 4),
  /** A 64-bit floating-point number. */
  IEEE_DOUBLE(7, 8),
  /** Days since 30 December 1899, as a 64-bit floating-point number. */
  DATE_TIME(8, 8),
  /** Up to 255 bytes. */
  BINARY(9, 0),
  /** Up to 255 bytes of text. */
  TEXT(10, 0),
  /** Bytes that may be a long value. */
  LONG_BINARY(11, 0),
  /** Text that may be a long value. */
  LONG_TEXT(12, 0),
  /** 32 bits without sign. */
  UNSIGNED_LONG(14, 4),
  /** 64 bits with sign. */
  LONG_LONG(15, 8),
  /** 16 bytes. */
  GUID(16, 16),
  /** 16 bits without sign. */
  UNSIGNED_SHORT(17, 2),
  /** 64 bits without sign. */
  UNSIGNED_LONG_LONG(18, 8);

  private static final ColumnType[] TYPES = values();

  private final int number;
  private final int width;

  ColumnType(int number, int width) {
    this.number = number;
    this.width = width;
  }

  /**
   * Finds a type by its number.
   *
   * @param number the number in the catalog
   * @return the type; empty if there is none
   */
  public static Optional<ColumnType> ofNumber(long number) {
    for (ColumnType type : TYPES) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** {@return the number in the catalog} */
  public int number() {
    return number;
  }

  /** {@return the width of every value in bytes; 0 if values differ in length} */
  public int width() {
    return width;
  }

  /** {@return whether values may be long values, so that they always have a header byte} */
  public boolean isLong() {
    return this == LONG_BINARY || this == LONG_TEXT;
  }

  /** {@return whether values are text} */
  public boolean isText() {
    return this == TEXT || this == LONG_TEXT;
  }

  /** {@return whether values are bytes without further meaning} */
  public boolean isBinary() {
    return this == BINARY || this == LONG_BINARY;
  }
}
