package org.jetbackup.tck.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Faults that need the file below, in memory. */
class FaultsOverMemoryTest
    implements DroppedDataContract, FlippedBitContract, InterruptFaultContract {

  private final KitFileSystem kit = KitFileSystem.inMemory();

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
