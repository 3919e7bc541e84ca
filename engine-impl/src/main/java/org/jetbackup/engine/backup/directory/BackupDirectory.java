package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.engine.storage.EntryKind;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a caller names for a backup. It holds nothing but the path: every question is
 * answered by what lies there now.
 *
 * <p>The life of a set:
 *
 * <pre>
 *   jetbackup.staging --publish: one rename--> set-NNNNNN --retire: one rename--> jetbackup.retired
 *        |                                                                            |
 *        +--------------------------- deleted, file by file --------------------------+
 * </pre>
 *
 * <p>One run at a time works in a directory: whoever begins takes a draft for left behind.
 */
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
    if (!Directories.isDirectory(path)) {
      throw JetException.of(JetErr.INVALID_PATH, Subject.path(path));
    }
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
    List<Path> foreign = new ArrayList<>();
    for (Path entry : Directories.list(path)) {
      if (OwnTree.isSet(entry)) {
        foreign.addAll(OwnTree.foreignInSet(entry));
      } else if (!OwnTree.isLeftover(entry)) {
        foreign.add(entry);
      }
    }
    return foreign;
  }

  /** {@return the published sets, oldest first} */
  public List<Path> sets() {
    return Directories.list(path).stream()
        .filter(OwnTree::isSet)
        .sorted(Comparator.comparingInt(BackupDirectory::number))
        .toList();
  }

  /** The number in the name of a set; 0 for other names. */
  private static int number(Path entry) {
    return OwnNames.numberOfSet(entry).orElse(0);
  }

  /**
   * Deletes what interrupted backups have left here and in the sets, and leaves alone what is
   * foreign.
   *
   * @throws JetException {@link JetErr#DELETE_BACKUP_FILE_FAIL} if something cannot be deleted
   */
  public void removeLeftovers() {
    for (Path set : sets()) {
      if (OwnTree.isDraftInSet(set.resolve(OwnNames.STAGING))) {
        Leftovers.deleteDraft(set);
      }
    }
    for (Path entry : Directories.list(path)) {
      if (OwnTree.isLeftover(entry)) {
        Leftovers.delete(path, entry);
      }
    }
  }

  /** {@return the path that the next set gets when it is published; nothing is there} */
  public Path nextSet() {
    int last =
        Directories.list(path).stream().mapToInt(BackupDirectory::number).max().orElse(0);
    return path.resolve(OwnNames.set(last + 1));
  }

  /**
   * Opens the set that counts.
   *
   * @return the newest set with its increments
   * @throws JetException {@link JetErr#FILE_NOT_FOUND} if there is no set; as {@link
   *     BackupChain#open}
   */
  public BackupChain chain() {
    List<Path> sets = sets();
    if (sets.isEmpty()) {
      throw JetException.of(JetErr.FILE_NOT_FOUND, Subject.path(path));
    }
    return BackupChain.open(sets.get(sets.size() - 1));
  }

  /**
   * Deletes sets that were replaced, each of them unpublished by one rename first. If one cannot be
   * deleted the others are, all the same.
   *
   * @param sets published sets of this directory
   * @throws JetException the first failure
   */
  public void retire(List<Path> sets) {
    JetException first = null;
    for (Path set : sets) {
      try {
        retire(set);
      } catch (JetException e) {
        first = joined(first, e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static JetException joined(@Nullable JetException first, JetException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  private void retire(Path set) {
    List<Path> foreign = OwnTree.foreignInSet(set);
    if (!foreign.isEmpty()) {
      throw JetException.of(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, Subject.path(foreign.get(0)));
    }
    Path retired = path.resolve(OwnNames.RETIRED);
    Leftovers.clear(path, retired);
    if (Directories.renameAtomically(set, retired)) {
      Leftovers.delete(path, retired);
    } else {
      Directories.delete(set.resolve(Manifest.FILE_NAME)); // what has no manifest is no set
      Leftovers.delete(path, set);
    }
  }

  /** Whether nothing has that name. */
  static boolean isFree(Path path) {
    return Directories.kindOf(path) == EntryKind.NONE;
  }
}
