package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.log.Log;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.RecordKind;
import org.jspecify.annotations.Nullable;

/** A log in memory that can be told to fail. Used under the turn, but for force and the like. */
final class MemoryLog implements Log {

  /** A record as it was appended. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(RecordKind kind, boolean endsBlock, byte[] payload) {}

  private static final long BEGIN = 1L << 32;

  private final List<Entry> entries = new ArrayList<>();
  private int failAfter = -1;
  private boolean forGood;
  private boolean dead;
  private volatile long end = BEGIN;
  private volatile long forced = BEGIN;

  /** Lets one append fail, after so many that succeed; none if the number is negative. */
  void failAfter(int appends) {
    failAfter = appends;
  }

  /** Lets all that follow the one that fails fail too. */
  void failForGood() {
    forGood = true;
  }

  List<Entry> entries() {
    return entries;
  }

  @Override
  public long append(RecordKind kind, boolean endsBlock, ByteBuffer payload) {
    if (dead || failAfter == 0) {
      failAfter = -1;
      dead |= forGood;
      throw JetException.of(JetErr.DISK_FULL);
    }
    failAfter -= failAfter > 0 ? 1 : 0;
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    entries.add(new Entry(kind, endsBlock, bytes));
    long behind = end + 1 + bytes.length;
    end = behind;
    return behind;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long forced() {
    return forced;
  }

  @Override
  public void force(long address) {
    forced = Math.max(forced, address);
  }

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

  @Override
  public void countIn(Counters counters) {}

  @Override
  public long generation() {
    return 1;
  }

  @Override
  public List<LogFile> files() {
    return List.of();
  }

  @Override
  public long sinceBytes(long address) {
    return end - address;
  }

  @Override
  public boolean isSpaceShort() {
    return false;
  }

  @Override
  public void close() {}
}
