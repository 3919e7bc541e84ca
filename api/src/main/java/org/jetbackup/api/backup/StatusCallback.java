package org.jetbackup.api.backup;

/**
 * Hears of the progress of a backup or a restore. Source: JET_PFNSTATUS of the public interface;
 * specification clauses PROG-1, PROG-4, PROG-8, PROG-9 and PROG-10.
 *
 * <p>It is called on the thread that called the operation, one call at a time. It may call back into
 * the engine. If it throws, the operation ends as after any other failure, with {@code
 * JET_errCallbackFailed} (-2101) and the exception as its cause; when it hears of Complete nothing
 * can fail any more, and what it throws then is ignored.
 */
@FunctionalInterface
public interface StatusCallback {

  /** Hears everything and does nothing. Source: specification clause PAR-9. */
  StatusCallback NONE = (snp, snt, snprog) -> {};

  /**
   * Called by the engine.
   *
   * @param snp the operation
   * @param snt what happened
   * @param snprog how far it has come; it never goes back, and a completed operation ends at its
   *     total
   */
  void onStatus(Snp snp, Snt snt, Snprog snprog);
}
