package org.jetbackup.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process that runs a main class of this module with options of its own. */
final class ForkedJava {

  private final List<String> options = new ArrayList<>();
  private final List<String> call = new ArrayList<>();

  private ForkedJava() {}

  static ForkedJava of(Class<?> main, Object... arguments) {
    ForkedJava made = new ForkedJava();
    made.call.add(main.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(made.call::add);
    return made;
  }

  ForkedJava option(String option) {
    options.add(option);
    return this;
  }

  /**
   * Runs it to its end; answers what it has printed. What it says of errors goes where ours does.
   *
   * @throws IllegalStateException if it fails
   */
  String output() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("-D" + EngineInstance.ENGINE + "=" + System.getProperty(EngineInstance.ENGINE, ""));
    command.addAll(call);
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(call.get(0) + " ended with " + process.exitValue());
    }
    return printed;
  }
}
