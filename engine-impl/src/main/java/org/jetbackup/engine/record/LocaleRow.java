package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyBuilder.Order;

/**
 * A row of MSysLocales: a number under a name. Immutable. Source: section 8.3.
 *
 * @param key the name, without the zero that ends it on disk
 * @param type the type, 0 to 255
 * @param value the number, with sign
 */
public record LocaleRow(String key, int type, int value) {

  static final Column TYPE =
      Column.of(1, "Type", ColumnType.UNSIGNED_BYTE, 1, ColumnFlags.NOT_NULL, 0);
  static final Column VALUE = new Column(
      2,
      "iValue",
      ColumnType.LONG,
      4,
      ColumnFlags.DEFAULT | ColumnFlags.ESCROW,
      0,
      Optional.of(Bytes.of(new byte[Integer.BYTES])));
  static final Column KEY = Column.of(128, "Key", ColumnType.BINARY, 255, 0, 0);
  static final FixedLayout LAYOUT = FixedLayout.ofWidths(1, 4);

  private static final int END_BYTES = 2;

  private byte[] keyBytes() {
    return (key + "\0").getBytes(StandardCharsets.UTF_16LE);
  }

  /** {@return the key of the row, cut off if the name is long} */
  public byte[] nodeKey() {
    return new KeyBuilder(KeyBuilder.DEFAULT_KEY_MOST)
        .value(KEY, Order.ASCENDING, keyBytes())
        .toBytes();
  }

  /**
   * Encodes the row.
   *
   * @param size the page size of the database
   * @return the record
   */
  public byte[] encode(PageSize size) {
    return new RecordWriter(size)
        .fixed8(type)
        .fixed32(value)
        .variable(keyBytes())
        .toBytes();
  }

  /**
   * Decodes a row.
   *
   * @param bytes a little-endian buffer, for example the page
   * @param at the first byte of the record
   * @param length the length of the record
   * @param size the page size of the database
   * @param place for the message of a failure
   * @return the row
   * @throws org.jetbackup.api.error.JetException NODE_CORRUPTED if it is no record,
   *     CATALOG_CORRUPTED if it has other columns
   */
  public static LocaleRow decode(
      ByteBuffer bytes, int at, int length, PageSize size, RecordPlace place) {
    RecordView view = new RecordView(LAYOUT, size, place).moveTo(bytes, at, length);
    boolean whole = view.isFixedPresent(VALUE.id())
        && !view.isFixedNull(TYPE.id())
        && !view.isFixedNull(VALUE.id())
        && view.isVariablePresent(KEY.id())
        && view.variableLength(KEY.id()) >= END_BYTES;
    if (!whole) {
      throw place.failure(
          JetErr.CATALOG_CORRUPTED, "row of MSysLocales", length + " bytes", "all three columns");
    }
    byte[] name = new byte[view.variableLength(KEY.id()) - END_BYTES];
    bytes.get(view.variableOffset(KEY.id()), name);
    return new LocaleRow(
        new String(name, StandardCharsets.UTF_16LE),
        RecordLayout.u8(bytes, view.fixedOffset(TYPE.id())),
        bytes.getInt(view.fixedOffset(VALUE.id())));
  }
}
