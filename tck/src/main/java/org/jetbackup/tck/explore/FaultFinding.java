package org.jetbackup.tck.explore;

import java.util.List;
import org.jetbackup.tck.ClauseViolation;

/**
 * What came of one call with one fault.
 *
 * @param struck whether the call came as far as the operation at which the fault was
 * @param failed whether the call failed
 * @param unavailable whether the instance was out of service afterwards
 * @param violations the clauses that were broken, each once
 */
record FaultFinding(
    boolean struck, boolean failed, boolean unavailable, List<ClauseViolation> violations) {

  static final FaultFinding NOT_STRUCK = new FaultFinding(false, false, false, List.of());
}
