package org.jetbackup.engine.format;

/** The state of a database file, as its header says. Source: section 3.4. */
public enum DatabaseState {
  /** Not complete since its creation. */
  JUST_CREATED(1),
  /** In use, or not closed in order: it needs the log. */
  DIRTY(2),
  /** Closed in order. */
  CLEAN(3),
  /** An old format is being converted. */
  BEING_CONVERTED(4),
  /** Detached by force. */
  FORCE_DETACHED(5),
  /** Pages are being replaced from another copy. */
  INCREMENTAL_RESEED(6),
  /** Pages were replaced from another copy, and the log is needed. */
  DIRTY_AND_PATCHED(7),
  /** Being taken back to an older state. */
  REVERTING(8);

  private final int code;

  DatabaseState(int code) {
    this.code = code;
  }

  /** {@return the number in the header} */
  public int code() {
    return code;
  }

  static DatabaseState ofCode(int code) {
    for (DatabaseState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("state = " + code + ", allowed: 1 to 8");
  }
}
