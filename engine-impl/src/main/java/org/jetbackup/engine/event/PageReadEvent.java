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
 * A page that was not in memory was read.
 *
 * <pre>{@code
 * PageReadEvent event = PageReadEvent.started();
 * // ... read ...
 * event.ended(file, page);
 * }</pre>
 */
@Name("jetbackup.PageRead")
@Label("Page Read")
@Category("jetbackup")
@Description("A page was read from its file and checked")
@Threshold("10 ms")
@StackTrace(false)
public final class PageReadEvent extends Event {

  /** Stands for every event while nobody records; tells whether somebody does. */
  private static final PageReadEvent OFF = new PageReadEvent();

  @Label("File")
  @Nullable
  String file;

  @Label("Page")
  @Description("The number of the page, from 1 on")
  long page;

  private PageReadEvent() {}

  /** {@return an event that begins now, to be ended by the caller; always the same while off} */
  public static PageReadEvent started() {
    if (!OFF.isEnabled()) {
      return OFF;
    }
    PageReadEvent event = new PageReadEvent();
    event.begin();
    return event;
  }

  /**
   * The page is here.
   *
   * @param file the database
   * @param page the number of the page
   */
  public void ended(Path file, long page) {
    if (this == OFF) {
      return;
    }
    end();
    if (shouldCommit()) {
      this.file = file.toString();
      this.page = page;
      commit();
    }
  }
}
