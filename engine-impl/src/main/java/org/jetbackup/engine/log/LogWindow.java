package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.storage.DataFile;

/**
 * A part of a file that moves forward, so that small batches do not cost a read each. As large as
 * two of the longest batches at most. Not thread-safe.
 */
final class LogWindow {

  private static final int AHEAD = 256 << 10;

  private final DataFile file;
  private final int fileBytes;
  private final ByteBuffer bytes;
  private int start;

  LogWindow(DataFile file, int fileBytes) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.bytes = ByteBuffer.allocate(Math.min(fileBytes, LogBatchHeader.MAX_BATCH + AHEAD))
        .order(ByteOrder.LITTLE_ENDIAN)
        .limit(0);
  }

  /** The buffer, whose index of a place {@link #load} gives. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Makes a range of the file available that lies in the file, and returns its index. */
  int load(int offset, int length) {
    int index = offset - start;
    if (index < 0 || index + length > bytes.limit()) {
      int wanted = Math.min(Math.max(length, AHEAD), fileBytes - offset);
      bytes.clear().limit(wanted);
      file.readFully(bytes, offset);
      bytes.position(0);
      start = offset;
      index = 0;
    }
    return index;
  }
}
