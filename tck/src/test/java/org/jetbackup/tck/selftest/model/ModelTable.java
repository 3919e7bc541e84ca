package org.jetbackup.tck.selftest.model;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/** An open table: reads the view of its session, and hands changes to it. */
final class ModelTable implements JetTable {

  private static final int VALUE_LENGTH_MAX = 1 << 20;

  private final ModelSession session;
  private final ModelDatabase owner;
  private final String database;
  private final String name;
  private volatile boolean closed;

  ModelTable(ModelSession session, ModelDatabase owner, String database, String name) {
    this.session = session;
    this.owner = owner;
    this.database = database;
    this.name = name;
  }

  /** Runs a call through the database; -1310 after the end. */
  <T> T use(Disk.Operation<T> call) {
    return owner.use(() -> {
      if (closed) {
        throw JetException.of(JetErr.INVALID_TABLE_ID, Subject.value("table", name));
      }
      return call.run();
    });
  }

  Decisions decisions() {
    return session.decisions();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return use(() -> Optional.ofNullable(rows(session.view()).get(checkedKey(key)))
        .filter(value -> value.length() > 0 || decisions().keepsEmptyValues())
        .map(Bytes::toArray));
  }

  /** The rows in a state; none if the table has gone. */
  NavigableMap<Bytes, Bytes> rows(State state) {
    return state.rows(database, name).orElseGet(Collections::emptyNavigableMap);
  }

  @Override
  public void insert(byte[] key, byte[] value) {
    put(key, value, decisions().refusesDuplicates() ? Requirement.ABSENT : Requirement.NOTHING);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    put(key, value, Requirement.NOTHING);
  }

  private void put(byte[] key, byte[] value, Requirement requirement) {
    use(() -> {
      Bytes checked = checkedKey(key);
      if (value.length > VALUE_LENGTH_MAX) {
        throw JetException.of(
            JetErr.RECORD_TOO_BIG, Subject.value("value", value.length + " bytes"));
      }
      session.change(Change.put(database, name, checked, Bytes.copyOf(value)), requirement);
      return checked;
    });
  }

  @Override
  public void delete(byte[] key) {
    use(() -> {
      Bytes checked = checkedKey(key);
      session.change(Change.delete(database, name, checked), Requirement.PRESENT);
      return checked;
    });
  }

  private Bytes checkedKey(byte[] key) {
    if (key.length < KEY_LENGTH_MIN) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value("key", "empty"));
    }
    if (key.length > KEY_LENGTH_MAX && decisions().limitsKeys()) {
      throw JetException.of(JetErr.KEY_TOO_BIG, Subject.value("key", key.length + " bytes"));
    }
    return Bytes.copyOf(key).first(decisions().significantKeyBytes());
  }

  @Override
  public JetCursor cursor(KeyRange range) {
    return use(() -> {
      Supplier<State> view = session.lastingView();
      return new ModelCursor(this, range, () -> rows(view.get()));
    });
  }

  @Override
  public void close() {
    session.alone(() -> {
      closed = true;
      owner.forget(this);
      return this;
    });
  }
}
