package org.jetbackup.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the texts of the specification come from: the class path, or a test. */
@FunctionalInterface
interface SpecFiles {

  /** The texts that belong to this package. */
  SpecFiles ON_CLASS_PATH = SpecFiles::fromClassPath;

  /** All lines of a file, without their ends. */
  List<String> lines(String file);

  private static List<String> fromClassPath(String file) {
    try (InputStream stream = SpecFiles.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new SpecFormatException(file, 1, "there is no such file");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
