package org.jetbackup.engine.version;

import java.util.Arrays;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jspecify.annotations.Nullable;

/** The keys of one table that have versions or an owner, in key order. Thread-safe. */
public final class TableVersions {

  private final VersionStore store;
  private final String name;
  private final ConcurrentSkipListMap<byte[], KeyVersions> keys =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
  private final AtomicInteger intents = new AtomicInteger();

  /** Rises before versions go because their changes were taken back. */
  private volatile int aborts;

  TableVersions(VersionStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /** {@return whether no key has versions or an owner, so that the tree tells all} */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** {@return whether a transaction is about to change the table} */
  public boolean hasIntents() {
    return intents.get() > 0;
  }

  /**
   * Counts changes that were taken back. A reader that finds no version, and another number than
   * before it read the tree, may have read such a change: it reads again.
   *
   * @return a number that rises
   */
  public int aborts() {
    return aborts;
  }

  /**
   * Takes the right to change a key.
   *
   * @param key the key; kept
   * @param owner who wants it; told from others by identity
   * @param snapshot what the owner sees; {@link Long#MAX_VALUE} for the latest state
   * @return false if it had the right already
   * @throws JetException {@link JetErr#WRITE_CONFLICT} if another one has it, or changed the key
   *     since the snapshot
   */
  public boolean claim(byte[] key, Object owner, long snapshot) {
    while (true) {
      KeyVersions there = keys.computeIfAbsent(key, wanted -> new KeyVersions(this, wanted));
      switch (there.claim(owner, snapshot)) {
        case NEW -> {
          intents.incrementAndGet();
          return true;
        }
        case HAD -> {
          return false;
        }
        case CONFLICT -> throw JetException.of(JetErr.WRITE_CONFLICT, Subject.value("table", name));
        case DEAD -> keys.remove(key, there);
      }
    }
  }

  /**
   * Gives the right to change a key back.
   *
   * @param key the key
   * @param owner who has it
   */
  public void release(byte[] key, Object owner) {
    KeyVersions there = keys.get(key);
    if (there != null && there.release(owner)) {
      intents.decrementAndGet();
      forgetIfEmpty(there);
    }
  }

  /**
   * Keeps what a record is before it changes. The turn is held, and the key is owned.
   *
   * @param key the key
   * @param before the record as it is in the tree, kept; null if it is not there
   * @return the version, to be given to {@link VersionStore#commit} or {@link VersionStore#abort}
   */
  public Version enter(byte[] key, byte @Nullable [] before) {
    KeyVersions there = keys.get(key);
    if (there == null) {
      throw new IllegalStateException("a change without an intent");
    }
    Version version = there.enter(before);
    store.entered(version);
    return version;
  }

  /**
   * Looks for what a snapshot sees instead of the tree.
   *
   * @param key the key
   * @param snapshot the snapshot
   * @return the version whose before-image it sees; null if it sees the tree
   */
  public @Nullable Version seenBy(byte[] key, long snapshot) {
    KeyVersions there = keys.get(key);
    return there == null ? null : there.seenBy(snapshot);
  }

  /**
   * Finds the next key that has versions or an owner.
   *
   * @param key where to begin; null for the edge of the table
   * @param inclusive whether the key itself counts
   * @return the first such key after it; null if there is none
   */
  public byte @Nullable [] after(byte @Nullable [] key, boolean inclusive) {
    var entry = key == null
        ? keys.firstEntry()
        : inclusive ? keys.ceilingEntry(key) : keys.higherEntry(key);
    return entry == null ? null : entry.getKey();
  }

  /**
   * Finds the previous key that has versions or an owner.
   *
   * @param key where to begin; null for the edge of the table
   * @param inclusive whether the key itself counts
   * @return the last such key before it; null if there is none
   */
  public byte @Nullable [] before(byte @Nullable [] key, boolean inclusive) {
    var entry =
        key == null ? keys.lastEntry() : inclusive ? keys.floorEntry(key) : keys.lowerEntry(key);
    return entry == null ? null : entry.getKey();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the turn is held
  void aborting() {
    aborts++;
  }

  void remove(Version version) {
    version.home().remove(version);
    forgetIfEmpty(version.home());
  }

  private void forgetIfEmpty(KeyVersions home) {
    if (home.die()) {
      keys.remove(home.key(), home);
    }
  }
}
