package org.jetbackup.api.error;

/**
 * Who is to act on a failure.
 *
 * <p>Derived from the code: first a few codes whose category says too little, then the category. It
 * is a judgement about the usual case, for messages, statistics and tests; a program that wants to
 * react to a particular code asks for the code.
 *
 * <p>Immutable and thread-safe. The division is ours; the original has categories only.
 */
public enum Blame {
  /** The program that called: a wrong argument, a wrong order, a question with the answer "no". */
  CALLER,
  /** The world: devices, files, memory, operators. */
  WORLD,
  /** The engine itself: no input and no device explains the failure. */
  DEFECT;

  /**
   * Judges an error.
   *
   * @param error the code
   * @return who is to act on it
   * @throws IllegalArgumentException if the code is success or a warning: there is nothing to act
   *     on
   */
  public static Blame of(JetErr error) {
    if (!error.isError()) {
      throw new IllegalArgumentException("code = " + error + ", allowed: errors only");
    }
    return switch (error) {
      case INTERNAL_ERROR,
          DATABASE_BUFFER_DEPENDENCIES_CORRUPTED,
          PREVIOUS_VERSION,
          CANNOT_LOG_DURING_RECOVERY_REDO,
          TOO_MANY_SPLITS -> DEFECT;
      case TERM_IN_PROGRESS,
          INIT_IN_PROGRESS,
          CLIENT_REQUEST_TO_STOP_JET_SERVICE,
          BACKUP_ABORT_BY_SERVER,
          BACKUP_ABORT_BY_CALLER,
          OUT_OF_SESSIONS,
          OUT_OF_CURSORS,
          KEY_TOO_BIG,
          INVALID_FILENAME,
          OBJECT_DUPLICATE,
          INVALID_OBJECT,
          ROLLBACK_REQUIRED,
          RECORD_NOT_DELETED,
          MUST_DISABLE_LOGGING_FOR_DB_UPGRADE -> CALLER;
      default -> ofCategory(error.category());
    };
  }

  private static Blame ofCategory(JetErrorCategory category) {
    return switch (category) {
      case API, USAGE, STATE, OBSOLETE, QUOTA -> CALLER;
      case OPERATION, FATAL, IO, RESOURCE, MEMORY, DISK -> WORLD;
      case DATA, CORRUPTION, INCONSISTENT, FRAGMENTATION -> WORLD;
      case ERROR, UNKNOWN -> WORLD;
    };
  }
}
