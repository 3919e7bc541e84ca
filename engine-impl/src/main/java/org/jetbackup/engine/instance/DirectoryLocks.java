package org.jetbackup.engine.instance;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.storage.InstanceLock;
import org.jspecify.annotations.Nullable;

/** The rights of an instance to its directories. Thread-safe. */
final class DirectoryLocks implements AutoCloseable {

  private final InstanceLock log;
  private final @Nullable InstanceLock system;

  private DirectoryLocks(InstanceLock log, @Nullable InstanceLock system) {
    this.log = log;
    this.system = system;
  }

  /**
   * Takes both directories, or none.
   *
   * @throws JetException {@link JetErr#LOG_FILE_PATH_IN_USE} or {@link JetErr#SYSTEM_PATH_IN_USE}
   */
  static DirectoryLocks acquire(Path logPath, Path systemPath) {
    InstanceLock log = InstanceLock.acquire(logPath);
    boolean done = false;
    try {
      boolean same = log.isOf(systemPath);
      DirectoryLocks locks = new DirectoryLocks(log, same ? null : acquireSystem(systemPath));
      done = true;
      return locks;
    } finally {
      if (!done) {
        log.close();
      }
    }
  }

  private static InstanceLock acquireSystem(Path systemPath) {
    try {
      return InstanceLock.acquire(systemPath);
    } catch (JetException e) {
      if (e.error() == JetErr.LOG_FILE_PATH_IN_USE) {
        throw JetException.of(JetErr.SYSTEM_PATH_IN_USE, e, Subject.path(systemPath));
      }
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      if (system != null) {
        system.close();
      }
    } finally {
      log.close();
    }
  }
}
