package org.jetbackup.perf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A control: what group commit costs when there is nothing else. Records are collected in one
 * buffer; whoever finds no leader becomes it, takes the buffer, writes it to a preallocated file,
 * forces, and wakes the others, while the next buffer fills.
 */
final class GroupCommit implements CommitSubject {

  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final Lock lock = new ReentrantLock();
  private final Condition batchEnded = lock.newCondition();
  private ByteBuffer filling = ByteBuffer.allocateDirect(BUFFER);
  private ByteBuffer writing = ByteBuffer.allocateDirect(BUFFER);
  private long fillingBatch = 1;
  private long forcedBatch;
  private boolean hasLeader;
  private long position; // of the leader
  private long forces; // of the leader
  private long bytes; // of the leader

  GroupCommit(Path path) throws IOException {
    file = PlainCommits.preallocate(path);
  }

  @Override
  public void commit(int thread, byte[] key, byte[] value) throws IOException {
    long mine;
    lock.lock();
    try {
      filling.put(key).put(value); // fits: each thread has one record in it at most
      mine = fillingBatch;
      while (hasLeader && forcedBatch < mine) {
        batchEnded.awaitUninterruptibly();
      }
      if (forcedBatch >= mine) {
        return;
      }
      hasLeader = true;
      ByteBuffer swap = writing;
      writing = filling;
      filling = swap.clear();
      fillingBatch++;
    } finally {
      lock.unlock();
    }
    write(writing);
    lock.lock();
    try {
      forcedBatch = mine;
      hasLeader = false;
      batchEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void write(ByteBuffer batch) throws IOException {
    int padded = PlainCommits.padded(batch.position());
    if (position + padded > PlainCommits.PREALLOCATED) {
      position = 0;
    }
    batch.position(0).limit(padded);
    while (batch.hasRemaining()) {
      position += file.write(batch, position);
    }
    file.force(false);
    forces++;
    bytes += padded;
  }

  /** How often the file was forced; asked when nobody commits. */
  long forces() {
    return forces;
  }

  /** How much was written; asked when nobody commits. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
