package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyBuilder.Order;

/**
 * A row of MSysObjids, which lists every tree with an object id: tables, secondary indexes, trees
 * of long values. Immutable. Source: section 8.3.
 *
 * @param objectId the object id
 * @param tableId the object id of the table it belongs to; a table belongs to itself
 * @param type {@link #TABLE}, {@link #INDEX} or {@link #LONG_VALUES}
 */
public record ObjectIdRow(long objectId, long tableId, int type) {

  /** A table. */
  public static final int TABLE = CatalogTable.TYPE_TABLE;

  /** A secondary index. */
  public static final int INDEX = CatalogTable.TYPE_INDEX;

  /** A tree of long values. */
  public static final int LONG_VALUES = CatalogTable.TYPE_LONG_VALUES;

  static final Column OBJECT_ID = Column.of(256, "objid", ColumnType.LONG, 4, 0, 0);
  static final Column TABLE_ID = Column.of(257, "objidTable", ColumnType.LONG, 4, 0, 0);
  static final Column TYPE = Column.of(258, "type", ColumnType.SHORT, 2, 0, 0);

  /** {@return the key of the row} */
  public byte[] key() {
    return new KeyBuilder(KeyBuilder.DEFAULT_KEY_MOST)
        .value(OBJECT_ID, Order.ASCENDING, CatalogKeys.little(Integer.BYTES, objectId))
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
        .tagged(OBJECT_ID.id(), 0, CatalogKeys.little(Integer.BYTES, objectId))
        .tagged(TABLE_ID.id(), 0, CatalogKeys.little(Integer.BYTES, tableId))
        .tagged(TYPE.id(), 0, CatalogKeys.little(Short.BYTES, type))
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
  public static ObjectIdRow decode(
      ByteBuffer bytes, int at, int length, PageSize size, RecordPlace place) {
    RecordView view = new RecordView(FixedLayout.NONE, size, place).moveTo(bytes, at, length);
    TaggedView tagged = view.tagged();
    return new ObjectIdRow(
        RecordLayout.u32(bytes, offset(tagged, OBJECT_ID, place)),
        RecordLayout.u32(bytes, offset(tagged, TABLE_ID, place)),
        RecordLayout.u16(bytes, offset(tagged, TYPE, place)));
  }

  private static int offset(TaggedView tagged, Column column, RecordPlace place) {
    int i = tagged.find(column.id());
    boolean plain = i != TaggedView.NOT_FOUND && tagged.values(i) == 1 && tagged.header(i) == 0;
    if (!plain || tagged.valueLength(i, 0) != column.type().width()) {
      throw place.failure(
          JetErr.CATALOG_CORRUPTED,
          "column of MSysObjids",
          column.name(),
          column.type().width() + " bytes");
    }
    return tagged.valueOffset(i, 0);
  }
}
