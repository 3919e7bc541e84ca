package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** A new site in memory for each test, at work and with fifty records. */
abstract class OneSite {

  KitFileSystem files;
  Site site;

  @BeforeEach
  void start() {
    files = KitFileSystem.inMemory();
    site = new Site(files.root());
    site.start().put(0, 50);
  }

  @AfterEach
  void stop() throws IOException {
    site.close();
    files.close();
  }

  static void refused(JetErr error, Executable call) {
    assertEquals(error, assertThrows(JetException.class, call).error());
  }
}
