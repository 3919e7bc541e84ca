package org.jetbackup.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel to a file that outlives interrupts.
 *
 * <p>An interrupt closes a {@link FileChannel} for all of its users: the interrupted thread gets a
 * ClosedByInterruptException and the others an AsynchronousCloseException, or a
 * ClosedChannelException if they come later. All three are ClosedChannelExceptions, and whoever
 * meets one does the same:
 *
 * <pre>
 *   run on the shared channel --ok--------------------------------------------> done
 *     |                                                                          ^
 *     | closed under us                                                          |
 *     v                                                                          |
 *   take the flag away --> reopen, unless another thread has --> run again --ok--+
 *     ^                                                             |            |
 *     +------------------- closed again: up to 8 times -------------+            |
 *     |                                                                          |
 *     +--> run on a channel of our own, that only our own interrupts close --ok--+
 *            closed again: up to 64 times, then it is an error
 * </pre>
 *
 * <p>The flag is taken away first, since a thread that has it set closes every channel that it
 * touches, and is given back at the end. Operations are repeated from their beginning, so they must
 * be idempotent: positional reads and writes, forces, truncations. A force that was cut short is
 * repeated whole; that it goes through another channel does not matter, as a force covers the file
 * and not what one channel wrote. Reopening never creates, and fails if another file has taken the
 * name (where the file system gives files keys): a file must not be renamed while it is open.
 *
 * <p>Thread-safe.
 */
final class SteadyChannel implements Closeable {

  private static final int SHARED_ATTEMPTS = 8;
  private static final int ALL_ATTEMPTS = SHARED_ATTEMPTS + 64;

  /** For actions that take no buffer. */
  static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

  /**
   * An idempotent use of a channel; a constant that captures nothing, so that none is allocated.
   */
  @FunctionalInterface
  interface Action {
    long on(FileChannel channel, ByteBuffer buffer, long number) throws IOException;
  }

  private final Path path;
  private final Set<OpenOption> reopening;
  private final @Nullable Object fileKey;
  private volatile FileChannel channel;
  private boolean closed; // guarded by this

  private SteadyChannel(Path path, Set<OpenOption> reopening, FileChannel channel) {
    this.path = path;
    this.reopening = reopening;
    this.channel = channel;
    this.fileKey = keyOf(path);
  }

  /**
   * Opens a file.
   *
   * @param reopening how to open it again
   * @param further how it is opened the first time, in addition
   */
  static SteadyChannel open(Path path, Set<OpenOption> reopening, OpenOption... further)
      throws IOException {
    Set<OpenOption> first = new HashSet<>(reopening);
    first.addAll(Arrays.asList(further));
    return new SteadyChannel(path, reopening, FileChannel.open(path, first));
  }

  /**
   * Runs an action until no interrupt disturbs it. Where it fails, the position of the buffer is
   * undefined.
   *
   * @throws IllegalStateException if the file was closed by {@link #close}
   */
  long run(Action action, ByteBuffer buffer, long number) throws IOException {
    int start = buffer.position();
    FileChannel current = channel;
    try {
      return action.on(current, buffer, number);
    } catch (ClosedChannelException e) {
      return runAgain(action, buffer, start, number, current);
    }
  }

  private long runAgain(
      Action action, ByteBuffer buffer, int start, long number, FileChannel closedOne)
      throws IOException {
    boolean interrupted = false;
    try {
      FileChannel current = closedOne;
      for (int attempt = 1; attempt <= ALL_ATTEMPTS; attempt++) {
        interrupted |= Thread.interrupted();
        buffer.position(start); // what an interrupted read delivered has moved it
        try {
          if (attempt > SHARED_ATTEMPTS) {
            return runAlone(action, buffer, number);
          }
          current = reopened(current);
          return action.on(current, buffer, number);
        } catch (ClosedChannelException e) {
          // The next round tells an interrupt from a close.
        }
      }
      throw new FileSystemException(
          path.toString(), null, "interrupted " + ALL_ATTEMPTS + " times in one operation");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private long runAlone(Action action, ByteBuffer buffer, long number) throws IOException {
    requireOpen();
    try (FileChannel own = openAgain()) {
      return action.on(own, buffer, number);
    }
  }

  /** The shared channel that took the place of one that was found closed. */
  private synchronized FileChannel reopened(FileChannel found) throws IOException {
    requireOpen();
    if (channel == found) {
      found.close(); // it is closed already, if the file system is right
      channel = openAgain();
    }
    return channel;
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("closed: " + path);
    }
  }

  private FileChannel openAgain() throws IOException {
    FileChannel opened = FileChannel.open(path, reopening);
    Object key = keyOf(path);
    if (fileKey != null && key != null && !Objects.equals(fileKey, key)) {
      opened.close();
      throw new FileSystemException(
          path.toString(), null, "after an interrupt another file has this name");
    }
    return opened;
  }

  /** Only strengthens a check: where no key can be read, there is none to compare. */
  private static @Nullable Object keyOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** Closes for good; does nothing the second time. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
