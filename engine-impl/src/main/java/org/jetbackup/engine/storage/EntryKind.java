package org.jetbackup.engine.storage;

/** What a name in a directory stands for. */
public enum EntryKind {
  /** Nothing has that name. */
  NONE,
  /** A regular file. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link, whatever it leads to, or a device. */
  OTHER
}
