package org.jetbackup.engine.instance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** An open table. What it has is guarded by the session. */
final class OpenTable implements JetTable {

  private enum Kind {
    INSERT,
    PUT,
    DELETE
  }

  private static final byte[] NO_VALUE = {};

  private final Session session;
  private final OpenDatabase owner;
  private final Table table;
  private final Set<OpenCursor> cursors = new LinkedHashSet<>();
  private boolean closed;

  OpenTable(Session session, OpenDatabase owner, Table table) {
    this.session = session;
    this.owner = owner;
    this.table = table;
  }

  /** Begins a call; {@link JetErr#INVALID_TABLE_ID} after the end. */
  void enter() {
    session.enter(false);
    if (closed) {
      session.exit();
      throw JetException.of(JetErr.INVALID_TABLE_ID, Subject.value("table", table.name()));
    }
  }

  Session session() {
    return session;
  }

  @Override
  public String name() {
    return table.name();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    enter();
    try {
      Transaction running = session.transaction();
      return running == null
          ? session.service().transactions().get(table, key)
          : running.get(table, key);
    } finally {
      session.exit();
    }
  }

  @Override
  public void insert(byte[] key, byte[] value) {
    change(Kind.INSERT, key, value);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    change(Kind.PUT, key, value);
  }

  @Override
  public void delete(byte[] key) {
    change(Kind.DELETE, key, NO_VALUE);
  }

  private void change(Kind kind, byte[] key, byte[] value) {
    enter();
    try {
      Transaction running = session.transaction();
      if (running == null) {
        session.service().requireLogSpace();
        changeAlone(kind, key, value);
        session.service().afterCommit();
      } else {
        changeWithin(running, kind, key, value);
      }
    } finally {
      session.exit();
    }
  }

  private void changeAlone(Kind kind, byte[] key, byte[] value) {
    switch (kind) {
      case INSERT -> session.service().transactions().insert(table, key, value);
      case PUT -> session.service().transactions().put(table, key, value);
      case DELETE -> session.service().transactions().delete(table, key);
    }
  }

  private void changeWithin(Transaction running, Kind kind, byte[] key, byte[] value) {
    switch (kind) {
      case INSERT -> running.insert(table, key, value);
      case PUT -> running.put(table, key, value);
      case DELETE -> running.delete(table, key);
    }
  }

  @Override
  public JetCursor cursor(KeyRange range) {
    enter();
    try {
      @Nullable Transaction running = session.transaction();
      OpenCursor opened = new OpenCursor(
          this,
          running == null
              ? session.service().transactions().cursor(table, range)
              : running.cursor(table, range));
      cursors.add(opened);
      return opened;
    } finally {
      session.exit();
    }
  }

  void forget(OpenCursor cursor) {
    cursors.remove(cursor);
  }

  @Override
  public void close() {
    session.enterToClose();
    try {
      shut();
    } finally {
      session.exit();
    }
  }

  /** Closes it and its cursors; the session is entered. */
  void shut() {
    if (!closed) {
      closed = true;
      new ArrayList<>(cursors).forEach(OpenCursor::shut);
      session.letGo(table);
      owner.forget(this);
    }
  }
}
