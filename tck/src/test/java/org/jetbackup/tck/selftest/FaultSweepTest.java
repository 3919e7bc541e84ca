package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.explore.FaultSweep;
import org.jetbackup.tck.explore.FaultTable;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.storage.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A sweep is made once in a run, comes out the same every time, and names what broke a clause. */
class FaultSweepTest {

  /** The clause that the fewest workloads are about. */
  private static final String QUICK = "FAULT-7";

  @AfterEach
  void theNextTestBegins() {
    Kit.use(new ModelPlugin());
  }

  @Test
  void twoSweepsOfOneEngineGiveTheSameTable() {
    List<String> first = sweep(KitSettings.of(new ModelPlugin()));
    List<String> second = sweep(KitSettings.of(new ModelPlugin()));
    assertEquals(first, second);
    assertTrue(first.size() > 10, first.toString());
  }

  @Test
  void theSweepOfARunIsMadeOnce() {
    Kit.use(KitSettings.of(new ModelPlugin()));
    try (World one = World.create(Kit.settings(), "FaultSweepTest", QUICK);
        World other = World.create(Kit.settings(), "FaultSweepTest", QUICK)) {
      assertSame(FaultSweep.of(one), FaultSweep.of(other));
    }
  }

  @Test
  void onDiskItIsSkippedWithAReason() {
    Kit.use(KitSettings.of(new ModelPlugin()).on(Storage.DISK));
    try (World world = World.create(Kit.settings(), "FaultSweepTest", QUICK)) {
      TestAbortedException skipped =
          assertThrows(TestAbortedException.class, () -> FaultSweep.of(world));
      assertTrue(String.valueOf(skipped.getMessage()).contains("in memory only"));
    }
  }

  @Test
  void aViolationNamesTheWorkloadTheFaultAndWhereAHandleWasOpened() {
    Kit.use(KitSettings.of(WrongEngine.LEAKS_A_CHANNEL.plugin()));
    try (World world = World.create(Kit.settings(), "FaultSweepTest", "FAULT-4")) {
      ClauseViolation violation =
          assertThrows(ClauseViolation.class, () -> FaultSweep.of(world).judge(world, "FAULT-4"));
      String headline = violation.history().get(0);
      assertTrue(headline.startsWith("workload commits "), headline);
      Fault fault = Fault.parse(headline.substring(headline.indexOf("fault ") + 6));
      assertEquals(Fault.parse("any-mutation ** #1 once before-effect"), fault);
      assertTrue(violation.seen().contains("Disk.append"), violation.seen());
      assertFalse(FaultSweep.latest().isEmpty());
    }
  }

  private static List<String> sweep(KitSettings settings) {
    Kit.use(settings);
    try (World world = World.create(Kit.settings(), "FaultSweepTest", QUICK)) {
      FaultSweep.of(world).judge(world, QUICK);
      return FaultTable.table(FaultSweep.latest()).markdown();
    }
  }
}
