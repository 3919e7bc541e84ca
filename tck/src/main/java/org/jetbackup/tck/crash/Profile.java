package org.jetbackup.tck.crash;

import java.util.Locale;

/**
 * Which combinations of pending units a crash may leave. Where it happens between two operations,
 * {@link #KILL} and {@link #DROP_UNSYNCED} are parts of {@link #META_ORDERED}, that is a part of
 * {@link #WEAK}, and that one of {@link #GARBAGE}. Only {@link #KILL} looks inside a write, where a
 * file has grown by a part of it.
 */
public enum Profile {
  /** All that was issued is there: the process died and the system lived on. */
  KILL("all that was issued"),
  /** Only what was forced is there: the power failed, and nothing else had reached the disk. */
  DROP_UNSYNCED("only what was forced"),
  /** Changes of names survive in order; of the data and sizes any part. */
  META_ORDERED("a prefix of the changes of names, any part of data and sizes"),
  /** Any part of everything. */
  WEAK("any part of everything"),
  /** As {@link #WEAK}, and an unforced sector may also be zero or noise. */
  GARBAGE("any part of everything; an unforced sector old, new, zero or noise"),
  /** As {@link #WEAK}, and a move may be half done: both names, or none. Informative. */
  NON_ATOMIC_RENAME("as weak, and a move may leave both names or none"),
  /** As {@link #WEAK}, and no force did anything. Informative: no program can survive it. */
  LYING_FORCE("as weak, and forces did nothing");

  private final String meaning;

  Profile(String meaning) {
    this.meaning = meaning;
  }

  /**
   * What is left of what was done.
   *
   * @return a few words
   */
  public String meaning() {
    return meaning;
  }

  /**
   * The word for it in reports and on the command line, such as {@code drop-unsynced}.
   *
   * @return lower case, with hyphens
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The profile with that word.
   *
   * @param word as returned by {@link #word}
   * @return the profile
   * @throws IllegalArgumentException if there is none
   */
  public static Profile ofWord(String word) {
    for (Profile profile : values()) {
      if (profile.word().equals(word)) {
        return profile;
      }
    }
    throw new IllegalArgumentException("no crash profile is called " + word);
  }

  /** Whether something is left to choose when a point is given. */
  boolean chooses() {
    return this != KILL && this != DROP_UNSYNCED;
  }

  boolean keepsNamesInOrder() {
    return this == META_ORDERED;
  }

  boolean splitsMoves() {
    return this == NON_ATOMIC_RENAME;
  }

  boolean believesForce() {
    return this != LYING_FORCE;
  }

  boolean makesGarbage() {
    return this == GARBAGE;
  }
}
