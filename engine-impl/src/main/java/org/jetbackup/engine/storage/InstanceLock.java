package org.jetbackup.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.FileNames;
import org.jspecify.annotations.Nullable;

/**
 * The right of one instance to a directory.
 *
 * <p>Two things hold it, for neither is enough. A lock on a file in the directory keeps other
 * processes out; inside one process some file systems grant it twice. A registry of this process
 * keeps its own instances apart, by file system and real path. The registry is asked first, and the
 * lock file is not even opened by a loser: on POSIX systems a process that closes any channel to a
 * file gives up its locks on that file, also those that it took through another channel.
 *
 * <pre>
 *   acquire --registered--> file opened --locked--> HELD --close--> unlocked --> not registered
 *      |                        |
 *      +--registered already    +--locked by another process, or no file: not registered
 *         -1084                    -1032, or the failure
 * </pre>
 *
 * <p>The lock file stays when the lock is released. Deleting it would let two instances own one
 * directory: one that has opened the file before it was deleted, and one that makes a new file of
 * the same name. The file is empty and is no part of a backup.
 *
 * <p>Thread-safe.
 */
public final class InstanceLock implements Closeable {

  private static final int INTERRUPTS = 64;

  /** Real paths as texts: a path would keep its file system from being forgotten. */
  private static final Map<FileSystem, Set<String>> HELD = new WeakHashMap<>();

  private final Path directory;
  private final FileSystem fileSystem;
  private final String realPath;
  private final FileChannel channel;
  private boolean released; // guarded by this

  private InstanceLock(Path directory, String realPath, FileChannel channel) {
    this.directory = directory;
    this.fileSystem = directory.getFileSystem();
    this.realPath = realPath;
    this.channel = channel;
  }

  /**
   * Takes a directory, or fails at once if somebody else has it.
   *
   * @param directory an existing directory, in any spelling
   * @return the lock
   * @throws JetException {@link JetErr#LOG_FILE_PATH_IN_USE} if an instance of this process has it;
   *     {@link JetErr#FILE_ACCESS_DENIED} if another process has it, or the lock file cannot be
   *     written; {@link JetErr#INVALID_PATH} if there is no such directory; and others, see {@link
   *     DataFile}
   */
  public static InstanceLock acquire(Path directory) {
    String realPath = realPathOf(directory);
    FileSystem fileSystem = directory.getFileSystem();
    if (!register(fileSystem, realPath)) {
      throw JetException.of(JetErr.LOG_FILE_PATH_IN_USE, Subject.path(directory));
    }
    boolean held = false;
    try {
      FileChannel channel = locked(directory.resolve(FileNames.LOCK));
      if (channel == null) {
        throw JetException.of(JetErr.FILE_ACCESS_DENIED, Subject.path(directory));
      }
      held = true;
      return new InstanceLock(directory, realPath, channel);
    } catch (IOException e) {
      throw failure(e, directory);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, directory);
    } finally {
      if (!held) {
        unregister(fileSystem, realPath);
      }
    }
  }

  /** {@return the directory as it was given} */
  public Path directory() {
    return directory;
  }

  /**
   * Tells whether the lock is that of a directory.
   *
   * @param other an existing directory of the same file system, in any spelling
   * @return whether it is the same one
   * @throws JetException as {@link #acquire}
   */
  public boolean isOf(Path other) {
    return realPathOf(other).equals(realPath);
  }

  /** Releases the directory. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (released) {
      return;
    }
    released = true;
    try {
      channel.close(); // releases the lock
    } catch (IOException e) {
      throw IoErrors.of(e, directory);
    } finally {
      unregister(fileSystem, realPath);
    }
  }

  private static String realPathOf(Path directory) {
    try {
      return directory.toRealPath().toString();
    } catch (IOException e) {
      throw failure(e, directory);
    }
  }

  private static JetException failure(IOException failure, Path directory) {
    boolean isNone = failure instanceof NoSuchFileException || Files.isRegularFile(directory);
    return isNone
        ? JetException.of(JetErr.INVALID_PATH, failure, Subject.path(directory))
        : IoErrors.of(failure, directory);
  }

  /** An open channel whose file is locked; null if somebody else has locked it. */
  private static @Nullable FileChannel locked(Path file) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      for (int round = 1; ; round++) {
        try {
          return lockedOnce(file);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          if (round == INTERRUPTS) {
            throw e;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static @Nullable FileChannel lockedOnce(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : channel;
    } catch (OverlappingFileLockException e) {
      return null; // through another file system over the same directory
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static boolean register(FileSystem fileSystem, String realPath) {
    synchronized (HELD) {
      return HELD.computeIfAbsent(fileSystem, unknown -> new HashSet<>()).add(realPath);
    }
  }

  private static void unregister(FileSystem fileSystem, String realPath) {
    synchronized (HELD) {
      Set<String> held = HELD.get(fileSystem);
      if (held != null && held.remove(realPath) && held.isEmpty()) {
        HELD.remove(fileSystem);
      }
    }
  }
}
