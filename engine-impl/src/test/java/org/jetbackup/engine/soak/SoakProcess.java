package org.jetbackup.engine.soak;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A working process, seen by the one that kills it. For one thread. */
final class SoakProcess implements AutoCloseable {

  private static final int SHOWN = 4000;

  private final Process process;
  private final DataInputStream messages;
  private final Path errors;
  private final Path stacks;
  private final Thread watch;
  private final int stallSeconds;
  private volatile long heard = System.nanoTime();
  private volatile boolean stalled;

  SoakProcess(Path directory, int round, SoakOptions options, Path notes) throws IOException {
    errors = notes.resolve("errors.txt");
    stacks = notes.resolve("stacks.txt");
    List<String> command = new ArrayList<>();
    command.add(tool("java").toString());
    command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-ea"));
    command.addAll(options.toArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SoakChild.class.getName());
    command.addAll(List.of(directory.toString(), Integer.toString(round)));
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    messages = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    stallSeconds = options.stallSeconds();
    watch = new Thread(this::watch, "soak-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /** The next message; empty when the process has ended. */
  Optional<Message> next() {
    try {
      Message message = Message.readFrom(messages);
      heard = System.nanoTime();
      return Optional.of(message);
    } catch (IOException e) {
      return Optional.empty(); // its end, perhaps in the middle of a message
    }
  }

  /**
   * Ends the process as a crash would: no code of it runs any more. By its handle, because the
   * process itself would close its output, and with it what was said before and not yet heard.
   */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Asks the process to end in order. */
  void end() {
    try {
      process.getOutputStream().write(SoakChild.END);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the process was killed because it said nothing for too long. */
  boolean isStalled() {
    return stalled;
  }

  /** What the process wrote beside its messages, and its threads if it hung. */
  String story() throws IOException {
    return tail(errors) + (stalled ? "\nthreads when it hung:\n" + tail(stacks) : "");
  }

  private static String tail(Path file) throws IOException {
    String text = Files.exists(file) ? Files.readString(file) : "";
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  /** Looks whether there are messages. */
  private void watch() {
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(stallSeconds)) {
          noteStacks();
          stalled = true;
          kill();
        }
      }
    } catch (InterruptedException | IOException e) {
      kill();
    }
  }

  private void noteStacks() throws IOException, InterruptedException {
    Process jstack = new ProcessBuilder(
            tool("jstack").toString(), "-l", Long.toString(process.pid()))
        .redirectOutput(stacks.toFile())
        .redirectErrorStream(true)
        .start();
    if (!jstack.waitFor(30, TimeUnit.SECONDS)) {
      jstack.destroyForcibly();
    }
  }

  /** Waits until the process is gone: no other may begin before. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
