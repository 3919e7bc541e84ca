package org.jetbackup.tck.storage;

import java.nio.file.Path;

/** A file system with control over its faults. */
interface FaultSubject extends Subject {

  KitFileSystem kit();

  @Override
  default Path root() {
    return kit().root();
  }

  default void inject(String fault) {
    kit().inject(Fault.parse(fault));
  }
}
