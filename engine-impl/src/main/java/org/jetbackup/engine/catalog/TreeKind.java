package org.jetbackup.engine.catalog;

import java.util.Optional;

/** Which tree of a table a step changes. */
public enum TreeKind {

  /** The records, by normalised key. */
  RECORDS(1),

  /** The separated values, by id and offset. */
  LONG_VALUES(2);

  private final byte code;

  TreeKind(int code) {
    this.code = (byte) code;
  }

  /** {@return the byte that stands for it in the log} */
  public byte code() {
    return code;
  }

  /**
   * Looks a kind up.
   *
   * @param code the byte that stands for it
   * @return the kind, if there is one
   */
  public static Optional<TreeKind> of(byte code) {
    for (TreeKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
