package org.jetbackup.engine.soak;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process that works, and is killed. Its output is {@link Message}s. It ends in order when it
 * reads {@link #END}, and at once when its input ends: then nobody is there any more to kill it.
 *
 * <pre>
 *   java -D... SoakChild directory round
 * </pre>
 */
public final class SoakChild {

  /** What is written to the process so that it terminates the instance. */
  static final int END = 'q';

  private final Wire wire;
  private final AtomicBoolean ending = new AtomicBoolean();

  private SoakChild(Wire wire) {
    this.wire = wire;
  }

  /**
   * Works until it is killed or told to end.
   *
   * @param arguments the directory of the instance, and the number of the round
   */
  public static void main(String[] arguments) {
    Wire wire = new Wire(new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err); // nobody else writes between messages
    SoakChild child = new SoakChild(wire);
    try {
      child.work(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    } catch (Throwable problem) {
      child.report(problem);
    }
  }

  private void work(Path directory, int round) throws IOException, InterruptedException {
    SoakOptions options = SoakOptions.fromProperties(0);
    SoakStore store = new SoakStore(directory, options);
    wire.send(new Message.Begun());
    store.instance().init();
    wire.send(new Message.Recovered());
    NavigableMap<Cell, Long> rows = store.attachAndRead();
    rows.forEach((cell, stamp) -> wire.add(new Message.Row(cell, stamp)));
    wire.send(new Message.Dumped());
    store.create();
    wire.send(new Message.Ready());
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= options.writers(); i++) {
      SoakWriter writer = new SoakWriter(i, round, options, store, wire);
      writer.start(rows);
      Thread thread = new Thread(() -> write(writer), "writer-" + i);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    if (System.in.read() != END) {
      Runtime.getRuntime().halt(1);
    }
    ending.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    store.terminate();
    wire.send(new Message.Ended());
    Runtime.getRuntime().halt(0);
  }

  private void write(SoakWriter writer) {
    try {
      writer.run(() -> !ending.get());
    } catch (Throwable problem) {
      report(problem);
    }
  }

  private void report(Throwable problem) {
    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text, true));
    wire.send(new Message.Problem(Thread.currentThread().getName() + ": " + text));
    Runtime.getRuntime().halt(2);
  }
}
