package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.event.EventId;

/**
 * The last half of a backup: what was staged gets its name, and then the instance is told.
 *
 * <p>The rename that publishes is forced before anything relies on it. Nothing that follows it
 * throws.
 */
final class Publication {

  private final Disk disk;
  private final Decisions decisions;
  private final Events events;
  private final Store store;
  private final BackupGrbit grbit;
  private Optional<IOException> trouble = Optional.empty();

  Publication(Context context, Store store, BackupGrbit grbit) {
    this.disk = context.disk();
    this.decisions = context.decisions();
    this.events = context.events();
    this.store = store;
    this.grbit = grbit;
  }

  void publish(Path draft, Path published, Bkinfo info) throws IOException {
    if (!decisions.publishesBeforeTruncating()) {
      settle(published, info);
    }
    if (decisions.forcesStagingBeforePublishing()) {
      disk.forceDirectory(draft);
    }
    try {
      if (!draft.equals(published)) {
        disk.renameWhole(draft, published);
      }
      if (decisions.forcesParentAfterPublishing()) {
        disk.forceDirectory(Disk.parent(published));
      }
    } catch (IOException | RuntimeException failure) {
      withdraw(published, draft, failure);
      throw failure;
    }
    if (decisions.publishesBeforeTruncating()) {
      settle(published, info);
    }
  }

  /** Takes a rename back that may have happened and may not be durable; asks as little as it can. */
  private void withdraw(Path published, Path draft, Exception failure) {
    if (!decisions.withdrawsWhatMayBeLost()) {
      return;
    }
    try {
      disk.rename(published, draft);
    } catch (NoSuchFileException neverThere) {
      failure.addSuppressed(neverThere);
    } catch (IOException | RuntimeException stays) {
      failure.addSuppressed(stays);
      removeWhatWasLeftBehind(published, draft, failure);
    }
  }

  /** Some archives leave the content where it was: then that name is in the way. */
  private void removeWhatWasLeftBehind(Path published, Path draft, Exception failure) {
    try {
      if (disk.exists(draft)) {
        disk.deleteTree(published);
      }
    } catch (IOException | RuntimeException again) {
      failure.addSuppressed(again);
    }
  }

  /** Header records, a checkpoint, truncation. */
  private void settle(Path published, Bkinfo info) {
    try {
      store.record(info, grbit.isIncremental());
      store.checkpoint();
    } catch (IOException broken) {
      trouble = Optional.of(broken);
    }
    boolean durable =
        disk.canForceDirectories(Disk.parent(published)) || !decisions.requiresDurableTarget();
    if (!durable) {
      events.send(EventId.BACKUP_TARGET_NOT_DURABLE_ID, published.toString(), "directory force");
    }
    try {
      boolean truncates = durable && decisions.truncatesLog();
      truncate(truncates ? store.behindCheckpoint(info.genHigh().value()) : List.of());
    } catch (IOException broken) {
      warn(EventId.BACKUP_LOG_FILE_NOT_DELETED_ID, broken, published.toString());
    }
  }

  /** Says after the end that the headers could not be written, if so. */
  void reportTrouble() {
    trouble.ifPresent(broken -> {
      JetErr error = Disk.failure(broken).error();
      warn(EventId.BACKUP_ERROR_INFO_UPDATE, broken, error.toString());
    });
  }

  /** Deletes generations, oldest first. */
  void truncate(List<Path> files) {
    if (files.isEmpty()) {
      events.send(EventId.BACKUP_NO_TRUNCATE_LOG_FILES);
      return;
    }
    String first = files.get(0).toString();
    String last = files.get(files.size() - 1).toString();
    events.send(EventId.BACKUP_TRUNCATE_LOG_FILES, first, last);
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException broken) {
        warn(EventId.BACKUP_LOG_FILE_NOT_DELETED_ID, broken, file.toString());
      }
    }
  }

  /**
   * Deletes sets that were replaced, each of them unpublished by one rename first. A force that
   * fails is no reason to keep one: the new set counts whatever comes back of the old.
   */
  void retire(BackupDirectory directory, List<Path> sets) {
    for (Path set : sets) {
      try {
        disk.rename(set, directory.retired());
        try {
          if (decisions.forcesRetirementBeforeDeleting()) {
            disk.forceDirectory(directory.path());
          }
        } finally {
          disk.deleteTree(directory.retired());
        }
      } catch (IOException broken) {
        warn(EventId.BACKUP_RETIRED_SET_NOT_DELETED_ID, broken, set.toString());
      }
    }
  }

  private void warn(EventId id, IOException broken, String about) {
    events.sendFailure(id, Disk.failure(broken).error(), about);
  }
}
