package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.engine.log.LogVerifier;
import org.jetbackup.engine.storage.DataFile;

/** A closed log file. All of it is verified before its first byte is handed out. */
final class LogContent implements Content {

  private final DataFile file;
  private final long size;
  private long position;

  private LogContent(DataFile file, long size) {
    this.file = file;
    this.size = size;
  }

  static LogContent open(Path path) {
    long size = LogVerifier.verify(path).header().facts().fileBytes();
    return new LogContent(DataFile.open(path, DataFile.Mode.READ), size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int unit() {
    return 1;
  }

  @Override
  public int read(ByteBuffer target) {
    int count = (int) Math.min(target.remaining(), size - position);
    int limit = target.limit();
    target.limit(target.position() + count);
    try {
      file.readFully(target, position);
    } finally {
      target.limit(limit);
    }
    position += count;
    return count;
  }

  @Override
  public void close() {
    file.close();
  }
}
