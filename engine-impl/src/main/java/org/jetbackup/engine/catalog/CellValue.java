package org.jetbackup.engine.catalog;

import java.util.List;
import java.util.Objects;

/**
 * What one row has in one column, for people to read. Immutable. The objects inside are those of
 * {@link org.jetbackup.engine.record.ColumnValue#decode}.
 */
public sealed interface CellValue {

  /** One value, in a cell of its own or among many. */
  sealed interface One extends CellValue {}

  /** No value, which is not the same as an empty one. */
  record Null() implements CellValue {

    static final Null INSTANCE = new Null();

    @Override
    public String toString() {
      return "NULL";
    }
  }

  /**
   * A whole value.
   *
   * @param value the value
   */
  record Single(Object value) implements One {

    /** Checks that it is there. */
    public Single {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /**
   * The beginning of a text, or of bytes, that has more than the reader was to read.
   *
   * @param beginning the first part; the last character of a text is whole
   * @param length how many bytes the whole value has, as the file says
   */
  record Cut(Object beginning, long length) implements One {

    /** Checks that it is there. */
    public Cut {
      Objects.requireNonNull(beginning, "beginning");
    }

    @Override
    public String toString() {
      return beginning + "... (" + length + " bytes)";
    }
  }

  /**
   * A form that this engine does not read. The value is there and may be sound.
   *
   * @param reason the form
   */
  record Unsupported(String reason) implements One {

    /** Checks that it is there. */
    public Unsupported {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
      return "(not supported: " + reason + ")";
    }
  }

  /**
   * The values of a column that has many, in the order of the record.
   *
   * @param values from one on
   */
  record Many(List<One> values) implements CellValue {

    /** Copies the list. */
    public Many {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** {@return no value} */
  static CellValue none() {
    return Null.INSTANCE;
  }
}
