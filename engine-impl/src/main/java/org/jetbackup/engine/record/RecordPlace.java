package org.jetbackup.engine.record;

import java.nio.file.Path;
import java.util.Objects;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;

/**
 * Where the bytes come from, for the message of a failure.
 *
 * <p>A view gets one when it is made and asks it only when something is broken. So a cursor, which
 * knows its page, can be the place itself, and moving from record to record costs nothing.
 */
@FunctionalInterface
public interface RecordPlace {

  /** {@return the place, most often {@link Subject#page}} */
  Subject subject();

  /**
   * A place that never changes.
   *
   * @param file the database file
   * @param page the page in it
   * @return the place
   */
  static RecordPlace of(Path file, PageNumber page) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(page, "page");
    return () -> Subject.page(file, page);
  }

  /**
   * A failure at this place.
   *
   * @param error the code
   * @param name what is wrong
   * @param value what it is
   * @param limit what would have been allowed
   * @return the exception, to be thrown
   */
  default JetException failure(JetErr error, String name, Object value, String limit) {
    return JetException.of(error, subject(), Subject.value(name, value, limit));
  }

  /**
   * A broken record at this place.
   *
   * @param name what is wrong
   * @param value what it is
   * @param limit what would have been allowed
   * @return the exception, with {@link JetErr#NODE_CORRUPTED}
   */
  default JetException broken(String name, Object value, String limit) {
    return failure(JetErr.NODE_CORRUPTED, name, value, limit);
  }
}
