package org.jetbackup.tck.launcher.sample;

import org.jetbackup.tck.Clauses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Classes that fail or are skipped as a whole. */
class SecondSampleSuite {

  @Nested
  class Failing {
    @BeforeAll
    static void fail() {
      if (FirstSampleSuite.broken()) {
        throw new IllegalStateException("not set up");
      }
    }

    @Test
    @Clauses("DATA-2")
    void aTestOfAClassThatCannotBeSetUp() {}
  }

  @Nested
  @Disabled("switched off as a whole")
  class Skipped {
    @Test
    @Clauses("DATA-3")
    void aTestOfAClassThatIsSkipped() {}
  }
}
