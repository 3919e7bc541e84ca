package org.jetbackup.tck.suite;

import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.explore.FaultSweep;
import org.jetbackup.tck.explore.FaultTable;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.junit.jupiter.api.Test;

/**
 * Chapter {@code faults}. Every test asks the {@link FaultSweep}, which lets every operation of the
 * first call of every workload fail in turn, once for all of them.
 */
@TckTest
@Requires(Capability.READS_GIVEN_FILE_SYSTEM)
class FaultSweepSuite {

  @Test
  @Clauses("FAULT-1")
  void aCallThatMetAFaultAnswersTheTruth(World world) {
    judge(world, "FAULT-1");
  }

  @Test
  @Clauses("FAULT-2")
  void aCallThatFailedLeavesTheOldState(World world) {
    judge(world, "FAULT-2");
  }

  @Test
  @Clauses("FAULT-3")
  void theSameCallSucceedsOnceTheFaultIsGone(World world) {
    judge(world, "FAULT-3");
  }

  @Test
  @Clauses("FAULT-4")
  void noHandleIsLeftOpen(World world) {
    judge(world, "FAULT-4");
  }

  @Test
  @Clauses("FAULT-5")
  void anInterruptIsStillThereOnReturn(World world) {
    judge(world, "FAULT-5");
  }

  @Test
  @Clauses("FAULT-6")
  void aBitThatIsReadOtherwiseThanItLiesThereDoesNotLeadToWrongData(World world) {
    judge(world, "FAULT-6");
  }

  @Test
  @Clauses("FAULT-7")
  void afterAFailedRestoreInitAsksForItOrFindsOneOfTheTwoStates(World world) {
    judge(world, "FAULT-7");
  }

  private static void judge(World world, String clause) {
    world.note(FaultTable.summary(FaultSweep.of(world).judge(world, clause)));
  }
}
