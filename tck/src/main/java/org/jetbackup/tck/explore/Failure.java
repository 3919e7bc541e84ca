package org.jetbackup.tck.explore;

import java.util.Optional;
import org.jetbackup.tck.crash.CrashState;

/**
 * Where a clause was broken: in a state, or in one that a second crash left within the recovery of
 * it.
 *
 * @param clause the id that the strong profiles use
 */
record Failure(String clause, CrashState state, Optional<CrashState> second) {}
