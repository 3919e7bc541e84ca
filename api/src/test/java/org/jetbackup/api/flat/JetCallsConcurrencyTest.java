package org.jetbackup.api.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jetbackup.api.Environment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads with one handle: whoever comes first, nothing is lost. */
@Timeout(60)
class JetCallsConcurrencyTest {

  private static final int ROUNDS = 30_000;
  private static final int LOG_FILE_SIZE = 11;
  private static final int CIRCULAR_LOG = 17;

  private final RecordingEngine engine = new RecordingEngine();
  private final JetCalls calls =
      new JetCalls(engine, FileSystems.getDefault(), Environment.standard());
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CyclicBarrier start = new CyclicBarrier(2);

  @AfterEach
  void endTheThreads() {
    threads.shutdownNow();
  }

  @Test
  void noParameterThatOneOfThemSetIsLost() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long[] handle = create();
      Future<Integer> one =
          atOnce(() -> calls.JetSetSystemParameter(handle, 0, LOG_FILE_SIZE, 64, null));
      Future<Integer> other =
          atOnce(() -> calls.JetSetSystemParameter(handle, 0, CIRCULAR_LOG, 1, null));
      assertEquals(0, one.get());
      assertEquals(0, other.get());
      assertEquals(64, number(handle[0], LOG_FILE_SIZE), "round " + round);
      assertEquals(1, number(handle[0], CIRCULAR_LOG), "round " + round);
    }
  }

  @Test
  void anInstanceThatIsMadeDuringItsTerminationIsTerminatedOrNeverMade() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long[] handle = create();
      engine.calls.clear();
      Future<Integer> init = atOnce(() -> calls.JetInit(handle));
      Future<Integer> term = atOnce(() -> calls.JetTerm(handle[0]));
      assertEquals(0, term.get());
      assertTrue(List.of(0, -1115).contains(init.get()), "round " + round);
      assertEquals(
          engine.calls.contains("create 'one'"),
          engine.calls.contains("terminate 0x0"),
          "round " + round + ": " + engine.calls);
    }
  }

  private Future<Integer> atOnce(IntSupplier call) {
    return threads.submit(() -> {
      start.await(30, TimeUnit.SECONDS);
      return call.getAsInt();
    });
  }

  private long[] create() {
    long[] handle = new long[1];
    assertEquals(0, calls.JetCreateInstance(handle, "one"));
    return handle;
  }

  private long number(long handle, int paramid) {
    long[] place = new long[1];
    assertEquals(0, calls.JetGetSystemParameter(handle, 0, paramid, place, null, 0));
    return place[0];
  }
}
