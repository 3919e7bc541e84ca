package org.jetbackup.tck.explore;

import java.util.List;
import org.jetbackup.tck.ClauseViolation;

/**
 * What a judge has seen of one state.
 *
 * @param grade how it is to be taken
 * @param violations the clauses that were broken, each once
 */
record Finding(Grade grade, List<ClauseViolation> violations) {

  boolean breaks(String clause) {
    return violations.stream().anyMatch(violation -> violation.clause().equals(clause));
  }
}
