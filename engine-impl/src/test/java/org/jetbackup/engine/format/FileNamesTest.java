package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNamesTest {

  @Test
  void theFileOfADoubleWriteStandsBesideItsDatabase() {
    Path directory = Path.of("data");
    assertEquals(
        directory.resolve("a.edb.dwr"), FileNames.doubleWriteOf(directory.resolve("a.edb")));
    assertEquals(Path.of("a.edb.dwr"), FileNames.doubleWriteOf(Path.of("a.edb")));
  }
}
