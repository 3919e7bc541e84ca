package org.jetbackup.engine.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.record.Column;

/** Sample files on a disk, opened for reading. */
final class SampleDatabases {

  private static final int CACHE_PAGES = 256;

  private SampleDatabases() {}

  /** Copies a sample, or skips the test. */
  static Path copy(String sample, Path directory) {
    try {
      return Files.write(
          directory.resolve(sample + ".edb"), Samples.read(sample).bytes().array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PageCache cache(PageSize size) {
    return new PageCache(size, (long) CACHE_PAGES * size.bytes(), LogForce.NONE);
  }

  static Database open(Path file) {
    return Database.openReadOnly(cache(Database.pageSizeOf(file)), file);
  }

  static TableDefinition table(Database database, String name) {
    return database.catalog().find(name).orElseThrow();
  }

  static Column column(TableDefinition table, String name) {
    return table.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
