package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.junit.jupiter.api.function.Executable;

/** Failures that are expected. */
final class Failures {

  private Failures() {}

  static JetException expect(JetErr error, Executable call) {
    JetException failure = assertThrows(JetException.class, call);
    assertEquals(error, failure.error(), failure::toString);
    return failure;
  }

  static JetException expect(JetErr error, Path path, Executable call) {
    JetException failure = expect(error, call);
    assertTrue(failure.subjects().contains(Subject.path(path)), failure::toString);
    return failure;
  }
}
