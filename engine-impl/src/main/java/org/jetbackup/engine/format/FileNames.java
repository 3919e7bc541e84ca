package org.jetbackup.engine.format;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.jetbackup.api.position.LogGeneration;

/** What every file of the engine is called, beside the names that the caller chooses. */
public final class FileNames {

  /** The file that the owner of a directory holds locked; empty, and left when it is released. */
  public static final String LOCK = "jetbackup.lock";

  private static final String DOUBLE_WRITE_SUFFIX = ".dwr";

  private static final String STAGED_SUFFIX = ".jetbackup-restore";
  private static final String RESTORE_MARKER_SUFFIX = ".rst";
  private static final String CHECKPOINT_SUFFIX = ".chk";
  private static final String LOG_SUFFIX = ".log";
  private static final String PREPARED_LOG_SUFFIX = "tmp.log";
  private static final int SHORT_DIGITS = 5;
  private static final int LONG_DIGITS = 8;
  private static final long LAST_SHORT = 0xFFFFF;
  private static final int HEXADECIMAL = 16;

  private FileNames() {}

  /**
   * Names the file through which the pages of a database are written.
   *
   * @param database the database file; not a root
   * @return a file beside it
   */
  public static Path doubleWriteOf(Path database) {
    return database.resolveSibling(database.getFileName() + DOUBLE_WRITE_SUFFIX);
  }

  /**
   * Names the file in which a restore makes a database, before it takes the place of another.
   *
   * @param database the database file; not a root
   * @return a file beside it
   */
  public static Path stagedOf(Path database) {
    return database.resolveSibling(database.getFileName() + STAGED_SUFFIX);
  }

  /**
   * Names the file that lies in the log directory while a restore exchanges files.
   *
   * @param directory of the logs
   * @param baseName of the instance
   * @return for example {@code edb.rst}
   */
  public static Path restoreMarker(Path directory, String baseName) {
    return directory.resolve(baseName + RESTORE_MARKER_SUFFIX);
  }

  /**
   * Names the checkpoint file.
   *
   * @param directory of the checkpoint file
   * @param baseName of the instance
   * @return for example {@code edb.chk}
   */
  public static Path checkpoint(Path directory, String baseName) {
    return directory.resolve(baseName + CHECKPOINT_SUFFIX);
  }

  /**
   * Names the log file that is being written.
   *
   * @param directory of the logs
   * @param baseName of the instance
   * @return for example {@code edb.log}
   */
  public static Path currentLog(Path directory, String baseName) {
    return directory.resolve(baseName + LOG_SUFFIX);
  }

  /**
   * Names a log file that is closed.
   *
   * @param directory of the logs
   * @param baseName of the instance
   * @param generation its number
   * @return for example {@code edb0001A.log}; eight digits where five are not enough
   */
  public static Path closedLog(Path directory, String baseName, LogGeneration generation) {
    return directory.resolve(closedLog(baseName, generation));
  }

  /**
   * Names a log file that is closed, wherever it is.
   *
   * @param baseName of the instance
   * @param generation its number
   * @return for example {@code edb0001A.log}; eight digits where five are not enough
   */
  public static String closedLog(String baseName, LogGeneration generation) {
    int digits = generation.value() <= LAST_SHORT ? SHORT_DIGITS : LONG_DIGITS;
    String number = String.format(Locale.ROOT, "%0" + digits + "X", generation.value());
    return baseName + number + LOG_SUFFIX;
  }

  /**
   * Names the file that is to become the next log file.
   *
   * @param directory of the logs
   * @param baseName of the instance
   * @return for example {@code edbtmp.log}
   */
  public static Path preparedLog(Path directory, String baseName) {
    return directory.resolve(baseName + PREPARED_LOG_SUFFIX);
  }

  /**
   * Names a file that keeps space for a log file.
   *
   * @param directory of the logs
   * @param baseName of the instance
   * @param number from 1 on
   * @return for example {@code edbres00001.jrs}
   */
  public static Path reserveLog(Path directory, String baseName, int number) {
    return directory.resolve(
        baseName + "res" + String.format(Locale.ROOT, "%05X", number) + ".jrs");
  }

  /**
   * Recognises the name of a closed log file.
   *
   * @param baseName of the instance
   * @param file any file
   * @return the generation that its name says; empty if it is not the name of one
   */
  public static OptionalLong generationInName(String baseName, Path file) {
    String name = String.valueOf(file.getFileName());
    int digits = name.length() - baseName.length() - LOG_SUFFIX.length();
    boolean isPossible = (digits == SHORT_DIGITS || digits == LONG_DIGITS)
        && name.startsWith(baseName)
        && name.endsWith(LOG_SUFFIX);
    if (!isPossible) {
      return OptionalLong.empty();
    }
    String number = name.substring(baseName.length(), baseName.length() + digits);
    if (!number
        .chars()
        .allMatch(digit -> digit < 0x80 && Character.digit(digit, HEXADECIMAL) >= 0)) {
      return OptionalLong.empty();
    }
    long generation = Long.parseLong(number, HEXADECIMAL);
    boolean isLong = generation > LAST_SHORT;
    boolean right = generation >= LogGeneration.MIN
        && generation <= LogGeneration.MAX
        && isLong == (digits == LONG_DIGITS);
    return right ? OptionalLong.of(generation) : OptionalLong.empty();
  }
}
