package org.jetbackup.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/**
 * A flush of the log by the one thread that does it for all who wait.
 *
 * <pre>{@code
 * LogFlushEvent event = LogFlushEvent.started();
 * // ... write ...
 * event.written();
 * // ... force ...
 * event.ended(bytes, waiting);
 * }</pre>
 */
@Name("jetbackup.LogFlush")
@Label("Log Flush")
@Category("jetbackup")
@Description("Log was written and forced to disk")
@Threshold("10 ms")
@StackTrace(false)
public final class LogFlushEvent extends Event {

  /** Stands for every event while nobody records; tells whether somebody does. */
  private static final LogFlushEvent OFF = new LogFlushEvent();

  @Label("Bytes")
  @Description("Log that was written")
  @DataAmount
  long bytes;

  @Label("Waiting Commits")
  @Description("Commits that this flush made durable")
  int waitingCommits;

  @Label("Write Time")
  @Timespan(Timespan.NANOSECONDS)
  long writeTime;

  @Label("Force Time")
  @Timespan(Timespan.NANOSECONDS)
  long forceTime;

  private transient long startNanos;
  private transient long writtenNanos;

  private LogFlushEvent() {}

  /** {@return an event that begins now, to be ended by the caller; always the same while off} */
  public static LogFlushEvent started() {
    if (!OFF.isEnabled()) {
      return OFF;
    }
    LogFlushEvent event = new LogFlushEvent();
    event.startNanos = System.nanoTime();
    event.writtenNanos = event.startNanos;
    event.begin();
    return event;
  }

  /** The write is done, the force begins. */
  public void written() {
    if (this != OFF) {
      writtenNanos = System.nanoTime();
    }
  }

  /**
   * The log is durable.
   *
   * @param bytes how much was written
   * @param waitingCommits how many waited for it
   */
  public void ended(long bytes, int waitingCommits) {
    if (this == OFF) {
      return;
    }
    end();
    if (shouldCommit()) {
      this.bytes = bytes;
      this.waitingCommits = waitingCommits;
      this.writeTime = writtenNanos - startNanos;
      this.forceTime = System.nanoTime() - writtenNanos;
      commit();
    }
  }
}
