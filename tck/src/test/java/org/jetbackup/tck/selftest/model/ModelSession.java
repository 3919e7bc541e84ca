package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.DatabaseHeader;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.tck.Capability;
import org.jspecify.annotations.Nullable;

/**
 * A session. Every call through it, and through what it has opened, goes through {@link #use}: one
 * thread at a time, in a state of the instance that allows it.
 */
final class ModelSession implements JetSession {

  private final ModelInstance instance;
  private final Decisions decisions;
  private final ReentrantLock user = new ReentrantLock();
  private final Set<ModelDatabase> databases = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private @Nullable Transaction transaction;

  ModelSession(ModelInstance instance) {
    this.instance = instance;
    this.decisions = instance.decisions();
  }

  Decisions decisions() {
    return decisions;
  }

  private Store store() {
    return instance.store();
  }

  /** Runs a call; -1910 for a second thread, -1104 after the end. */
  <T> T use(boolean windingDown, Disk.Operation<T> call) {
    return alone(() -> {
      if (closed) {
        throw JetException.of(JetErr.INVALID_SESID);
      }
      instance.requireService(windingDown);
      return call.run();
    });
  }

  /** Runs a call that closes something, which works in every state. */
  <T> T alone(Disk.Operation<T> call) {
    if (!user.tryLock()) {
      if (decisions.refusesSecondThread()) {
        throw JetException.of(JetErr.SESSION_SHARING_VIOLATION);
      }
      user.lock();
    }
    try {
      return call.run();
    } catch (IOException broken) {
      throw Disk.failure(broken);
    } finally {
      user.unlock();
    }
  }

  // Databases

  @Override
  public JetDatabase createDatabase(Path file) {
    return use(false, () -> {
      requireNoTransaction();
      requireFirst(file);
      store().createDatabase(file);
      return open(file);
    });
  }

  @Override
  public void attachDatabase(Path file) {
    use(false, () -> {
      requireNoTransaction();
      requireFirst(file);
      store().attachDatabase(file);
      return file;
    });
  }

  private void requireFirst(Path file) {
    boolean second =
        store().attachedDatabases().stream().anyMatch(other -> !other.file().equals(file));
    if (second && !decisions.offers(Capability.SEVERAL_DATABASES)) {
      throw decisions.refusal(Capability.SEVERAL_DATABASES.word());
    }
  }

  @Override
  public void detachDatabase(Path file) {
    detach(file, false);
  }

  @Override
  public void dropDatabase(Path file) {
    detach(file, true);
  }

  private void detach(Path file, boolean drop) {
    use(!drop, () -> {
      requireNoTransaction();
      if (instance.hasOpen(store().name(file), Optional.empty())) {
        throw JetException.of(JetErr.DATABASE_IN_USE, Subject.path(file));
      }
      store().detachDatabase(file, drop);
      return file;
    });
  }

  @Override
  public JetDatabase openDatabase(Path file) {
    return use(false, () -> open(file));
  }

  private ModelDatabase open(Path file) {
    ModelDatabase database = new ModelDatabase(this, file, store().name(file));
    databases.add(database);
    return database;
  }

  void forget(ModelDatabase database) {
    databases.remove(database);
  }

  boolean hasOpen(String database, Optional<String> table) {
    return databases.stream().anyMatch(open -> open.isOpen(database, table));
  }

  @Override
  public DatabaseHeader databaseHeader(Path file) {
    if (!decisions.offers(Capability.HEADER_INFORMATION)) {
      throw decisions.refusal(Capability.HEADER_INFORMATION.word());
    }
    return use(false, () -> store().header(file));
  }

  // Transactions

  @Override
  public void beginTransaction() {
    use(false, () -> {
      if (transaction != null) {
        throw JetException.of(JetErr.TRANS_TOO_DEEP);
      }
      transaction = store().begin();
      return transaction;
    });
  }

  @Override
  public void commitTransaction() {
    use(!decisions.refusesCommitAfterStop(), () -> {
      Transaction ending = requireTransaction();
      store().commit(ending);
      transaction = null;
      return ending;
    });
  }

  @Override
  public void rollbackTransaction() {
    use(true, () -> {
      Transaction ending = requireTransaction();
      if (decisions.discardsChangesAtRollback()) {
        store().rollback(ending);
      } else {
        store().commit(ending);
      }
      transaction = null;
      return ending;
    });
  }

  private Transaction requireTransaction() {
    if (transaction == null) {
      throw JetException.of(JetErr.NOT_IN_TRANSACTION);
    }
    return transaction;
  }

  void requireNoTransaction() {
    if (transaction != null) {
      throw JetException.of(JetErr.IN_TRANSACTION);
    }
  }

  /** What this session sees: its transaction's view, or what is committed just now. */
  State view() {
    Transaction current = transaction;
    if (current == null) {
      return store().committed();
    }
    return viewOf(current);
  }

  private State viewOf(Transaction current) {
    return decisions.isolatesTransactions()
        ? current.view()
        : store().committed().with(current.changes());
  }

  /** A view to read from later: that of the running transaction, or a fixed one. */
  Supplier<State> lastingView() {
    Transaction current = transaction;
    State fixed = view();
    return current == null ? () -> fixed : () -> viewOf(current);
  }

  void change(Change change, Requirement requirement) throws IOException {
    if (transaction == null) {
      store().changeAndCommit(change, requirement);
    } else {
      store().change(transaction, change, requirement);
    }
  }

  void changeTable(Change change) throws IOException {
    requireNoTransaction();
    Optional<String> table = Optional.of(change.table());
    if (change.kind() == Change.Kind.DROP_TABLE && instance.hasOpen(change.database(), table)) {
      throw JetException.of(JetErr.TABLE_IN_USE, Subject.value("table", change.table()));
    }
    store().changeTable(change);
  }

  @Override
  public void close() {
    alone(() -> {
      if (!closed) {
        closed = true;
        if (transaction != null) {
          store().rollback(transaction);
          transaction = null;
        }
        databases.clear();
        instance.forget(this);
      }
      return this;
    });
  }
}
