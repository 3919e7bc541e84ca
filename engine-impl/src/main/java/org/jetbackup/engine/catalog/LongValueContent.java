package org.jetbackup.engine.catalog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.LongValues;
import org.jetbackup.engine.record.RecordPlace;

/**
 * Reads separated values of any engine, compressed chunks among them. Other than
 * {@link LongValueReader} it trusts no size before the bytes are there, and needs nothing of the
 * rest of the tree. For one thread. Source: sections 9.4 and 9.5.
 */
final class LongValueContent {

  private final TreeCursor cursor;
  private final PageSize size;
  private final RecordPlace place;
  private final byte[] keyBytes = new byte[LongValues.CHUNK_KEY_BYTES];
  private final ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);

  LongValueContent(Tree tree, PageSize size, RecordPlace place) {
    this.cursor = tree.cursor();
    this.size = size;
    this.place = place;
  }

  /**
   * Finds a value and says how long it is.
   *
   * @param id 1 to {@link LongValues#LARGEST_ID}
   */
  long length(long id) {
    key.limit(LongValues.rootKey(keyBytes, 0, id));
    requireFound(id);
    ByteBuffer root = cursor.data();
    long length = LongValues.readRoot(root, 0, root.limit(), place).size();
    if (root.limit() > LongValues.ROOT_BYTES && root.get(LongValues.ROOT_BYTES) != 0) {
      throw new UnsupportedFormException(
          "long value with flags " + Byte.toUnsignedInt(root.get(LongValues.ROOT_BYTES)));
    }
    return length;
  }

  /**
   * Reads the beginning of a value.
   *
   * @param length of the whole value
   * @param wanted how many bytes of it, no more than that
   */
  byte[] read(long id, long length, int wanted) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int chunkBytes = LongValues.chunkBytes(size);
    for (int at = 0; at < wanted; at = content.size()) {
      key.limit(LongValues.chunkKey(keyBytes, 0, id, at));
      requireFound(id);
      byte[] chunk = chunk((int) Math.min(chunkBytes, length - at));
      content.write(chunk, 0, Math.min(chunk.length, wanted - at));
    }
    return content.toByteArray();
  }

  /** A chunk shorter than its part of the value is compressed, the last one too. */
  private byte[] chunk(int expected) {
    ByteBuffer data = cursor.data();
    byte[] chunk;
    if (data.limit() < expected) {
      chunk = UnsupportedFormException.expand(data, 0, data.limit(), place);
    } else {
      chunk = new byte[data.limit()];
      data.get(0, chunk);
    }
    if (chunk.length != expected) {
      throw place.failure(JetErr.LV_CORRUPTED, "bytes of a chunk", chunk.length, "" + expected);
    }
    return chunk;
  }

  private void requireFound(long id) {
    if (!cursor.find(key)) {
      throw place.failure(
          JetErr.LV_CORRUPTED,
          "long-value id",
          id,
          "one whose " + (key.limit() == LongValues.ROOT_KEY_BYTES ? "root is" : "chunks are")
              + " in the tree");
    }
  }
}
