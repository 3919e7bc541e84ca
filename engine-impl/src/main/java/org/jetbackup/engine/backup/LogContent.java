package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.engine.log.LogVerifier;
import org.jetbackup.engine.storage.DataFile;

/**
 * A closed log file. It is read once, and what is verified is what was handed out: damage is found
 * by the read that reaches the end of the damaged batch, and at the latest by the last one.
 */
final class LogContent implements Content {

  private final DataFile file;
  private final LogVerifier verifier;
  private final long size;
  private long position;

  private LogContent(DataFile file, LogVerifier verifier) {
    this.file = file;
    this.verifier = verifier;
    this.size = verifier.fileBytes();
  }

  static LogContent open(Path path) {
    LogVerifier verifier = LogVerifier.of(path);
    return new LogContent(DataFile.open(path, DataFile.Mode.READ), verifier);
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
    int begin = target.position();
    int limit = target.limit();
    target.limit(begin + count);
    try {
      if (file.read(target, position) < count) {
        throw verifier.endsEarly();
      }
    } finally {
      target.limit(limit);
    }
    verifier.accept(target.slice(begin, count));
    position += count;
    if (count > 0 && position == size) {
      verifier.finish();
    }
    return count;
  }

  @Override
  public void close() {
    file.close();
  }
}
