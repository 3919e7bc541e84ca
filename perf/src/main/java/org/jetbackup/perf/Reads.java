package org.jetbackup.perf;

import java.nio.ByteBuffer;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;

/** Reads through the api that measurements have in common. */
final class Reads {

  private Reads() {}

  /** Visits all records in order, copies each value, and answers their bytes. */
  static long scan(JetTable table, ByteBuffer target) {
    long bytes = 0;
    try (JetCursor cursor = table.cursor(KeyRange.all())) {
      while (cursor.moveNext()) {
        bytes += cursor.readValue(target.clear(), 0);
      }
    }
    return bytes;
  }

  /** Finds a key and copies its value; answers its length. */
  static int find(JetCursor cursor, byte[] key, ByteBuffer target) {
    if (!cursor.seek(key)) {
      throw new IllegalStateException("a key is not there");
    }
    return cursor.readValue(target.clear(), 0);
  }
}
