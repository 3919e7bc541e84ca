package org.jetbackup.engine.log;

import java.util.Optional;

/** What a record of the log is about. The log stores the kind and does not look into the record. */
public enum RecordKind {
  /** A change of pages. */
  CHANGE(1),
  /** What a key held before a change. */
  UNDO(2),
  /** Nothing but the end of a block. */
  END(3),
  /** A separated value is to be removed once nobody needs it. */
  REMOVAL(4),
  /** It was removed. */
  REMOVED(5),
  /** A database is attached. */
  ATTACH(6),
  /** A database is detached. */
  DETACH(7),
  /** A database is about to be created. */
  CREATE_BEGIN(8),
  /** It was created. */
  CREATED(9),
  /** Something is dropped. */
  DROP(10),
  /** A recovery came to its end. */
  RECOVERED(11),
  /** The instance was shut down. */
  SHUTDOWN(12),
  /** A note. */
  NOTE(13);

  private static final RecordKind[] BY_CODE = byCode();

  private final int code;

  RecordKind(int code) {
    this.code = code;
  }

  private static RecordKind[] byCode() {
    RecordKind[] kinds = new RecordKind[values().length];
    for (RecordKind kind : values()) {
      kinds[kind.code - 1] = kind;
    }
    return kinds;
  }

  /** {@return the number that stands for it on disk, 1 to 255; never changes} */
  public int code() {
    return code;
  }

  /**
   * Finds a kind.
   *
   * @param code any number
   * @return the kind with that number, if there is one
   */
  public static Optional<RecordKind> ofCode(int code) {
    return code >= 1 && code <= BY_CODE.length ? Optional.of(BY_CODE[code - 1]) : Optional.empty();
  }
}
