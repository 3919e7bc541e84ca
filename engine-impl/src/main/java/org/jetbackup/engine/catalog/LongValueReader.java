package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.record.LongValues;

/** Reads separated values, a chunk at a time. For one thread. Source: section 9.5. */
final class LongValueReader {

  private final LongValueTree values;
  private final TreeCursor cursor;
  private final byte[] keyBytes = new byte[LongValues.CHUNK_KEY_BYTES];
  private final ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);

  LongValueReader(LongValueTree values) {
    this.values = values;
    this.cursor = values.tree().cursor();
  }

  /** {@return the length of a value in bytes, or -1 if there is no such value} */
  long length(long id) {
    key.limit(LongValues.rootKey(keyBytes, 0, id));
    if (!cursor.find(key)) {
      return -1;
    }
    ByteBuffer data = cursor.data();
    long size = LongValues.readRoot(data, 0, data.limit(), values.place()).size();
    long most = values.sizeMax();
    if (size > most) { // nobody must make room for it, or look for all its chunks
      throw values.place().failure(JetErr.LV_CORRUPTED, "size of a long value", size, "" + most);
    }
    return size;
  }

  /**
   * Copies a part of a value.
   *
   * @param id the value
   * @param length the length of the whole value
   * @param offset the first byte wanted
   * @param target takes bytes from its position on, up to its limit or the end of the value
   * @return how many bytes were copied, or -1 if a chunk is not there
   */
  int read(long id, long length, long offset, ByteBuffer target) {
    int chunkBytes = LongValues.chunkBytes(values.size());
    int wanted = (int) Math.min(target.remaining(), Math.max(0, length - offset));
    int done = 0;
    while (done < wanted) {
      long at = offset + done;
      long chunk = at / chunkBytes * chunkBytes;
      key.limit(LongValues.chunkKey(keyBytes, 0, id, chunk));
      if (!cursor.find(key)) {
        return -1;
      }
      ByteBuffer data = cursor.data();
      requireChunk(data.limit(), Math.min(chunkBytes, length - chunk));
      int from = (int) (at - chunk);
      int bytes = Math.min(data.limit() - from, wanted - done);
      target.put(target.position(), data, from, bytes).position(target.position() + bytes);
      done += bytes;
    }
    return done;
  }

  private void requireChunk(int found, long expected) {
    if (found == expected) {
      return;
    }
    JetException failure = found < expected
        ? values
            .place()
            .failure(
                JetErr.FEATURE_NOT_AVAILABLE,
                "bytes of a chunk",
                found,
                expected + ", not compressed")
        : values
            .place()
            .failure(JetErr.LV_CORRUPTED, "bytes of a chunk", found, "up to " + expected);
    throw failure;
  }
}
