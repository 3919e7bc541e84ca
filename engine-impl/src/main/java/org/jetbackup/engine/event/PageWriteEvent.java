package org.jetbackup.engine.event;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * A batch of changed pages was written back, double write and force included.
 *
 * <pre>{@code
 * PageWriteEvent event = PageWriteEvent.started();
 * // ... write ...
 * event.ended(file, pages);
 * }</pre>
 */
@Name("jetbackup.PageWrite")
@Label("Page Write")
@Category("jetbackup")
@Description("A batch of pages was written back")
@Threshold("10 ms")
@StackTrace(false)
public final class PageWriteEvent extends Event {

  /** Stands for every event while nobody records; tells whether somebody does. */
  private static final PageWriteEvent OFF = new PageWriteEvent();

  @Label("File")
  @Nullable
  String file;

  @Label("Pages")
  @Description("How many pages the batch had")
  int pages;

  private PageWriteEvent() {}

  /** {@return an event that begins now, to be ended by the caller; always the same while off} */
  public static PageWriteEvent started() {
    if (!OFF.isEnabled()) {
      return OFF;
    }
    PageWriteEvent event = new PageWriteEvent();
    event.begin();
    return event;
  }

  /**
   * The batch is in its file.
   *
   * @param file the database
   * @param pages how many pages it had
   */
  public void ended(Path file, int pages) {
    if (this == OFF) {
      return;
    }
    end();
    if (shouldCommit()) {
      this.file = file.toString();
      this.pages = pages;
      commit();
    }
  }
}
