package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The one place that every operation passes: numbers it, asks the interceptors, lets it happen.
 *
 * <p>Always true:
 *
 * <ol>
 *   <li>{@link #lock} protects the numbers, the interceptors and whatever only they touch.
 *   <li>An operation whose kind does not {@linkplain OperationKind#overlaps overlap} keeps the lock
 *       from {@code before} to its end, so that the order of numbers is the order of effects.
 *   <li>Once {@link #freeze} has returned no such operation is under way and none will begin.
 *   <li>Nothing closes a wrapping channel while it holds the lock: closing takes the channel's own
 *       lock first and this one second.
 * </ol>
 *
 * <pre>
 *   OPEN --freeze--> FROZEN    every operation throws an IOException
 *     |                 |
 *   close             close
 *     v                 v
 *   CLOSED &lt;------------+      every operation throws ClosedFileSystemException
 * </pre>
 */
final class Gate {

  private enum State {
    OPEN,
    FROZEN,
    CLOSED
  }

  /** What an operation does below. */
  @FunctionalInterface
  interface Effect<T> {
    T run() throws IOException;
  }

  /** Moves bytes between a buffer and a file; returns how many, or -1 at the end. */
  @FunctionalInterface
  interface Transfer {
    int run(ByteBuffer buffer) throws IOException;
  }

  private record Admission(Operation operation, long allowance) {}

  private static final ByteBuffer NO_CONTENT = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final UnaryOperator<IOException> translation;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Interceptor> interceptors = new ArrayList<>();
  private volatile State state = State.OPEN;
  private long lastSequence;
  private long lastHandle;

  /**
   * A gate without interceptors.
   *
   * @param translation what becomes of an exception of the file system below
   */
  Gate(UnaryOperator<IOException> translation) {
    this.translation = translation;
  }

  /** Adds an interceptor behind those that are there. */
  void add(Interceptor interceptor) {
    update(() -> interceptors.add(interceptor));
  }

  /** Takes an interceptor away. */
  void remove(Interceptor interceptor) {
    update(() -> interceptors.remove(interceptor));
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isFrozen() {
    return state == State.FROZEN;
  }

  void freeze() {
    update(() -> state = state == State.CLOSED ? State.CLOSED : State.FROZEN);
  }

  void close() {
    update(() -> state = State.CLOSED);
  }

  /** Throws unless operations are still allowed. */
  void check() throws IOException {
    switch (state) {
      case OPEN -> {}
      case FROZEN ->
        throw new FileSystemException(
            null, null, "this file system was frozen: the instance that uses it was abandoned");
      case CLOSED -> throw new ClosedFileSystemException();
    }
  }

  /** The number of the newest operation, or 0; during one that does not overlap, its own. */
  long lastSequence() {
    return query(() -> lastSequence);
  }

  /** Tells the interceptors that a force has lost data; only under the lock. */
  void tellDropped(Operation force, long since) {
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      interceptors.get(i).dropped(force, since);
    }
  }

  /** Numbers an open file or listing. */
  long nextHandle() {
    return query(() -> ++lastHandle);
  }

  /** Runs several operations with no other in between, except for those that overlap. */
  <T> T exclusively(Effect<T> effects) throws IOException {
    lock.lock();
    try {
      check();
      return effects.run();
    } finally {
      lock.unlock();
    }
  }

  /** Changes what {@link #lock} protects, whatever the state of the gate. */
  void update(Runnable change) {
    query(() -> {
      change.run();
      return true;
    });
  }

  /** Asks for what {@link #lock} protects, whatever the state of the gate. */
  <T> T query(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** Lets an operation happen that moves no bytes through a buffer. */
  <T> T perform(Operation operation, Effect<T> effect) throws IOException {
    boolean exclusive = !operation.kind().overlaps();
    if (exclusive) {
      lock.lock();
    }
    try {
      Operation admitted = enter(operation).operation();
      T result = attempt(admitted, effect);
      leave(admitted, NO_CONTENT);
      return result;
    } finally {
      if (exclusive) {
        lock.unlock();
      }
    }
  }

  /** Lets a write of a buffer's remaining bytes happen; returns how many were written. */
  int write(Operation operation, ByteBuffer source, Transfer transfer) throws IOException {
    lock.lock();
    try {
      ByteBuffer content = source.asReadOnlyBuffer();
      Admission admission = enter(operation);
      int written =
          attempt(admission.operation(), () -> limited(source, admission.allowance(), transfer));
      content.limit(content.position() + written);
      leave(admission.operation().at(operation.offset(), written), content);
      return written;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a read into a buffer's remaining space happen; returns how many bytes, or -1. */
  int read(Operation operation, ByteBuffer destination, Transfer transfer) throws IOException {
    Admission admission = enter(operation);
    int start = destination.position();
    int read =
        attempt(admission.operation(), () -> limited(destination, admission.allowance(), transfer));
    Operation done = admission.operation().at(operation.offset(), Math.max(read, 0));
    if (read > 0) {
      ByteBuffer content = destination.duplicate().position(start).limit(start + read);
      update(() -> interceptors.forEach(each -> each.delivers(done, content.duplicate())));
    }
    leave(done, NO_CONTENT);
    return read;
  }

  private <T> T attempt(Operation admitted, Effect<T> effect) throws IOException {
    try {
      return effect.run();
    } catch (IOException e) {
      fail(admitted, e);
      throw translation.apply(e);
    } catch (RuntimeException e) {
      fail(admitted, e);
      throw e;
    }
  }

  private static int limited(ByteBuffer buffer, long allowance, Transfer transfer)
      throws IOException {
    int limit = buffer.limit();
    buffer.limit((int) Math.min(limit, buffer.position() + allowance));
    try {
      return transfer.run(buffer);
    } finally {
      buffer.limit(limit);
    }
  }

  private Admission enter(Operation draft) throws IOException {
    lock.lock();
    try {
      check();
      Operation operation = draft.numbered(++lastSequence);
      long allowance = operation.length();
      try {
        for (Interceptor interceptor : interceptors) {
          allowance = Math.min(allowance, interceptor.before(operation));
        }
      } catch (IOException e) {
        fail(operation, e);
        throw e;
      }
      return new Admission(operation, allowance);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Operation operation, ByteBuffer content) throws IOException {
    lock.lock();
    try {
      checkStill(operation);
      IOException failure = null;
      for (int i = interceptors.size() - 1; i >= 0; i--) {
        try {
          interceptors.get(i).after(operation, content.duplicate());
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  /** An operation that overlapped with the end of the file system had no effect that counts. */
  private void checkStill(Operation operation) throws IOException {
    try {
      check();
    } catch (IOException | ClosedFileSystemException e) {
      fail(operation, e);
      throw e;
    }
  }

  private void fail(Operation operation, Exception cause) {
    Operation failed = operation.failed(cause);
    update(() -> {
      for (int i = interceptors.size() - 1; i >= 0; i--) {
        interceptors.get(i).failed(failed);
      }
    });
  }
}
