package org.jetbackup.tck.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Faults that need the file below, over a directory of the default file system. */
class FaultsOverDiskTest
    implements DroppedDataContract, FlippedBitContract, InterruptFaultContract {

  private KitFileSystem kit;

  @BeforeEach
  void open(@TempDir Path directory) {
    kit = KitFileSystem.over(directory);
  }

  @Override
  public KitFileSystem kit() {
    return kit;
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    assertEquals(List.of(), kit.openHandles());
    kit.close();
  }
}
