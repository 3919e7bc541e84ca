package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jetbackup.engine.record.KeyBuilder.Order;

/** Keys of the catalog's three indexes. Thread-safe. Source: sections 8.1 and 8.3. */
public final class CatalogKeys {

  private CatalogKeys() {}

  /**
   * Makes the key of a row.
   *
   * @param tableId the object id of the table
   * @param type the type of the row
   * @param id the id of the row
   * @return the key, 13 bytes
   */
  public static byte[] primary(long tableId, int type, long id) {
    return typed(tableId, type)
        .value(column(CatalogTable.ID), Order.ASCENDING, little(Integer.BYTES, id))
        .toBytes();
  }

  /**
   * Makes the key of all rows of a table, to search for the first of them.
   *
   * @param tableId the object id of the table
   * @return the key, 5 bytes, with which the keys of those rows begin
   */
  public static byte[] table(long tableId) {
    return builder(tableId).toBytes();
  }

  /**
   * Makes the key of an entry of the index Name.
   *
   * @param tableId the object id of the table
   * @param type the type of the row
   * @param name the name of the row; case does not matter
   * @return the key
   */
  public static byte[] name(long tableId, int type, String name) {
    return typed(tableId, type)
        .value(column(CatalogTable.NAME), Order.ASCENDING, text(name))
        .toBytes();
  }

  /**
   * Makes the key of an entry of the index RootObjects.
   *
   * @param name the name of a table; case does not matter
   * @return the key
   */
  public static byte[] rootObjects(String name) {
    return new KeyBuilder(KeyBuilder.DEFAULT_KEY_MOST)
        .value(column(CatalogTable.ROOT_FLAG), Order.ASCENDING, (byte) CatalogTable.ROOT_FLAG_SET)
        .value(column(CatalogTable.NAME), Order.ASCENDING, text(name))
        .toBytes();
  }

  /** One byte per character, and every byte comes back. */
  static byte[] text(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] little(int width, long value) {
    byte[] whole = ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, value)
        .array();
    return Arrays.copyOf(whole, width);
  }

  private static KeyBuilder builder(long tableId) {
    return new KeyBuilder(KeyBuilder.DEFAULT_KEY_MOST)
        .value(column(CatalogTable.TABLE_ID), Order.ASCENDING, little(Integer.BYTES, tableId));
  }

  private static KeyBuilder typed(long tableId, int type) {
    return builder(tableId)
        .value(column(CatalogTable.TYPE), Order.ASCENDING, little(Short.BYTES, type));
  }

  private static Column column(int id) {
    return CatalogTable.COLUMNS.stream().filter(c -> c.id() == id).findFirst().orElseThrow();
  }
}
