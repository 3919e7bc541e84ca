package org.jetbackup.tck.launcher.nameless;

import org.junit.jupiter.api.Test;

/** A defect of the kit. */
class NamelessSuite {

  @Test
  void aTestThatNamesNoClause() {}
}
