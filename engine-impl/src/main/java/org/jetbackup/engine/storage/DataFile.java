package org.jetbackup.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jspecify.annotations.Nullable;

/**
 * One open file, read and written by position.
 *
 * <pre>
 *                 +--- write, extendTo or setSize fails: only that call has failed
 *                 v    |
 *   open ------> GOOD -+---- force fails ----> UNFORCED: write, force, extendTo and setSize
 *                 |                               |      answer with the same error
 *                 +----------- close -------------+----> CLOSED: IllegalStateException
 * </pre>
 *
 * <p>A force that fails is never tried again through the same DataFile: the operating system may
 * have dropped what it could not write, and would then answer the next force with success. Whoever
 * wants to go on opens the file anew and writes again what was not forced.
 *
 * <p>An interrupt disturbs nothing, see {@link SteadyChannel}: the operation is done and the flag
 * is still set when it returns. The name of a new file lasts only once its directory was forced
 * ({@link Directories#force}). A file must not be renamed while it is open.
 *
 * <p>Buffers on the heap are transferred in pieces of at most {@value #CHUNK_BYTES} bytes, because
 * the platform keeps, for each thread, a direct buffer as large as the largest piece; direct
 * buffers go through as they are.
 *
 * <p>Thread-safe. Reads and writes of overlapping ranges have no order unless the callers give them
 * one. All failures are JetExceptions with the path: {@link JetErr#DISK_FULL}, {@link
 * JetErr#FILE_NOT_FOUND}, {@link JetErr#FILE_ACCESS_DENIED}, {@link JetErr#FILE_ALREADY_EXISTS},
 * {@link JetErr#DISK_IO}.
 */
public final class DataFile implements Closeable {

  /** The longest piece of a heap buffer, and of the zeros that make a file grow. */
  public static final int CHUNK_BYTES = 1 << 20;

  /** How a file is opened. */
  public enum Mode {
    /** Exists, and is only read. */
    READ,
    /** Exists, and is read and written. */
    WRITE,
    /** Does not exist, is created, read and written. */
    CREATE
  }

  private static final int IDLE_ROUNDS = 64;
  private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> WRITING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private static final SteadyChannel.Action SIZE = (channel, none, unused) -> channel.size();
  private static final SteadyChannel.Action READ_AT =
      (channel, target, position) -> channel.read(target, position);
  private static final SteadyChannel.Action WRITE_AT =
      (channel, source, position) -> channel.write(source, position);
  private static final SteadyChannel.Action CUT = (channel, none, bytes) -> {
    channel.truncate(bytes);
    return bytes;
  };
  private static final SteadyChannel.Action FORCE_DATA = (channel, none, unused) -> {
    channel.force(false);
    return 0;
  };
  private static final SteadyChannel.Action FORCE_ALL = (channel, none, unused) -> {
    channel.force(true);
    return 0;
  };

  /** Made when the first file grows; shared by all. */
  private static final class Zeros {
    static final ByteBuffer BYTES = ByteBuffer.allocateDirect(CHUNK_BYTES).asReadOnlyBuffer();
  }

  private final Path path;
  private final boolean writable;
  private final SteadyChannel channel;
  private final Object forcing = new Object();
  private volatile boolean open = true;
  private volatile boolean wasCut;
  private volatile @Nullable JetException failedForce;

  private DataFile(Path path, Mode mode, SteadyChannel channel) {
    this.path = path;
    this.writable = mode != Mode.READ;
    this.channel = channel;
  }

  /**
   * Opens a file.
   *
   * @param path the file, on any file system
   * @param mode whether it must exist, and whether it is written
   * @return the open file
   * @throws JetException {@link JetErr#FILE_NOT_FOUND}, {@link JetErr#FILE_ALREADY_EXISTS} or
   *     another one of the list above
   */
  public static DataFile open(Path path, Mode mode) {
    try {
      SteadyChannel channel = switch (mode) {
        case READ -> SteadyChannel.open(path, READING);
        case WRITE -> SteadyChannel.open(path, WRITING);
        case CREATE -> SteadyChannel.open(path, WRITING, StandardOpenOption.CREATE_NEW);
      };
      return new DataFile(path, mode, channel);
    } catch (IOException e) {
      throw IoErrors.of(e, path);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, path);
    }
  }

  /**
   * Creates a file, and leaves none if that fails: an error can come after the file was made, and it
   * would be in the way of another attempt.
   *
   * @param path where nothing is
   * @return the open, empty file
   * @throws JetException as {@link #open}
   */
  public static DataFile create(Path path) {
    boolean isFree = !Directories.exists(path);
    try {
      return open(path, Mode.CREATE);
    } catch (JetException e) {
      if (isFree && e.error() != JetErr.FILE_ALREADY_EXISTS) {
        try {
          if (Directories.delete(path)) {
            Directories.force(Directories.parentOf(path)); // a crash must not bring it back
          }
        } catch (JetException again) {
          e.addSuppressed(again);
        }
      }
      throw e;
    }
  }

  /** {@return the path as it was given} */
  public Path path() {
    return path;
  }

  /** {@return whether the file was opened for writing} */
  public boolean isWritable() {
    return writable;
  }

  /** {@return the length of the file in bytes} */
  public long size() {
    return run(SIZE, SteadyChannel.NO_BUFFER, 0);
  }

  /**
   * Reads until the buffer is full or the file ends.
   *
   * @param target filled from its position on, up to its limit
   * @param position in bytes from the start of the file
   * @return how many bytes were read; 0 at or behind the end of the file
   */
  public int read(ByteBuffer target, long position) {
    int start = target.position();
    int idle = 0;
    while (target.hasRemaining()) {
      long read = transfer(READ_AT, target, position + target.position() - start);
      if (read < 0) {
        break;
      }
      idle = progress(read, idle);
    }
    return target.position() - start;
  }

  /**
   * Reads until the buffer is full.
   *
   * @param target filled from its position on, up to its limit
   * @param position in bytes from the start of the file
   * @throws JetException {@link JetErr#FILE_IO_BEYOND_EOF} if the file ends before that
   */
  public void readFully(ByteBuffer target, long position) {
    int wanted = target.remaining();
    int read = read(target, position);
    if (read < wanted) {
      throw JetException.of(
          JetErr.FILE_IO_BEYOND_EOF,
          Subject.path(path),
          Subject.value("byte range end", position + wanted, "up to " + (position + read)));
    }
  }

  /**
   * Writes a whole buffer. When it fails, any part of it may have been written.
   *
   * @param source written from its position to its limit
   * @param position in bytes from the start of the file; behind its end, the gap reads as zeros
   */
  public void write(ByteBuffer source, long position) {
    requireSoundAndWritable();
    int start = source.position();
    int idle = 0;
    while (source.hasRemaining()) {
      idle = progress(transfer(WRITE_AT, source, position + source.position() - start), idle);
    }
  }

  /**
   * Makes durable what was written before: data, and the size of the file.
   *
   * <p>One thread forces at a time. Two at once would get only one report of a failure from some
   * systems, and one of them would wrongly believe that its data is safe.
   */
  public void force() {
    synchronized (forcing) {
      requireSoundAndWritable();
      boolean all = wasCut;
      wasCut = false;
      try {
        run(all ? FORCE_ALL : FORCE_DATA, SteadyChannel.NO_BUFFER, 0);
      } catch (JetException e) {
        failedForce = e;
        throw e;
      }
    }
  }

  /** {@return whether a force has failed, so that the file takes no more writes} */
  public boolean isUnforced() {
    return failedForce != null;
  }

  /**
   * Makes the file shorter. Durable after the next {@link #force}.
   *
   * @param bytes the new length
   * @throws IllegalArgumentException if the file is shorter already: see {@link #extendTo}
   */
  public void setSize(long bytes) {
    requireSoundAndWritable();
    long size = size();
    if (bytes < 0 || bytes > size) {
      throw new IllegalArgumentException("size = " + bytes + ", allowed: 0 to " + size);
    }
    run(CUT, SteadyChannel.NO_BUFFER, bytes);
    wasCut = true; // behind the cut: a force before this line covers it or not, the next one does
  }

  /**
   * Makes the file longer by writing zeros, so that the space is really there: a file with a hole
   * would fail for lack of space when a page is written, where nobody can go back.
   *
   * <p>Nobody may write behind the end of the file at the same time. When it fails, the file may
   * have grown by a part.
   *
   * @param bytes the new length; nothing happens if the file is that long already
   */
  public void extendTo(long bytes) {
    requireSoundAndWritable();
    ByteBuffer zeros = Zeros.BYTES.duplicate();
    for (long end = size(); end < bytes; end += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - end));
      write(zeros, end);
    }
  }

  /** Closes the file. Nothing is forced. Does nothing the second time. */
  @Override
  public void close() {
    open = false;
    try {
      channel.close();
    } catch (IOException e) {
      throw IoErrors.of(e, path);
    }
  }

  /** One call of the channel, for as much of the buffer as one call may carry. */
  private long transfer(SteadyChannel.Action action, ByteBuffer buffer, long position) {
    if (buffer.isDirect() || buffer.remaining() <= CHUNK_BYTES) {
      return run(action, buffer, position);
    }
    int limit = buffer.limit();
    buffer.limit(buffer.position() + CHUNK_BYTES);
    try {
      return run(action, buffer, position);
    } finally {
      buffer.limit(limit);
    }
  }

  private long run(SteadyChannel.Action action, ByteBuffer buffer, long number) {
    if (!open) {
      throw new IllegalStateException("closed: " + path);
    }
    try {
      return channel.run(action, buffer, number);
    } catch (IOException e) {
      throw IoErrors.of(e, path);
    }
  }

  /** Counts calls in a row that moved nothing: short is legal, never is not. */
  private int progress(long moved, int idle) {
    if (moved > 0) {
      return 0;
    }
    if (idle == IDLE_ROUNDS) {
      throw JetException.of(
          JetErr.DISK_IO, Subject.path(path), Subject.value("bytes moved", 0, "at least 1"));
    }
    return idle + 1;
  }

  private void requireSoundAndWritable() {
    if (!writable) {
      throw new IllegalStateException("open for reading only: " + path);
    }
    JetException failure = failedForce;
    if (failure != null) {
      throw JetException.of(failure.error(), failure, Subject.path(path));
    }
  }
}
