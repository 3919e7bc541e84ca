package org.jetbackup.engine.restore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A new site in memory for each test, which has to close all files. */
abstract class OneSite {

  static final String A = "a.edb";
  static final String B = "b.edb";

  KitFileSystem kit;
  Site site;

  @BeforeEach
  void begin() {
    kit = KitFileSystem.inMemory();
    kit.captureStacks(false);
    site = new Site(kit.root());
  }

  @AfterEach
  void end() throws IOException {
    assertTrue(kit.openHandles().isEmpty(), () -> "" + kit.openHandles());
    kit.close();
  }
}
