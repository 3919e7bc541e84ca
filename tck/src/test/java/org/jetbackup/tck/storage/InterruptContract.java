package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** An interrupted thread closes the channel that it uses, for all of its users. */
interface InterruptContract extends Subject {

  private static void interrupted(Executable use) {
    Thread.currentThread().interrupt();
    try {
      assertThrows(ClosedByInterruptException.class, use);
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    }
  }

  @Test
  default void anInterruptClosesTheChannelThatIsRead() throws IOException {
    FileChannel channel = open(file("file", "abc"), READ);
    interrupted(() -> channel.read(ByteBuffer.allocate(1)));
    assertFalse(channel.isOpen());
    assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1), 0));
  }

  @Test
  default void anInterruptClosesTheChannelThatIsWritten() throws IOException {
    FileChannel channel = open(file("file", "abc"), READ, WRITE);
    interrupted(() -> channel.write(bytes("x"), 0));
    assertFalse(channel.isOpen());
    try (FileChannel again = open(at("file"), WRITE)) {
      again.write(bytes("y"), 0);
    }
  }

  @Test
  default void anInterruptClosesTheChannelThatIsForced() throws IOException {
    FileChannel channel = open(file("file", "abc"), WRITE);
    interrupted(() -> channel.force(true));
    assertFalse(channel.isOpen());
  }

  @Test
  default void anInterruptClosesTheDirectoryThatIsForced() throws IOException {
    FileChannel channel = open(directory("directory"), READ);
    interrupted(() -> channel.force(true));
    assertFalse(channel.isOpen());
  }

  @Test
  @Timeout(60)
  default void closingStopsAllWhoUseTheChannel() throws Exception {
    FileChannel channel = open(file("file", "abc"), READ, WRITE);
    Callable<Boolean> user = () -> {
      while (true) {
        try {
          channel.write(bytes("abc"), 0);
          channel.read(ByteBuffer.allocate(3), 0);
          channel.force(false);
        } catch (ClosedChannelException e) {
          return true;
        }
      }
    };
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> users =
          IntStream.range(0, 4).mapToObj(i -> executor.submit(user)).toList();
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> channel.write(bytes("abc"), 0));
      assertTrue(Thread.interrupted());
      for (Future<Boolean> each : users) {
        assertTrue(each.get());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  @Timeout(60)
  default void manyThreadsCloseAndInterruptAtOnce() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    file("file", "abc");
    try {
      for (int round = 0; round < 200; round++) {
        FileChannel channel = open(at("file"), READ, WRITE);
        Callable<Boolean> interrupted = () -> {
          Thread.currentThread().interrupt();
          assertThrows(ClosedChannelException.class, () -> channel.write(bytes("x"), 0));
          return Thread.interrupted();
        };
        Callable<Boolean> closing = () -> {
          channel.close();
          return true;
        };
        for (Future<Boolean> each :
            executor.invokeAll(List.of(interrupted, closing, interrupted, closing))) {
          assertTrue(each.get());
        }
        assertFalse(channel.isOpen());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  default void anInterruptClosesTheChannelThatWaitsForALock() throws IOException {
    FileChannel channel = open(file("file", "abc"), READ, WRITE);
    Thread.currentThread().interrupt();
    assertThrows(FileLockInterruptionException.class, channel::lock);
    assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    assertFalse(channel.isOpen());
    assertThrows(ClosedChannelException.class, channel::lock);
  }

  @Test
  default void anInterruptDoesNotStopAnOpeningThatCuts() throws IOException {
    file("file", "abc");
    Thread.currentThread().interrupt();
    FileChannel channel = open(at("file"), WRITE, TRUNCATE_EXISTING);
    assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    channel.write(bytes("x"));
    channel.close();
    assertEquals("x", Subject.text(at("file")));
  }

  @Test
  default void anInterruptDoesNotStopOperationsOnPaths() throws IOException {
    Thread.currentThread().interrupt();
    try {
      Files.createDirectory(at("directory"));
      Files.move(at("directory"), at("moved"));
      assertTrue(Files.exists(at("moved")));
      Files.delete(at("moved"));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
