package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A directory opened for reading, as on Linux: it can be forced and closed, and nothing else.
 *
 * <p>Where the file system below opens no directories there is no channel below, and a force only
 * counts. An interrupt closes the channel either way.
 */
final class DirectoryChannel extends FileChannel {

  private final GatedFileSystem fileSystem;
  private final long handle;
  private final String name;
  private final @Nullable FileChannel below;

  DirectoryChannel(
      GatedFileSystem fileSystem, long handle, String name, @Nullable FileChannel below) {
    this.fileSystem = fileSystem;
    this.handle = handle;
    this.name = name;
    this.below = below;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    requireOpen();
    fileSystem.gate().check();
    try {
      fileSystem
          .gate()
          .perform(
              Operation.through(handle, OperationKind.FORCE_DIRECTORY, name),
              () -> forceBelow(metaData));
    } catch (ClosedChannelException e) {
      close();
      throw e;
    }
  }

  private boolean forceBelow(boolean metaData) throws IOException {
    if (below != null) {
      below.force(metaData);
    } else if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    return true;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    fileSystem.handles().remove(handle);
    try {
      fileSystem
          .gate()
          .perform(Operation.through(handle, OperationKind.CLOSE, name), this::closeBelow);
    } catch (IOException e) {
      if (!fileSystem.gate().isFrozen()) {
        throw e;
      }
    } finally {
      closeBelow();
    }
  }

  private boolean closeBelow() throws IOException {
    if (below != null) {
      below.close();
    }
    return true;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private IOException isDirectory() throws IOException {
    requireOpen();
    fileSystem.gate().check();
    return new IOException("Is a directory");
  }

  private NonWritableChannelException notWritable() throws IOException {
    requireOpen();
    fileSystem.gate().check();
    return new NonWritableChannelException();
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    throw isDirectory();
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    throw isDirectory();
  }

  @Override
  public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
    throw isDirectory();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    throw isDirectory();
  }

  @Override
  public long position() throws IOException {
    throw isDirectory();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    throw isDirectory();
  }

  @Override
  public long size() throws IOException {
    throw isDirectory();
  }

  @Override
  public MappedByteBuffer map(MapMode mapMode, long position, long size) throws IOException {
    throw isDirectory();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    throw notWritable();
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    throw notWritable();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    throw notWritable();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    throw notWritable();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    throw notWritable();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    throw notWritable();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    throw notWritable();
  }
}
