package org.jetbackup.tck.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbackup.tck.report.KitReport;
import picocli.CommandLine;

/**
 * The command line of the kit.
 *
 * <p>Exit status: 0 if the engine conforms, or breaks nothing beyond the known list; 1 if it does not
 * conform, or the known list is stale; 2 if the arguments are wrong or the plug-in cannot be loaded;
 * 3 if nothing was exercised or the kit itself failed.
 */
public final class Main {

  static final int GOOD = 0;
  static final int BROKEN = 1;
  static final int USAGE = 2;
  static final int NOTHING = 3;

  private Main() {}

  /** Runs and ends this process. */
  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    AtomicBoolean done = new AtomicBoolean();
    // An engine that ends the process must not end it with a status that says conformant.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      if (!done.get()) {
        err.println("tck: the process was ended before there was a verdict");
        Runtime.getRuntime().halt(NOTHING);
      }
    }));
    int status = NOTHING;
    try {
      status = run(Terminal.of(out, System.getenv()), err, args);
    } catch (VirtualMachineError e) {
      err.println("tck: the virtual machine failed, so there is no verdict: " + e);
    }
    out.flush();
    done.set(true);
    // A test that hangs must not keep the process alive.
    System.exit(status);
  }

  /** Runs and returns the exit status. */
  static int run(Terminal terminal, PrintStream err, String... args) {
    return commandLine(new RunCommand(terminal), terminal, err).execute(args);
  }

  static CommandLine commandLine(RunCommand command, Terminal terminal, PrintStream err) {
    CommandLine.Help.Ansi ansi =
        terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((wrong, given) -> complain(wrong, err))
        .setExecutionExceptionHandler((failure, line, parsed) -> confess(failure, terminal, err));
  }

  static int statusOf(KitReport report) {
    return switch (report.verdict()) {
      case CONFORMANT, KNOWN -> GOOD;
      case STALE, NOT_CONFORMANT -> BROKEN;
      case NOTHING -> NOTHING;
    };
  }

  private static int complain(CommandLine.ParameterException wrong, PrintStream err) {
    String.valueOf(wrong.getMessage()).lines().forEach(line -> err.println("tck: " + line));
    err.println("tck: --help explains the options");
    return USAGE;
  }

  private static int confess(Exception failure, Terminal terminal, PrintStream err) {
    terminal.clear();
    err.println("tck: the kit itself failed, which says nothing about the engine");
    failure.printStackTrace(err);
    return NOTHING;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
