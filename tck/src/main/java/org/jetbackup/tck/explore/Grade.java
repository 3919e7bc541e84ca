package org.jetbackup.tck.explore;

/** How a state that a crash has left is to be taken. */
public enum Grade {
  /** All is as it was acknowledged. */
  ACCEPTABLE,
  /**
   * Legal, and worth to know: a call that had not returned has had its effect nevertheless, or has
   * to be made again.
   */
  INTERESTING,
  /** A clause is broken. */
  FORBIDDEN
}
