package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.backup.ExternalFile;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jspecify.annotations.Nullable;

/** A file of a backup while it is read. Everything happens under the lock of the backup. */
final class OpenFile implements ExternalFile {

  private final StreamingBackup backup;
  private final Path path;
  private final Content content;
  private final @Nullable SourceDatabase database;
  private long read;
  private boolean closed;

  OpenFile(StreamingBackup backup, Path path, Content content, @Nullable SourceDatabase database) {
    this.backup = backup;
    this.path = path;
    this.content = content;
    this.database = database;
  }

  @Override
  public Path path() {
    return path;
  }

  /** The database that it is a copy of; null for a log file. */
  @Nullable
  SourceDatabase database() {
    return database;
  }

  @Override
  public long size() {
    return content.size();
  }

  long bytesRead() {
    return read;
  }

  boolean isWhole() {
    return read == content.size();
  }

  @Override
  public int read(ByteBuffer target) {
    return backup.read(this, target);
  }

  void requireFits(ByteBuffer target) {
    int unit = content.unit();
    if (closed || target.remaining() < unit || target.remaining() % unit != 0) {
      throw JetException.of(
          JetErr.INVALID_PARAMETER,
          Subject.path(path),
          Subject.value("room", target.remaining(), "a multiple of " + unit + ", file open"));
    }
  }

  int readContent(ByteBuffer target) {
    int count = content.read(target);
    read += count;
    return count;
  }

  @Override
  public void close() {
    backup.close(this);
  }

  boolean isClosed() {
    return closed;
  }

  void closeContent() {
    if (!closed) {
      closed = true;
      content.close();
    }
  }
}
