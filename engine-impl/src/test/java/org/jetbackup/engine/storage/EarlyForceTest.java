package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The disk is kept busy, and nothing depends on it. */
class EarlyForceTest {

  private static final int PIECE = 1 << 20;
  private static final int STEP = (int) (EarlyForce.STEP_BYTES / PIECE);
  private static final int MOST = (int) (EarlyForce.MOST_BYTES / PIECE);

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final DataFile file = DataFile.open(files.root().resolve("a"), Mode.CREATE);
  private final List<Runnable> tasks = new ArrayList<>();
  private long written;

  @AfterEach
  void close() throws IOException {
    file.close();
    files.close();
  }

  @Test
  void withADirectExecutorAForceFollowsEachStep() {
    EarlyForce early = new EarlyForce(file, Runnable::run);
    for (int i = 1; i <= MOST + 1; i++) {
      write(early, 1);
      assertEquals(i / STEP, files.forces());
    }
    early.force();
    assertEquals(MOST / STEP + 1, files.forces());
  }

  @Test
  void aShortFileIsForcedOnce() {
    EarlyForce early = new EarlyForce(file, Runnable::run);
    write(early, STEP - 1);
    early.force();
    assertEquals(1, files.forces());
  }

  @Test
  void oneTaskIsOnItsWayAtATimeAndTheWriterForcesWhenTooMuchWaits() {
    EarlyForce early = new EarlyForce(file, tasks::add);
    write(early, STEP + MOST - 1);
    assertEquals(1, tasks.size());
    assertEquals(0, files.forces());
    write(early, 1);
    assertEquals(1, files.forces());
    tasks.remove(0).run();
    assertEquals(2, files.forces());
    write(early, STEP);
    assertEquals(1, tasks.size());
  }

  @Test
  void aTaskThatComesTooLateDoesNothing() {
    EarlyForce early = new EarlyForce(file, tasks::add);
    write(early, STEP);
    early.force();
    file.close();
    tasks.remove(0).run();
    assertEquals(1, files.forces());
  }

  @Test
  void withoutAnExecutorThatTakesTasksTheWriterForces() {
    Executor refusing = task -> {
      throw new RejectedExecutionException();
    };
    EarlyForce early = new EarlyForce(file, refusing);
    write(early, 2 * STEP);
    assertEquals(2, files.forces());
    early.force();
    assertEquals(3, files.forces());
  }

  @Test
  void whatAnEarlyForceHasLostIsNeverTakenForDurable() {
    EarlyForce early = new EarlyForce(file, Runnable::run);
    files.inject(Fault.parse("force ** #1 once drops-data"));
    write(early, STEP);
    assertTrue(files.fired());
    Errors.expect(JetErr.DISK_IO, file.path(), early::force);
    Errors.expect(JetErr.DISK_IO, file.path(), () -> write(early, 1));
  }

  @Test
  void theEndWaitsForAForceThatIsAtWork() throws Exception {
    Thread writer = Thread.currentThread();
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    files.intercept(new Interceptor() {
      @Override
      public long before(Operation operation) {
        if (operation.kind().forces()) {
          begun.set(true);
          // Until the writer stands still, or has gone on without waiting.
          while (writer.getState() != Thread.State.BLOCKED && !ended.get()) {
            Thread.onSpinWait();
          }
        }
        return operation.length();
      }

      @Override
      public void after(Operation operation, ByteBuffer content) {
        done.set(operation.kind().forces());
      }
    });
    List<Thread> threads = new ArrayList<>();
    EarlyForce early = new EarlyForce(file, task -> threads.add(new Thread(task)));
    write(early, STEP);
    threads.get(0).start();
    while (!begun.get()) {
      Thread.onSpinWait();
    }
    early.close();
    boolean waited = done.get();
    ended.set(true);
    threads.get(0).join();
    assertTrue(waited);
  }

  private void write(EarlyForce early, int pieces) {
    for (int i = 0; i < pieces; i++) {
      file.write(Bytes.filled(PIECE, i), written);
      written += PIECE;
      early.written(PIECE);
    }
  }
}
