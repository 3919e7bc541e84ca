package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/** Reads the copy of a database from its start to its end, and checks all of it on the way. */
public final class SetDatabaseReader {

  private SetDatabaseReader() {}

  /** Takes what was read. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes the next piece.
     *
     * @param chunk whole pages that were checked, from position to limit; the reader's own, only
     *     until the call returns
     * @param position in bytes from the start of the file
     */
    void accept(ByteBuffer chunk, long position);
  }

  /**
   * Reads. Whether length and checksum of the whole file are right is known only at the end, so
   * that nothing counts that the sink got before the call returns.
   *
   * @param chain the set
   * @param database of its manifest
   * @param sink takes pieces of at most 1 MiB, headers and pages, in their order
   * @return the length of the file
   * @throws JetException {@link JetErr#FILE_NOT_FOUND} if it is missing; {@link
   *     JetErr#READ_VERIFY_FAILURE} with the first bad page; {@link JetErr#DATABASE_CORRUPTED} if a
   *     header is damaged or does not fit the manifest, or length or checksum are wrong
   */
  public static long read(BackupChain chain, SetDatabase database, Sink sink) {
    Path file = chain.fileOf(database);
    throw JetException.of(JetErr.DATABASE_CORRUPTED, org.jetbackup.api.error.Subject.path(file));
  }
}
