package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnFlags;
import org.jetbackup.engine.record.ColumnKind;
import org.jetbackup.engine.record.FixedLayout;
import org.jetbackup.engine.record.RecordView;
import org.jetbackup.engine.record.TaggedView;
import org.jspecify.annotations.Nullable;

/**
 * Checks the records of one table: every column lies inside, is known and fits its type, the key is
 * the right one, long values are there. For one thread. Source: section 9.
 */
final class RecordCheck {

  private final Findings findings;
  private final TreeInfo tree;
  private final Map<Integer, Column> columns = new HashMap<>();
  private final List<Column> needed = new ArrayList<>();
  private final List<Column> bounded = new ArrayList<>();
  private final RecordView record;
  private final @Nullable RecordKey key;
  private final @Nullable LongValueCheck longValues;
  private long page = PageNumber.MIN;

  RecordCheck(
      Inspection inspection,
      TreeInfo tree,
      TableColumns columns,
      @Nullable RecordKey key,
      @Nullable LongValueCheck longValues) {
    this.findings = inspection.findings();
    this.tree = tree;
    this.key = key;
    this.longValues = longValues;
    PageSize size = inspection.pages().size();
    this.record = new RecordView(
        columns.layout(),
        size,
        () -> Subject.page(inspection.pages().file(), new PageNumber(page)));
    for (Column column : columns.all()) {
      this.columns.put(column.id(), column);
      boolean isNeeded = (column.flags() & ColumnFlags.NOT_NULL) != 0;
      if (isNeeded && column.kind() != ColumnKind.TAGGED) {
        needed.add(column);
      }
      if (column.kind() == ColumnKind.VARIABLE && column.maxLength() > 0) {
        bounded.add(column);
      }
    }
  }

  /** What a table's records are read by: {@link FixedLayout} and all columns. */
  record TableColumns(FixedLayout layout, List<Column> all) {}

  /** Answers the record, if it can be read. */
  @Nullable
  RecordView check(
      long onPage, int tag, byte[] nodeKey, int keyLength, ByteBuffer bytes, int at, int length) {
    page = onPage;
    try {
      record.moveTo(bytes, at, length);
    } catch (JetException e) {
      findings.node(FindingKind.RECORD, tree, onPage, tag, PageRules.reason(e));
      if (longValues != null) {
        longValues.setUncertain();
      }
      return null;
    }
    checkNeeded(onPage, tag);
    checkLengths(onPage, tag);
    checkTagged(onPage, tag, record.tagged());
    if (key != null && !key.fits(record, bytes, nodeKey, keyLength)) {
      findings.node(
          FindingKind.RECORD_KEY, tree, onPage, tag, "the key is not that of the record's columns");
    }
    return record;
  }

  private void checkNeeded(long onPage, int tag) {
    for (Column column : needed) {
      int id = column.id();
      boolean isNull = column.kind() == ColumnKind.FIXED
          ? record.isFixedPresent(id) && record.isFixedNull(id)
          : record.isVariablePresent(id) && record.isVariableNull(id);
      if (isNull) {
        findings.node(
            FindingKind.RECORD, tree, onPage, tag, "column " + id + " is null, and must not be");
      }
    }
  }

  private void checkLengths(long onPage, int tag) {
    for (Column column : bounded) {
      int id = column.id();
      boolean tooLong =
          record.isVariablePresent(id) && record.variableLength(id) > column.maxLength();
      if (tooLong) {
        findings.node(
            FindingKind.RECORD,
            tree,
            onPage,
            tag,
            "column " + id + " has " + record.variableLength(id) + " bytes, allowed: "
                + column.maxLength());
      }
    }
  }

  private void checkTagged(long onPage, int tag, TaggedView tagged) {
    for (int i = 0; i < tagged.count(); i++) {
      int id = tagged.id(i);
      Column column = columns.get(id);
      if (column == null) {
        if (!tagged.isTemplate(i)) {
          findings.node(FindingKind.RECORD, tree, onPage, tag, "column " + id + " is not known");
        }
        continue;
      }
      for (int n = 0; n < tagged.values(i); n++) {
        int width = column.type().width();
        int length = tagged.valueLength(i, n);
        boolean isId = length == Integer.BYTES || length == Long.BYTES;
        if (tagged.isSeparated(i, n) && isId) {
          refer(onPage, tag, tagged.longValueId(i, n));
        } else if (tagged.isSeparated(i, n) || (width != 0 && length != width)) {
          findings.node(
              FindingKind.RECORD,
              tree,
              onPage,
              tag,
              "column " + id + " has " + length + " bytes, expected: " + width);
        }
      }
    }
  }

  private void refer(long onPage, int tag, long id) {
    if (longValues == null || !longValues.refer(id)) {
      findings.node(
          FindingKind.DANGLING_LONG_VALUE, tree, onPage, tag, "long value " + id + " is not there");
    }
  }
}
