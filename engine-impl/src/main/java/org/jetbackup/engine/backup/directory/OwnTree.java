package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.engine.storage.EntryKind;

/**
 * What lies in a directory that has a name of ours, by names and kinds: what runs of ours make, and
 * what is foreign. Nobody but us makes
 *
 * <pre>
 *   in a set, staged, published or retired:   manifest, databases, logs, increments, a draft
 *   in an increment, and in that draft:       logs
 * </pre>
 *
 * <p>Everything else is foreign, and so is every symbolic link. Nothing foreign is ever deleted, and
 * no link is followed. As there are no deeper directories of ours, nothing here is deep.
 */
final class OwnTree {

  private OwnTree() {}

  /** Whether it is a directory, and no link to one. */
  static boolean isDirectory(Path path) {
    return Directories.kindOf(path) == EntryKind.DIRECTORY;
  }

  private static boolean isFile(Path path) {
    return Directories.kindOf(path) == EntryKind.FILE;
  }

  /** Whether it is a directory with a manifest. */
  static boolean isSet(Path entry) {
    return OwnNames.numberOfSet(entry).isPresent()
        && isDirectory(entry)
        && isFile(entry.resolve(Manifest.FILE_NAME));
  }

  /** What is foreign in a set, wherever it is on its way. A draft that is foreign is so as a whole. */
  static List<Path> foreignInSet(Path set) {
    List<Path> foreign = new ArrayList<>();
    for (Path entry : Directories.list(set)) {
      if (OwnNames.increment(entry).isPresent() && isDirectory(entry)) {
        foreign.addAll(foreignAmongLogs(entry));
      } else if (!isFileOfSet(entry) && !isDraftInSet(entry)) {
        foreign.add(entry);
      }
    }
    return foreign;
  }

  private static List<Path> foreignAmongLogs(Path directory) {
    return Directories.list(directory).stream().filter(entry -> !isLog(entry)).toList();
  }

  private static boolean isFileOfSet(Path entry) {
    return OwnNames.isFile(OwnNames.of(entry)) && isFile(entry);
  }

  private static boolean isLog(Path entry) {
    return OwnNames.isLog(OwnNames.of(entry)) && isFile(entry);
  }

  /** Whether an interrupted run has left it in a backup directory. */
  static boolean isLeftover(Path entry) {
    String name = OwnNames.of(entry);
    return (name.equals(OwnNames.STAGING) || name.equals(OwnNames.RETIRED))
        && isDirectory(entry)
        && foreignInSet(entry).isEmpty();
  }

  /** Whether it is the draft of an incremental backup. */
  static boolean isDraftInSet(Path entry) {
    return OwnNames.of(entry).equals(OwnNames.STAGING)
        && isDirectory(entry)
        && foreignAmongLogs(entry).isEmpty();
  }

  /**
   * Deletes what is ours in a directory of ours, and the directory if nothing is left. Not forced.
   */
  static void delete(Path directory) {
    boolean isEmpty = true;
    for (Path entry : Directories.list(directory)) {
      if (isFileOfSet(entry)) {
        Directories.delete(entry);
      } else if (isDraftInSet(entry)
          || (OwnNames.increment(entry).isPresent() && isDirectory(entry))) {
        isEmpty &= deleteLogs(entry);
      } else {
        isEmpty = false;
      }
    }
    if (isEmpty) {
      Directories.delete(directory);
    }
  }

  /** Whether the directory is gone as well. */
  private static boolean deleteLogs(Path directory) {
    boolean isEmpty = true;
    for (Path entry : Directories.list(directory)) {
      if (isLog(entry)) {
        Directories.delete(entry);
      } else {
        isEmpty = false;
      }
    }
    return isEmpty && Directories.delete(directory);
  }
}
