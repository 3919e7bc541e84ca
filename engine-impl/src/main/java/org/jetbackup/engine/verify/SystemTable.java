package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.engine.record.RecordView;
import org.jetbackup.engine.record.TaggedView;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the catalog for the other tables of the system: their rows must be those, no
 * more and no less. For one thread. Source: sections 8.1 and 8.3.
 */
interface SystemTable {

  /** Holds no more than any table. */
  SystemTable NONE = new SystemTable() {
    @Override
    public void visit(LeafNode node, @Nullable RecordView record) {}

    @Override
    public void finish() {}
  };

  /** Looks at a row; the record is null if it could not be read. */
  void visit(LeafNode node, @Nullable RecordView record);

  /** All rows were seen. */
  void finish();

  /** Chooses by the object id of the table. */
  static SystemTable of(long objectId, Inspection inspection, CatalogCheck catalog, TreeInfo tree) {
    if (catalog.tree().isIncomplete()) {
      return NONE; // nobody knows what the rows must be
    }
    if (objectId == CatalogCheck.SHADOW_OBJECT) {
      ExpectedEntries rows =
          new ExpectedEntries(inspection.findings(), FindingKind.SHADOW_CATALOG, tree);
      catalog.rows().forEach(row -> rows.add(row.key(), row.data(), row.toString()));
      return new Exact(rows);
    }
    if (objectId == CatalogCheck.OBJECT_IDS_OBJECT) {
      return ObjectIds.of(inspection, catalog, tree);
    }
    return NONE;
  }

  /** The entries that an index of the catalog must have; null for any other index. */
  static @Nullable ExpectedEntries indexOf(
      CatalogRow index, Inspection inspection, CatalogCheck catalog, TreeInfo tree) {
    if (index.table() != CatalogCheck.CATALOG_OBJECT || catalog.tree().isIncomplete()) {
      return null;
    }
    boolean names = index.nameText().equals("Name");
    if (!names && !index.nameText().equals("RootObjects")) {
      return null;
    }
    FindingKind kind = names ? FindingKind.NAME_INDEX : FindingKind.ROOT_OBJECTS_INDEX;
    ExpectedEntries entries = new ExpectedEntries(inspection.findings(), kind, tree);
    for (CatalogRow row : catalog.rows()) {
      if (names) {
        entries.add(row.nameKey(), row.key(), row.toString());
      } else if (row.isRootObject()) {
        entries.add(row.rootObjectKey(), row.key(), row.toString());
      }
    }
    return entries.sorted();
  }

  /** The rows of another tree, byte for byte. */
  record Exact(ExpectedEntries rows) implements SystemTable {

    @Override
    public void visit(LeafNode node, @Nullable RecordView record) {
      rows.visit(node, node.copyOfData());
    }

    @Override
    public void finish() {
      rows.finish();
    }
  }

  /** The table of object ids: a row for each tree but those of primary indexes. */
  record ObjectIds(ExpectedEntries rows) implements SystemTable {

    private static final int OBJECT = 256;
    private static final int TABLE = 257;
    private static final int TYPE = 258;

    static ObjectIds of(Inspection inspection, CatalogCheck catalog, TreeInfo tree) {
      ExpectedEntries rows =
          new ExpectedEntries(inspection.findings(), FindingKind.OBJECT_IDS, tree);
      for (CatalogRow row : catalog.rows()) {
        if (CatalogCheck.isObject(row)) {
          byte[] values = values(row.id(), row.table(), row.type());
          rows.add(new KeyMaker().signed(row.id()).toArray(), values, row.toString());
        }
      }
      return new ObjectIds(rows.sorted());
    }

    @Override
    public void visit(LeafNode node, @Nullable RecordView record) {
      if (record == null) {
        rows.setUncertain();
        return;
      }
      TaggedView tagged = record.tagged();
      long object = number(node, tagged, OBJECT);
      long table = number(node, tagged, TABLE);
      rows.visit(node, values(object, table, number(node, tagged, TYPE)));
    }

    private static long number(LeafNode node, TaggedView tagged, int column) {
      int at = tagged.find(column);
      if (at == TaggedView.NOT_FOUND || tagged.values(at) != 1) {
        return 0;
      }
      int from = tagged.valueOffset(at, 0);
      return switch (tagged.valueLength(at, 0)) {
        case Integer.BYTES -> Integer.toUnsignedLong(node.bytes().getInt(from));
        case Short.BYTES -> node.bytes().getShort(from);
        default -> 0;
      };
    }

    private static byte[] values(long object, long table, long type) {
      return ByteBuffer.allocate(2 * Integer.BYTES + Short.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt((int) object)
          .putInt((int) table)
          .putShort((short) type)
          .array();
    }

    @Override
    public void finish() {
      rows.finish();
    }
  }
}
