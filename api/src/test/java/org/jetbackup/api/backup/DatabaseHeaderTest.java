package org.jetbackup.api.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.jetbackup.api.backup.DatabaseHeader.State;
import org.junit.jupiter.api.Test;

class DatabaseHeaderTest {

  private static final Path FILE = Path.of("a.edb");

  @Test
  void anEngineMayHaveNoPages() {
    assertEquals(
        0, new DatabaseHeader(FILE, State.DIRTY_SHUTDOWN, 0, BackupRecords.NONE).pageSize());
  }

  @Test
  void aNegativePageSizeIsRefusedAndNamed() {
    IllegalArgumentException refusal = assertThrows(
        IllegalArgumentException.class,
        () -> new DatabaseHeader(FILE, State.CLEAN_SHUTDOWN, -1, BackupRecords.NONE));
    assertEquals("pageSize must be at least 0 but is -1", refusal.getMessage());
  }

  @Test
  void noPartIsNull() {
    assertThrows(
        NullPointerException.class,
        () -> new DatabaseHeader(null, State.CLEAN_SHUTDOWN, 0, BackupRecords.NONE));
    assertThrows(
        NullPointerException.class, () -> new DatabaseHeader(FILE, null, 0, BackupRecords.NONE));
    assertThrows(
        NullPointerException.class, () -> new DatabaseHeader(FILE, State.CLEAN_SHUTDOWN, 0, null));
  }
}
