package org.jetbackup.tck.launcher;

import org.jetbackup.tck.Storage;
import org.jetbackup.tck.report.TestReport;

/** Is told how a run gets on, on the thread that runs the tests. Every method does nothing by default. */
public interface Progress {

  /** Listens to nothing. */
  Progress NONE = new Progress() {};

  /**
   * The pass over one storage begins.
   *
   * @param storage the storage
   * @param tests how many tests there are
   */
  default void begun(Storage storage, int tests) {}

  /**
   * A test begins.
   *
   * @param chapter the chapter of its main clause
   * @param sentence what it claims
   */
  default void testBegun(String chapter, String sentence) {}

  /** A test, or one case of a test with several, came to its end. */
  default void caseEnded(TestReport test) {}

  /**
   * A test came to its end with all its cases.
   *
   * @param done how many of the tests on this storage have come to their end
   */
  default void testEnded(int done) {}

  /**
   * All tests of a chapter came to their end on one storage.
   *
   * @param chapter the chapter
   * @param storage the storage
   * @param tests how many tests it has
   * @param broken how many of them failed or hung
   * @param silent how many of them gave no answer
   */
  default void chapterEnded(String chapter, Storage storage, int tests, int broken, int silent) {}
}
