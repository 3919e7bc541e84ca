package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The kit's file system over a directory of the default one. */
class KitOverDiskContractTest extends FileSystemContract {

  private KitFileSystem kit;

  @BeforeEach
  void open(@TempDir Path directory) {
    kit = KitFileSystem.over(directory);
  }

  @Override
  public Path root() {
    return kit.root();
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
  }
}
