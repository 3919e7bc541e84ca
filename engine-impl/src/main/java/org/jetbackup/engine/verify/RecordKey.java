package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.List;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnKind;
import org.jetbackup.engine.record.ColumnType;
import org.jetbackup.engine.record.RecordView;
import org.jetbackup.engine.record.TaggedView;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of a record again, from the columns of an index, as far as that can be done here:
 * text in Unicode is sorted by rules of the operating system, and long or compressed values lie
 * elsewhere. For one thread. Source: sections 8.2 and 10.
 */
final class RecordKey {

  /** The longest key, if the index does not say otherwise. */
  static final int KEY_MOST = 255;

  private static final int NULLS_SORT_HIGH = 0x800;
  private static final int DESCENDING = 0x40;
  private static final int CHUNK = 8;

  private final List<Part> parts;
  private final boolean nullsHigh;
  private final int keyMost;
  private final KeyMaker key = new KeyMaker();
  private byte[] value = new byte[255];
  private boolean whole;

  /**
   * A column of the index.
   *
   * @param column the column; null if the table has none of that id
   * @param isDescending whether it sorts from high to low
   */
  record Part(@Nullable Column column, boolean isDescending) {}

  RecordKey(List<Part> parts, int indexFlags, int keyMost) {
    this.parts = parts;
    this.nullsHigh = (indexFlags & NULLS_SORT_HIGH) != 0;
    this.keyMost = keyMost;
  }

  static boolean isDescending(byte columnFlags) {
    return (columnFlags & DESCENDING) != 0;
  }

  /** Compares the key of a node with that of its record. */
  boolean fits(RecordView record, ByteBuffer bytes, byte[] nodeKey, int nodeLength) {
    whole = true;
    key.clear();
    for (Part part : parts) {
      if (key.length() > keyMost) {
        break;
      }
      int from = key.length();
      Column column = part.column();
      if (column == null || !add(column, record, bytes)) {
        whole = false;
        break;
      }
      if (part.isDescending()) {
        key.complementFrom(from);
      }
    }
    return compare(nodeKey, nodeLength);
  }

  private boolean compare(byte[] nodeKey, int nodeLength) {
    boolean cut = key.length() > keyMost;
    if (nodeLength > keyMost) {
      return false;
    }
    if (whole && !cut && nodeLength != key.length()) {
      return false;
    }
    if (cut && nodeLength < keyMost - CHUNK) {
      return false; // the padding of the last piece may be left out
    }
    int common = Math.min(nodeLength, Math.min(key.length(), keyMost));
    if (!cut && common < key.length()) {
      return false; // shorter than what is known of the key
    }
    for (int i = 0; i < common; i++) {
      if (nodeKey[i] != key.bytes()[i]) {
        return false;
      }
    }
    return true;
  }

  /** Adds a column; answers false if its key is not known here. */
  private boolean add(Column column, RecordView record, ByteBuffer bytes) {
    return switch (column.kind()) {
      case FIXED -> {
        if (!record.isFixedPresent(column.id())) {
          yield absent(column);
        }
        boolean isNull = record.isFixedNull(column.id());
        yield isNull
            ? none()
            : value(
                column, bytes, record.fixedOffset(column.id()), record.fixedLength(column.id()));
      }
      case VARIABLE -> {
        if (!record.isVariablePresent(column.id())) {
          yield absent(column);
        }
        boolean isNull = record.isVariableNull(column.id());
        yield isNull
            ? none()
            : value(
                column,
                bytes,
                record.variableOffset(column.id()),
                record.variableLength(column.id()));
      }
      case TAGGED -> tagged(column, record.tagged(), bytes);
    };
  }

  private boolean tagged(Column column, TaggedView tagged, ByteBuffer bytes) {
    int at = tagged.find(column.id());
    if (at == TaggedView.NOT_FOUND) {
      return absent(column);
    }
    if (tagged.isNull(at)) {
      return none();
    }
    boolean plain =
        tagged.values(at) == 1 && !tagged.isSeparated(at, 0) && !tagged.isCompressed(at, 0);
    return plain && value(column, bytes, tagged.valueOffset(at, 0), tagged.valueLength(at, 0));
  }

  private boolean absent(Column column) {
    return column.defaultValue().isEmpty() && none();
  }

  private boolean none() {
    key.none(nullsHigh);
    return true;
  }

  private boolean value(Column column, ByteBuffer bytes, int at, int length) {
    ColumnType type = column.type();
    if (type.width() != 0 && length != type.width()) {
      return false;
    }
    if (value.length < length) {
      value = new byte[length];
    }
    bytes.get(at, value, 0, length);
    switch (type) {
      case BIT -> key.integer(value[0] == 0 ? 0 : 0xff, 1);
      case UNSIGNED_BYTE, UNSIGNED_SHORT, UNSIGNED_LONG, UNSIGNED_LONG_LONG ->
        key.integer(number(length), length);
      case SHORT, LONG, LONG_LONG, CURRENCY ->
        key.integer(number(length) ^ (1L << (length * Byte.SIZE - 1)), length);
      case IEEE_SINGLE, IEEE_DOUBLE, DATE_TIME -> key.floating(number(length), length);
      case BINARY, LONG_BINARY -> {
        if (column.kind() == ColumnKind.FIXED) {
          key.fixedBinary(value, length);
        } else {
          key.binary(value, length);
        }
      }
      case TEXT, LONG_TEXT -> {
        if (column.codePage() == Column.UNICODE) {
          return false;
        }
        key.text(value, 0, length);
      }
      case GUID -> {
        return false; // its order depends on a flag of the index that this format lacks
      }
    }
    return true;
  }

  /** The value as a little-endian number. */
  private long number(int length) {
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(value[i]);
    }
    return number;
  }
}
