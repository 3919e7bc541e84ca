package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sees every operation before and after it happens, and may refuse it: the one seam at which
 * faults, recording, and models of what a crash leaves behind are added.
 *
 * <p>Facts on which an implementation may rely:
 *
 * <ol>
 *   <li>All methods are called under the lock of the file system: an interceptor needs no
 *       lock of its own for what only they touch, and must not wait for another thread.
 *   <li>Every operation ends with exactly one of {@code after} and {@code failed}. If an
 *       interceptor refuses it, those behind are not asked {@code before} but are told
 *       {@code failed}.
 *   <li>{@code before} is asked in order of registration, {@code after} and {@code failed} in the
 *       opposite order.
 *   <li>Except for kinds that {@linkplain OperationKind#overlaps overlap}, no other operation
 *       happens between an operation's {@code before} and its end.
 * </ol>
 */
public interface Interceptor {

  /**
   * Called before the effect.
   *
   * @param operation complete, with the length that was asked for
   * @return how many bytes of a read or write may pass; its length to leave it alone. The smallest
   *     answer counts. Ignored for other kinds
   * @throws IOException to refuse the operation, which then has no effect
   */
  default long before(Operation operation) throws IOException {
    return operation.length();
  }

  /**
   * Called when a read has delivered at least one byte, before {@code after}, in order of
   * registration. May change what the caller gets; what is in the file stays.
   *
   * @param read with the length that really passed
   * @param content the bytes that were read, from position to limit, to be read and changed before
   *     returning
   */
  default void delivers(Operation read, ByteBuffer content) {}

  /**
   * Called after the effect.
   *
   * @param operation with the length that really passed
   * @param content the bytes that a write wrote, read-only and to be read from position to limit
   *     before returning; empty for other kinds
   * @throws IOException to let the call fail although it had its effect
   */
  default void after(Operation operation, ByteBuffer content) throws IOException {}

  /**
   * Called instead of {@link #after} if there was no effect, because it was refused or because the
   * file system below failed; or if the file system was frozen before a force or a read returned.
   *
   * @param operation with its failure
   */
  default void failed(Operation operation) {}

  /**
   * Called after {@code failed}, in the opposite order of registration, when a force that failed
   * has lost data: of what was written to and cut off its file after an operation, all is undone
   * that no force has made durable. Older changes stay as they are, durable or not. Other
   * operations may have happened since {@code failed}; they are undone too if they are such
   * changes.
   *
   * @param force with its failure
   * @param since the number of the operation after which changes were lost
   */
  default void dropped(Operation force, long since) {}
}
