package org.jetbackup.engine.recovery;

import java.nio.ByteBuffer;
import org.jetbackup.engine.buffer.ChangeLog;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.RecordKind;
import org.jspecify.annotations.Nullable;

/**
 * What cache and databases see of the log. They are there before it: redo changes pages while the
 * log is only read. Thread-safe.
 *
 * <pre>{@code
 *   READING --connect--> WRITING
 *   READING   pages may be written at once, all of their log is on the disk; no change is made
 *             but by redo
 *   WRITING   pages wait for their log; every change is appended
 * }</pre>
 */
public final class LogConnection implements LogForce, ChangeLog {

  private final boolean on;
  private volatile @Nullable Journal journal;

  /**
   * Begins with reading.
   *
   * @param on whether there is a log at all
   */
  public LogConnection(boolean on) {
    this.on = on;
  }

  /**
   * Begins with writing.
   *
   * @param opened the journal of the log
   */
  public void connect(Journal opened) {
    journal = opened;
  }

  @Override
  public void upTo(long position) {
    Journal opened = journal;
    if (opened != null) {
      opened.log().force(position);
    }
  }

  @Override
  public boolean isOn() {
    return on;
  }

  @Override
  public long append(ByteBuffer record) {
    Journal opened = journal;
    if (opened == null) {
      throw new IllegalStateException("a change before the log is open");
    }
    return opened.append(RecordKind.CHANGE, record);
  }
}
