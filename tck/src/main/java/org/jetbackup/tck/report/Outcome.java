package org.jetbackup.tck.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** How a test or a clause came out. In the order in which a reader wants to see them. */
public enum Outcome {
  /** A test saw the engine break the clause. */
  FAILED("a test saw the engine do what the clause forbids"),
  /** A test did not come to an end. */
  HUNG("a test of it did not end within the limit"),
  /** It fails, and is on the list of known failures. */
  EXCLUDED("it fails, as the known list says, until the date given there"),
  /** Its tests ran without exercising anything. */
  VACUOUS("its tests ran, but nothing that they are about took place"),
  /** Its tests gave no answer. */
  SKIPPED("no test came as far as an answer"),
  /** At least one test ran, and all that ran passed. */
  PASSED("every test of it that ran was passed on every storage asked for"),
  /** It is about something that the engine does not declare. */
  NOT_APPLICABLE("it is about a capability that the engine does not declare"),
  /** No test names it yet. */
  UNTESTED("the kit has no test of it yet"),
  /** The specification says why no test can tell. */
  UNTESTABLE("no test from outside can tell; the specification says why");

  private final String meaning;

  Outcome(String meaning) {
    this.meaning = meaning;
  }

  /** The word for it in reports, such as {@code not applicable}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What it says about a clause, in one line. */
  public String meaning() {
    return meaning;
  }

  /** Whether the engine was seen to break the clause, known or not. */
  public boolean broken() {
    return this == FAILED || this == HUNG || this == EXCLUDED;
  }

  /** Whether the engine was seen to keep or to break the clause. */
  public boolean tested() {
    return broken() || this == PASSED;
  }

  /** The one that counts when several are seen of one thing: the first in the order of this type. */
  static Outcome worst(Collection<Outcome> seen) {
    return seen.stream().min(Comparator.naturalOrder()).orElse(UNTESTED);
  }
}
