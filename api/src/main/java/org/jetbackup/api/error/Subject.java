package org.jetbackup.api.error;

import java.nio.file.Path;
import java.util.Objects;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.api.position.PageNumber;

/**
 * One thing that a failure is about.
 *
 * <p>A failure names every thing that its reader needs in order to act: the file, the page, the
 * log, the parameter with its value and the limit that the value broke. Subjects are data, so that
 * a test asks for the page and does not search a text.
 *
 * <p>Immutable and thread-safe. Building one never touches a file system.
 */
public sealed interface Subject {

  /** {@return the subject as the message of a {@link JetException} shows it} */
  String text();

  /**
   * A file or directory.
   *
   * @param path the path, on any file system
   * @return the subject
   */
  static Subject path(Path path) {
    return new OfPath(path);
  }

  /**
   * One page of a database file.
   *
   * @param file the database file
   * @param page the page in it
   * @return the subject
   */
  static Subject page(Path file, PageNumber page) {
    return new OfPage(file, page);
  }

  /**
   * A log generation.
   *
   * @param generation its number
   * @return the subject
   */
  static Subject generation(LogGeneration generation) {
    return new OfGeneration(generation);
  }

  /**
   * A place in the log.
   *
   * @param position generation, sector and byte
   * @return the subject
   */
  static Subject position(LogPosition position) {
    return new OfPosition(position);
  }

  /**
   * A named value that broke no particular limit.
   *
   * @param name how the caller knows it
   * @param value what it was; kept as the text that its {@code toString} gives
   * @return the subject
   */
  static Subject value(String name, Object value) {
    return new OfValue(name, value.toString(), "");
  }

  /**
   * A named value and the limit that it broke.
   *
   * @param name how the caller knows it
   * @param value what it was; kept as the text that its {@code toString} gives
   * @param limit what would have been allowed
   * @return the subject
   */
  static Subject value(String name, Object value, String limit) {
    return new OfValue(name, value.toString(), limit);
  }

  /**
   * A file or directory, as the caller or the engine named it.
   *
   * @param path the path, on any file system
   */
  record OfPath(Path path) implements Subject {

    /**
     * Checks that it is there.
     *
     * @param path the path
     */
    public OfPath {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String text() {
      return "path " + path;
    }
  }

  /**
   * One page of a database file.
   *
   * @param file the database file
   * @param page the page in it
   */
  record OfPage(Path file, PageNumber page) implements Subject {

    /**
     * Checks that both parts are there.
     *
     * @param file the database file
     * @param page the page in it
     */
    public OfPage {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(page, "page");
    }

    @Override
    public String text() {
      return "page " + page + " of " + file;
    }
  }

  /**
   * A log generation.
   *
   * @param generation its number
   */
  record OfGeneration(LogGeneration generation) implements Subject {

    /**
     * Checks that it is there.
     *
     * @param generation its number
     */
    public OfGeneration {
      Objects.requireNonNull(generation, "generation");
    }

    @Override
    public String text() {
      return "log generation " + generation + " (0x" + generation.toHex() + ")";
    }
  }

  /**
   * A place in the log.
   *
   * @param position generation, sector and byte
   */
  record OfPosition(LogPosition position) implements Subject {

    /**
     * Checks that it is there.
     *
     * @param position generation, sector and byte
     */
    public OfPosition {
      Objects.requireNonNull(position, "position");
    }

    @Override
    public String text() {
      return "log position " + position;
    }
  }

  /**
   * A parameter, argument or other named value.
   *
   * @param name how the caller knows it
   * @param value what it was, as text
   * @param limit what would have been allowed, or an empty text if no limit explains the failure
   */
  record OfValue(String name, String value, String limit) implements Subject {

    /**
     * Checks that all parts are there.
     *
     * @param name how the caller knows it
     * @param value what it was
     * @param limit what would have been allowed, or an empty text
     */
    public OfValue {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(limit, "limit");
    }

    @Override
    public String text() {
      return name + " = " + value + (limit.isEmpty() ? "" : ", allowed: " + limit);
    }
  }
}
