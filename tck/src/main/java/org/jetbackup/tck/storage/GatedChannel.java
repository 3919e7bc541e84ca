package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel to a file: each call passes the gate and is then done by the channel below.
 *
 * <p>Always true:
 *
 * <ol>
 *   <li>The position is that of the channel below. Offsets of operations are exact, because a write
 *       reads the position, or the size if it appends, under the lock of the gate.
 *   <li>When the channel below was closed by an interrupt or behind our back, so is this one by the
 *       time that the call returns.
 *   <li>After a synchronous write a force is an operation of its own; the channel below knows
 *       nothing of it.
 * </ol>
 */
final class GatedChannel extends FileChannel {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final GatedFileSystem fileSystem;
  private final Gate gate;
  private final Unforced unforced;
  private final long handle;
  private final String name;
  private final OpenMode mode;
  private final FileChannel below;
  private final Path pathBelow;
  private final Object fileKey;

  GatedChannel(
      GatedFileSystem fileSystem,
      long handle,
      String name,
      OpenMode mode,
      FileChannel below,
      Path pathBelow,
      Object fileKey) {
    this.fileSystem = fileSystem;
    this.gate = fileSystem.gate();
    this.unforced = fileSystem.unforced();
    this.handle = handle;
    this.name = name;
    this.mode = mode;
    this.below = below;
    this.pathBelow = pathBelow;
    this.fileKey = fileKey;
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    requireReadable();
    return guarded(() -> readAt(below.position(), destination, below::read));
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    requireNotNegative("position", position);
    requireReadable();
    return guarded(() -> readAt(position, destination, buffer -> below.read(buffer, position)));
  }

  @Override
  public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, destinations.length);
    requireReadable();
    return guarded(() -> {
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        int wanted = destinations[i].remaining();
        int read = readAt(below.position(), destinations[i], below::read);
        if (read < 0 && total == 0) {
          return -1L;
        }
        total += Math.max(read, 0);
        if (read < wanted) {
          break;
        }
      }
      return total;
    });
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    requireWritable();
    return guarded(() -> synced(gate.exclusively(() -> writeNext(source))));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    requireNotNegative("position", position);
    requireWritable();
    return guarded(() -> synced(writeAt(source, position)));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, sources.length);
    requireWritable();
    return guarded(() -> synced(gate.exclusively(() -> {
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        total += writeNext(sources[i]);
        if (sources[i].hasRemaining()) {
          break;
        }
      }
      return total;
    })));
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    requireNotNegative("position", position);
    requireNotNegative("count", count);
    requireReadable();
    if (!target.isOpen()) {
      throw new ClosedChannelException();
    }
    return guarded(() -> {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(count, CHUNK_BYTES));
      long done = 0;
      while (done < count) {
        long from = position + done;
        chunk.clear().limit((int) Math.min(chunk.capacity(), count - done));
        if (readAt(from, chunk, buffer -> below.read(buffer, from)) <= 0) {
          break;
        }
        done += target.write(chunk.flip());
        if (chunk.hasRemaining()) {
          break;
        }
      }
      return done;
    });
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    requireNotNegative("position", position);
    requireNotNegative("count", count);
    requireWritable();
    if (!source.isOpen()) {
      throw new ClosedChannelException();
    }
    return guarded(() -> {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(count, CHUNK_BYTES));
      long done = 0;
      while (position <= below.size() && done < count) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), count - done));
        if (source.read(chunk) <= 0) {
          break;
        }
        for (chunk.flip(); chunk.hasRemaining(); ) {
          done += synced(writeAt(chunk, position + done));
        }
      }
      return done;
    });
  }

  @Override
  public long position() throws IOException {
    return guarded(below::position);
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    requireNotNegative("position", newPosition);
    guarded(() -> below.position(newPosition));
    return this;
  }

  @Override
  public long size() throws IOException {
    return guarded(below::size);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireNotNegative("size", size);
    requireWritable();
    guarded(() -> gate.exclusively(() -> {
      long cut = Math.max(0, below.size() - size);
      return gate.perform(operation(OperationKind.TRUNCATE).at(size, cut), () -> {
        unforced.remember(pathBelow, fileKey, size, cut);
        return below.truncate(size);
      });
    }));
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    guarded(() -> performForce(metaData));
  }

  @Override
  public MappedByteBuffer map(MapMode mapMode, long position, long size) {
    throw new UnsupportedOperationException("the kit cannot see writes to mapped memory");
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return acquire(position, size, shared, () -> Optional.of(below.lock(position, size, shared)))
        .orElseThrow(() -> new IllegalStateException("no lock after waiting for it"));
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return acquire(
            position,
            size,
            shared,
            () -> Optional.ofNullable(below.tryLock(position, size, shared)))
        .orElse(null);
  }

  private Optional<FileLock> acquire(
      long position, long size, boolean shared, Gate.Effect<Optional<FileLock>> lockBelow)
      throws IOException {
    if (shared) {
      requireReadable();
    } else {
      requireWritable();
    }
    Operation lock = operation(OperationKind.LOCK).at(position, size);
    return guarded(() -> fileSystem
        .locks()
        .acquire(this, fileKey, position, size, shared, () -> gate.perform(lock, lockBelow)));
  }

  /** Always gives the channel below back; what else closing means ends with a freeze. */
  @Override
  protected void implCloseChannel() throws IOException {
    fileSystem.handles().remove(handle);
    fileSystem.locks().forget(this);
    try (below) {
      gate.perform(operation(OperationKind.CLOSE), () -> {
        below.close();
        return true;
      });
      if (mode.has(StandardOpenOption.DELETE_ON_CLOSE)) {
        gate.exclusively(this::deleteUnlessMoved);
      }
    } catch (IOException e) {
      if (!gate.isFrozen()) {
        throw e;
      }
    }
  }

  private boolean deleteUnlessMoved() throws IOException {
    boolean isThere = Files.exists(pathBelow) && FileOpener.fileKey(pathBelow).equals(fileKey);
    return isThere
        && gate.perform(
            Operation.on(OperationKind.DELETE, name), () -> Files.deleteIfExists(pathBelow));
  }

  private Operation operation(OperationKind kind) {
    return Operation.through(handle, kind, name);
  }

  private int readAt(long position, ByteBuffer destination, Gate.Transfer transfer)
      throws IOException {
    return gate.read(
        operation(OperationKind.READ).at(position, destination.remaining()), destination, transfer);
  }

  /** Writes at the position of the channel; only under the lock of the gate. */
  private int writeNext(ByteBuffer source) throws IOException {
    return writeAt(source, below.position(), below::write);
  }

  private int writeAt(ByteBuffer source, long position) throws IOException {
    return gate.exclusively(
        () -> writeAt(source, position, buffer -> below.write(buffer, position)));
  }

  private int writeAt(ByteBuffer source, long position, Gate.Transfer transfer) throws IOException {
    long offset = mode.has(StandardOpenOption.APPEND) ? below.size() : position;
    return gate.write(
        operation(OperationKind.WRITE).at(offset, source.remaining()), source, buffer -> {
          // Beyond the end some file systems let a file grow by a write of nothing; a disk does
          // not.
          if (!buffer.hasRemaining()) {
            return 0;
          }
          unforced.remember(pathBelow, fileKey, offset, buffer.remaining());
          return transfer.run(buffer);
        });
  }

  private <T> T synced(T written) throws IOException {
    if (mode.has(StandardOpenOption.SYNC)) {
      performForce(true);
    } else if (mode.has(StandardOpenOption.DSYNC)) {
      performForce(false);
    }
    return written;
  }

  private boolean performForce(boolean metaData) throws IOException {
    Operation force = operation(metaData ? OperationKind.FORCE : OperationKind.FORCE_DATA);
    try {
      return gate.perform(force, () -> forceBelow(metaData));
    } catch (DroppedDataException e) {
      unforced.drop(fileKey, e);
      throw e;
    }
  }

  private boolean forceBelow(boolean metaData) throws IOException {
    Unforced.Force force = unforced.begin(fileKey);
    boolean done = false;
    try {
      below.force(metaData);
      done = true;
    } finally {
      unforced.end(force, done);
    }
    return done;
  }

  /** Runs the body outside of the lock of the gate, which closing needs too. */
  private <T> T guarded(Gate.Effect<T> body) throws IOException {
    requireOpen();
    gate.check();
    try {
      return body.run();
    } catch (ClosedChannelException | FileLockInterruptionException e) {
      if (!below.isOpen()) {
        close();
      }
      throw e;
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private void requireReadable() throws ClosedChannelException {
    requireOpen();
    if (!mode.read()) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWritable() throws ClosedChannelException {
    requireOpen();
    if (!mode.write()) {
      throw new NonWritableChannelException();
    }
  }

  private static void requireNotNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative " + what + ": " + value);
    }
  }
}
