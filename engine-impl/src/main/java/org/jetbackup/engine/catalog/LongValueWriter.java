package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.LongValues;

/**
 * Writes and removes separated values. A value is complete before a record names it, and no record
 * names it any more when it is removed. For one thread. Source: section 9.5.
 */
final class LongValueWriter {

  private static final int ONE_REFERENCE = 1;

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

  /**
   * Writes a value and answers its id. After a failure the caller takes back what was written.
   *
   * @param beforeEach told the key of each entry before it is written; to be read at once
   */
  long write(byte[] value, Consumer<ByteBuffer> beforeEach) {
    long id = values.nextId();
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
    return id;
  }

  /**
   * Removes a value, or what a removal that broke off has left of it. The root goes last: as long
   * as it is there, the length is known.
   *
   * @param beforeRoot called before the root goes
   * @return false if there is no such value
   */
  boolean removeForGood(long id, Runnable beforeRoot) {
    long length = reader.length(id);
    if (length < 0) {
      return false;
    }
    int chunkBytes = LongValues.chunkBytes(values.size());
    for (long offset = 0; offset < length; offset += chunkBytes) {
      key.limit(LongValues.chunkKey(keyBytes, 0, id, offset));
      writer.delete(key);
    }
    key.limit(LongValues.rootKey(keyBytes, 0, id));
    beforeRoot.run();
    writer.delete(key);
    return true;
  }
}
