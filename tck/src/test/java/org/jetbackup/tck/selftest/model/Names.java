package org.jetbackup.tck.selftest.model;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * How log and manifest name a database: relative to the log directory when beneath it, so that a
 * tree that was copied elsewhere still finds its own files; absolute otherwise.
 */
record Names(Path logDirectory) {

  Names {
    logDirectory = logDirectory.toAbsolutePath().normalize();
  }

  String nameOf(Path file) {
    if (!file.getFileSystem().equals(logDirectory.getFileSystem())) {
      throw JetException.of(JetErr.DATABASE_INVALID_PATH, Subject.path(file));
    }
    Path absolute = file.toAbsolutePath().normalize();
    boolean beneath = absolute.startsWith(logDirectory) && !absolute.equals(logDirectory);
    return (beneath ? logDirectory.relativize(absolute) : absolute).toString();
  }

  Path resolve(String name) {
    return logDirectory.resolve(name);
  }
}
