package org.jetbackup.engine.backup.directory;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;

/** Checks the set that counts in a backup directory, and tells its moments. Changes nothing. */
public final class SetVerifier {

  private SetVerifier() {}

  /**
   * Reads everything that a restore relies on.
   *
   * @param directory a backup directory
   * @return what it holds
   * @throws JetException the first thing that is wrong: {@link JetErr#INVALID_PATH} if there is no
   *     such directory; {@link JetErr#FILE_NOT_FOUND} if it has no set, or a database of it is
   *     missing; {@link JetErr#READ_VERIFY_FAILURE} with the page; {@link
   *     JetErr#DATABASE_CORRUPTED} for the manifest, or a database whose pages are right one by
   *     one; {@link JetErr#LOG_CORRUPT_DURING_HARD_RESTORE} for a log; and as {@link
   *     BackupChain#logs()}
   */
  public static BackupSet verify(Path directory) {
    throw new UnsupportedOperationException();
  }

  /**
   * Lists the moments to which the set can bring its databases. Reads no more than is needed.
   *
   * @param directory a backup directory
   * @return one for each backup of the chain, oldest first
   * @throws JetException as {@link #verify}, which looks at more
   */
  public static List<RestoreMoment> moments(Path directory) {
    throw new UnsupportedOperationException();
  }
}
