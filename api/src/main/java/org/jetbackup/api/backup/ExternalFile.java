package org.jetbackup.api.backup;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.error.JetException;

/**
 * A file of an external backup while it is read. Every page of a database was verified when {@link
 * #read} hands it out. A log file is verified as it goes by, in pieces of up to 1 MiB: it is good
 * when it was read to its end without an error. For one thread at a time. Source:
 * JetReadFileInstance and JetCloseFileInstance of the public interface.
 */
public interface ExternalFile extends AutoCloseable {

  /** {@return the file} */
  Path path();

  /** {@return how many bytes there are to read in all} */
  long size();

  /**
   * Reads on.
   *
   * @param target filled from its position on with as many bytes as are left, up to its limit
   * @return how many bytes were read; 0 at the end
   * @throws JetException {@code JET_errInvalidParameter} (-1003) unless there is room for a multiple
   *     of the page size (for a database) or for at least one byte (for a log file), or if the file
   *     was closed; {@code JET_errReadVerifyFailure} (-1018) for a damaged page: the database is
   *     out of the backup then; {@code JET_errLogReadVerifyFailure} (-612) for a damaged log file:
   *     the backup ends then; {@code JET_errBackupAbortByServer} (-801) after a stop
   */
  int read(ByteBuffer target);

  /** Closes the file. One that was not read to its end is not part of the backup. */
  @Override
  void close();
}
