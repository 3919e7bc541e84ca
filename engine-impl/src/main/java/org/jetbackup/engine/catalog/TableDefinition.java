package org.jetbackup.engine.catalog;

import java.util.List;
import java.util.Optional;
import org.jetbackup.engine.record.CatalogRow;
import org.jetbackup.engine.record.Column;

/**
 * What the catalog says of a table. Immutable.
 *
 * @param table its own row
 * @param columns its columns in the order of their ids, those that were deleted left out
 * @param indexes its indexes, the primary one among them if there is one
 * @param longValues its tree of long values, if it has one
 * @param others what else the catalog has under its id: callbacks, deleted columns, indexes of a
 *     form that is not supported
 */
public record TableDefinition(
    CatalogRow.Table table,
    List<Column> columns,
    List<CatalogRow.Index> indexes,
    Optional<CatalogRow.LongValueTree> longValues,
    List<CatalogRow.Other> others) {

  /** Copies the lists. */
  public TableDefinition {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    others = List.copyOf(others);
  }

  /** {@return the object id} */
  public long id() {
    return table.tableId();
  }

  /** {@return the name} */
  public String name() {
    return table.name();
  }

  /**
   * {@return the primary index, which has the tree of the table itself; empty if records are in the
   * order in which they came, or if it is among the {@link #others}}
   */
  public Optional<CatalogRow.Index> primaryIndex() {
    return indexes.stream().filter(index -> index.id() == id()).findFirst();
  }
}
