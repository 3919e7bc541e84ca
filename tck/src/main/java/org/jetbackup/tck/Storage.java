package org.jetbackup.tck;

import java.util.Locale;

/** Where the files of an engine lie while it is judged. */
public enum Storage {
  /** In memory. */
  MEMORY,
  /** In a temporary directory. */
  DISK;

  /** The word for it on the command line and in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
