package org.jetbackup.engine.instance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.DatabaseHeader;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A session.
 *
 * <pre>{@code
 *   OUTSIDE --begin--> IN TRANSACTION --commit, rollback--> OUTSIDE
 *      |                    |  commit fails: stays, to be rolled back
 *      +------ close, end of the instance: rolled back ------> CLOSED
 * }</pre>
 *
 * <p>Every call through it, and through what was opened by it, goes through {@link #enter} and
 * {@link #exit}: one thread at a time, in a state of the instance that allows it. What a handle kept
 * in use is let go when the transaction ends in which it was used, not when it is closed, because
 * the writes of the transaction are still to be applied.
 */
final class Session implements JetSession {

  private final Instance instance;
  private final Service service;
  private final ReentrantLock user = new ReentrantLock();

  /** What follows is guarded by the lock. */
  private final Set<OpenDatabase> databases = new LinkedHashSet<>();

  private final List<Object> toLetGo = new ArrayList<>();
  private @Nullable Transaction transaction;
  private boolean closed;

  Session(Instance instance, Service service) {
    this.instance = instance;
    this.service = service;
  }

  /**
   * Begins a call.
   *
   * @param windingDown whether it is allowed when service was stopped
   * @throws JetException {@link JetErr#SESSION_SHARING_VIOLATION} if another thread is in; {@link
   *     JetErr#INVALID_SESID} after the end; an error of state
   */
  void enter(boolean windingDown) {
    if (!user.tryLock()) {
      throw JetException.of(JetErr.SESSION_SHARING_VIOLATION);
    }
    boolean allowed = false;
    try {
      instance.requireService(windingDown);
      if (closed) {
        throw JetException.of(JetErr.INVALID_SESID);
      }
      allowed = true;
    } finally {
      if (!allowed) {
        user.unlock();
      }
    }
  }

  /** Begins a call that only closes something: allowed in every state. */
  void enterToClose() {
    if (!user.tryLock()) {
      throw JetException.of(JetErr.SESSION_SHARING_VIOLATION);
    }
  }

  /** Ends a call. What it could not tell before, it tells now that it has no lock. */
  void exit() {
    user.unlock();
    service.afterCall();
  }

  Service service() {
    return service;
  }

  Handles handles() {
    return instance.handles();
  }

  /** {@return the transaction of this session; null outside of one} */
  @Nullable
  Transaction transaction() {
    return transaction;
  }

  void requireNoTransaction() {
    if (transaction != null) {
      throw JetException.of(JetErr.IN_TRANSACTION);
    }
  }

  /** Lets something go that a handle kept in use. */
  void letGo(Object thing) {
    if (transaction == null) {
      handles().closed(thing);
    } else {
      toLetGo.add(thing);
    }
  }

  private void transactionHasEnded() {
    transaction = null;
    toLetGo.forEach(handles()::closed);
    toLetGo.clear();
  }

  @Override
  public JetDatabase createDatabase(Path file) {
    enter(false);
    try {
      requireNoTransaction();
      service.requireLogSpace();
      service.databases().create(file);
      return open(file);
    } finally {
      exit();
    }
  }

  @Override
  public void attachDatabase(Path file) {
    enter(false);
    try {
      requireNoTransaction();
      service.requireLogSpace();
      service.databases().attach(file);
    } finally {
      exit();
    }
  }

  @Override
  public void detachDatabase(Path file) {
    remove(file, true);
  }

  @Override
  public void dropDatabase(Path file) {
    remove(file, false);
  }

  private void remove(Path file, boolean keepsFile) {
    enter(keepsFile);
    try {
      requireNoTransaction();
      handles().lock();
      try {
        if (keepsFile && service.databases().finishDetach(file)) {
          return;
        }
        AttachedDatabase leaving = service.databases().find(file);
        if (handles().isOpen(leaving)) {
          throw JetException.of(JetErr.DATABASE_IN_USE, Subject.path(file));
        }
        if (keepsFile) {
          service.detach(leaving);
        } else {
          service.drop(leaving);
        }
      } finally {
        handles().unlock();
      }
    } finally {
      exit();
    }
  }

  @Override
  public JetDatabase openDatabase(Path file) {
    enter(false);
    try {
      return open(file);
    } finally {
      exit();
    }
  }

  private OpenDatabase open(Path file) {
    handles().lock();
    try {
      AttachedDatabase found = service.databases().find(file);
      handles().opened(found);
      OpenDatabase opened = new OpenDatabase(this, found, file);
      databases.add(opened);
      return opened;
    } finally {
      handles().unlock();
    }
  }

  void forget(OpenDatabase database) {
    databases.remove(database);
  }

  @Override
  public DatabaseHeader databaseHeader(Path file) {
    enter(false);
    try {
      return Headers.of(file, service.databases().find(file).database().header());
    } finally {
      exit();
    }
  }

  @Override
  public void beginTransaction() {
    enter(false);
    try {
      Transaction running = transaction;
      if (running == null) {
        transaction = service.transactions().begin();
      } else {
        running.beginNested();
      }
    } finally {
      exit();
    }
  }

  @Override
  public void commitTransaction() {
    commit(false);
  }

  @Override
  public void commitTransactionLazily() {
    commit(true);
  }

  private void commit(boolean lazily) {
    enter(false);
    try {
      Transaction ending = requireTransaction();
      if (ending.depth() == 1 && ending.hasWrites()) {
        service.requireLogSpace();
      }
      ending.commit(lazily);
      if (ending.depth() == 0) {
        transactionHasEnded();
        service.afterCommit();
      }
    } finally {
      exit();
    }
  }

  @Override
  public void rollbackTransaction() {
    enter(true);
    try {
      Transaction ending = requireTransaction();
      ending.rollback();
      if (ending.depth() == 0) {
        transactionHasEnded();
      }
    } finally {
      exit();
    }
  }

  private Transaction requireTransaction() {
    Transaction running = transaction;
    if (running == null) {
      throw JetException.of(JetErr.NOT_IN_TRANSACTION);
    }
    return running;
  }

  @Override
  public void close() {
    enterToClose();
    try {
      finish();
    } finally {
      exit();
    }
  }

  /** Ends the session because the instance ends; waits for the call that is under way. */
  void end() {
    user.lock();
    try {
      finish();
    } finally {
      user.unlock();
    }
  }

  private void finish() {
    if (closed) {
      return;
    }
    closed = true;
    new ArrayList<>(databases).forEach(OpenDatabase::shut);
    Transaction running = transaction;
    while (running != null && running.depth() > 0) {
      running.rollback();
    }
    transactionHasEnded();
    instance.forget(this);
  }
}
