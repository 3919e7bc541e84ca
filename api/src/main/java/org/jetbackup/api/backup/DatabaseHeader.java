package org.jetbackup.api.backup;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the header of a database says. Immutable.
 *
 * @param file the database file
 * @param state whether the file needs recovery
 * @param pageSize the size of a page in bytes, 0 if the engine has no pages
 * @param backups when it was last backed up
 */
public record DatabaseHeader(Path file, State state, int pageSize, BackupRecords backups) {

  /**
   * Checks that everything is there and the page size is not negative.
   *
   * @param file the database file
   * @param state whether the file needs recovery
   * @param pageSize the size of a page in bytes, 0 if the engine has no pages
   * @param backups when it was last backed up
   * @throws IllegalArgumentException if the page size is negative
   */
  public DatabaseHeader {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(state, "state");
    if (pageSize < 0) {
      throw new IllegalArgumentException("pageSize must be at least 0 but is " + pageSize);
    }
    Objects.requireNonNull(backups, "backups");
  }

  /**
   * Whether a database file is whole on its own. Immutable. Source: JET_DBSTATE of the public
   * interface.
   */
  public enum State {
    /** Not complete since its creation. */
    JUST_CREATED,
    /** In use, or not closed in order: it needs the log. */
    DIRTY_SHUTDOWN,
    /** Closed in order. */
    CLEAN_SHUTDOWN
  }
}
