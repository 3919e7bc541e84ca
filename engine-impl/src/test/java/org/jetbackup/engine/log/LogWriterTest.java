package org.jetbackup.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writers at once, failing devices and full disks. */
class LogWriterTest {

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path root = files.root();

  @AfterEach
  void close() throws IOException {
    assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    files.close();
  }

  private static JetErr errorOf(Runnable action) {
    return assertThrows(JetException.class, action::run).error();
  }

  /** Holds the first force back until as many records are appended as there are writers. */
  @Test
  void commitsThatWaitShareAForce() throws InterruptedException {
    int writers = 8;
    CountDownLatch appended = new CountDownLatch(writers);
    List<Throwable> problems = Collections.synchronizedList(new ArrayList<>());
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      long before = files.forces();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Thread thread = new Thread(() -> {
          long behind = log.append(RecordKind.NOTE, true, SmallLog.payload(1, 50));
          appended.countDown();
          await(appended);
          log.force(behind);
          if (log.forced() < behind) {
            problems.add(new AssertionError("acknowledged and not forced"));
          }
        });
        thread.setUncaughtExceptionHandler((failed, problem) -> problems.add(problem));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), problems);
      assertEquals(1, files.forces() - before);
    }
    assertEquals(writers, SmallLog.read(root, 0).entries().size());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyWritersLoseNothing() throws InterruptedException {
    List<Throwable> problems = Collections.synchronizedList(new ArrayList<>());
    int each = 200;
    try (LogWriter log = SmallLog.create(SmallLog.options(root, 512, 2_048, false))) {
      List<Thread> threads = new ArrayList<>();
      for (int writer = 0; writer < 6; writer++) {
        int number = writer;
        Thread thread = new Thread(() -> {
          for (int i = 0; i < each; i++) {
            ByteBuffer payload = SmallLog.payload(number, number == 0 ? 5_000 : 20 * number);
            log.force(log.append(RecordKind.NOTE, true, payload));
          }
        });
        thread.setUncaughtExceptionHandler((failed, problem) -> problems.add(problem));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertEquals(List.of(), problems);
    assertEquals(6 * each, SmallLog.read(root, 0).entries().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "any-mutation ** #% once before-effect",
        "any-mutation ** #% once after-effect",
        "any-mutation ** #% sticky before-effect",
        "any-mutation ** #% sticky disk-full-after 0",
        "any-mutation ** #% sticky disk-full-after 700",
        "force ** #% once drops-data",
        "write ** #% sticky short 300",
        "read ** #% once interrupt"
      })
  void whateverFailsWhatWasAcknowledgedStays(String pattern) throws IOException {
    boolean isReached = true;
    for (int n = 1; isReached; n++) {
      assertTrue(n < 2_000, "never ends");
      try (KitFileSystem disk = KitFileSystem.inMemory()) {
        isReached = sweep(disk, Fault.parse(pattern.replace("%", String.valueOf(n))));
        assertTrue(disk.openHandles().isEmpty(), () -> disk.openHandles().toString());
      } catch (RuntimeException e) {
        throw new AssertionError(pattern + " " + n, e);
      }
    }
    Thread.interrupted();
  }

  private static boolean sweep(KitFileSystem disk, Fault fault) {
    LogOptions options = SmallLog.options(disk.root(), 512, 2_048, false);
    List<String> appended = new ArrayList<>();
    SmallLog.create(options).close();
    int acknowledged = 0;
    disk.inject(fault);
    try (LogWriter log = SmallLog.reopen(options, 2)) {
      for (int i = 0; i < 30; i++) {
        ByteBuffer payload = SmallLog.payload(i, 5_000);
        appended.add(SmallLog.content(RecordKind.NOTE, true, payload));
        try {
          log.force(log.append(RecordKind.NOTE, true, payload));
          acknowledged = i + 1;
        } catch (JetException e) {
          requireFatal(disk, log, e);
          break;
        }
      }
    } catch (JetException e) {
      assertEquals(0, acknowledged, e::toString);
    }
    boolean isReached = disk.matched(fault) >= fault.nth();
    disk.clearFaults();
    Thread.interrupted();
    List<String> found = SmallLog.read(disk.root(), 0).contents();
    assertTrue(found.size() >= acknowledged, () -> fault + " lost something");
    assertEquals(appended.subList(0, found.size()), found);
    try (LogWriter log = SmallLog.reopen(options, 3)) {
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(1, 900)));
    }
    assertEquals(found.size() + 1, SmallLog.read(disk.root(), 0).entries().size());
    return isReached;
  }

  private static void requireFatal(KitFileSystem disk, LogWriter log, JetException failed) {
    assertEquals(JetErr.LOG_WRITE_FAIL, failed.error());
    assertNotNull(failed.getCause());
    long writes = disk.writes();
    boolean isFull = ((JetException) failed.getCause()).error() == JetErr.DISK_FULL;
    JetErr later = isFull
        ? JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL
        : JetErr.INSTANCE_UNAVAILABLE;
    assertEquals(later, errorOf(log::requireAlive));
    assertEquals(later, errorOf(log::roll));
    assertEquals(later, errorOf(() -> log.append(RecordKind.NOTE, true, ByteBuffer.allocate(1))));
    assertEquals(later, errorOf(() -> log.force(log.end())));
    assertEquals(writes, disk.writes());
  }

  @Test
  void reservesKeepTheLogGoingWhileTheDiskIsFull() {
    LogOptions options = SmallLog.options(root);
    try (LogWriter log = SmallLog.create(options)) {
      assertFalse(log.isSpaceShort());
      files.inject(Fault.parse("write {edbtmp.log,edbres*} #1 sticky disk-full-after 0"));
      log.append(RecordKind.NOTE, true, SmallLog.payload(1, 40_000));
      log.force(log.end());
      assertTrue(log.isSpaceShort());
      files.clearFaults();
      log.roll();
      log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(1, 100)));
      assertFalse(log.isSpaceShort());
      log.roll();
    }
    assertEquals(2, SmallLog.read(root, 0).entries().size());
    assertTrue(Files.exists(root.resolve("edbres00001.jrs")));
    assertTrue(Files.exists(root.resolve("edbres00002.jrs")));
  }

  @Test
  void aClosedLogRefuses() {
    LogWriter log = SmallLog.create(SmallLog.options(root));
    log.close();
    log.close();
    ByteBuffer nothing = ByteBuffer.allocate(0);
    assertThrows(IllegalStateException.class, () -> log.append(RecordKind.NOTE, true, nothing));
    assertThrows(IllegalStateException.class, log::roll);
  }

  @Test
  void filesBehindABackupAreDeletedOldestFirst() {
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      for (int i = 0; i < 4; i++) {
        log.roll();
      }
      log.discardBefore(log.end());
      assertEquals(5, log.files().size());
      log.deleteBelow(3);
      assertEquals(3, log.files().get(0).generation().value());
      log.deleteBelow(100);
      assertEquals(1, log.files().size());
      assertEquals(1, LogFiles.scan(root, "edb").all().size());
    }
  }

  /** Gives a failure to a leader while another waits for the same batch. */
  @Test
  void allWhoWaitForABatchThatFailsHearOfIt() throws InterruptedException {
    List<JetErr> errors = Collections.synchronizedList(new ArrayList<>());
    try (LogWriter log = SmallLog.create(SmallLog.options(root))) {
      long behind = log.append(RecordKind.NOTE, true, SmallLog.payload(1, 50));
      Thread[] follower = new Thread[1];
      Interceptor holdsBack = new Interceptor() {
        @Override
        public long before(Operation operation) throws IOException {
          if (operation.kind().forces() && follower[0] == null) {
            follower[0] = new Thread(() -> errors.add(errorOf(() -> log.force(behind))));
            follower[0].start();
            awaitWaiting(follower[0]);
            throw new IOException("a device that fails");
          }
          return operation.length();
        }
      };
      files.intercept(holdsBack);
      assertEquals(JetErr.LOG_WRITE_FAIL, errorOf(() -> log.force(behind)));
      follower[0].join();
      files.release(holdsBack);
      assertEquals(List.of(JetErr.LOG_WRITE_FAIL), errors);
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
