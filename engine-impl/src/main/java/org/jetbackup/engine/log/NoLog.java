package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.event.Counters;
import org.jspecify.annotations.Nullable;

/** Logging is off: addresses rise, and nothing is stored. Thread-safe. */
public final class NoLog implements Log {

  private final AtomicLong end = new AtomicLong(LogAddress.of(1, 0));

  /** Begins with the first generation. */
  public NoLog() {}

  @Override
  public long append(RecordKind kind, boolean endsBlock, ByteBuffer payload) {
    return end.addAndGet(RecordHead.BYTES + payload.remaining());
  }

  @Override
  public long end() {
    return end.get();
  }

  @Override
  public long forced() {
    return end.get();
  }

  @Override
  public void force(long address) {}

  @Override
  public void roll() {}

  @Override
  public void requireAlive() {}

  @Override
  public @Nullable JetException failure() {
    return null;
  }

  @Override
  public void discardBefore(long address) {}

  @Override
  public void retainFrom(long generation) {}

  @Override
  public void deleteBelow(long generation) {}

  /** {@return 0: nothing is ever to be redone, so no checkpoint is ever due} */
  @Override
  public long sinceBytes(long address) {
    return 0;
  }

  @Override
  public boolean isSpaceShort() {
    return false;
  }

  @Override
  public void countIn(Counters counters) {}

  @Override
  public long generation() {
    return LogAddress.generation(end.get());
  }

  @Override
  public List<LogFile> files() {
    return List.of();
  }

  @Override
  public void close() {}
}
