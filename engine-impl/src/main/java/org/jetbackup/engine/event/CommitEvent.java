package org.jetbackup.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * A commit, from the call to its return: the changes applied, the log forced unless it was lazy.
 *
 * <pre>{@code
 * CommitEvent event = CommitEvent.started();
 * // ... commit ...
 * event.ended(bytes, operations, lazy);
 * }</pre>
 */
@Name("jetbackup.Commit")
@Label("Commit")
@Category("jetbackup")
@Description("A transaction was committed")
@Threshold("10 ms")
@StackTrace(false)
public final class CommitEvent extends Event {

  /** Stands for every event while nobody records; tells whether somebody does. */
  private static final CommitEvent OFF = new CommitEvent();

  @Label("Bytes of Log")
  @Description("What the transaction added to the log")
  @DataAmount
  long logBytes;

  @Label("Operations")
  @Description("Records that the transaction inserted, replaced or deleted")
  int operations;

  @Label("Lazy")
  @Description("Whether the commit returned without waiting for the log")
  boolean lazy;

  private CommitEvent() {}

  /** {@return an event that begins now, to be ended by the caller; always the same while off} */
  public static CommitEvent started() {
    if (!OFF.isEnabled()) {
      return OFF;
    }
    CommitEvent event = new CommitEvent();
    event.begin();
    return event;
  }

  /**
   * The commit returns.
   *
   * @param logBytes what it added to the log
   * @param operations records that it changed
   * @param lazy whether it did not wait for the log
   */
  public void ended(long logBytes, int operations, boolean lazy) {
    if (this == OFF) {
      return;
    }
    end();
    if (shouldCommit()) {
      this.logBytes = logBytes;
      this.operations = operations;
      this.lazy = lazy;
      commit();
    }
  }
}
