package org.jetbackup.engine.version;

import org.jspecify.annotations.Nullable;

/**
 * What a record was before a change.
 *
 * <pre>{@code
 *   PENDING --commit--> has a time --nobody needs it--> gone
 *      |
 *      +------failure, the change was taken back------> gone
 * }</pre>
 */
public final class Version {

  static final long PENDING = Long.MAX_VALUE;

  private final KeyVersions home;
  private final byte @Nullable [] before;

  /** Later than every snapshot as long as the change is being applied. */
  private volatile long time = PENDING;

  /** The next younger one of the key; guarded by the key's object. */
  @Nullable
  Version next;

  Version(KeyVersions home, byte @Nullable [] before) {
    this.home = home;
    this.before = before;
  }

  /** {@return the record as it was in the tree, not a copy; null if it was not there} */
  public byte @Nullable [] before() {
    return before;
  }

  long time() {
    return time;
  }

  void commit(long commitTime) {
    time = commitTime;
  }

  KeyVersions home() {
    return home;
  }

  long cost() {
    long bytes = before == null ? 0 : before.length;
    return VersionStore.OVERHEAD_BYTES + home.key().length + bytes;
  }
}
