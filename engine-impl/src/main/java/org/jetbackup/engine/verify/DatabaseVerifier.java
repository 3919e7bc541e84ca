package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.jetbackup.engine.storage.DataFile;

/**
 * Checks a database file offline, down to the last record, and reports everything that is wrong.
 *
 * <p>Nothing is written, and nobody else may write to the file meanwhile. Whatever the file holds,
 * the check ends with a report: damage is never an exception. It reads the file once from begin to
 * end and every page of a tree once more. Memory: two numbers a page, the rows of the catalog, and
 * twenty bytes for each long value of one table. Trees are not checked, and that is a
 * finding, if the accounts of pages would take half of the heap. Thread-safe. Source: section 14.
 */
public final class DatabaseVerifier {

  private DatabaseVerifier() {}

  /**
   * Checks a file.
   *
   * @param file the file
   * @param options how it is checked
   * @return what was found
   * @throws org.jetbackup.api.error.JetException if the file cannot be opened or read
   */
  public static VerifyReport verify(Path file, VerifyOptions options) {
    try (DataFile open = DataFile.open(file, DataFile.Mode.READ)) {
      return verify(open, options);
    }
  }

  /**
   * Checks an open file.
   *
   * @param file the file, which stays open
   * @param options how it is checked
   * @return what was found
   * @throws org.jetbackup.api.error.JetException if the file cannot be read
   */
  public static VerifyReport verify(DataFile file, VerifyOptions options) {
    Objects.requireNonNull(file, "file");
    return verify(new OpenFile(file), options);
  }

  static VerifyReport verify(ByteSource source, VerifyOptions options) {
    return new Verification(source, Objects.requireNonNull(options, "options")).run();
  }

  /** An open file, as the checks want to read it. */
  record OpenFile(DataFile file) implements ByteSource {

    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void read(ByteBuffer target, long position) {
      file.readFully(target, position);
    }
  }
}
