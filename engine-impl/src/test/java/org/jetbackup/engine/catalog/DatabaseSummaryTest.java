package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of a database. */
class DatabaseSummaryTest {

  @TempDir
  Path directory;

  @Test
  void aRealDatabaseIsSummarised() {
    Path file = SampleDatabases.copy("basic", directory);
    try (Database database = SampleDatabases.open(file)) {
      assertEquals(
          """
          File                %s
          State               CLEAN
          Size                1,048,576 bytes, 254 pages of 4,096
          Format              0x620, update 20; written by system 6.2.9200
          Created             2022-08-19T11:46:32.636Z, signature 87c3f09e
          Attached            2022-08-19T11:46:32.952Z
          Detached            2022-08-19T11:46:33.040Z
          Full backup         never
          Incremental backup  never

          | Table             | Kind   | Rows | Columns | Indexes | Object id | Root page |
          |-------------------|--------|-----:|--------:|--------:|----------:|----------:|
          | basic             | user   |    2 |      13 |       1 |         8 |        31 |
          | MSysObjects       | system |   87 |      28 |       3 |         2 |         4 |
          | MSysObjectsShadow | system |   87 |      28 |       1 |         3 |        24 |
          | MSysObjids        | system |    7 |       3 |       1 |         6 |        29 |
          | MSysLocales       | system |    7 |       3 |       1 |         7 |        30 |
          """.formatted(file), String.join("\n", DatabaseSummary.of(database).lines()) + "\n");
    }
  }

  @Test
  void columnsAreDescribed() {
    try (Database database = SampleDatabases.open(SampleDatabases.copy("binary", directory))) {
      List<String> lines =
          DatabaseSummary.columnLines(SampleDatabases.table(database, "MSysLocales"));
      assertEquals("""
          | Column | Type          | Kind     | Flags    | Default  |  Id | Most |
          |--------|---------------|----------|----------|----------|----:|-----:|
          | Type   | UNSIGNED_BYTE | FIXED    | not null |          |   1 |    1 |
          | iValue | LONG          | FIXED    |          | 00000000 |   2 |    4 |
          | Key    | BINARY        | VARIABLE |          |          | 128 |  255 |
          """, String.join("\n", lines) + "\n");
    }
  }

  @Test
  void aNameCannotCommandATerminal() {
    assertEquals("a?[2Jb?", TextTable.text("a\u001b[2Jb\u009b"));
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TextTable(1, "a", "b").add("c"));
  }
}
