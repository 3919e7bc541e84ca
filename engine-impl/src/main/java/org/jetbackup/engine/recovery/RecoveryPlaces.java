package org.jetbackup.engine.recovery;

import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.log.LogOptions;

/**
 * Where recovery finds things, and how it makes new ones. Immutable.
 *
 * @param log where the log is and how it is written
 * @param checkpointFile the checkpoint file
 * @param alternate a directory that has the databases instead of their own, if one was named
 * @param extensionPages by how many pages databases grow at least
 */
public record RecoveryPlaces(
    LogOptions log, Path checkpointFile, Optional<Path> alternate, long extensionPages) {

  /**
   * Finds the file of a database.
   *
   * @param attachment the database
   * @return where it is, or has to be
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the log names no path
   */
  public Path fileOf(Attachment attachment) {
    Path own = attachment.resolve(log.directory());
    Path name = own.getFileName();
    return alternate.isPresent() && name != null ? alternate.get().resolve(name.toString()) : own;
  }
}
