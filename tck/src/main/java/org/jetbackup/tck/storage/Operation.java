package org.jetbackup.tck.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step that the engine under test asked of the file system.
 *
 * <p>Always true of an operation that was handed out:
 *
 * <ol>
 *   <li>Numbers start at 1, grow by one, and follow the order in which steps began. Steps that
 *       change content or names never overlap, so for them it is also the order in which they took
 *       effect.
 *   <li>Paths are relative to the root of the {@link KitFileSystem}, normalised, with {@code /}
 *       between names; the root itself is {@code .}. They name no machine and no user.
 *   <li>The path is the one that the handle was opened by, even if the file was moved since; the
 *       handle tells which steps belong to one open file.
 *   <li>The length of a finished read or write is the number of bytes that really passed.
 * </ol>
 *
 * @param sequence its number
 * @param kind what it does
 * @param path what it is done to
 * @param target where a move goes to, or what a link stands for; null for all others
 * @param handle the open file or listing that it belongs to, or 0 for an operation on a path
 * @param offset where a read, write or lock begins, or the size that remains after a truncation
 * @param length how many bytes a read, write, lock or truncation is about
 * @param failure why it had no effect; null if it had its effect or has not run yet
 */
public record Operation(
    long sequence,
    OperationKind kind,
    String path,
    @Nullable String target,
    long handle,
    long offset,
    long length,
    @Nullable String failure) {

  /**
   * Checks the shape.
   *
   * @param sequence from 1, or 0 while it has none
   * @param kind what it does
   * @param path relative to the root
   * @param target relative to the root, or null
   * @param handle from 1, or 0
   * @param offset not negative
   * @param length not negative
   * @param failure null if there was none
   * @throws IllegalArgumentException if a number is negative
   */
  public Operation {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    if (sequence < 0 || handle < 0 || offset < 0 || length < 0) {
      throw new IllegalArgumentException("negative number in " + sequence + " " + kind + " "
          + handle + " " + offset + "+" + length);
    }
  }

  static Operation on(OperationKind kind, String path) {
    return new Operation(0, kind, path, null, 0, 0, 0, null);
  }

  static Operation between(OperationKind kind, String path, String target) {
    return new Operation(0, kind, path, target, 0, 0, 0, null);
  }

  static Operation through(long handle, OperationKind kind, String path) {
    return new Operation(0, kind, path, null, handle, 0, 0, null);
  }

  Operation at(long newOffset, long newLength) {
    return new Operation(sequence, kind, path, target, handle, newOffset, newLength, failure);
  }

  Operation numbered(long number) {
    return new Operation(number, kind, path, target, handle, offset, length, failure);
  }

  Operation failed(Exception cause) {
    return new Operation(
        sequence, kind, path, target, handle, offset, length, cause.getClass().getSimpleName());
  }

  /**
   * Whether it changes content, names, attributes or durability; see {@link OperationKind#mutates}.
   *
   * @return whether it mutates
   */
  public boolean mutates() {
    return kind.mutates();
  }

  /**
   * One line for a report, such as {@code 12 write backup/a.edb 4096+512}. Handles are left out.
   *
   * @return the line, without an end of line
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder().append(sequence).append(' ').append(kind);
    line.append(' ').append(path);
    if (target != null) {
      line.append(" -> ").append(target);
    }
    switch (kind) {
      case READ, WRITE, LOCK -> line.append(' ').append(offset).append('+').append(length);
      case TRUNCATE -> line.append(" to ").append(offset);
      default -> {}
    }
    if (failure != null) {
      line.append(" failed: ").append(failure);
    }
    return line.toString();
  }
}
