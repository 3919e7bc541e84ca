package org.jetbackup.spec;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One rule of the specification. Immutable.
 *
 * @param id the permanent id, such as {@code FULL-1}
 * @param level how binding it is
 * @param rule what has to hold, on one line
 * @param reason why it was made a rule, on one line
 * @param sources where it comes from, each with its kind, such as {@code contract S1}; never empty
 * @param capabilities the words of all capabilities that an engine must declare for the clause to
 *     concern it, in ascending order; empty for the core
 * @param untestableBecause why no test can decide it; empty if one can
 * @param chapter the name of its chapter
 */
public record Clause(
    String id,
    Level level,
    String rule,
    String reason,
    List<String> sources,
    Set<String> capabilities,
    Optional<String> untestableBecause,
    String chapter) {

  /** Keeps copies of the collections; the capabilities in an order that never varies. */
  public Clause {
    sources = List.copyOf(sources);
    capabilities = Collections.unmodifiableSet(new TreeSet<>(capabilities));
  }

  /** Whether a test can decide it. */
  public boolean isTestable() {
    return untestableBecause.isEmpty();
  }
}
