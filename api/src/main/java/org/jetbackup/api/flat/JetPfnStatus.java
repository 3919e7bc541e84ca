package org.jetbackup.api.flat;

import org.jetbackup.api.backup.Snprog;

/**
 * The status callback in its original shape. Source: JET_PFNSTATUS of the public interface;
 * specification clause FLAT-4.
 *
 * <p>Thread-safety: called on the thread of the operation, one call at a time.
 */
@FunctionalInterface
public interface JetPfnStatus {

  /**
   * Called by the engine.
   *
   * @param sesid always {@link JetCalls#JET_sesidNil}: a backup has no session
   * @param snp the operation, as {@link org.jetbackup.api.backup.Snp#number}
   * @param snt what happened, as {@link org.jetbackup.api.backup.Snt#number}
   * @param pv how far the operation has come
   * @return ignored
   */
  int status(long sesid, int snp, int snt, Snprog pv);
}
