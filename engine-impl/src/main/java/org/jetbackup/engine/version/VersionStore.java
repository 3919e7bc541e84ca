package org.jetbackup.engine.version;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbackup.engine.catalog.Table;
import org.jspecify.annotations.Nullable;

/**
 * The versions of all tables of an instance, its snapshots, and the time.
 *
 * <p>Time is counted in commits. A commit is <em>published</em> when new snapshots see it; then all
 * before it are published too. A version goes when its commit is published and no live snapshot is
 * older.
 *
 * <p>Before-images and the writes of transactions that are open share one budget. When it is used
 * up, the oldest snapshots are cut off, so that a reader that takes for ever stops no writer.
 * Versions of changes that are being applied or are not published yet may exceed the budget for
 * that while.
 *
 * <p>Thread-safe. The monitor of this object guards the snapshots, the queue and the sums; only the
 * monitor of a key is taken inside, and no file is touched.
 */
public final class VersionStore {

  /** What a key, a version or a write takes beside its bytes; estimated. */
  public static final int OVERHEAD_BYTES = 96;

  /** How many versions are cleaned up before others get a chance. */
  private static final int BATCH = 512;

  private final long limit;
  private final Map<Table, TableVersions> tables = new ConcurrentHashMap<>();

  /** Committed versions, in the order of their commits. */
  private final ArrayDeque<Version> committed = new ArrayDeque<>();

  private @Nullable Snapshot oldest;
  private @Nullable Snapshot youngest;
  private long lastTime;
  private long versionBytes;
  private long writeBytes;
  private long versions;
  private long snapshotsCutOff;
  private volatile long published;

  /**
   * Makes an empty store.
   *
   * @param limitBytes the budget
   */
  public VersionStore(long limitBytes) {
    this.limit = limitBytes;
  }

  /**
   * {@return the versions of a table}
   *
   * @param table the table
   */
  public TableVersions of(Table table) {
    return tables.computeIfAbsent(table, wanted -> new TableVersions(this, wanted.name()));
  }

  /**
   * Forgets a table that was dropped. Its versions go with the time, like all others.
   *
   * @param table the table
   */
  public void forget(Table table) {
    tables.remove(table);
  }

  /** {@return the time of the last commit that new snapshots see} */
  public long published() {
    return published;
  }

  /** {@return a new snapshot of what is published, to be {@linkplain #end ended}} */
  public synchronized Snapshot begin() {
    Snapshot snapshot = new Snapshot(published);
    snapshot.older = youngest;
    if (youngest == null) {
      oldest = snapshot;
    } else {
      youngest.younger = snapshot;
    }
    youngest = snapshot;
    return snapshot;
  }

  /**
   * Ends a snapshot, and cleans up. Ending one twice is fine.
   *
   * @param snapshot the snapshot
   */
  public void end(Snapshot snapshot) {
    unlink(snapshot);
    cleanUp();
  }

  /**
   * Gives changes that were applied their place in time. The turn is held.
   *
   * @param changes their versions
   * @return the time of the commit, not published yet
   */
  public synchronized long commit(List<Version> changes) {
    long time = ++lastTime;
    for (Version version : changes) {
      version.commit(time);
      committed.add(version);
    }
    return time;
  }

  /**
   * Forgets versions whose changes were taken back in the tree. The turn is held.
   *
   * @param changes the versions
   */
  public synchronized void abort(List<Version> changes) {
    changes.forEach(version -> version.home().table().aborting());
    changes.forEach(this::remove);
  }

  /**
   * Shows a commit, and all before it, to new snapshots; and cleans up.
   *
   * @param time the time of the commit
   */
  public void publish(long time) {
    synchronized (this) {
      published = Math.max(published, time);
    }
    cleanUp();
    synchronized (this) {
      cutOff(null, 0);
    }
    cleanUp();
  }

  /**
   * Takes a part of the budget for a write that is not committed yet.
   *
   * @param bytes how much
   * @param own the snapshot of the writer, which is not cut off
   * @return false if there is not enough
   */
  public boolean reserve(long bytes, Snapshot own) {
    synchronized (this) {
      if (writeBytes + bytes > limit) {
        return false;
      }
      cutOff(own, bytes);
    }
    cleanUp();
    synchronized (this) {
      boolean fits = versionBytes + writeBytes + bytes <= limit;
      writeBytes += fits ? bytes : 0;
      return fits;
    }
  }

  /**
   * Gives a part of the budget back.
   *
   * @param bytes how much
   */
  public synchronized void giveBack(long bytes) {
    writeBytes -= bytes;
  }

  /** {@return the time up to which all commits are seen by everybody} */
  public synchronized long horizon() {
    return oldest == null ? published : Math.min(published, oldest.time());
  }

  /** {@return the budget} */
  public long limit() {
    return limit;
  }

  /** {@return how many bytes of the budget are used} */
  public synchronized long bytes() {
    return versionBytes + writeBytes;
  }

  /** {@return how many versions there are} */
  public synchronized long versions() {
    return versions;
  }

  /** {@return how many snapshots were cut off so far} */
  public synchronized long snapshotsCutOff() {
    return snapshotsCutOff;
  }

  synchronized void entered(Version version) {
    versions++;
    versionBytes += version.cost();
    cutOff(null, 0);
  }

  /** Cuts snapshots off, oldest first, as long as too much is used and it may help. */
  private void cutOff(@Nullable Snapshot own, long needed) {
    while (versionBytes + writeBytes + needed > limit
        && oldest != null
        && oldest != own
        && oldest.time() < published
        && versionBytes > 0) {
      oldest.cutOff();
      snapshotsCutOff++;
      unlink(oldest);
      while (cleanBatch()) {}
    }
  }

  private synchronized void unlink(Snapshot snapshot) {
    if (!snapshot.live) {
      return;
    }
    snapshot.live = false;
    if (snapshot.older == null) {
      oldest = snapshot.younger;
    } else {
      snapshot.older.younger = snapshot.younger;
    }
    if (snapshot.younger == null) {
      youngest = snapshot.older;
    } else {
      snapshot.younger.older = snapshot.older;
    }
    snapshot.older = null;
    snapshot.younger = null;
  }

  private void cleanUp() {
    boolean more = true;
    while (more) {
      more = cleanBatch();
    }
  }

  private synchronized boolean cleanBatch() {
    long horizon = horizon();
    for (int i = 0; i < BATCH; i++) {
      Version next = committed.peek();
      if (next == null || next.time() > horizon) {
        return false;
      }
      remove(committed.remove());
    }
    return true;
  }

  private void remove(Version version) {
    version.home().table().remove(version);
    versions--;
    versionBytes -= version.cost();
  }
}
