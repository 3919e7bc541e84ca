package org.jetbackup.tck.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Runs a program in a Java process of its own and ends this one with the program's exit status.
 *
 * <p>The build starts the kit's runner through this class, inside Maven's process. The runner has the terminal to itself
 * (its output is not copied, so that progress and colours arrive as they are written), and because Maven ends here and
 * now, nothing is printed after the runner's verdict.
 *
 * <p>Usage: {@code ChildProcess DIRECTORY MAIN ARGUMENTS}. The program works in DIRECTORY and has the class path of this
 * class. ARGUMENTS is one string, cut at white space; an argument that contains white space stands between double quotes.
 */
public final class ChildProcess {
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private ChildProcess() {}

  /**
   * Runs the program. Does not return.
   *
   * @param args the working directory, the main class and its arguments in one string
   * @throws IOException if the process cannot be started
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: ChildProcess DIRECTORY MAIN ARGUMENTS");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath());
    command.add(args[1]);
    ARGUMENT.matcher(args[2]).results().map(ChildProcess::unquoted).forEach(command::add);

    Process process = new ProcessBuilder(command)
        .directory(Path.of(args[0]).toFile())
        .inheritIO()
        .start();
    // If this process is told to end, the program ends too.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    System.exit(process.waitFor());
  }

  private static String unquoted(MatchResult argument) {
    String inQuotes = argument.group(1);
    return inQuotes != null ? inQuotes : argument.group();
  }

  /** Maven loads the classes of a build through a loader of its own, which knows the path; java does not. */
  private static String classPath() {
    if (ChildProcess.class.getClassLoader() instanceof URLClassLoader loader) {
      List<String> path = new ArrayList<>();
      for (URL url : loader.getURLs()) {
        try {
          path.add(Path.of(url.toURI()).toString());
        } catch (URISyntaxException e) {
          throw new IllegalStateException("not a place on the class path: " + url, e);
        }
      }
      return String.join(System.getProperty("path.separator"), path);
    }
    return System.getProperty("java.class.path");
  }
}
