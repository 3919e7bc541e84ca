package org.jetbackup.tck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.tck.KitSettings;

/**
 * The command line that shows a failure again, ready to be pasted into a shell.
 *
 * <p>There are two styles, told apart by the command with which the kit was started. A program takes
 * each argument for itself: {@code java org.jetbackup.tck.launcher.Main --clause FULL-3}. A build
 * tool takes all of them as the value of one property, which is the end of its command: {@code
 * ./mvnw -Pconformance -Dtck.args=} becomes {@code ./mvnw -Pconformance '-Dtck.args=--clause
 * FULL-3'}. In the second style an argument with white space stands between double quotes inside the
 * value.
 */
public final class ReplayCommand {

  /** A property at the end of a command, its value bare, or in quotes alone or with the name. */
  private static final Pattern PROPERTY =
      Pattern.compile("(?s)(?<before>.*\\s)?(?:(?<name>-D[\\w.]+=)(?<bare>[^\\s']*)"
          + "|(?<name2>-D[\\w.]+=)'(?<inner>[^']*)'|'(?<name3>-D[\\w.]+=)(?<outer>[^']*)')");

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private ReplayCommand() {}

  /**
   * The command that runs one clause again under the same circumstances.
   *
   * @param settings the settings under which it failed
   * @param clause the id of the clause
   * @param history the history that failed, if the test goes by one
   */
  public static String of(KitSettings settings, String clause, Optional<String> history) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--clause", clause));
    arguments.addAll(List.of("--storage", settings.storage().word()));
    arguments.addAll(List.of("--seed", Long.toString(settings.seed())));
    if (settings.tries() != KitSettings.TRIES_DEFAULT) {
      arguments.addAll(List.of("--tries", Integer.toString(settings.tries())));
    }
    history.ifPresent(text -> arguments.addAll(List.of("--history", text)));
    return with(settings.command(), arguments);
  }

  /** Whether a command takes all arguments of the kit as the value of one property. */
  public static boolean takesProperty(String command) {
    return PROPERTY.matcher(command.strip()).matches();
  }

  /** The command that starts the kit, with these arguments added in its own style. */
  public static String with(String command, List<String> arguments) {
    Matcher property = PROPERTY.matcher(command.strip());
    if (!property.matches()) {
      return command.strip()
          + arguments.stream().map(ReplayCommand::quoted).collect(Collectors.joining(" ", " ", ""));
    }
    String before = group(property, "before");
    String name = group(property, "name", "name2", "name3");
    String value = arguments.stream()
        .map(ReplayCommand::inProperty)
        .collect(Collectors.joining(" ", group(property, "bare", "inner", "outer") + " ", ""));
    return before + quoted(name + value.strip());
  }

  /** The first of these groups that took part in the match; empty if none did. */
  private static String group(Matcher matcher, String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.ofNullable(matcher.group(name)))
        .findFirst()
        .orElse("");
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static String inProperty(String argument) {
    return PLAIN.matcher(argument).matches() ? argument : '"' + argument + '"';
  }
}
