package org.jetbackup.engine.space;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.jetbackup.engine.format.Extent;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extents of a tree may fill more pages than the cache has room for. */
class ManyExtentsTest {

  private static final int CACHE_PAGES = 64;
  private static final long FIRST = 1000;
  private static final int EXTENTS = 20_000;
  private static final long LARGE = 600;

  @TempDir
  Path directory;

  @Test
  void aLongSearchForALargeExtentNeedsLittleOfTheCache() {
    try (BareDatabase database =
        BareDatabase.create(directory.resolve("bare.edb"), PageSize.KIB_4, 500, 8, CACHE_PAGES)) {
      TreeSpace root = database.space().root();
      long last = FIRST + 2L * EXTENTS + LARGE;
      database.within(change -> {
        root.prepare(change);
        root.lastOwned(change);
        root.moveEnd(change, last); // pages that the file does not have, and nobody touches
        root.addFree(change, Extent.between(last - LARGE + 1, last));
      });
      for (int i = 0; i < EXTENTS; i += 100) {
        long from = FIRST + 2L * i;
        database.within(change -> {
          root.prepare(change);
          root.lastOwned(change);
          for (int j = 0; j < 100; j++) {
            root.addFree(change, new Extent(from + 2L * j, 1));
          }
        });
      }
      database.within(change -> {
        root.prepare(change);
        assertEquals(LARGE, root.give(change, LARGE).pages());
      });
    }
  }
}
