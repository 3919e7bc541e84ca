package org.jetbackup.engine.instance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.Catalog;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.log.Journal;

/** An open database. What it has is guarded by the session. */
final class OpenDatabase implements JetDatabase {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Session session;
  private final AttachedDatabase attached;
  private final Path given;
  private final Set<OpenTable> tables = new LinkedHashSet<>();
  private boolean closed;

  OpenDatabase(Session session, AttachedDatabase attached, Path given) {
    this.session = session;
    this.attached = attached;
    this.given = given;
  }

  /** Begins a call; {@link JetErr#INVALID_DATABASE_ID} after the end. */
  private void enter() {
    session.enter(false);
    if (closed) {
      session.exit();
      throw JetException.of(JetErr.INVALID_DATABASE_ID, Subject.path(given));
    }
  }

  private Catalog catalog() {
    return attached.database().catalog();
  }

  @Override
  public Path file() {
    return given;
  }

  @Override
  public JetTable createTable(String name) {
    enter();
    try {
      requireName(name);
      session.requireNoTransaction();
      session.service().requireLogSpace();
      session.handles().lock();
      try {
        return open(logged(() -> catalog().create(name)));
      } finally {
        session.handles().unlock();
      }
    } finally {
      session.exit();
    }
  }

  @Override
  public JetTable openTable(String name) {
    enter();
    try {
      session.handles().lock();
      try {
        return open(catalog().open(name));
      } finally {
        session.handles().unlock();
      }
    } finally {
      session.exit();
    }
  }

  private OpenTable open(Table table) {
    session.handles().opened(table);
    OpenTable opened = new OpenTable(session, this, table);
    tables.add(opened);
    return opened;
  }

  @Override
  public void dropTable(String name) {
    enter();
    try {
      session.requireNoTransaction();
      session.service().requireLogSpace();
      session.handles().lock();
      try {
        Table table = catalog().open(name);
        if (session.handles().isOpen(table)) {
          throw JetException.of(JetErr.TABLE_IN_USE, Subject.value("table", name));
        }
        logged(() -> {
          catalog().drop(name);
          session.service().transactions().forget(table);
          return table;
        });
      } finally {
        session.handles().unlock();
      }
    } finally {
      session.exit();
    }
  }

  /** Changes definitions: one change of pages, durable when the call returns. */
  private Table logged(Supplier<Table> change) {
    Journal journal = session.service().journal();
    Table table;
    long end;
    journal.enter();
    try {
      journal.requireNoBlock();
      table = change.get();
      end = journal.log().end();
    } finally {
      journal.leave();
    }
    journal.log().force(end);
    session.service().afterCommit();
    return table;
  }

  @Override
  public List<String> tables() {
    enter();
    try {
      return catalog().userTables();
    } finally {
      session.exit();
    }
  }

  void forget(OpenTable table) {
    tables.remove(table);
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

  /** Closes it and what was opened through it; the session is entered. */
  void shut() {
    if (!closed) {
      closed = true;
      new ArrayList<>(tables).forEach(OpenTable::shut);
      session.letGo(attached);
      session.forget(this);
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw JetException.of(
          JetErr.INVALID_NAME, Subject.value("table", name, "1 to 64 letters, digits, _ and -"));
    }
  }
}
