package org.jetbackup.engine.catalog;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.LongValues;
import org.jetbackup.engine.record.RecordPlace;

/** The values of a table that no record has room for, and the number that the next one gets. */
final class LongValueTree {

  private final Tree tree;
  private final PagedFile file;
  private final PageSize size;
  private final RecordPlace place;
  private final AtomicLong lastId;

  /** A tree that was there before. */
  LongValueTree(Tree tree, PagedFile file) {
    this(tree, file, readLastId(tree, placeOf(tree, file)));
  }

  /**
   * Any tree. One that was just made has no id, and is not read: the failure of a read would leave
   * it behind unknown, and the next value would make another one.
   */
  LongValueTree(Tree tree, PagedFile file, long lastId) {
    this.tree = tree;
    this.file = file;
    this.size = file.pageSize();
    this.place = placeOf(tree, file);
    this.lastId = new AtomicLong(lastId);
  }

  Tree tree() {
    return tree;
  }

  PageSize size() {
    return size;
  }

  /** {@return how long a value can be that the file holds, compressed ones of others left aside} */
  long sizeMax() {
    return file.pagesThere() * size.bytes();
  }

  /** For messages. */
  RecordPlace place() {
    return place;
  }

  /** Ids rise, so that a reader never takes one value for another. */
  long nextId() {
    long id = lastId.incrementAndGet();
    if (id > LongValues.LARGEST_ID) {
      throw place.failure(
          JetErr.OUT_OF_OBJECT_IDS, "long-value id", id, "up to " + LongValues.LARGEST_ID);
    }
    return id;
  }

  private static RecordPlace placeOf(Tree tree, PagedFile file) {
    return RecordPlace.of(file.path(), new PageNumber(tree.root()));
  }

  private static long readLastId(Tree tree, RecordPlace place) {
    TreeCursor cursor = tree.cursor();
    if (!cursor.last()) {
      return 0;
    }
    byte[] key = new byte[cursor.key().limit()];
    cursor.key().get(0, key);
    return LongValues.idOf(key, key.length, place);
  }
}
