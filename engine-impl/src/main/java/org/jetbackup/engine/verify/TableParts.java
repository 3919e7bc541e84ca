package org.jetbackup.engine.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the catalog that describe one table. For one thread. */
final class TableParts {

  private final CatalogRow table;
  private final List<CatalogRow> columns = new ArrayList<>();
  private final List<CatalogRow> secondaries = new ArrayList<>();
  private @Nullable CatalogRow primary;
  private @Nullable CatalogRow longValues;

  TableParts(CatalogRow table) {
    this.table = table;
  }

  /** The row of the table itself. */
  CatalogRow table() {
    return table;
  }

  long objectId() {
    return table.table();
  }

  List<CatalogRow> columns() {
    return columns;
  }

  /** The indexes that have trees of their own. */
  List<CatalogRow> secondaries() {
    return secondaries;
  }

  /** The index that is the table; null if rows have no key of their own. */
  @Nullable
  CatalogRow primary() {
    return primary;
  }

  @Nullable
  CatalogRow longValues() {
    return longValues;
  }

  /** Takes a row of this table; answers what is wrong with it, or nothing. */
  @Nullable
  String take(CatalogRow row) {
    switch (row.type()) {
      case CatalogRow.COLUMN -> columns.add(row);
      case CatalogRow.INDEX -> {
        if (row.id() != objectId()) {
          secondaries.add(row);
        } else if (row.rootOrType() != table.rootOrType()) {
          return "the root of the primary index is page " + row.rootOrType()
              + ", expected: that of the table, " + table.rootOrType();
        } else {
          primary = row;
        }
      }
      case CatalogRow.LONG_VALUES -> {
        if (longValues != null) {
          return "a second tree of long values";
        }
        longValues = row;
      }
      case CatalogRow.CALLBACK -> {} // known, and without a tree
      default -> {
        return "type " + row.type() + ", expected: 1 to 5";
      }
    }
    return null;
  }
}
