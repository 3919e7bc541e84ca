package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.Objects;
import org.jetbackup.engine.checkpoint.Attachment;

/**
 * A database of a set. Immutable.
 *
 * @param file the copy
 * @param origin what it is a copy of: the number under which the logs of the set know it, the path
 *     from which it came, and its signature
 */
public record SetDatabase(SetFile file, Attachment origin) {

  private static final int READABLE_LENGTH_MAX = 100;

  /**
   * Checks that both are there.
   *
   * @param file the copy
   * @param origin what it is a copy of
   */
  public SetDatabase {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * Names the copy of a database. The number alone tells copies apart; the rest is for people, so
   * that what might not be allowed in a name somewhere is replaced in it.
   *
   * @param number 1 to 9, another for each database of the set
   * @param database the file that is copied
   * @return for example {@code 1.sales.edb}
   */
  public static String nameOfCopy(int number, Path database) {
    if (number < 1 || number > 9) {
      throw new IllegalArgumentException("number of a copy = " + number);
    }
    String name = String.valueOf(database.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    int from = Math.max(0, name.length() - READABLE_LENGTH_MAX);
    return number + "." + name.substring(from);
  }
}
