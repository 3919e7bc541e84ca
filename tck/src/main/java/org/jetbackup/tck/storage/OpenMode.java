package org.jetbackup.tck.storage;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The options of an open call, checked, and split into what the file system below is asked for and
 * what this one does by itself.
 *
 * @param read whether the channel can be read
 * @param write whether the channel can be written; true if it appends
 * @param options all standard options that were given
 * @param followLinks whether a symbolic link is followed
 */
record OpenMode(boolean read, boolean write, Set<StandardOpenOption> options, boolean followLinks) {

  /** What this file system does by itself, as steps that can be seen and can fail. */
  private static final Set<StandardOpenOption> OWN_WORK = EnumSet.of(
      StandardOpenOption.TRUNCATE_EXISTING,
      StandardOpenOption.DELETE_ON_CLOSE,
      StandardOpenOption.SYNC,
      StandardOpenOption.DSYNC);

  /**
   * Checks options.
   *
   * @throws IllegalArgumentException if they contradict each other
   * @throws UnsupportedOperationException if one is not known
   */
  static OpenMode of(Set<? extends OpenOption> given) {
    Set<StandardOpenOption> options = EnumSet.noneOf(StandardOpenOption.class);
    boolean followLinks = true;
    for (OpenOption option : given) {
      if (option instanceof StandardOpenOption standard) {
        options.add(standard);
      } else if (option == LinkOption.NOFOLLOW_LINKS) {
        followLinks = false;
      } else {
        throw new UnsupportedOperationException("option " + option);
      }
    }
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean write = append || options.contains(StandardOpenOption.WRITE);
    boolean read = !write || options.contains(StandardOpenOption.READ);
    if (append && read) {
      throw new IllegalArgumentException("READ + APPEND not allowed");
    }
    if (append && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
    }
    return new OpenMode(read, write, options, followLinks);
  }

  boolean has(StandardOpenOption option) {
    return options.contains(option);
  }

  /** Whether opening makes the file. */
  boolean creates(boolean exists) {
    return write
        && (has(StandardOpenOption.CREATE_NEW) || (has(StandardOpenOption.CREATE) && !exists));
  }

  /** What the file system below is asked for. */
  Set<OpenOption> below() {
    Set<OpenOption> below = new HashSet<>(options);
    below.removeAll(OWN_WORK);
    if (!followLinks) {
      below.add(LinkOption.NOFOLLOW_LINKS);
    }
    return below;
  }

  LinkOption[] linkOptions() {
    return followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
  }
}
