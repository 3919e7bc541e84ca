package org.jetbackup.spec;

import java.util.List;

/**
 * A chapter of the specification. Immutable.
 *
 * @param name the short name, such as {@code full}; unique
 * @param title the title for people
 * @param introduction what the chapter is about, on one line
 * @param clauses its clauses in the order of their numbers
 */
public record Chapter(String name, String title, String introduction, List<Clause> clauses) {

  /** Keeps a copy of the list. */
  public Chapter {
    clauses = List.copyOf(clauses);
  }
}
