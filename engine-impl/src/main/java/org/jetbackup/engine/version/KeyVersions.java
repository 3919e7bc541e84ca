package org.jetbackup.engine.version;

import org.jspecify.annotations.Nullable;

/**
 * The versions of one key, and who has the right to change it next. All under the monitor of the
 * object, in which nothing else is locked.
 *
 * <p>Once it is empty and without an owner it is dead, and gone from its table; whoever still has it
 * in hand looks the key up again.
 */
final class KeyVersions {

  private final TableVersions table;
  private final byte[] key;
  private @Nullable Object owner;
  private @Nullable Version oldest;
  private @Nullable Version latest;
  private boolean dead;

  KeyVersions(TableVersions table, byte[] key) {
    this.table = table;
    this.key = key;
  }

  TableVersions table() {
    return table;
  }

  byte[] key() {
    return key;
  }

  /** The outcome of an attempt to become the owner. */
  enum Claim {
    NEW,
    HAD,
    CONFLICT,
    DEAD
  }

  synchronized Claim claim(Object wanted, long snapshot) {
    if (dead) {
      return Claim.DEAD;
    }
    if (owner == wanted) {
      return Claim.HAD;
    }
    if (owner != null || (latest != null && latest.time() > snapshot)) {
      return Claim.CONFLICT;
    }
    owner = wanted;
    return Claim.NEW;
  }

  /** Gives the right back; {@return whether it was held}. */
  synchronized boolean release(Object had) {
    if (owner != had) {
      return false;
    }
    owner = null;
    return true;
  }

  synchronized Version enter(byte @Nullable [] before) {
    if (owner == null || (latest != null && latest.time() == Version.PENDING)) {
      throw new IllegalStateException("a change without an intent, or a second one at a time");
    }
    Version added = new Version(this, before);
    if (latest == null) {
      oldest = added;
    } else {
      latest.next = added;
    }
    latest = added;
    return added;
  }

  /** The version that a snapshot sees instead of the tree; null if there is none. */
  synchronized @Nullable Version seenBy(long snapshot) {
    if (latest == null || latest.time() <= snapshot) {
      return null; // the usual case of a key that changes often, and a young snapshot
    }
    Version version = oldest;
    while (version != null && version.time() <= snapshot) {
      version = version.next;
    }
    return version;
  }

  /** Takes a version out; the oldest one, unless a change is taken back. */
  synchronized void remove(Version gone) {
    Version previous = null;
    for (Version at = oldest; at != null && at != gone; at = at.next) {
      previous = at;
    }
    if (previous == null) {
      oldest = gone.next;
    } else {
      previous.next = gone.next;
    }
    if (latest == gone) {
      latest = previous;
    }
  }

  /** {@return whether nothing is left, so that the key can be forgotten} */
  synchronized boolean die() {
    dead |= owner == null && latest == null;
    return dead;
  }
}
