package org.jetbackup.engine.log;

/** The kinds of log records. */
public enum RecordKind {
  /** Pages. */
  CHANGE,
  /** How a step is taken back. */
  UNDO,
  /** Ends a block. */
  END,
  /** A value to be removed. */
  REMOVAL,
  /** It was. */
  REMOVED,
  /** Attached. */
  ATTACH,
  /** Detached. */
  DETACH,
  /** A database will be made. */
  CREATE_BEGIN,
  /** It was. */
  CREATED,
  /** A database is gone. */
  DROP,
  /** Recovered. */
  RECOVERED,
  /** The end. */
  SHUTDOWN,
  /** Anything. */
  NOTE
}
