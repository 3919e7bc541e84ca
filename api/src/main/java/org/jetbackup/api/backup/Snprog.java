package org.jetbackup.api.backup;

/**
 * How far an operation has come, in units that mean nothing but their ratio. Immutable. Source:
 * JET_SNPROG of the public interface; specification clause PROG-3.
 *
 * @param cunitDone what is done, from 0 to the total
 * @param cunitTotal what there is to do, at least 0
 */
public record Snprog(long cunitDone, long cunitTotal) {

  /**
   * Checks that the one lies within the other.
   *
   * @param cunitDone what is done
   * @param cunitTotal what there is to do
   * @throws IllegalArgumentException if it does not
   */
  public Snprog {
    if (cunitDone < 0 || cunitDone > cunitTotal) {
      throw new IllegalArgumentException(
          "cunitDone must lie in 0.." + cunitTotal + " but is " + cunitDone);
    }
  }
}
