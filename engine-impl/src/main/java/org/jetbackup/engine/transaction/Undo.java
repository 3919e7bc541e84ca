package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.StepWriter;
import org.jetbackup.engine.catalog.Table;
import org.jspecify.annotations.Nullable;

/**
 * Takes back the steps of a block that has no end. Each step sets an entry to what it was; doing it
 * twice, or for a step that was never made, changes nothing. So a recovery that breaks off can
 * begin again.
 */
public final class Undo {

  private Undo() {}

  /**
   * Takes steps back. The turn is held, and a block is open or every change is a block of its own.
   *
   * @param newestFirst payloads of the block's UNDO records, the last one first
   * @param catalogs finds the tables of a database by its id; null if it is not attached
   * @throws JetException {@link JetErr#LOG_CORRUPTED} for a record of something that is not there,
   *     or another failure
   */
  public static void apply(
      Iterable<ByteBuffer> newestFirst, IntFunction<@Nullable Catalog> catalogs) {
    Map<Table, StepWriter> writers = new HashMap<>();
    for (ByteBuffer payload : newestFirst) {
      UndoRecord step = UndoRecord.decode(payload);
      Catalog catalog = catalogs.apply(step.databaseId());
      if (catalog == null) {
        throw RemovalRecord.corrupted("database id", step.databaseId(), "one that is attached");
      }
      Table table = catalog
          .open(step.tableId())
          .orElseThrow(() -> JetException.of(
              JetErr.LOG_CORRUPTED,
              Subject.value("object id of a table", step.tableId(), "one that is there")));
      writers.computeIfAbsent(table, Table::stepWriter).undo(step.tree(), step.key(), step.old());
    }
  }
}
