package org.jetbackup.perf;

import java.nio.file.Path;

/** The stores that are measured, by the name of a benchmark's parameter. */
enum StoreSubject {
  /** The reference engine. */
  ENGINE {
    @Override
    KeyValueStore open(Path directory, long cacheBytes) {
      return new EngineStore(directory, cacheBytes);
    }
  },
  /** The control in memory. */
  SKIP_LIST {
    @Override
    KeyValueStore open(Path directory, long cacheBytes) {
      return new SkipListStore();
    }
  };

  abstract KeyValueStore open(Path directory, long cacheBytes);
}
