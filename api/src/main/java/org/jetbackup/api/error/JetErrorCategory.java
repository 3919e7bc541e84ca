package org.jetbackup.api.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The tree that sorts codes by what a program can do about them.
 *
 * <pre>
 * ERROR
 *  |- OPERATION     conditions of the moment
 *  |   |- FATAL         the instance cannot go on
 *  |   |- IO            a device or file system failed
 *  |   |- RESOURCE      something ran out
 *  |       |- MEMORY
 *  |       |- QUOTA        a pool with a configured size
 *  |       |- DISK
 *  |- DATA          what is stored is not what it should be
 *  |   |- CORRUPTION    bytes are damaged
 *  |   |- INCONSISTENT  files do not belong together
 *  |   |- FRAGMENTATION a stored counter or space is used up
 *  |- API           the call does not fit
 *      |- USAGE         wrong arguments or wrong order: change the program
 *      |- STATE         an answer about the present state, often expected
 *      |- OBSOLETE      no longer offered
 * </pre>
 *
 * <p>{@link #UNKNOWN} stands outside: codes that the original keeps only for old callers. Numbers
 * are those of {@code JET_ERRCAT}. Immutable and thread-safe. Source: the public page
 * <i>jet-errcat-enumeration</i>.
 */
public enum JetErrorCategory {
  /** No category is known. */
  UNKNOWN(0),
  /** The root of the tree; no code is filed directly under it. */
  ERROR(1),
  /** Conditions of the moment; trying again later may help. */
  OPERATION(2),
  /** So grave that the instance stops to protect the data; restart it. */
  FATAL(3),
  /** A device or a file system failed, perhaps for a moment only. */
  IO(4),
  /** Something ran out. */
  RESOURCE(5),
  /** Memory, or an object that is made of it, ran out. */
  MEMORY(6),
  /** A pool of configured size ran out; usually a leak or a transaction left open. */
  QUOTA(7),
  /** Disk space ran out. */
  DISK(8),
  /** What is stored is not what it should be. */
  DATA(9),
  /** Bytes are damaged; restore from a backup. */
  CORRUPTION(10),
  /** Files do not belong together, often after they were moved by hand. */
  INCONSISTENT(11),
  /** A stored counter or a stored space is used up. */
  FRAGMENTATION(12),
  /** The call does not fit. */
  API(13),
  /** Wrong arguments or a wrong order of calls; trying again does not help. */
  USAGE(14),
  /** An answer about the present state, often an expected one. */
  STATE(15),
  /** The feature is no longer offered. */
  OBSOLETE(16);

  private final int number;

  JetErrorCategory(int number) {
    this.number = number;
  }

  /** {@return the value of the category in {@code JET_ERRCAT}, 0 to 16} */
  public int number() {
    return number;
  }

  /** {@return the category above this one; empty for {@link #ERROR} and {@link #UNKNOWN}} */
  public Optional<JetErrorCategory> parent() {
    return switch (this) {
      case UNKNOWN, ERROR -> Optional.empty();
      case OPERATION, DATA, API -> Optional.of(ERROR);
      case FATAL, IO, RESOURCE -> Optional.of(OPERATION);
      case MEMORY, QUOTA, DISK -> Optional.of(RESOURCE);
      case CORRUPTION, INCONSISTENT, FRAGMENTATION -> Optional.of(DATA);
      case USAGE, STATE, OBSOLETE -> Optional.of(API);
    };
  }

  /**
   * Compares two places in the tree.
   *
   * @param other the place that may be the higher one
   * @return whether this is {@code other} or lies anywhere below it
   */
  public boolean isWithin(JetErrorCategory other) {
    return this == other || parent().filter(above -> above.isWithin(other)).isPresent();
  }

  /** {@return the way from the top of the tree down to this category, both included} */
  public List<JetErrorCategory> path() {
    List<JetErrorCategory> path = new ArrayList<>();
    for (Optional<JetErrorCategory> at = Optional.of(this);
        at.isPresent();
        at = at.get().parent()) {
      path.add(at.get());
    }
    Collections.reverse(path);
    return List.copyOf(path);
  }
}
