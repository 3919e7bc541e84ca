package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The locks on ranges of files that are held through this file system.
 *
 * <p>The file system below is asked too, for the sake of other processes, but whether two locks in
 * this one overlap is decided here: some file systems do not care. The monitor of this object
 * protects the list; it is not held while the file system below is asked.
 */
final class LockTable {

  private final Gate gate;
  private final List<Held> locks = new ArrayList<>();

  LockTable(Gate gate) {
    this.gate = gate;
  }

  /**
   * Acquires a lock.
   *
   * @param fileKey identifies the file
   * @param below asks the file system below, which may wait, or may answer with none
   * @return none if the file system below said so
   * @throws OverlappingFileLockException if a lock that is held here overlaps the range
   */
  Optional<FileLock> acquire(
      FileChannel channel,
      Object fileKey,
      long position,
      long size,
      boolean shared,
      Gate.Effect<Optional<FileLock>> below)
      throws IOException {
    Held lock = new Held(channel, fileKey, position, size, shared);
    reserve(lock);
    try {
      lock.below = below.run().orElse(null);
    } finally {
      if (lock.below == null) {
        remove(lock);
      }
    }
    return lock.below == null ? Optional.empty() : Optional.of(lock);
  }

  /** Forgets the locks of a channel that closes, which makes the file system below release them. */
  synchronized void forget(FileChannel channel) {
    locks.removeIf(lock -> lock.channel() == channel);
  }

  private synchronized void reserve(Held wanted) {
    for (Held lock : locks) {
      if (lock.fileKey.equals(wanted.fileKey) && lock.overlaps(wanted.position(), wanted.size())) {
        throw new OverlappingFileLockException();
      }
    }
    locks.add(wanted);
  }

  private synchronized void remove(Held lock) {
    locks.remove(lock);
  }

  private synchronized boolean holds(Held lock) {
    return locks.contains(lock);
  }

  /** A lock; valid as long as it is in the table. */
  private final class Held extends FileLock {

    private final Object fileKey;
    private volatile @Nullable FileLock below;

    Held(FileChannel channel, Object fileKey, long position, long size, boolean shared) {
      super(channel, position, size, shared);
      this.fileKey = fileKey;
    }

    @Override
    public boolean isValid() {
      return acquiredBy().isOpen() && holds(this);
    }

    @Override
    public void release() throws IOException {
      if (!acquiredBy().isOpen()) {
        throw new ClosedChannelException();
      }
      gate.check();
      FileLock lockBelow = below;
      if (lockBelow != null && holds(this)) {
        lockBelow.release();
      }
      remove(this);
    }
  }
}
