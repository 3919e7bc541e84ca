package org.jetbackup.engine.log;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.log.LogFile.Role;

/** Checks a closed log file by itself, as a backup does before it relies on a copy. */
public final class LogVerifier {

  private LogVerifier() {}

  /**
   * A file that was found to be as it was written.
   *
   * @param file with its header
   * @param chain the checksum of its closing batch, which the header of the next file repeats
   */
  public record Verified(LogFile file, int chain) {}

  /**
   * Reads all of a file and checks it.
   *
   * @param path of a closed log file, under whatever name
   * @return its header
   * @throws JetException {@link JetErr#LOG_READ_VERIFY_FAILURE} with the place, if anything in it
   *     is not as it was written or its closing batch is missing; and others if it cannot be read
   */
  public static LogFile verify(Path path) {
    return verifyForNext(path).file();
  }

  /**
   * As {@link #verify}, for whoever goes on with the file behind it.
   *
   * @param path of a closed log file, under whatever name
   * @return its header, and what the next header must repeat
   * @throws JetException as {@link #verify}
   */
  public static Verified verifyForNext(Path path) {
    try {
      LogFile file = LogFiles.read(path, Role.CLOSED);
      try (BatchReader batches = new BatchReader(file, true)) {
        while (batches.next()) {
          // The reader checks each.
        }
        return new Verified(file, batches.chain());
      }
    } catch (JetException e) {
      if (e.error() == JetErr.LOG_FILE_CORRUPT) {
        throw JetException.of(
            JetErr.LOG_READ_VERIFY_FAILURE, e, e.subjects().toArray(new Subject[0]));
      }
      throw e;
    }
  }
}
