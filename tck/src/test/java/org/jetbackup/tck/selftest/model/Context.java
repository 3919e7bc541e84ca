package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/**
 * What every part of an instance is given: its settings, its environment, its files, its listeners.
 */
record Context(Parameters parameters, Environment environment, Disk disk, Events events) {

  static Context of(Parameters parameters, Environment environment, Decisions decisions) {
    Events events = new Events(parameters, environment.clock(), decisions);
    return new Context(parameters, environment, new Disk(decisions), events);
  }

  Decisions decisions() {
    return disk.decisions();
  }

  Path logDirectory() {
    return parameters.get(SystemParameter.LOG_FILE_PATH);
  }

  String baseName() {
    return parameters.get(SystemParameter.BASE_NAME);
  }

  boolean isCircular() {
    return parameters.get(SystemParameter.CIRCULAR_LOG);
  }

  Instant now() {
    return environment.clock().instant();
  }

  long random() {
    return environment.random().nextLong();
  }

  /** The generations in the log directory. */
  SortedMap<Long, Path> logFiles() throws IOException {
    return Log.files(disk, logDirectory(), baseName());
  }

  boolean createsDirectories() {
    return parameters.get(SystemParameter.CREATE_PATH_IF_NOT_EXIST)
        && decisions().createsMissingDirectories();
  }

  /** Sees to it that a directory is there, or fails with -1023. */
  void requireDirectory(Path directory) throws IOException {
    if (createsDirectories()) {
      disk.createDirectories(directory);
    }
    if (!Files.isDirectory(directory)) {
      throw JetException.of(JetErr.INVALID_PATH, Subject.path(directory));
    }
  }
}
