package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Strikes operations with the faults that are in force.
 *
 * <p>All state is protected by the lock of the {@link Gate}, which also calls the methods of this
 * class that do not come from {@link Interceptor}. Every fault counts every operation that it
 * matches, struck or not, so that counts do not depend on other faults.
 */
final class Faults implements Interceptor {

  /** A fault in force, with what it has seen so far. */
  private static final class Armed {
    final Fault fault;
    final Pattern pattern;
    final long since;
    long matched;
    boolean fired;

    Armed(Fault fault, long since) {
      this.fault = fault;
      this.since = since;
      this.pattern = Glob.compile(fault.glob());
    }

    boolean matches(Operation operation) {
      String target = operation.target();
      return fault.canStrike(operation.kind())
          && (pattern.matcher(operation.path()).matches()
              || (target != null && pattern.matcher(target).matches()));
    }

    /** Counts an operation and tells whether it is struck. */
    boolean strikes(Operation operation) {
      if (!matches(operation)) {
        return false;
      }
      matched++;
      return fault.sticky() ? matched >= fault.nth() : matched == fault.nth();
    }

    boolean isSpent() {
      return !fault.sticky() && matched >= fault.nth();
    }
  }

  private final List<Armed> armed = new ArrayList<>();
  private @Nullable Thread interrupted;
  private final Map<Long, Armed> strikesAfter = new HashMap<>();

  /**
   * Puts a fault in force.
   *
   * @param since the number of the newest operation
   */
  void inject(Fault fault, long since) {
    armed.add(new Armed(fault, since));
  }

  void clear() {
    armed.clear();
    strikesAfter.clear();
  }

  boolean fired() {
    return armed.stream().anyMatch(each -> each.fired);
  }

  long matched(Fault fault) {
    return armed.stream()
        .filter(each -> each.fault.equals(fault))
        .mapToLong(each -> each.matched)
        .max()
        .orElse(0);
  }

  /** The thread that a fault has interrupted last. */
  Optional<Thread> interrupted() {
    return Optional.ofNullable(interrupted);
  }

  /** Whether the disk is full and stays so, and should say so when asked for its space. */
  boolean diskIsFull() {
    return armed.stream()
        .anyMatch(each -> each.fired
            && each.fault.sticky()
            && each.fault.effect() == Fault.Effect.DISK_FULL_AFTER);
  }

  /** Whether a force can still lose data, so that what it would lose must be remembered. */
  boolean canDropData() {
    return armed.stream()
        .anyMatch(each -> each.fault.effect() == Fault.Effect.DROPS_DATA && !each.isSpent());
  }

  @Override
  public long before(Operation operation) throws IOException {
    long allowance = operation.length();
    IOException refusal = null;
    boolean interrupts = false;
    for (Armed each : armed) {
      if (each.fault.effect() != Fault.Effect.FLIP_BIT && each.strikes(operation)) {
        long bytesLeft = each.fired ? 0 : each.fault.number();
        each.fired = true;
        switch (each.fault.effect()) {
          case AFTER_EFFECT -> strikesAfter.put(operation.sequence(), each);
          case SHORT -> allowance = Math.min(allowance, each.fault.number());
          case DISK_FULL_AFTER -> {
            if (operation.kind() == OperationKind.WRITE && bytesLeft > 0) {
              allowance = Math.min(allowance, bytesLeft);
              strikesAfter.put(operation.sequence(), each);
            } else {
              refusal = failure(each, operation);
            }
          }
          case INTERRUPT -> interrupts = true;
          default -> refusal = failure(each, operation);
        }
      }
    }
    if (refusal != null) {
      throw refusal;
    }
    if (interrupts) {
      interrupted = Thread.currentThread();
      interrupted.interrupt();
    }
    return allowance;
  }

  /** Only here it is known which reads deliver something: the others do not count. */
  @Override
  public void delivers(Operation read, ByteBuffer content) {
    for (Armed each : armed) {
      if (each.fault.effect() == Fault.Effect.FLIP_BIT && each.strikes(read)) {
        each.fired = true;
        int bit = (int) (each.fault.number() % ((long) content.remaining() * Byte.SIZE));
        int at = content.position() + bit / Byte.SIZE;
        content.put(at, (byte) (content.get(at) ^ (1 << (bit % Byte.SIZE))));
      }
    }
  }

  @Override
  public void after(Operation operation, ByteBuffer content) throws IOException {
    Armed struck = strikesAfter.remove(operation.sequence());
    if (struck != null) {
      throw failure(struck, operation);
    }
  }

  @Override
  public void failed(Operation operation) {
    strikesAfter.remove(operation.sequence());
  }

  /** The exception that a real file system throws in that case, as far as the case is real. */
  private static IOException failure(Armed armed, Operation operation) {
    Fault fault = armed.fault;
    String path = absolute(operation.path());
    String target = operation.target() == null ? null : absolute(operation.target());
    String injected = "(injected: " + fault + ")";
    return switch (fault.effect()) {
      case ACCESS_DENIED -> new AccessDeniedException(path, target, injected);
      case NOT_ATOMIC -> new AtomicMoveNotSupportedException(path, target, injected);
      case DISK_FULL_AFTER -> {
        String message = "No space left on device " + injected;
        yield operation.kind() == OperationKind.WRITE
            ? new IOException(message)
            : new FileSystemException(path, target, message);
      }
      case DROPS_DATA ->
        new DroppedDataException(path, "Input/output error " + injected, operation, armed.since);
      default -> new FileSystemException(path, target, "Input/output error " + injected);
    };
  }

  /** As the engine names it. */
  private static String absolute(String path) {
    return path.equals(PathMapping.ROOT_NAME) ? "/" : "/" + path;
  }
}
