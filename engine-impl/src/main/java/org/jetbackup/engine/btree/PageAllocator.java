package org.jetbackup.engine.btree;

import org.jetbackup.engine.buffer.Change;

/**
 * Where a tree gets its pages, and where it gives them back. Both happen within the change that
 * needs the page, so a change that is rolled back neither loses nor keeps one.
 */
public interface PageAllocator {

  /**
   * Takes the locks that the other calls need. Called before the change owns a page, so that nobody
   * waits for these locks with a latch in hand.
   *
   * @param change the open change
   */
  void prepare(Change change);

  /**
   * Takes a page.
   *
   * @param change the open change
   * @return the number of a page that belongs to the tree and has no use yet
   */
  long allocate(Change change);

  /**
   * Gives a page back.
   *
   * @param change the open change
   * @param page a page of the tree that nothing points to any more
   */
  void free(Change change, long page);
}
