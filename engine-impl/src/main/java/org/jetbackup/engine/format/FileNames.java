package org.jetbackup.engine.format;

import java.nio.file.Path;

/** What every file of the engine is called, beside the names that the caller chooses. */
public final class FileNames {

  /** The file that the owner of a directory holds locked; empty, and left when it is released. */
  public static final String LOCK = "jetbackup.lock";

  private static final String DOUBLE_WRITE_SUFFIX = ".dwr";

  private FileNames() {}

  /**
   * Names the file through which the pages of a database are written.
   *
   * @param database the database file; not a root
   * @return a file beside it
   */
  public static Path doubleWriteOf(Path database) {
    return database.resolveSibling(database.getFileName() + DOUBLE_WRITE_SUFFIX);
  }
}
