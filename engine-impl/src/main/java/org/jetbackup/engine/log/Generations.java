package org.jetbackup.engine.log;

import java.util.ArrayList;
import java.util.List;
import org.jetbackup.engine.storage.Directories;

/**
 * The files of the log that are there now. Thread-safe; its lock is held while obsolete files are
 * taken away, one after the other and each durably, so that a crash never leaves a gap.
 */
final class Generations {

  private final List<LogFile> files;

  Generations(List<LogFile> files) {
    this.files = new ArrayList<>(files);
  }

  synchronized List<LogFile> all() {
    return List.copyOf(files);
  }

  synchronized void close(LogFile closed) {
    files.set(files.size() - 1, closed);
  }

  synchronized void add(LogFile current) {
    files.add(current);
  }

  /** Takes away those with smaller numbers, but never the last. */
  synchronized void removeBelow(long generation, Removal removal) {
    while (files.size() > 1 && files.get(0).number() < generation) {
      removal.remove(files.get(0));
      files.remove(0);
    }
  }

  /** How a file is taken away, durably. */
  @FunctionalInterface
  interface Removal {
    void remove(LogFile file);

    /** Deletes it. */
    static void delete(LogFile file) {
      Directories.delete(file.path());
      Directories.force(Directories.parentOf(file.path()));
    }
  }
}
