package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnFlags;
import org.jetbackup.engine.record.ColumnValue;
import org.jetbackup.engine.record.LongValues;
import org.jetbackup.engine.record.RecordPlace;
import org.jetbackup.engine.record.RecordView;
import org.jetbackup.engine.record.TaggedHeader;
import org.jetbackup.engine.record.TaggedView;

/**
 * Takes the columns of one record apart. For one thread.
 *
 * <p>A budget of bytes bounds the texts and bytes that are read; what is beyond it is cut off.
 * Values of one width are small and always whole. Source: sections 9.1 to 9.5.
 */
final class CellReader {

  private final RecordView view;
  private final RecordPlace place;
  private final Optional<LongValueContent> longValues;
  private ByteBuffer record = ByteBuffer.allocate(0);
  private int budget;

  CellReader(RecordView view, RecordPlace place, Optional<LongValueContent> longValues) {
    this.view = view;
    this.place = place;
    this.longValues = longValues;
  }

  void moveTo(ByteBuffer data) {
    view.moveTo(data, 0, data.limit());
    record = data;
  }

  void setBudget(int bytes) {
    budget = bytes;
  }

  int budget() {
    return budget;
  }

  CellValue read(Column column) {
    return switch (column.kind()) {
      case FIXED -> fixed(column);
      case VARIABLE -> variable(column);
      case TAGGED -> tagged(column);
    };
  }

  private CellValue fixed(Column column) {
    int id = column.id();
    if (!view.isFixedPresent(id)) {
      return defaultOf(column);
    }
    return view.isFixedNull(id)
        ? CellValue.none()
        : value(column, record, view.fixedOffset(id), view.fixedLength(id));
  }

  private CellValue variable(Column column) {
    int id = column.id();
    if (!view.isVariablePresent(id)) {
      return defaultOf(column);
    }
    return view.isVariableNull(id)
        ? CellValue.none()
        : value(column, record, view.variableOffset(id), view.variableLength(id));
  }

  private CellValue tagged(Column column) {
    TaggedView tagged = view.tagged();
    int i = tagged.find(column.id());
    if (i == TaggedView.NOT_FOUND) {
      return defaultOf(column);
    }
    int count = tagged.values(i);
    if (count == 0) {
      return CellValue.none();
    }
    boolean single =
        (tagged.header(i) & (TaggedHeader.MULTI_VALUES | TaggedHeader.TWO_VALUES)) == 0;
    if (single) {
      return stored(column, i, 0);
    }
    List<CellValue.One> values = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      values.add(stored(column, i, n));
    }
    return new CellValue.Many(values);
  }

  private CellValue defaultOf(Column column) {
    if ((column.flags() & ColumnFlags.USER_DEFINED_DEFAULT) != 0) {
      return new CellValue.Unsupported("default that a callback gives");
    }
    if (column.defaultValue().isEmpty()) {
      return CellValue.none();
    }
    Bytes bytes = column.defaultValue().get();
    return value(column, little(bytes.toArray()), 0, bytes.length());
  }

  private CellValue.One stored(Column column, int i, int n) {
    TaggedView tagged = view.tagged();
    boolean encrypted = (tagged.header(i) & TaggedHeader.ENCRYPTED) != 0
        || (column.flags() & ColumnFlags.ENCRYPTED) != 0;
    if (encrypted) {
      return new CellValue.Unsupported("encrypted value");
    }
    try {
      if (tagged.isSeparated(i, n)) {
        return separated(column, i, n);
      }
      int at = tagged.valueOffset(i, n);
      int length = tagged.valueLength(i, n);
      if (!tagged.isCompressed(i, n)) {
        return value(column, record, at, length);
      }
      byte[] expanded = UnsupportedFormException.expand(record, at, length, place);
      return value(column, little(expanded), 0, expanded.length);
    } catch (UnsupportedFormException e) {
      return new CellValue.Unsupported(e.form());
    }
  }

  private CellValue.One separated(Column column, int i, int n) {
    if (view.tagged().valueLength(i, n) != LongValues.ID_BYTES) {
      throw new UnsupportedFormException("long value with an id of 64 bits");
    }
    long id = view.tagged().longValueId(i, n);
    if (id == 0 || !column.type().isLong()) {
      throw place.failure(
          JetErr.LV_CORRUPTED,
          "long-value id in column " + column.id() + " of type " + column.type(),
          id,
          "from 1 on, in columns of long values");
    }
    LongValueContent values = longValues.orElseThrow(() ->
        place.failure(JetErr.LV_CORRUPTED, "long-value id", id, "none without a tree for them"));
    long length = values.length(id);
    byte[] bytes = values.read(id, length, (int) Math.min(length, budget));
    return bounded(column, little(bytes), 0, bytes.length, length);
  }

  private CellValue.One value(Column column, ByteBuffer bytes, int at, int length) {
    return column.type().width() == 0
        ? bounded(column, bytes, at, Math.min(length, budget), length)
        : new CellValue.Single(ColumnValue.decode(column, bytes, at, length, place));
  }

  /** Decodes what the budget allows of a text, or of bytes, and takes it from the budget. */
  private CellValue.One bounded(Column column, ByteBuffer bytes, int at, int taken, long length) {
    boolean whole = taken == length;
    int kept = whole ? taken : wholeCharacters(column, bytes, at, taken);
    budget -= kept;
    Object value = ColumnValue.decode(column, bytes, at, kept, place);
    return whole ? new CellValue.Single(value) : new CellValue.Cut(value, length);
  }

  /** A character of UTF-16 that was cut in two would become another one. */
  private static int wholeCharacters(Column column, ByteBuffer bytes, int at, int taken) {
    if (!column.type().isText() || column.codePage() != Column.UNICODE) {
      return taken;
    }
    int kept = taken - taken % Character.BYTES;
    boolean half =
        kept > 0 && Character.isHighSurrogate((char) bytes.getShort(at + kept - Character.BYTES));
    return half ? kept - Character.BYTES : kept;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
