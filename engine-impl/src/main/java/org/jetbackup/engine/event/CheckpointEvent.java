package org.jetbackup.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A checkpoint: the pages that were changed before it are written, and the checkpoint file says so.
 * Recorded however short, because there are few.
 *
 * <pre>{@code
 * CheckpointEvent event = CheckpointEvent.started();
 * // ... checkpoint ...
 * event.ended(generation, pages);
 * }</pre>
 */
@Name("jetbackup.Checkpoint")
@Label("Checkpoint")
@Category("jetbackup")
@Description("The checkpoint was moved forward")
@StackTrace(false)
public final class CheckpointEvent extends Event {

  /** Stands for every event while nobody records; tells whether somebody does. */
  private static final CheckpointEvent OFF = new CheckpointEvent();

  @Label("Log Generation")
  @Description("Where recovery begins from now on")
  long generation;

  @Label("Pages Written")
  long pages;

  private CheckpointEvent() {}

  /** {@return an event that begins now, to be ended by the caller; always the same while off} */
  public static CheckpointEvent started() {
    if (!OFF.isEnabled()) {
      return OFF;
    }
    CheckpointEvent event = new CheckpointEvent();
    event.begin();
    return event;
  }

  /**
   * The checkpoint is durable.
   *
   * @param generation where recovery begins from now on
   * @param pages how many pages had to be written for it
   */
  public void ended(long generation, long pages) {
    if (this == OFF) {
      return;
    }
    end();
    if (shouldCommit()) {
      this.generation = generation;
      this.pages = pages;
      commit();
    }
  }
}
