package org.jetbackup.perf;

import java.nio.file.Path;
import java.util.function.Function;
import org.jetbackup.engine.buffer.PageCache;

/** The stores that are measured, by the name of a benchmark's parameter. */
enum StoreSubject {
  /** The reference engine. */
  ENGINE {
    @Override
    Function<Path, KeyValueStore> opener(long cacheBytes) {
      PageCache cache = EngineStore.newCache(cacheBytes);
      return directory -> new EngineStore(directory, cache);
    }
  },
  /** The control in memory. */
  SKIP_LIST {
    @Override
    Function<Path, KeyValueStore> opener(long cacheBytes) {
      return directory -> new SkipListStore();
    }
  };

  /** Makes what opens one empty store after the other, each in a directory of its own. */
  abstract Function<Path, KeyValueStore> opener(long cacheBytes);
}
