package org.jetbackup.tck.storage;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what happened, and while tracing is on keeps the newest operations.
 *
 * <p>All state is protected by the lock of the {@link Gate}. Only operations that had their effect
 * are counted; the trace also shows those that failed.
 */
final class Recorder implements Interceptor {

  private final Map<OperationKind, Long> counts = new EnumMap<>(OperationKind.class);
  private final Deque<Operation> trace = new ArrayDeque<>();
  private int limit;
  private long dropped;

  /** Starts a new trace that keeps the given number of operations, or stops tracing if it is 0. */
  void keep(int newest) {
    limit = newest;
    if (newest > 0) {
      trace.clear();
      dropped = 0;
    }
  }

  long count(OperationKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  List<Operation> trace() {
    return List.copyOf(trace);
  }

  long droppedFromTrace() {
    return dropped;
  }

  @Override
  public void after(Operation operation, ByteBuffer content) {
    counts.merge(operation.kind(), 1L, Long::sum);
    append(operation);
  }

  @Override
  public void failed(Operation operation) {
    append(operation);
  }

  private void append(Operation operation) {
    if (limit == 0) {
      return;
    }
    if (trace.size() == limit) {
      trace.removeFirst();
      dropped++;
    }
    trace.addLast(operation);
  }
}
