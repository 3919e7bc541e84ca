package org.jetbackup.tck.storage;

import java.nio.file.FileSystemException;

/**
 * Refuses a force and says that it takes the unforced data of its file with it.
 *
 * <p>Who catches it takes the data away: whoever throws it knows of the operation only, not of the
 * file below.
 */
final class DroppedDataException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final transient Operation force;
  private final long since;

  /**
   * An exception without a cause.
   *
   * @param force as it was refused
   * @param since the number of the operation after which changes are lost
   */
  DroppedDataException(String file, String reason, Operation force, long since) {
    super(file, null, reason);
    this.force = force;
    this.since = since;
  }

  /** The force with this failure. */
  Operation force() {
    return force.failed(this);
  }

  long since() {
    return since;
  }
}
