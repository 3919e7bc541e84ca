package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/** The directory that a caller names for a backup. Holds nothing but the path; not a snapshot. */
public final class BackupDirectory {

  private final Path path;

  private BackupDirectory(Path path) {
    this.path = path;
  }

  /**
   * Takes a directory.
   *
   * @param path an existing directory, or a link to one
   * @return the directory
   * @throws JetException {@link JetErr#INVALID_PATH} if it is none
   */
  public static BackupDirectory open(Path path) {
    return new BackupDirectory(path);
  }

  /** {@return the path as it was given} */
  public Path path() {
    return path;
  }

  /**
   * {@return everything in the directory, and in the sets, that no backup of this engine made:
   * nothing of it is ever changed or deleted. Symbolic links are among it, whatever their names}
   */
  public List<Path> foreign() {
    throw new UnsupportedOperationException();
  }

  /** {@return the published sets, oldest first} */
  public List<Path> sets() {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes what interrupted backups have left here and in the sets, and leaves alone what is
   * foreign.
   *
   * @throws JetException {@link JetErr#DELETE_BACKUP_FILE_FAIL} if something cannot be deleted
   */
  public void removeLeftovers() {
    throw new UnsupportedOperationException();
  }

  /** {@return the path that the next set gets when it is published; nothing is there} */
  public Path nextSet() {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens the set that counts.
   *
   * @return the newest set with its increments
   * @throws JetException {@link JetErr#FILE_NOT_FOUND} if there is no set; as {@link
   *     BackupChain#open}
   */
  public BackupChain chain() {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes sets that were replaced, each of them unpublished by one rename first. If one cannot be
   * deleted the others are, all the same.
   *
   * @param sets published sets of this directory
   * @throws JetException the first failure
   */
  public void retire(List<Path> sets) {
    throw new UnsupportedOperationException();
  }
}
