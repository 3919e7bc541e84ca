package org.jetbackup.engine.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a foreign program in a directory that exists only for that run. */
final class Command {

  private static final int STORY = 2000;

  /** Some programs read for ever at the end of a file that was cut off. */
  private final Duration limit;

  Command(Duration limit) {
    this.limit = limit;
  }

  /** What is done with the directory after a good run. */
  @FunctionalInterface
  interface Harvest<T> {
    T gather(Path directory, List<String> printed) throws IOException;
  }

  /**
   * Runs a program with a new directory as its current one, and takes what it left there.
   *
   * @param arguments the program and its arguments
   * @throws ForeignReadException if it cannot be started, fails, or does not end in time
   */
  <T> T run(List<String> arguments, Harvest<T> harvest) {
    try {
      Path directory = Files.createTempDirectory("foreign");
      try {
        run(arguments, directory);
        return harvest.gather(directory, Files.readAllLines(out(directory), UTF_8));
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(List<String> arguments, Path directory) throws IOException {
    // Into files and not pipes: nobody has to empty them while we wait.
    ProcessBuilder builder = new ProcessBuilder(arguments)
        .directory(directory.toFile())
        .redirectOutput(out(directory).toFile())
        .redirectError(errors(directory).toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure(arguments, "has not ended after " + limit.toSeconds() + " s", directory);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(arguments, "was not waited for", directory);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw failure(arguments, "ended with " + process.exitValue(), directory);
    }
  }

  private static ForeignReadException failure(List<String> arguments, String what, Path directory)
      throws IOException {
    String story = Files.readString(out(directory)) + Files.readString(errors(directory));
    String end = story.substring(Math.max(0, story.length() - STORY));
    return new ForeignReadException(arguments.get(0) + " " + what + "\n" + end.strip());
  }

  private static Path out(Path directory) {
    return directory.resolve("printed.out");
  }

  private static Path errors(Path directory) {
    return directory.resolve("printed.err");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Finds every program of a name on the search path. */
  static List<Path> onPath(String program) {
    String searchPath = System.getenv().getOrDefault("PATH", "");
    return Stream.of(searchPath.split(java.io.File.pathSeparator, -1))
        .filter(place -> !place.isEmpty())
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .toList();
  }
}
