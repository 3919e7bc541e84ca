package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;

/**
 * A directory that is being filled, under a name that no restore looks at. For one thread.
 *
 * <pre>
 *   begin --> FILLING --publish: force the names in it, rename, force the parent--> PUBLISHED
 *                |                   |
 *                |                   +--fails--> the rename is taken back, and that is forced
 *                |                                  |                   |
 *                +------------- close --------------+ done              + not: UNSURE
 *                                 |                                         | close
 *                              deleted                            deleted, the manifest first
 * </pre>
 *
 * <p>TAKEN, instead of taking back: another run, which nothing keeps away, has published under the
 * name meanwhile. Nothing is touched any more, not even the draft, which may be its own.
 *
 * <p>UNSURE: forces fail, so that a crash may still bring the new name back. Without a manifest
 * that is no set; an increment of which a part is missing is refused by restore.
 *
 * <p>Where a directory is not renamed in one step, its files are moved into a new directory one by
 * one: the manifest last, as what has none is no set. An increment has no manifest; there the rule
 * is that an increment does not count while one of its generations lies in the draft beside it.
 *
 * <p>Use in a try statement: what is not published by its end is deleted.
 */
public final class Draft implements AutoCloseable {

  private enum State {
    FILLING,
    UNSURE,
    TAKEN,
    PUBLISHED
  }

  private final Path parent;
  private final Path staging;
  private final Executor executor;

  /** Those that are not finished. */
  private final List<DraftFile> open = new ArrayList<>();

  /** Those that are, by name. */
  private final Map<String, SetFile> finished = new TreeMap<>();

  private State state = State.FILLING;

  /** Whether the name was given to this draft, and to no other. */
  private boolean isRenamed;

  private Draft(Path parent, Path staging, Executor executor) {
    this.parent = parent;
    this.staging = staging;
    this.executor = executor;
  }

  /**
   * Makes an empty draft. What an interrupted run has left in its place is deleted.
   *
   * @param parent a backup directory, or a set
   * @param executor forces long files while they are being written
   * @return the draft
   * @throws JetException {@link JetErr#BACKUP_DIRECTORY_NOT_EMPTY} if what is in its place is
   *     foreign; {@link JetErr#DELETE_BACKUP_FILE_FAIL}; {@link JetErr#MAKE_BACKUP_DIRECTORY_FAIL};
   *     {@link JetErr#DISK_FULL}
   */
  public static Draft begin(Path parent, Executor executor) {
    Path staging = parent.resolve(OwnNames.STAGING);
    Leftovers.clear(parent, staging);
    Draft draft = new Draft(parent, staging, executor);
    try {
      Directories.create(staging);
      return draft;
    } catch (JetException e) {
      draft.giveUp(e);
      throw e.error() == JetErr.DISK_FULL
          ? e
          : JetException.of(JetErr.MAKE_BACKUP_DIRECTORY_FAIL, e, Subject.path(staging));
    }
  }

  /** Deletes what there may be of the directory, which is still empty. */
  private void giveUp(JetException failure) {
    try {
      Directories.delete(staging);
    } catch (JetException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Makes a file.
   *
   * @param name of a database ({@link SetDatabase#nameOfCopy}), a closed log file or the manifest
   * @return the empty file
   * @throws IllegalArgumentException if the name is another
   */
  public DraftFile add(String name) {
    if (!OwnNames.isFile(name)) {
      throw new IllegalArgumentException("file of a set: " + name);
    }
    DataFile created = DataFile.open(staging.resolve(name), Mode.CREATE);
    DraftFile file = new DraftFile(this, name, created, executor);
    open.add(file);
    return file;
  }

  void finished(DraftFile file, SetFile result) {
    open.remove(file);
    finished.put(result.name(), result);
  }

  /**
   * Gives the draft its name, in one step and durably, where the file system can do that.
   *
   * @param name beside the draft; nothing is there
   * @return whether it was one step, and is durable
   * @throws JetException if it was not published: then all was taken back, as far as that is
   *     possible; {@link JetErr#FILE_ALREADY_EXISTS} if the name is taken; {@link
   *     JetErr#BACKUP_DIRECTORY_NOT_EMPTY} if another run has worked here meanwhile
   * @throws IllegalStateException if a file is not finished, or it was published before
   */
  public boolean publish(Path name) {
    if (state != State.FILLING || !open.isEmpty()) {
      throw new IllegalStateException(staging + " with " + open.size() + " files not finished");
    }
    if (!BackupDirectory.isFree(name)) {
      throw JetException.of(JetErr.FILE_ALREADY_EXISTS, Subject.path(name));
    }
    requireUntouched();
    boolean isDurable = Directories.canForce(staging);
    try {
      if (!Directories.renameAtomically(staging, name, () -> isRenamed = true)) {
        isRenamed = false;
        isDurable = false;
        moveEach(name);
      }
      isDurable &= Directories.canForce(parent);
    } catch (RuntimeException failure) {
      takeBack(name, failure);
      throw failure;
    }
    state = State.PUBLISHED;
    return isDurable;
  }

  /**
   * Another run, which nothing keeps away, would have deleted what is here and begun a draft under
   * the same name. A set of files of both must not take the place of a good one.
   */
  private void requireUntouched() {
    Map<String, Long> there = sizes(staging);
    Map<String, Long> ours = new TreeMap<>();
    finished.forEach((name, file) -> ours.put(name, file.bytes()));
    if (!there.equals(ours)) {
      throw JetException.of(
          JetErr.BACKUP_DIRECTORY_NOT_EMPTY,
          Subject.path(staging),
          Subject.value("files", there.keySet(), "only those of this backup"));
    }
  }

  private static Map<String, Long> sizes(Path directory) {
    Map<String, Long> sizes = new TreeMap<>();
    for (Path entry : Directories.list(directory)) {
      try (DataFile file = DataFile.open(entry, Mode.READ)) {
        sizes.put(OwnNames.of(entry), file.size());
      }
    }
    return sizes;
  }

  /** Whether there is nothing but files of this draft; no two runs write the same manifest. */
  private boolean isOurs(Path name) {
    for (Map.Entry<String, Long> entry : sizes(name).entrySet()) {
      SetFile own = finished.get(entry.getKey());
      if (own == null || own.bytes() != entry.getValue()) {
        return false;
      }
      if (entry.getKey().equals(Manifest.FILE_NAME)
          && !own.hasChecksumOf(own.in(name), ByteBuffer.allocate((int) own.bytes()))) {
        return false;
      }
    }
    return true;
  }

  private void moveEach(Path name) {
    Directories.create(name);
    Path manifest = staging.resolve(Manifest.FILE_NAME);
    for (Path entry : Directories.list(staging)) {
      if (!OwnNames.of(entry).equals(Manifest.FILE_NAME)) {
        Directories.move(entry, name.resolve(OwnNames.of(entry)));
      }
    }
    Directories.force(name);
    if (!BackupDirectory.isFree(manifest)) {
      Directories.move(manifest, name.resolve(Manifest.FILE_NAME));
      Directories.force(name);
    }
    try {
      Directories.delete(staging);
    } catch (JetException e) {
      // It is published, and this is an empty directory that the next run deletes.
    }
  }

  /** Takes away what makes it count: by a move, as deleting may be what does not work. */
  private void discount(Path name) {
    List<Path> entries = Directories.list(name);
    Path manifest = name.resolve(Manifest.FILE_NAME);
    if (entries.contains(manifest)) {
      Directories.move(manifest, staging.resolve(Manifest.FILE_NAME));
    } else if (!entries.isEmpty()) {
      Path last = entries.get(entries.size() - 1);
      Directories.move(last, staging.resolve(OwnNames.of(last)));
    }
  }

  /** Whatever has happened of a rename or of moves: nothing of ours shall have the name. */
  private void takeBack(Path name, RuntimeException failure) {
    state = State.UNSURE;
    try {
      if (!BackupDirectory.isFree(name)) {
        if (!OwnTree.isDirectory(name) || !isOurs(name)) {
          state = State.TAKEN;
          return;
        }
        if (BackupDirectory.isFree(staging)) {
          Directories.renameAtomically(name, staging);
        } else {
          discount(name);
          OwnTree.delete(name);
        }
      }
      Directories.force(parent);
      state = State.FILLING;
    } catch (RuntimeException again) {
      failure.addSuppressed(again);
      if (isRenamed) {
        takeBackBlindly(name, failure);
      }
    }
  }

  /** Where nothing can be looked at any more, a move may work all the same. */
  private void takeBackBlindly(Path name, RuntimeException failure) {
    try {
      Directories.move(name, staging);
      Directories.force(parent);
    } catch (RuntimeException again) {
      failure.addSuppressed(again);
    }
  }

  /**
   * Deletes what was not published. The manifest goes first: if a rename that was taken back should
   * come back after a crash, because forces fail as well, what is there is no set.
   */
  @Override
  public void close() {
    if (state == State.PUBLISHED || state == State.TAKEN) {
      return;
    }
    open.forEach(DraftFile::close);
    if (OwnTree.isDirectory(staging)) {
      try {
        Directories.delete(staging.resolve(Manifest.FILE_NAME));
        OwnTree.delete(staging);
        Directories.force(parent);
      } catch (JetException e) {
        throw JetException.of(JetErr.DELETE_BACKUP_FILE_FAIL, e, Subject.path(staging));
      }
    }
  }
}
