package org.jetbackup.engine.backup.directory;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.EarlyForce;

/** A file of a draft, written from its start to its end. For one thread. */
public final class DraftFile implements Closeable {

  private final Draft draft;
  private final String name;
  private final DataFile file;
  private final EarlyForce early;
  private final CRC32C checksum = new CRC32C();
  private long bytes;

  DraftFile(Draft draft, String name, DataFile file, Executor executor) {
    this.draft = draft;
    this.name = name;
    this.file = file;
    this.early = new EarlyForce(file, executor);
  }

  /**
   * Writes on.
   *
   * @param content from position to limit; the position is the limit on return
   */
  public void write(ByteBuffer content) {
    checksum.update(content.duplicate());
    int length = content.remaining();
    file.write(content, bytes);
    bytes += length;
    early.written(length);
  }

  /** {@return how much was written} */
  public long bytes() {
    return bytes;
  }

  /**
   * Forces and closes the file.
   *
   * @return what it has become
   */
  public SetFile finish() {
    early.force();
    file.close();
    SetFile result = new SetFile(name, bytes, (int) checksum.getValue());
    draft.finished(this, result);
    return result;
  }

  /** Closes the file if that was not done. A draft with a file that was not finished stays one. */
  @Override
  public void close() {
    early.close();
    file.close();
  }
}
