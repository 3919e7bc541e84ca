package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/** An open database: a name in the state, and the tables opened through it. */
final class ModelDatabase implements JetDatabase {

  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final ModelSession session;
  private final Path file;
  private final String name;
  private final Set<ModelTable> tables = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ModelDatabase(ModelSession session, Path file, String name) {
    this.session = session;
    this.file = file;
    this.name = name;
  }

  /** Runs a call through the session; -1010 after the end. */
  <T> T use(Disk.Operation<T> call) {
    return session.use(false, () -> {
      if (closed) {
        throw JetException.of(JetErr.INVALID_DATABASE_ID, Subject.path(file));
      }
      return call.run();
    });
  }

  boolean isOpen(String database, Optional<String> table) {
    return name.equals(database)
        && (table.isEmpty() || tables.stream().anyMatch(open -> open.name().equals(table.get())));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public JetTable createTable(String table) {
    return use(() -> {
      change(Change.Kind.CREATE_TABLE, table);
      return open(table);
    });
  }

  @Override
  public JetTable openTable(String table) {
    return use(() -> {
      if (session.view().rows(name, table).isEmpty()) {
        throw JetException.of(JetErr.OBJECT_NOT_FOUND, Subject.value("table", table));
      }
      return open(table);
    });
  }

  private ModelTable open(String table) {
    ModelTable opened = new ModelTable(session, this, name, table);
    tables.add(opened);
    return opened;
  }

  @Override
  public void dropTable(String table) {
    use(() -> {
      change(Change.Kind.DROP_TABLE, table);
      return table;
    });
  }

  private void change(Change.Kind kind, String table) throws IOException {
    if (!TABLE_NAME.matcher(table).matches()) {
      throw JetException.of(JetErr.INVALID_NAME, Subject.value("table", table));
    }
    session.changeTable(Change.ofTable(kind, name, table));
  }

  @Override
  public List<String> tables() {
    return use(() -> session.view().tables(name).names());
  }

  void forget(ModelTable table) {
    tables.remove(table);
  }

  @Override
  public void close() {
    session.alone(() -> {
      closed = true;
      tables.forEach(ModelTable::close);
      session.forget(this);
      return this;
    });
  }
}
