package org.jetbackup.engine.verify;

import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.record.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * Checks a secondary index while it is walked: every entry leads to a record that has its key, and
 * there are as many entries as there must be. For one thread. Source: sections 6.3 and 8.4.
 */
final class IndexCheck implements LeafVisitor {

  private static final int MULTI_VALUED = 0x80;
  private static final int ALL_ROWS = 0x2 | 0x4 | 0x8;

  /** A row with a null in the key is refused, so every row that is there has an entry. */
  private static final int NO_NULLS = 0x10;

  private final Findings findings;
  private final TreeInfo table;
  private final TreeInfo index;
  private final CatalogRow row;
  private final @Nullable RecordView record;
  private final @Nullable RecordKey key;
  private final PointLookup lookup;
  private long page = PageNumber.MIN;

  IndexCheck(
      Inspection inspection,
      TreeInfo table,
      TreeInfo index,
      CatalogRow row,
      RecordCheck.@Nullable TableColumns columns,
      @Nullable RecordKey key) {
    this.findings = inspection.findings();
    this.table = table;
    this.index = index;
    this.row = row;
    this.key = row.isPartial() ? null : key;
    this.lookup = new PointLookup(inspection.pages());
    this.record = columns == null
        ? null
        : new RecordView(
            columns.layout(),
            inspection.pages().size(),
            () -> Subject.page(inspection.pages().file(), new PageNumber(page)));
  }

  @Override
  public void visit(LeafNode node) {
    PointLookup.Answer answer =
        lookup.find(table.root(), node.bytes(), node.dataOffset(), node.dataLength());
    if (answer == PointLookup.Answer.MISSING) {
      wrong(FindingKind.BOOKMARK, node, "the entry leads to no record");
    } else if (answer == PointLookup.Answer.FOUND && !fits(node, lookup.found())) {
      wrong(FindingKind.INDEX_KEY, node, "the key is not that of the record");
    }
  }

  private boolean fits(LeafNode node, LeafNode found) {
    if (key == null || record == null) {
      return true;
    }
    page = found.page();
    try {
      record.moveTo(found.bytes(), found.dataOffset(), found.dataLength());
    } catch (JetException e) {
      return true; // the check of records has told
    }
    return key.fits(record, found.bytes(), node.key(), node.keyLength());
  }

  private void wrong(FindingKind kind, LeafNode node, String message) {
    findings.node(kind, index, node.page(), node.tag(), message);
  }

  /** The walk is over: counts. */
  void finish() {
    boolean one = (row.flags() & MULTI_VALUED) == 0 && !row.isPartial();
    boolean all = (row.flags() & ALL_ROWS) == ALL_ROWS || (row.flags() & NO_NULLS) != 0;
    boolean fits = all ? index.nodes() == table.nodes() : index.nodes() <= table.nodes();
    if (one && !fits && !index.isIncomplete() && !table.isIncomplete()) {
      findings.page(
          FindingKind.INDEX_COUNT,
          index,
          index.root(),
          index.nodes() + " entries, expected: " + (all ? "" : "up to ") + table.nodes());
    }
  }
}
