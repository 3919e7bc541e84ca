package org.jetbackup.engine.transaction;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbackup.engine.catalog.StepWriter;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.version.TableVersions;
import org.jspecify.annotations.Nullable;

/** What transactions share about one table. Thread-safe, but for what says that it needs the turn. */
final class TableState {

  private final Table table;
  private final TableVersions versions;
  private final int databaseId;
  private final ConcurrentLinkedQueue<PointReader> idle = new ConcurrentLinkedQueue<>();

  /** Under the turn. */
  private @Nullable StepWriter writer;

  TableState(Table table, TableVersions versions, int databaseId) {
    this.table = table;
    this.versions = versions;
    this.databaseId = databaseId;
  }

  Table table() {
    return table;
  }

  TableVersions versions() {
    return versions;
  }

  int databaseId() {
    return databaseId;
  }

  /** {@return the one writer of the table; the turn is held} */
  StepWriter writer() {
    StepWriter here = writer;
    if (here == null) {
      here = table.stepWriter();
      writer = here;
    }
    return here;
  }

  /** {@return a reader to be {@linkplain #giveBack given back}, so that few calls make a new one} */
  PointReader borrow() {
    PointReader reader = idle.poll();
    return reader == null ? new PointReader(this) : reader;
  }

  void giveBack(PointReader reader) {
    idle.add(reader);
  }
}
