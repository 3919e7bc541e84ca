package org.jetbackup.engine.log;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;

/**
 * The space of the next file of the log, got ahead of its need.
 *
 * <pre>
 *   NONE --prepare: zeros, forced; or a reserve where the disk is full; or an obsolete file--> READY
 *   READY --take, at a roll--> TAKEN, touched by the roll alone --published: renamed--> NONE
 * </pre>
 *
 * <p>Its name says that it is only space. What it holds does not matter: an obsolete file of this
 * sequence has batches of an earlier generation, which say so.
 *
 * <p>Thread-safe. Its lock is held while files are made, and nothing else is locked then; a task of
 * the executor needs no other lock, so it may run in the thread that asks for it.
 */
final class NextFile {

  private static final int RESERVES = 2;

  private final LogOptions options;
  private final Executor executor;
  private final Path prepared;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean isAsked = new AtomicBoolean();

  /** Guarded by the lock. */
  private boolean isReady;

  /** From {@link #take} until {@link #published}: its name is still the prepared one. */
  private boolean isTaken;

  private boolean isClosed;

  private volatile boolean isSpaceShort;

  NextFile(LogOptions options, Executor executor) {
    this.options = options;
    this.executor = executor;
    this.prepared = FileNames.preparedLog(options.directory(), options.baseName());
  }

  /** Asks the executor for a prepared file; cheap if that was done already. */
  void prepareSoon() {
    if (isAsked.compareAndSet(false, true)) {
      run(this::prepare);
    }
  }

  /** Asks the executor for the reserves. */
  void reserveSoon() {
    run(this::reserve);
  }

  private void run(Runnable task) {
    try {
      executor.execute(() -> inBackground(task));
    } catch (RejectedExecutionException e) {
      // The roll does it.
    }
  }

  private void inBackground(Runnable task) {
    lock.lock();
    try {
      if (!isClosed) {
        task.run();
      }
    } catch (JetException e) {
      if (e.error() == JetErr.DISK_FULL) {
        isSpaceShort = true;
      } // anything else the roll will meet again
    } finally {
      lock.unlock();
    }
  }

  /** Hands out the prepared file, making it now if need be. */
  Path take() {
    lock.lock();
    try {
      prepare();
      isReady = false;
      isTaken = true;
      return prepared;
    } finally {
      lock.unlock();
    }
  }

  /** The file that was taken has its own name now; another one may be prepared. */
  void published() {
    lock.lock();
    try {
      isTaken = false;
      isAsked.set(false);
    } finally {
      lock.unlock();
    }
  }

  /** Makes an obsolete file the prepared one; false if none is needed. */
  boolean recycle(Path obsolete) {
    lock.lock();
    try {
      if (isReady || isTaken || isClosed) {
        return false;
      }
      Directories.moveAtomically(obsolete, prepared);
      isReady = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether space is short; tries to get it. Whoever comes while another one tries is told yes. */
  boolean isSpaceShort() {
    if (!isSpaceShort) {
      return false;
    }
    if (!lock.tryLock()) {
      return true;
    }
    try {
      if (!isClosed) {
        isSpaceShort = false;
        prepare();
        if (!isSpaceShort) {
          reserve();
        }
      }
    } catch (JetException e) {
      isSpaceShort = true;
    } finally {
      lock.unlock();
    }
    return isSpaceShort;
  }

  /** Takes away what an earlier sequence may have left. */
  void clear() {
    if (Directories.delete(prepared)) {
      Directories.force(options.directory());
    }
  }

  void close() {
    lock.lock();
    try {
      isClosed = true;
    } finally {
      lock.unlock();
    }
  }

  private void prepare() {
    if (isReady || isTaken) {
      return;
    }
    try {
      allocate(prepared);
    } catch (JetException e) {
      if (e.error() != JetErr.DISK_FULL) {
        throw e;
      }
      isSpaceShort = true;
      Directories.delete(prepared); // what there is of it, perhaps all the space there is
      useReserve(e);
    }
    isReady = true;
  }

  private void useReserve(JetException full) {
    for (int i = RESERVES; i >= 1; i--) {
      Path reserve = reserve(i);
      if (Directories.exists(reserve) && isWhole(reserve)) {
        Directories.moveAtomically(reserve, prepared);
        return;
      }
    }
    throw full;
  }

  private boolean isWhole(Path file) {
    try (DataFile opened = DataFile.open(file, Mode.READ)) {
      return opened.size() == options.fileBytes();
    }
  }

  private void reserve() {
    for (int i = 1; i <= RESERVES; i++) {
      Path reserve = reserve(i);
      if (!Directories.exists(reserve) || !isWhole(reserve)) {
        try {
          allocate(reserve);
        } catch (JetException e) {
          Directories.delete(reserve);
          throw e;
        }
      }
    }
  }

  private Path reserve(int number) {
    return FileNames.reserveLog(options.directory(), options.baseName(), number);
  }

  /** Makes a file of the right length that is durable, from whatever is there. */
  private void allocate(Path path) {
    boolean isThere = Directories.exists(path);
    try (DataFile file = DataFile.open(path, isThere ? Mode.WRITE : Mode.CREATE)) {
      if (file.size() > options.fileBytes()) {
        file.setSize(options.fileBytes());
      }
      file.extendTo(options.fileBytes());
      file.force();
    }
    Directories.force(options.directory());
  }
}
