package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.engine.record.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * Checks one table with all its trees: long values first, so that records can be compared with
 * them, then the records, then the indexes. For one thread.
 */
final class TableCheck {

  private static final int UNIQUE = 0x1;

  private final Inspection inspection;
  private final Findings findings;
  private final CatalogCheck catalog;
  private final TableParts table;
  private final boolean withRecords;
  private final TreeInfo tree;
  private final TableSchema schema;
  private final RecordCheck.@Nullable TableColumns columns;
  private long longValueCount;

  TableCheck(Inspection inspection, CatalogCheck catalog, TableParts table, boolean withRecords) {
    this.inspection = inspection;
    this.findings = inspection.findings();
    this.catalog = catalog;
    this.table = table;
    this.withRecords = withRecords || table.objectId() <= CatalogCheck.LOCALES_OBJECT;
    this.tree = table.objectId() == CatalogCheck.CATALOG_OBJECT
        ? catalog.tree()
        : inspection.open(
            TreeInfo.Role.TABLE,
            table.objectId(),
            table.table().rootOrType(),
            inspection.database());
    this.schema = new TableSchema(inspection, catalog.tree(), table);
    this.columns = schema.columns();
  }

  void run() {
    List<TreeInfo> indexes = new ArrayList<>();
    for (CatalogRow row : table.secondaries()) {
      indexes.add(inspection.open(TreeInfo.Role.INDEX, row.id(), row.rootOrType(), tree));
    }
    LongValueCheck longValues = longValues();
    records(longValues);
    if (longValues != null) {
      longValues.checkReferences(withRecords && !tree.isIncomplete());
    }
    for (int i = 0; i < indexes.size(); i++) {
      index(table.secondaries().get(i), indexes.get(i));
    }
  }

  private @Nullable LongValueCheck longValues() {
    CatalogRow row = table.longValues();
    if (row == null) {
      return null;
    }
    TreeInfo of = inspection.open(TreeInfo.Role.LONG_VALUES, row.id(), row.rootOrType(), tree);
    int page = inspection.pages().size().bytes();
    long said = table.table().longValueChunk();
    long chunk = said >= 1 && said <= page
        ? said
        : LongValueCheck.chunkBytes(inspection.pages().size());
    LongValueCheck check = new LongValueCheck(inspection, of, chunk);
    inspection.walk(of, check);
    check.finish();
    longValueCount = check.count();
    return check;
  }

  private void records(@Nullable LongValueCheck longValues) {
    RecordKey key = schema.key(table.primary());
    RecordCheck records = withRecords && columns != null
        ? new RecordCheck(inspection, tree, columns, key, longValues)
        : null;
    if (records == null && longValues != null) {
      longValues.setUncertain();
    }
    if (withRecords && schema.isDerived()) {
      String message = "records of a table that has the columns of another too";
      findings.note(FindingKind.NOT_CHECKED, tree, tree.root(), message);
    }
    if (table.objectId() == CatalogCheck.CATALOG_OBJECT) {
      catalogRecords(records);
      return;
    }
    SystemTable system = SystemTable.of(table.objectId(), inspection, catalog, tree);
    inspection.walk(tree, node -> {
      RecordView record = records == null
          ? null
          : records.check(
              node.page(),
              node.tag(),
              node.key(),
              node.keyLength(),
              node.bytes(),
              node.dataOffset(),
              node.dataLength());
      system.visit(node, record);
    });
    system.finish();
  }

  /** The catalog was walked before its columns were known: its rows are at hand. */
  private void catalogRecords(@Nullable RecordCheck records) {
    if (records == null) {
      return;
    }
    for (CatalogRow row : catalog.rows()) {
      ByteBuffer bytes = ByteBuffer.wrap(row.data()).order(ByteOrder.LITTLE_ENDIAN);
      records.check(
          row.page(), row.tag(), row.key(), row.key().length, bytes, 0, row.data().length);
    }
  }

  private void index(CatalogRow row, TreeInfo index) {
    if (index.isClosed()) {
      return;
    }
    boolean unique = (row.flags() & UNIQUE) != 0;
    if (unique == index.isNonUnique()) {
      findings.page(
          FindingKind.PAGE_FLAGS,
          index,
          index.root(),
          unique
              ? "keys repeat, and the catalog says unique"
              : "keys are unique, and the catalog says that they repeat");
    }
    ExpectedEntries exact = SystemTable.indexOf(row, inspection, catalog, index);
    if (exact != null) {
      inspection.walk(index, node -> exact.visit(node, node.copyOfData()));
      exact.finish();
    } else if (!withRecords || tree.isClosed()) {
      inspection.walk(index, LeafVisitor.NONE);
    } else {
      IndexCheck check = new IndexCheck(inspection, tree, index, row, columns, schema.key(row));
      inspection.walk(index, check);
      check.finish();
    }
  }

  long rows() {
    return tree.nodes();
  }

  long longValueCount() {
    return longValueCount;
  }
}
