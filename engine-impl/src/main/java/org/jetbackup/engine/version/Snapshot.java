package org.jetbackup.engine.version;

import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jspecify.annotations.Nullable;

/** A state of all tables that somebody reads: all commits up to a time. */
public final class Snapshot {

  private final long time;
  private volatile boolean cutOff;

  /** Under the lock of the store. */
  boolean live = true;

  @Nullable
  Snapshot older;

  @Nullable
  Snapshot younger;

  Snapshot(long time) {
    this.time = time;
  }

  /** {@return the time of the last commit that it shows} */
  public long time() {
    return time;
  }

  /**
   * Throws if the store had to give up what the snapshot shows. Asked after every read, because it
   * may happen in the middle of one.
   */
  public void requireThere() {
    if (cutOff) {
      throw JetException.of(
          JetErr.VERSION_STORE_OUT_OF_MEMORY, Subject.value("snapshot", time, "a younger one"));
    }
  }

  void cutOff() {
    cutOff = true;
  }
}
