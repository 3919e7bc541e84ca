package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * The log directories that instances of this process use. A file lock would not do: two of them in
 * one process behave differently in memory and on disk.
 *
 * <p>A file system that nobody uses any more is forgotten, with every instance abandoned on it.
 */
final class LogDirectories {

  private static final Map<FileSystem, Set<String>> IN_USE = new WeakHashMap<>();

  private LogDirectories() {}

  /** A directory that was taken. */
  record Claim(FileSystem fileSystem, String path) {

    void release() {
      synchronized (IN_USE) {
        IN_USE.getOrDefault(fileSystem, new HashSet<>()).remove(path);
      }
    }
  }

  /** Takes a directory, or fails with -1084. */
  static Claim claim(Path directory) throws IOException {
    Claim claim = new Claim(directory.getFileSystem(), directory.toRealPath().toString());
    synchronized (IN_USE) {
      if (!IN_USE
          .computeIfAbsent(claim.fileSystem(), unused -> new HashSet<>())
          .add(claim.path())) {
        throw JetException.of(JetErr.LOG_FILE_PATH_IN_USE, Subject.path(directory));
      }
    }
    return claim;
  }
}
