package org.jetbackup.tck.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The default file system, which sets the standard. */
class DefaultFileSystemContractTest extends FileSystemContract {

  @TempDir
  Path root;

  @Override
  public Path root() {
    return root;
  }
}
