package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.api.position.LogGeneration;

/** What our runs call things in a backup directory. Looks at names alone. */
final class OwnNames {

  /** The name of a draft. */
  static final String STAGING = "jetbackup.staging";

  /** The name of a set that is on its way out. */
  static final String RETIRED = "jetbackup.retired";

  private static final String SET_PREFIX = "set-";
  private static final Pattern SET = Pattern.compile("set-([0-9]{6}|[1-9][0-9]{6,8})");
  private static final String HEX = "([0-9A-F]{5}|[0-9A-F]{8})";
  private static final Pattern INCREMENT = Pattern.compile("inc-" + HEX + "-" + HEX);
  private static final Pattern LOG = Pattern.compile("[A-Za-z0-9]{1,16}" + HEX + "\\.log");
  private static final Pattern DATABASE = Pattern.compile("[1-9]\\.[A-Za-z0-9._-]+");
  private static final int HEXADECIMAL = 16;

  private OwnNames() {}

  static String of(Path entry) {
    String name = String.valueOf(entry.getFileName());
    // Archives call a directory so.
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  static boolean isDatabase(String name) {
    return SetFile.isPlain(name) && DATABASE.matcher(name).matches();
  }

  static boolean isLog(String name) {
    return LOG.matcher(name).matches();
  }

  /** What the name of a log says. */
  static long generationOfLog(String name) {
    Matcher log = LOG.matcher(name);
    return log.matches() ? Long.parseLong(log.group(1), HEXADECIMAL) : 0;
  }

  /** Whether a run makes files that are called so in a set. */
  static boolean isFile(String name) {
    return name.equals(Manifest.FILE_NAME) || isDatabase(name) || isLog(name);
  }

  static String set(int number) {
    return SET_PREFIX + String.format(Locale.ROOT, "%06d", number);
  }

  /** The number of a set. */
  static OptionalInt numberOfSet(Path entry) {
    Matcher name = SET.matcher(of(entry));
    return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
  }

  static String increment(LogGeneration low, LogGeneration high) {
    return "inc-" + hex(low) + "-" + hex(high);
  }

  /** What the name of a directory says if it is that of an incremental backup. */
  static Optional<Increment> increment(Path entry) {
    Matcher name = INCREMENT.matcher(of(entry));
    if (!name.matches()) {
      return Optional.empty();
    }
    long low = Long.parseLong(name.group(1), HEXADECIMAL);
    long high = Long.parseLong(name.group(2), HEXADECIMAL);
    if (low < LogGeneration.MIN || high > LogGeneration.MAX || low > high) {
      return Optional.empty();
    }
    Increment increment = new Increment(entry, new LogGeneration(low), new LogGeneration(high));
    boolean isOnlyWay = of(entry).equals(increment(increment.genLow(), increment.genHigh()));
    return isOnlyWay ? Optional.of(increment) : Optional.empty();
  }

  /** With as many digits as in the name of a log file. */
  private static String hex(LogGeneration generation) {
    String five = generation.toHex();
    return five.length() > 5 ? "0".repeat(8 - five.length()) + five : five;
  }
}
