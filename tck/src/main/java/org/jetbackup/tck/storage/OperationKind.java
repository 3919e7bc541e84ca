package org.jetbackup.tck.storage;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What an {@link Operation} does.
 *
 * <p>A call of {@code java.nio.file} is recorded as the steps that it consists of on a disk, so
 * that each step can fail or be the last one before a crash:
 *
 * <ul>
 *   <li>opening with {@code TRUNCATE_EXISTING} is {@link #OPEN_WRITE} and {@link #TRUNCATE};
 *   <li>a write through a channel opened with {@code SYNC} or {@code DSYNC} is {@link #WRITE} and
 *       {@link #FORCE} or {@link #FORCE_DATA};
 *   <li>a gathering write is one {@link #WRITE} for each buffer;
 *   <li>a copy is {@link #CREATE}, {@link #WRITE} for each chunk, and {@link #CLOSE};
 *   <li>a copy or a move that replaces its target, other than an atomic move, is preceded by the
 *       {@link #DELETE} of the target.
 * </ul>
 */
public enum OperationKind {
  /** Opens an existing file or directory for reading only. */
  OPEN_READ,
  /** Opens an existing file for writing. */
  OPEN_WRITE,
  /** Creates a file and opens it. */
  CREATE,
  /** Creates a directory. */
  CREATE_DIRECTORY,
  /** Creates a further name (the path) for an existing file (the target). */
  CREATE_LINK,
  /** Creates a symbolic link (the path) to a target that need not exist. */
  CREATE_SYMBOLIC_LINK,
  /** Writes bytes at an offset. */
  WRITE,
  /** Cuts a file; the offset is the new size, the length the number of bytes cut off. */
  TRUNCATE,
  /** {@code force(true)} of a file. */
  FORCE,
  /** {@code force(false)} of a file. */
  FORCE_DATA,
  /** {@code force} of a directory. */
  FORCE_DIRECTORY,
  /** Renames, without a promise about an existing target (which was deleted by its own step). */
  MOVE,
  /** Renames, replacing an existing target in the same step. */
  ATOMIC_MOVE,
  /** Removes a name, or an empty directory. */
  DELETE,
  /** Sets times, permissions, an owner or another attribute. */
  SET_ATTRIBUTES,
  /** Reads bytes at an offset. */
  READ,
  /** Reads attributes, checks existence or access. */
  READ_ATTRIBUTES,
  /** Lists a directory. */
  LIST,
  /** Acquires a lock on a range. */
  LOCK,
  /** Closes a channel or a directory listing. */
  CLOSE;

  private static final Set<OperationKind> FORCES = EnumSet.of(FORCE, FORCE_DATA, FORCE_DIRECTORY);

  private static final Set<OperationKind> MUTATIONS = EnumSet.range(CREATE, SET_ATTRIBUTES);

  /**
   * Whether a crash just before it and one just after it can leave different states: everything
   * that changes content, names or attributes, and the forces, which change what is durable.
   *
   * @return whether it mutates
   */
  public boolean mutates() {
    return MUTATIONS.contains(this);
  }

  /**
   * Whether it makes earlier operations durable.
   *
   * @return whether it is one of the three forces
   */
  public boolean forces() {
    return FORCES.contains(this);
  }

  /**
   * Whether other operations may run while it does. All others run one at a time, in the order of
   * their numbers. These three groups can wait for the disk or for another process.
   */
  boolean overlaps() {
    return this == READ || this == LOCK || forces();
  }

  /** Lower case with hyphens, as in a trace. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
