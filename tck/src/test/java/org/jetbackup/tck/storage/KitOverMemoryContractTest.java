package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** The kit's file system in memory. */
class KitOverMemoryContractTest extends FileSystemContract {

  private final KitFileSystem kit = KitFileSystem.inMemory();

  @Override
  public Path root() {
    return kit.root();
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
  }
}
