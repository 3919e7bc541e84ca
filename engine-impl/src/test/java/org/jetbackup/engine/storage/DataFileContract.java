package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a DataFile does on every file system. */
interface DataFileContract {

  /** An empty directory. */
  Path root();

  default DataFile created(String name, int bytes) {
    DataFile file = DataFile.open(root().resolve(name), Mode.CREATE);
    file.write(Bytes.pattern(bytes, 0), 0);
    return file;
  }

  @Test
  default void whatIsWrittenIsRead() {
    try (DataFile file = created("a", 10_000)) {
      assertEquals(10_000, file.size());
      ByteBuffer read = ByteBuffer.allocate(5_000);
      file.readFully(read, 2_500);
      assertEquals(Bytes.pattern(5_000, 2_500), read.flip());
      file.force();
    }
  }

  @Test
  default void onlyTheBytesBetweenPositionAndLimitAreMoved() {
    try (DataFile file = created("a", 100)) {
      ByteBuffer source = ByteBuffer.allocate(10).position(4).limit(6);
      file.write(source, 50);
      assertEquals(6, source.position());
      ByteBuffer target = ByteBuffer.allocate(8).position(2).limit(6);
      file.readFully(target, 49);
      ByteBuffer expected = ByteBuffer.allocate(8);
      expected.put(2, (byte) 49).put(5, (byte) 52);
      assertEquals(expected, target.clear());
    }
  }

  @Test
  default void theEndOfTheFileEndsARead() {
    try (DataFile file = created("a", 100)) {
      ByteBuffer target = ByteBuffer.allocate(64);
      assertEquals(36, file.read(target, 64));
      assertEquals(36, target.position());
      assertEquals(0, file.read(target, 100));
      assertEquals(0, file.read(target, 1_000));
      Errors.expect(JetErr.FILE_IO_BEYOND_EOF, file.path(), () -> file.readFully(target, 99));
    }
  }

  @Test
  default void buffersLargerThanAPieceAreMovedWhole() {
    int bytes = 2 * DataFile.CHUNK_BYTES + 777;
    try (DataFile file = created("a", bytes)) {
      ByteBuffer heap = ByteBuffer.allocate(bytes);
      file.readFully(heap, 0);
      assertEquals(Bytes.pattern(bytes, 0), heap.flip());
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes);
      file.readFully(direct, 0);
      assertEquals(heap, direct.flip());
      file.write(direct, 3);
      file.readFully(heap.clear(), 3);
      assertEquals(Bytes.pattern(bytes, 0), heap.flip());
    }
  }

  @Test
  default void aModeSaysWhetherTheFileMustExist() {
    Path missing = root().resolve("missing");
    Errors.expect(JetErr.FILE_NOT_FOUND, missing, () -> DataFile.open(missing, Mode.READ));
    Errors.expect(JetErr.FILE_NOT_FOUND, missing, () -> DataFile.open(missing, Mode.WRITE));
    assertFalse(Files.exists(missing));
    created("here", 1).close();
    Path here = root().resolve("here");
    Errors.expect(JetErr.FILE_ALREADY_EXISTS, here, () -> DataFile.open(here, Mode.CREATE));
  }

  @Test
  default void aFileThatIsOnlyReadCannotBeChanged() {
    created("a", 10).close();
    try (DataFile file = DataFile.open(root().resolve("a"), Mode.READ)) {
      assertThrows(IllegalStateException.class, () -> file.write(Bytes.pattern(1, 0), 0));
      assertThrows(IllegalStateException.class, () -> file.setSize(0));
      assertThrows(IllegalStateException.class, () -> file.extendTo(20));
      assertThrows(IllegalStateException.class, file::force);
      assertEquals(10, file.size());
    }
  }

  @Test
  default void aFileGrowsByZerosAndIsCut() {
    try (DataFile file = created("a", 100)) {
      long large = 2L * DataFile.CHUNK_BYTES + 5;
      file.extendTo(large);
      assertEquals(large, file.size());
      file.extendTo(50);
      assertEquals(large, file.size());
      ByteBuffer tail = ByteBuffer.allocate((int) large - 100);
      file.readFully(tail, 100);
      assertEquals(ByteBuffer.allocate(tail.capacity()), tail.flip());
      file.setSize(7);
      assertEquals(7, file.size());
      file.force();
      assertThrows(IllegalArgumentException.class, () -> file.setSize(8));
      assertThrows(IllegalArgumentException.class, () -> file.setSize(-1));
      ByteBuffer rest = ByteBuffer.allocate(7);
      file.readFully(rest, 0);
      assertEquals(Bytes.pattern(7, 0), rest.flip());
    }
  }

  @Test
  default void aClosedFileIsOfNoUse() {
    DataFile file = created("a", 10);
    file.close();
    file.close();
    assertThrows(IllegalStateException.class, file::size);
    assertThrows(IllegalStateException.class, file::force);
    assertThrows(IllegalStateException.class, () -> file.read(ByteBuffer.allocate(1), 0));
    Thread.currentThread().interrupt();
    try {
      assertThrows(IllegalStateException.class, () -> file.write(Bytes.pattern(1, 0), 0));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  default void anInterruptBeforeACallChangesNothingButStays() {
    try (DataFile file = created("a", 3_000)) {
      List<Runnable> calls = List.of(
          file::size,
          file::force,
          () -> file.write(Bytes.pattern(1_000, 0), 3_000),
          () -> file.readFully(ByteBuffer.allocate(1_000), 500),
          () -> file.extendTo(5_000),
          () -> file.setSize(4_500));
      for (Runnable call : calls) {
        Thread.currentThread().interrupt();
        call.run();
        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
      }
      assertEquals(4_500, file.size());
      ByteBuffer read = ByteBuffer.allocate(1_000);
      file.readFully(read, 3_000);
      assertEquals(Bytes.pattern(1_000, 0), read.flip());
    }
  }

  @Test
  default void anotherFileUnderTheNameIsNotTakenForTheOpenOne() throws IOException {
    try (DataFile file = created("a", 100)) {
      Files.move(file.path(), root().resolve("moved"));
      Files.write(file.path(), new byte[10]);
      Thread.currentThread().interrupt();
      try {
        Errors.expect(JetErr.DISK_IO, file.path(), () -> file.write(Bytes.pattern(10, 0), 0));
      } finally {
        assertTrue(Thread.interrupted());
      }
      assertEquals(ByteBuffer.allocate(10), ByteBuffer.wrap(Files.readAllBytes(file.path())));
    }
  }

  @Test
  @Timeout(120)
  default void threadsReadTheRightBytesWhileOneIsInterruptedAgainAndAgain() throws Exception {
    int rounds = 300;
    ExecutorService executor = Executors.newFixedThreadPool(4);
    AtomicBoolean over = new AtomicBoolean();
    try (DataFile file = created("a", 64 * 1024)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        int first = reader;
        readers.add(executor.submit(() -> readUntil(over, file, first)));
      }
      Future<Integer> victim = executor.submit(() -> {
        int kept = 0;
        for (int round = 0; round < rounds; round++) {
          Thread.currentThread().interrupt();
          file.write(Bytes.pattern(512, 512 * (round % 100)), 512L * (round % 100));
          file.force();
          kept += Thread.interrupted() ? 1 : 0;
        }
        return kept;
      });
      assertEquals(rounds, victim.get());
      over.set(true);
      for (Future<Integer> reader : readers) {
        assertTrue(reader.get() > 0);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int readUntil(AtomicBoolean over, DataFile file, int first) {
    int reads = 0;
    ByteBuffer buffer = ByteBuffer.allocate(4_096);
    for (; !over.get() || reads == 0; reads++) {
      int at = (first * 7_919 + reads * 4_001) % (60 * 1024);
      file.readFully(buffer.clear(), at);
      assertEquals(Bytes.pattern(4_096, at), buffer.flip());
    }
    return reads;
  }

  @Test
  @Timeout(120)
  default void interruptsInTheMiddleOfCallsLoseNothing() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    AtomicBoolean over = new AtomicBoolean();
    try (DataFile file = created("a", 0)) {
      Thread worker = Thread.currentThread();
      Future<Boolean> interrupter = executor.submit(() -> {
        while (!over.get()) {
          worker.interrupt();
          for (int i = 0; i < 20_000; i++) {
            Thread.onSpinWait();
          }
        }
        return true;
      });
      for (int round = 0; round < 200; round++) {
        file.write(Bytes.pattern(20_000, round), 20_000L * round);
      }
      file.force();
      over.set(true);
      assertTrue(awaited(interrupter));
      assertEquals(20_000L * 200, file.size());
      ByteBuffer read = ByteBuffer.allocate(20_000);
      for (int round = 0; round < 200; round++) {
        file.readFully(read.clear(), 20_000L * round);
        assertEquals(Bytes.pattern(20_000, round), read.flip());
      }
    } finally {
      over.set(true);
      executor.shutdownNow();
    }
  }

  private static boolean awaited(Future<Boolean> other) throws Exception {
    while (true) {
      try {
        return other.get();
      } catch (InterruptedException e) {
        // The other thread was not yet done with us.
      } finally {
        Thread.interrupted();
      }
    }
  }
}
