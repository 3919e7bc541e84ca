package org.jetbackup.tck.launcher.sample;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.HungException;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of every kind, for a run of the launcher to collect. */
class FirstSampleSuite {

  @Test
  @Clauses("FULL-1")
  void aTestPassesAndLeavesANote() {
    Kit.note("FirstSampleSuite.aTestPassesAndLeavesANote", "7 call sequences");
  }

  @Test
  @Clauses({"FULL-2", "FULL-3"})
  void aTestStopsAtItsFirstViolation() {
    violateIfBroken("FULL-2");
  }

  @Test
  @Clauses("FULL-4")
  void aDefectIsNoViolation() {
    if (broken()) {
      throw new IllegalStateException(
          "nothing at " + Path.of("").toAbsolutePath().resolve("edb.log"),
          new IllegalArgumentException("why"));
    }
  }

  @Test
  @Clauses("FULL-5")
  void aTestHangs() {
    if (broken()) {
      throw new HungException("aTestHangs did not come back");
    }
  }

  @Test
  @Clauses("INC-1")
  @Requires(Capability.INCREMENTAL)
  void aTestIsAboutAnotherEngine() {
    Assumptions.abort("the engine does not declare incremental");
  }

  @Test
  @Clauses("ATOM-1")
  void aTestNeedsMemory() {
    Assumptions.assumeTrue(Kit.settings().storage() == Storage.MEMORY, "only in memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two", "three"})
  @Clauses({"ATOM-2", "ATOM-3"})
  void aTestHasSeveralCases(String word) {
    if (word.equals("two")) {
      violateIfBroken("ATOM-2");
    }
  }

  @Property
  @Clauses("DATA-1")
  void aPropertyHasManyTries(@ForAll @IntRange(min = 0, max = 1000) int number) {
    if (number > 10) {
      violateIfBroken("DATA-1", "number " + number);
    }
  }

  static boolean broken() {
    return Kit.settings().plugin() instanceof SamplePlugin sample && sample.broken();
  }

  static void violateIfBroken(String clause, String... history) {
    if (broken()) {
      throw new ClauseViolation(
          clause, "MUST: a rule", "something", "nothing", List.of(history), "replay " + clause);
    }
  }
}
