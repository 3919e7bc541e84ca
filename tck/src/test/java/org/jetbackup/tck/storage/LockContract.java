package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Locks between channels of one process. */
interface LockContract extends Subject {

  @Test
  default void aLockIsValidUntilReleased() throws IOException {
    try (FileChannel channel = open(file("file", "abc"), READ, WRITE)) {
      FileLock lock = channel.lock();
      assertTrue(lock.isValid());
      assertFalse(lock.isShared());
      assertSame(channel, lock.acquiredBy());
      assertEquals(0, lock.position());
      assertEquals(Long.MAX_VALUE, lock.size());
      lock.release();
      lock.release();
      assertFalse(lock.isValid());
      assertNotNull(channel.tryLock());
    }
  }

  @Test
  default void overlappingLocksAreRefused() throws IOException {
    Path file = file("file", "abc");
    try (FileChannel one = open(file, READ, WRITE);
        FileChannel other = open(file, READ, WRITE)) {
      FileLock lock = one.lock(10, 10, false);
      for (FileChannel channel : new FileChannel[] {one, other}) {
        assertThrows(OverlappingFileLockException.class, () -> channel.tryLock(19, 5, false));
        assertThrows(OverlappingFileLockException.class, () -> channel.lock(0, 11, false));
        assertThrows(OverlappingFileLockException.class, () -> channel.tryLock(15, 1, true));
      }
      assertNotNull(other.tryLock(20, 5, false));
      assertNotNull(other.tryLock(0, 10, true));
      lock.release();
      assertNotNull(other.tryLock(10, 10, false));
    }
  }

  @Test
  default void closingTheChannelReleasesItsLocks() throws IOException {
    Path file = file("file", "abc");
    FileChannel one = open(file, READ, WRITE);
    FileLock lock = one.lock();
    one.close();
    assertFalse(lock.isValid());
    assertThrows(ClosedChannelException.class, lock::release);
    try (FileChannel other = open(file, READ, WRITE)) {
      assertNotNull(other.tryLock());
    }
  }

  @Test
  default void aLockBelongsToTheFileAndNotToItsName() throws IOException {
    Path file = file("file", "abc");
    try (FileChannel one = open(file, WRITE)) {
      FileLock lock = one.lock();
      Files.move(file, at("moved"));
      try (FileChannel other = open(at("moved"), WRITE)) {
        assertThrows(OverlappingFileLockException.class, other::tryLock);
      }
      try (FileChannel unrelated = open(file("file", "new"), WRITE)) {
        assertNotNull(unrelated.tryLock());
      }
      lock.release();
    }
  }

  @Test
  default void sharedLocksNeedReadingAndExclusiveOnesWriting() throws IOException {
    Path file = file("file", "abc");
    try (FileChannel reading = open(file, READ)) {
      assertThrows(NonWritableChannelException.class, reading::tryLock);
      FileLock shared = reading.tryLock(0, 1, true);
      assertNotNull(shared);
      assertTrue(shared.isShared());
    }
    try (FileChannel writing = open(file, WRITE)) {
      assertThrows(NonReadableChannelException.class, () -> writing.lock(0, 1, true));
      assertNotNull(writing.tryLock(0, 1, false));
    }
  }

  @Test
  default void rangesThatCannotBeAreRefused() throws IOException {
    try (FileChannel channel = open(file("file", "abc"), WRITE)) {
      assertThrows(IllegalArgumentException.class, () -> channel.tryLock(-1, 1, false));
      assertThrows(IllegalArgumentException.class, () -> channel.tryLock(0, -1, false));
    }
  }
}
