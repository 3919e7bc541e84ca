package org.jetbackup.engine.btree;

import org.jetbackup.engine.buffer.Change;

/** For trees that are only read: whoever tries to change one has made a mistake. */
enum NoPages implements PageAllocator {
  INSTANCE;

  @Override
  public void prepare(Change change) {
    throw refusal();
  }

  @Override
  public long allocate(Change change) {
    throw refusal();
  }

  @Override
  public void free(Change change, long page) {
    throw refusal();
  }

  private static IllegalStateException refusal() {
    return new IllegalStateException("the tree was opened for reading only");
  }
}
