package org.jetbackup.engine.record;

import java.util.Objects;
import java.util.Optional;

/**
 * A column of a table. Immutable. Source: sections 8.2 to 8.5.
 *
 * @param id 1 to 65535; decides the {@link #kind()}
 * @param name the name
 * @param type the type
 * @param maxLength the longest value in bytes; 0 = no limit but that of the type
 * @param flags bits of {@link ColumnFlags}
 * @param codePage of text: {@link #UNICODE} or {@link #LATIN}; means nothing for other types
 * @param defaultValue what a record has that does not hold the column; empty = null
 */
public record Column(
    int id,
    String name,
    ColumnType type,
    int maxLength,
    int flags,
    int codePage,
    Optional<Bytes> defaultValue) {

  /** The code page of UTF-16, little endian. */
  public static final int UNICODE = 1200;

  /** The code page of one byte per character. */
  public static final int LATIN = 1252;

  /**
   * Checks that the parts are there.
   *
   * @throws IllegalArgumentException if no column has that id
   */
  public Column {
    ColumnKind.of(id);
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(defaultValue, "defaultValue");
  }

  /**
   * Makes a column without a default value.
   *
   * @param id the id
   * @param name the name
   * @param type the type
   * @param maxLength the longest value in bytes
   * @param flags bits of {@link ColumnFlags}
   * @param codePage the code page of text
   * @return the column
   */
  public static Column of(
      int id, String name, ColumnType type, int maxLength, int flags, int codePage) {
    return new Column(id, name, type, maxLength, flags, codePage, Optional.empty());
  }

  /** {@return where the column stands in a record} */
  public ColumnKind kind() {
    return ColumnKind.of(id);
  }

  /** {@return whether all bits are set} */
  boolean has(int bits) {
    return (flags & bits) == bits;
  }

  /** {@return how wide a fixed column is: text and bytes take their maximum} */
  int fixedWidth() {
    return type.width() == 0 ? maxLength : type.width();
  }
}
