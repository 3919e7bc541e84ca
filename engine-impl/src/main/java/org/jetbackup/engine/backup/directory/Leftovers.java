package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.engine.storage.EntryKind;

/**
 * What interrupted runs have left, and how it goes.
 *
 * <p>A rename that is not durable can be undone by a crash, and then what is deleted by now would be
 * missing under the old name. So names are forced before anything is deleted.
 */
final class Leftovers {

  private Leftovers() {}

  /**
   * Clears the place of a draft or of a retired set.
   *
   * @param parent a backup directory or a set
   * @param place in it
   * @throws JetException {@link JetErr#BACKUP_DIRECTORY_NOT_EMPTY} if what is there is foreign
   */
  static void clear(Path parent, Path place) {
    if (Directories.kindOf(place) == EntryKind.NONE) {
      return;
    }
    boolean isInSet = OwnTree.isSet(parent);
    if (!(isInSet ? OwnTree.isDraftInSet(place) : OwnTree.isLeftover(place))) {
      throw JetException.of(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, Subject.path(place));
    }
    if (isInSet) {
      deleteDraft(parent);
    } else {
      delete(parent, place);
    }
  }

  /** Deletes the draft in a set, which is there, and first what it keeps from counting. */
  static void deleteDraft(Path set) {
    for (Increment half : halfPublished(set)) {
      delete(set, half.directory());
    }
    delete(set, set.resolve(OwnNames.STAGING));
  }

  /** Deletes what is ours in a directory, and the directory, durably. */
  static void delete(Path parent, Path directory) {
    try {
      Directories.force(parent);
      OwnTree.delete(directory);
      Directories.force(parent);
    } catch (JetException e) {
      throw JetException.of(JetErr.DELETE_BACKUP_FILE_FAIL, e, Subject.path(directory));
    }
  }

  /**
   * Lists the increments of a set that were published file by file, and not to the end: as long as
   * a generation of an increment lies in the draft, the increment does not count. Where a directory
   * is renamed in one step there are none.
   *
   * @param set in whose draft the rest lies
   * @return they, in no order
   */
  static List<Increment> halfPublished(Path set) {
    Path staging = set.resolve(OwnNames.STAGING);
    if (!OwnTree.isDirectory(staging)) {
      return List.of();
    }
    List<Long> staged = new ArrayList<>();
    for (Path entry : Directories.list(staging)) {
      String name = OwnNames.of(entry);
      if (OwnNames.isLog(name)) {
        staged.add(OwnNames.generationOfLog(name));
      }
    }
    List<Increment> half = new ArrayList<>();
    for (Increment increment : increments(set)) {
      boolean isHalf = staged.stream()
          .anyMatch(generation -> generation >= increment.genLow().value()
              && generation <= increment.genHigh().value());
      if (isHalf) {
        half.add(increment);
      }
    }
    return half;
  }

  /** All directories that have the name of an increment. */
  static List<Increment> increments(Path set) {
    List<Increment> found = new ArrayList<>();
    for (Path entry : Directories.list(set)) {
      OwnNames.increment(entry).filter(in -> OwnTree.isDirectory(entry)).ifPresent(found::add);
    }
    return found;
  }
}
