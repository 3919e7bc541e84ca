package org.jetbackup.tck.launcher;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import org.jetbackup.tck.report.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Where a run prints: with or without colours, and with or without a line that is written over.
 *
 * @param out the stream
 * @param live whether a person watches it, so that a line may be written over
 * @param colours whether to colour
 */
record Terminal(PrintStream out, boolean live, boolean colours) {

  private static final String RESET = "\u001b[0m";

  /** A terminal if this process has one; without colours if the environment asks for none. */
  static Terminal of(PrintStream out, Map<String, String> environment) {
    boolean live = isTerminal(System.console()) && !"dumb".equals(environment.get("TERM"));
    return new Terminal(
        out, live, live && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /** Plain text, nothing written over. */
  static Terminal plain(PrintStream out) {
    return new Terminal(out, false, false);
  }

  /** From Java 22 on there is a console even if nobody sits there; it must be asked. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  void line(String text) {
    out.println(text);
  }

  /** Writes over the live line; the text is cut to fit into one. */
  void over(String text) {
    int width = 79;
    out.print(
        "\r\u001b[2K" + (text.length() > width ? text.substring(0, width - 1) + "\u2026" : text));
    out.flush();
  }

  /** Removes the live line. */
  void clear() {
    if (live) {
      out.print("\r\u001b[2K");
      out.flush();
    }
  }

  String bold(String text) {
    return painted("1", text);
  }

  String faint(String text) {
    return painted("2", text);
  }

  /** The text in the colour of an outcome. */
  String in(Outcome outcome, String text) {
    String code = switch (outcome) {
      case FAILED -> "31";
      case HUNG -> "35";
      case EXCLUDED, VACUOUS, SKIPPED -> "33";
      case PASSED -> "32";
      case NOT_APPLICABLE, UNTESTED, UNTESTABLE -> "2";
    };
    return painted(code, text);
  }

  private String painted(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + RESET : text;
  }

  static String plural(long count, String singular) {
    return String.format(Locale.ROOT, "%d %s%s", count, singular, count == 1 ? "" : "s");
  }
}
