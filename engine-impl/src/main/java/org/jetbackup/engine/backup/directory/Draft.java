package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/**
 * A directory that is being filled, under a name that no restore looks at. For one thread.
 *
 * <p>Use in a try statement: what is not published by its end is deleted.
 */
public final class Draft implements AutoCloseable {

  private Draft() {}

  /**
   * Makes an empty draft. What an interrupted run has left in its place is deleted.
   *
   * @param parent a backup directory, or a set
   * @return the draft
   * @throws JetException {@link JetErr#BACKUP_DIRECTORY_NOT_EMPTY} if what is in its place is
   *     foreign; {@link JetErr#DELETE_BACKUP_FILE_FAIL}; {@link JetErr#MAKE_BACKUP_DIRECTORY_FAIL};
   *     {@link JetErr#DISK_FULL}
   */
  public static Draft begin(Path parent) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes a file.
   *
   * @param name a plain name, see {@link SetFile#isPlain}
   * @return the empty file
   */
  public DraftFile add(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives the draft its name, in one step and durably, where the file system can do that.
   *
   * @param name beside the draft; nothing is there
   * @return whether it was one step, and is durable
   * @throws JetException if it was not published: then all was taken back, as far as that is
   *     possible
   * @throws IllegalStateException if a file is not finished
   */
  public boolean publish(Path name) {
    throw new UnsupportedOperationException();
  }

  /** Deletes what was not published. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
