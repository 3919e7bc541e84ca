package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * What a backup needs of the instance that it is made from. Thread-safe.
 *
 * <pre>{@code
 *   FREE --occupy--> OCCUPIED --retain--> RETAINING --release--> FREE
 *   OCCUPIED   no database comes or goes, and no second backup begins
 *   RETAINING  besides, no generation is used again that recovery would need now
 * }</pre>
 */
public interface BackupSource {

  /**
   * Keeps databases and other backups where they are.
   *
   * @throws JetException {@link JetErr#BACKUP_IN_PROGRESS} if a backup runs
   */
  void occupy();

  /** {@return the attached databases in the order of their numbers; the same until the release} */
  List<SourceDatabase> databases();

  /**
   * Keeps the log from the checkpoint on, circular or not.
   *
   * @return the first generation that is kept: redo of any copy that is made from now on begins
   *     there at the latest
   */
  long retain();

  /** {@return the address at which the log ends now} */
  long logEnd();

  /** {@return with which the names of the log files begin} */
  String baseName();

  /** {@return whether the log is circular} */
  boolean isCircular();

  /** {@return the size of a sector of the log} */
  int logSectorBytes();

  /** {@return the signature of the sequence of logs} */
  Signature logSignature();

  /** {@return the files of the log, oldest first, the current one last} */
  List<LogFile> logFiles();

  /**
   * Finishes the current generation between two transactions, and begins the next.
   *
   * @param note the last record of the generation
   * @return the generation that was finished
   * @throws JetException what the log says if it cannot be written
   */
  long roll(ByteBuffer note);

  /**
   * Writes back what is changed, and moves the checkpoint as far as it goes.
   *
   * @throws JetException if that fails; nothing is lost then
   */
  void checkpoint();

  /** {@return the generation at which recovery would begin: none before it is needed for that} */
  long checkpointGeneration();

  /**
   * Deletes closed generations, oldest first, durably.
   *
   * @param generation the first that stays
   * @throws JetException if one cannot be deleted; it and the later ones stay
   */
  void deleteLogsBelow(long generation);

  /**
   * Fails if the instance does not go on as it was.
   *
   * @throws JetException an error of state
   */
  void requireAlive();

  /** {@return why the instance does not go on; null while all is well} */
  @Nullable
  JetException failure();

  /** Ends what {@link #occupy} and {@link #retain} began; does nothing the second time. */
  void release();
}
