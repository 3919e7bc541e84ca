package org.jetbackup.tck;

/** What a file of an engine is, as far as its plug-in says. */
public enum FileKind {
  /** A database file, live or in a backup. */
  DATABASE,
  /**
   * A file of the log, live or in a backup. One that is only kept ready for later, and holds no log
   * yet, is {@link #OTHER}.
   */
  LOG,
  /** The file that says from where recovery starts. */
  CHECKPOINT,
  /** Something else, or not known. */
  OTHER
}
