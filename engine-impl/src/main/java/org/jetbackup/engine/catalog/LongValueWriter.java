package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.LongValues;

/**
 * Writes and removes separated values. A value is complete before a record names it, and no record
 * names it any more when it is removed. So a removal that the disk prevents harms nobody: the call
 * whose record is changed already succeeds, and the removal is made up for later, at the latest
 * when the database is closed; a value that turns out to be damaged stays where it is. For one
 * thread. Source: section 9.5.
 */
final class LongValueWriter {

  private static final int ONE_REFERENCE = 1;

  /** Failures that may be gone when the same is tried again. */
  private static final Set<JetErr> LATER =
      EnumSet.of(JetErr.DISK_FULL, JetErr.DISK_IO, JetErr.OUT_OF_BUFFERS);

  private final LongValueTree values;
  private final LongValueReader reader;
  private final TreeWriter writer;
  private final byte[] keyBytes = new byte[LongValues.CHUNK_KEY_BYTES];
  private final ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);
  private final byte[] rootBytes = new byte[LongValues.ROOT_BYTES];
  private final ByteBuffer root = ByteBuffer.wrap(rootBytes).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer chunk;

  LongValueWriter(LongValueTree values) {
    this.values = values;
    this.reader = new LongValueReader(values);
    this.writer = values.tree().writer();
    PageSize size = values.size();
    this.chunk = size.newBuffer();
  }

  /** Writes a value and answers its id. After a failure nothing of it is left, or will be. */
  long write(byte[] value) {
    long id = values.nextId();
    boolean done = false;
    try {
      insert(id, value, entry -> {});
      done = true;
      return id;
    } finally {
      if (!done) {
        remove(id);
      }
    }
  }

  /**
   * Writes a value and answers its id. After a failure the caller takes back what was written.
   *
   * @param beforeEach told the key of each entry before it is written; to be read at once
   */
  long write(byte[] value, Consumer<ByteBuffer> beforeEach) {
    long id = values.nextId();
    insert(id, value, beforeEach);
    return id;
  }

  private void insert(long id, byte[] value, Consumer<ByteBuffer> beforeEach) {
    int chunkBytes = LongValues.chunkBytes(values.size());
    key.limit(LongValues.rootKey(keyBytes, 0, id));
    LongValues.root(rootBytes, 0, ONE_REFERENCE, value.length);
    beforeEach.accept(key);
    writer.insert(key, root);
    int written = 0;
    while (written < value.length) {
      int bytes = Math.min(chunkBytes, value.length - written);
      key.limit(LongValues.chunkKey(keyBytes, 0, id, written));
      chunk.clear().put(0, value, written, bytes).limit(bytes);
      beforeEach.accept(key);
      writer.insert(key, chunk);
      written += bytes;
    }
  }

  /**
   * Removes a value, or what a removal that broke off has left of it.
   *
   * @param beforeRoot called before the root goes, which is last
   * @return false if there is no such value
   */
  boolean removeForGood(long id, Runnable beforeRoot) {
    long length = reader.length(id);
    if (length < 0) {
      return false;
    }
    removeChunks(id, length, beforeRoot);
    return true;
  }

  /** Removes a value that no record names, now or later. */
  void remove(long id) {
    values.abandon(id);
    try {
      removeAbandoned();
    } catch (JetException e) {
      if (!LATER.contains(e.error())) {
        throw e;
      }
    }
  }

  /**
   * Removes all values that were to be removed. One that fails stays to be removed, unless it is
   * damaged: it would make every later removal fail, and the closing of the database too.
   */
  void removeAbandoned() {
    for (Long id = values.nextAbandoned(); id != null; id = values.nextAbandoned()) {
      boolean again = true;
      try {
        removeChunks(id, Math.max(0, reader.length(id)), () -> {});
        again = false;
      } catch (JetException e) {
        again = LATER.contains(e.error());
        throw e;
      } finally {
        if (again) {
          values.abandon(id);
        }
      }
    }
  }

  /** The root goes last: as long as it is there, the length is known. */
  private void removeChunks(long id, long length, Runnable beforeRoot) {
    int chunkBytes = LongValues.chunkBytes(values.size());
    for (long offset = 0; offset < length; offset += chunkBytes) {
      key.limit(LongValues.chunkKey(keyBytes, 0, id, offset));
      writer.delete(key);
    }
    key.limit(LongValues.rootKey(keyBytes, 0, id));
    beforeRoot.run();
    writer.delete(key);
  }
}
