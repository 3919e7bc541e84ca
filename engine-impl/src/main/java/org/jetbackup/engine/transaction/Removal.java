package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import org.jetbackup.engine.catalog.Table;

/** A separated value that no record names any more, and that is to be removed. */
final class Removal {

  private static final long PENDING = Long.MAX_VALUE;

  private final TableState table;
  private final long longValueId;
  private final long address;

  /** The time of the commit that made it obsolete; guarded by {@link Removals}. */
  private long time = PENDING;

  Removal(TableState table, long longValueId, long address) {
    this.table = table;
    this.longValueId = longValueId;
    this.address = address;
  }

  TableState state() {
    return table;
  }

  Table table() {
    return table.table();
  }

  long longValueId() {
    return longValueId;
  }

  long address() {
    return address;
  }

  ByteBuffer payload() {
    return new RemovalRecord(table.databaseId(), table().id(), longValueId).encode();
  }

  boolean isDue(long horizon) {
    return time <= horizon;
  }

  boolean isCommitted() {
    return time != PENDING;
  }

  void commit(long commitTime) {
    time = commitTime;
  }
}
