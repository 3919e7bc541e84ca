package org.jetbackup.engine.record;

import java.nio.charset.StandardCharsets;
import org.jetbackup.engine.format.PageSize;

/** Encodes rows of the catalog in the shapes of the original. Source: sections 8.2 and 8.6. */
final class CatalogWriter {

  private static final int LONGEST_NAME = 64;
  private static final int LARGEST_CHARACTER = 0xff;

  private CatalogWriter() {}

  static byte[] encode(CatalogRow row, PageSize size) {
    if (row instanceof CatalogRow.Table table) {
      return table(table, size);
    }
    if (row instanceof CatalogRow.TableColumn column) {
      return column(column, size);
    }
    if (row instanceof CatalogRow.Index index) {
      return index(index, size);
    }
    if (row instanceof CatalogRow.LongValueTree tree) {
      return begin(tree, tree.rootPage(), tree.density(), 0, tree.pages(), size)
          .variable(name(tree))
          .toBytes();
    }
    throw new IllegalArgumentException("rows of type " + row.type() + " are never written");
  }

  private static byte[] table(CatalogRow.Table table, PageSize size) {
    return begin(table, table.rootPage(), table.density(), table.flags(), table.pages(), size)
        .fixed8(CatalogTable.ROOT_FLAG_SET)
        .variable(name(table))
        .toBytes();
  }

  private static byte[] column(CatalogRow.TableColumn row, PageSize size) {
    Column column = row.column();
    RecordWriter record = begin(
        row, column.type().number(), column.maxLength(), column.flags(), column.codePage(), size);
    if (row.recordOffset().isPresent()) {
      record.fixedNull(Byte.BYTES).fixed16(row.recordOffset().getAsInt());
    }
    record.variable(name(row));
    column
        .defaultValue()
        .ifPresent(value -> record.variableNull().variableNull().variable(value.toArray()));
    return record.toBytes();
  }

  private static byte[] index(CatalogRow.Index index, PageSize size) {
    RecordWriter record = begin(
            index, index.rootPage(), index.density(), index.flags(), index.localeId(), size)
        .fixedNull(Byte.BYTES)
        .fixedNull(Short.BYTES)
        .fixed32(index.mappingFlags());
    if (index.keyMost() != KeyBuilder.DEFAULT_KEY_MOST) {
      record.fixed16(index.keyMost());
    }
    record
        .variable(name(index))
        .variableNull()
        .variableNull()
        .variableNull()
        .variable(keyColumns(index));
    index
        .locale()
        .ifPresent(locale -> record.tagged(
            CatalogTable.LOCALE_NAME,
            TaggedHeader.LONG_VALUE,
            locale.getBytes(StandardCharsets.UTF_16LE)));
    return record.toBytes();
  }

  private static RecordWriter begin(
      CatalogRow row, long typeOrRoot, long space, int flags, long pagesOrLocale, PageSize size) {
    return new RecordWriter(size)
        .fixed32(row.tableId())
        .fixed16(row.type())
        .fixed32(row.id())
        .fixed32(typeOrRoot)
        .fixed32(space)
        .fixed32(flags)
        .fixed32(pagesOrLocale);
  }

  private static byte[] keyColumns(CatalogRow.Index index) {
    byte[] result = new byte[KeyColumn.BYTES * index.columns().size()];
    int at = 0;
    for (KeyColumn column : index.columns()) {
      result[at] = (byte) column.flags();
      result[at + 2] = (byte) column.columnId();
      result[at + 3] = (byte) (column.columnId() >> Byte.SIZE);
      at += KeyColumn.BYTES;
    }
    return result;
  }

  private static byte[] name(CatalogRow row) {
    String name = row.name();
    boolean fits = !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(c -> c > 0 && c <= LARGEST_CHARACTER);
    if (!fits) {
      throw new IllegalArgumentException(
          "name '" + name + "', allowed: 1 to " + LONGEST_NAME + " one-byte characters");
    }
    return CatalogKeys.text(name);
  }
}
