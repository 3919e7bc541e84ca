package org.jetbackup.engine.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnKind;
import org.jetbackup.engine.record.ColumnType;
import org.jetbackup.engine.record.FixedLayout;
import org.jetbackup.engine.record.IndexFlags;
import org.jspecify.annotations.Nullable;

/**
 * Makes the columns and keys of a table from the rows of the catalog, and reports rows that make
 * none. For one thread. Source: sections 8.2 to 8.5.
 */
final class TableSchema {

  private static final int DERIVED = 0x1000_0000;
  private static final int TEMPLATE_COLUMN = 0x80;

  /** The type of a column that was deleted and whose row is still there. */
  private static final int DELETED = 0;

  private static final int COLUMN_ID_MAX = 0xFFFF;
  private static final int KEY_COLUMN_BYTES = 4;
  private static final int KEY_COLUMN_ID = 2;

  private final Inspection inspection;
  private final TreeInfo catalog;
  private final TableParts table;
  private final List<Column> columns = new ArrayList<>();
  private boolean isSound = true;

  TableSchema(Inspection inspection, TreeInfo catalog, TableParts table) {
    this.inspection = inspection;
    this.catalog = catalog;
    this.table = table;
  }

  /** The columns; null if records cannot be read by them, which is reported. */
  RecordCheck.@Nullable TableColumns columns() {
    Set<Long> ids = new HashSet<>();
    for (CatalogRow row : table.columns()) {
      boolean deleted = row.rootOrType() == DELETED; // records may still hold it, of any content
      Optional<ColumnType> type =
          deleted ? Optional.of(ColumnType.LONG_BINARY) : ColumnType.ofNumber(row.rootOrType());
      boolean known = row.id() >= 1 && row.id() <= COLUMN_ID_MAX && type.isPresent();
      if (!known) {
        wrong(row, "column " + row.id() + " of type " + row.rootOrType() + " does not exist");
        continue;
      }
      if (!ids.add(row.id())) {
        wrong(row, "a second column with this id");
        continue;
      }
      columns.add(new Column(
          (int) row.id(),
          new String(row.name(), StandardCharsets.ISO_8859_1),
          type.get(),
          (int) Math.min(row.space(), Integer.MAX_VALUE),
          deleted ? 0 : row.flags(),
          (int) row.pagesOrLocale(),
          row.defaultValue().length == 0
              ? Optional.empty()
              : Optional.of(Bytes.of(row.defaultValue()))));
    }
    if (!isSound || isDerived()) {
      return null;
    }
    CatalogRow row = table.table();
    try {
      PageNumber page = new PageNumber(row.page());
      FixedLayout layout =
          FixedLayout.of(columns, () -> Subject.page(inspection.pages().file(), page));
      checkOffsets(layout);
      return isSound ? new RecordCheck.TableColumns(layout, columns) : null;
    } catch (JetException e) {
      wrong(row, PageRules.reason(e));
      return null;
    }
  }

  /** Whether columns come from another table; such records are not checked. */
  boolean isDerived() {
    return (table.table().flags() & DERIVED) != 0;
  }

  private void checkOffsets(FixedLayout layout) {
    boolean said = table.objectId() > CatalogCheck.SHADOW_OBJECT; // those two say 4 everywhere
    for (CatalogRow row : table.columns()) {
      boolean fixed = ColumnKind.of((int) row.id()) == ColumnKind.FIXED;
      if (said && fixed && row.recordOffset() != layout.offset((int) row.id())) {
        wrong(
            row,
            "offset in the record " + row.recordOffset() + ", expected: "
                + layout.offset((int) row.id()));
      }
    }
  }

  /** The key of an index; null if it has no columns. */
  @Nullable
  RecordKey key(@Nullable CatalogRow index) {
    if (index == null) {
      return null;
    }
    if ((index.flags() & IndexFlags.EXTENDED_COLUMNS) == 0) {
      inspection
          .findings()
          .note(
              FindingKind.NOT_CHECKED, catalog, index.page(), index + ": a short list of columns");
      return null;
    }
    byte[] bytes = index.keyColumns();
    if (bytes.length == 0 || bytes.length % KEY_COLUMN_BYTES != 0) {
      wrong(index, "an index with " + bytes.length + " bytes of columns");
      return null;
    }
    List<RecordKey.Part> parts = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += KEY_COLUMN_BYTES) {
      int id = Byte.toUnsignedInt(bytes[at + KEY_COLUMN_ID])
          | Byte.toUnsignedInt(bytes[at + KEY_COLUMN_ID + 1]) << Byte.SIZE;
      Column column = columns.stream().filter(c -> c.id() == id).findFirst().orElse(null);
      if (column == null && (bytes[at] & TEMPLATE_COLUMN) == 0 && !isDerived()) {
        wrong(index, "the index has column " + id + ", which the table has not");
      }
      parts.add(new RecordKey.Part(column, RecordKey.isDescending(bytes[at])));
    }
    int keyMost = index.keyMost() < 0 ? RecordKey.KEY_MOST : index.keyMost();
    return new RecordKey(parts, index.flags(), keyMost);
  }

  private void wrong(CatalogRow row, String message) {
    isSound = false;
    inspection
        .findings()
        .node(FindingKind.CATALOG_STRUCTURE, catalog, row.page(), row.tag(), row + ": " + message);
  }
}
