package org.jetbackup.engine.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.record.RecordView;

/**
 * Reads the catalog, checks its rows one by one and against each other, and says which trees the
 * database has. Its memory is bounded: of a catalog that is too large the rest is not checked, and
 * that is a finding. Source: section 8.
 */
final class CatalogCheck {

  static final long CATALOG_OBJECT = 2;
  static final long SHADOW_OBJECT = 3;
  static final long OBJECT_IDS_OBJECT = 6;
  static final long LOCALES_OBJECT = 7;

  private static final long CATALOG_ROOT = 4;
  private static final long KEPT_BYTES_MAX = 32L * 1024 * 1024;
  private static final long ROW_BYTES = 200;
  private static final List<Long> NEEDED =
      List.of(CATALOG_OBJECT, SHADOW_OBJECT, OBJECT_IDS_OBJECT, LOCALES_OBJECT);

  private final Inspection inspection;
  private final Findings findings;
  private final RecordView record;
  private final TreeInfo tree;
  private final List<CatalogRow> rows = new ArrayList<>();
  private final Map<Long, TableParts> tables = new LinkedHashMap<>();
  private final Set<Long> objectIds = new HashSet<>();
  private long keptBytes;
  private long highestObjectId = SHADOW_OBJECT;
  private long page = PageNumber.MIN;

  CatalogCheck(Inspection inspection) {
    this.inspection = inspection;
    this.findings = inspection.findings();
    this.record = new RecordView(
        CatalogRow.LAYOUT,
        inspection.pages().size(),
        () -> Subject.page(inspection.pages().file(), new PageNumber(page)));
    this.tree =
        inspection.open(TreeInfo.Role.TABLE, CATALOG_OBJECT, CATALOG_ROOT, inspection.database());
  }

  void run() {
    inspection.walk(tree, this::read);
    for (CatalogRow row : rows) {
      if (row.type() == CatalogRow.TABLE) {
        addTable(row);
      }
    }
    for (CatalogRow row : rows) {
      if (row.type() != CatalogRow.TABLE) {
        addPart(row);
      }
    }
    for (long needed : NEEDED) {
      if (!tables.containsKey(needed) && !tree.isIncomplete()) {
        findings.page(
            FindingKind.CATALOG_STRUCTURE,
            tree,
            tree.root(),
            "missing: the system table with object id " + needed);
      }
    }
    // Pages of objects whose rows were not read are in nobody's account.
    if (tree.isIncomplete()) {
      inspection.database().setIncomplete();
    }
  }

  /** The tree of the catalog, which is walked already. */
  TreeInfo tree() {
    return tree;
  }

  Collection<TableParts> tables() {
    return tables.values();
  }

  /** All rows that could be read, in the order of their keys. */
  List<CatalogRow> rows() {
    return rows;
  }

  long highestObjectId() {
    return highestObjectId;
  }

  private void read(LeafNode node) {
    page = node.page();
    keptBytes += ROW_BYTES + node.keyLength() + node.dataLength();
    if (keptBytes > KEPT_BYTES_MAX) {
      if (!tree.isIncomplete()) {
        findings.page(
            FindingKind.NOT_CHECKED, tree, page, "the catalog is larger than is checked here");
      }
      tree.setIncomplete();
      return;
    }
    CatalogRow row;
    try {
      record.moveTo(node.bytes(), node.dataOffset(), node.dataLength());
      requireColumns();
      row = new CatalogRow(node, record);
    } catch (JetException e) {
      wrong(FindingKind.CATALOG_ROW, node, PageRules.reason(e));
      return;
    }
    if (!Arrays.equals(row.expectedKey(), row.key())) {
      wrong(FindingKind.CATALOG_KEY, node, "the key is not that of " + row);
    }
    rows.add(row);
  }

  private void requireColumns() {
    boolean complete = record.isFixedPresent(CatalogRow.LAST_NEEDED);
    for (int column = 1; complete && column <= CatalogRow.LAST_NEEDED; column++) {
      complete = !record.isFixedNull(column);
    }
    if (!complete) {
      throw JetException.of(
          JetErr.CATALOG_CORRUPTED, Subject.value("columns 1 to 7", "missing or null", "values"));
    }
  }

  private void wrong(FindingKind kind, LeafNode node, String message) {
    findings.node(kind, tree, node.page(), node.tag(), message);
    tree.setIncomplete();
  }

  private void addTable(CatalogRow row) {
    if (row.id() != row.table()) {
      structure(row, "expected: the object id of the table as id");
    }
    if (tables.putIfAbsent(row.table(), new TableParts(row)) != null) {
      structure(row, "expected: one row for each table");
      return;
    }
    if (!row.isRootObject()) {
      structure(row, "expected: the flag of a table, by which tables are found");
    }
    addObject(row);
    long expected = row.table() == CATALOG_OBJECT ? CATALOG_ROOT : row.rootOrType();
    if (row.rootOrType() != expected) {
      structure(row, "root page " + row.rootOrType() + ", expected: " + expected);
    }
  }

  private void addPart(CatalogRow row) {
    TableParts table = tables.get(row.table());
    if (table == null) {
      structure(row, "expected: a row for its table");
      return;
    }
    if (row.isRootObject()) {
      structure(row, "has the flag of a table, and is none");
    }
    String wrong = table.take(row);
    if (wrong != null) {
      structure(row, wrong);
    } else if (isObject(row)) {
      addObject(row);
    }
  }

  /** Whether a row describes something with an object id of its own. */
  static boolean isObject(CatalogRow row) {
    return switch (row.type()) {
      case CatalogRow.TABLE, CatalogRow.LONG_VALUES -> true;
      case CatalogRow.INDEX -> row.id() != row.table();
      default -> false;
    };
  }

  private void addObject(CatalogRow row) {
    long id = row.id();
    highestObjectId = Math.max(highestObjectId, id);
    if (id == Inspection.DATABASE_OBJECT || !objectIds.add(id)) {
      findings.node(
          FindingKind.DUPLICATE_OBJECT_ID,
          tree,
          row.page(),
          row.tag(),
          row + ": object id " + id + " is in use already");
    }
  }

  private void structure(CatalogRow row, String message) {
    findings.node(FindingKind.CATALOG_STRUCTURE, tree, row.page(), row.tag(), row + ": " + message);
  }
}
