package org.jetbackup.perf;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A control: a file and one thread, which writes a record and forces it. Every record begins a
 * sector, as the sectors of a log that were forced are never written again.
 */
final class PlainCommits implements CommitSubject {

  /** Bytes of a sector. */
  static final int SECTOR = 512;

  /** Bytes of a file that is preallocated; used in turns, as logs are. */
  static final int PREALLOCATED = 16 << 20;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private final FileChannel file;
  private final long turn;
  private long position;

  private PlainCommits(FileChannel file, long turn) {
    this.file = file;
    this.turn = turn;
  }

  /** Every record makes the file longer. */
  static PlainCommits appending(Path path) throws IOException {
    return new PlainCommits(FileChannel.open(path, CREATE_NEW, WRITE), Long.MAX_VALUE);
  }

  /** The file was written before; at its end it goes on at its begin. */
  static PlainCommits overwriting(Path path) throws IOException {
    return new PlainCommits(preallocate(path), PREALLOCATED);
  }

  /** A file of zeros that are durable, not only promised. */
  static FileChannel preallocate(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, CREATE_NEW, WRITE);
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (long at = 0; at < PREALLOCATED; at += zeros.capacity()) {
      file.write(zeros.clear(), at);
    }
    file.force(true);
    return file;
  }

  /** Up to the next begin of a sector. */
  static int padded(int bytes) {
    return (bytes + SECTOR - 1) / SECTOR * SECTOR;
  }

  @Override
  public void commit(int thread, byte[] key, byte[] value) throws IOException {
    buffer.clear().put(key).put(value);
    int bytes = padded(buffer.position());
    if (position + bytes > turn) {
      position = 0;
    }
    buffer.position(0).limit(bytes);
    while (buffer.hasRemaining()) {
      position += file.write(buffer, position);
    }
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
