package org.jetbackup.tck.suite;

import static org.jetbackup.tck.workload.Step.Backup.Kind.ATOMIC;
import static org.jetbackup.tck.workload.Step.Backup.Kind.FULL;
import static org.jetbackup.tck.workload.Step.Backup.Kind.INCREMENTAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.workload.Enumeration;
import org.jetbackup.tck.workload.History;
import org.jetbackup.tck.workload.Step;
import org.junit.jupiter.api.Test;

/**
 * The three properties for which the kit exists, on every sequence of calls up to a length from a
 * small alphabet: atomicity under failing writes, incremental only after full, rejection under
 * circular logging.
 */
@TckTest
class HeadlineSuite {

  private static final Step COMMIT = new Step.Commit(List.of("a=x", "b=y"));
  private static final Step REOPEN = new Step.Reopen(Step.Reopen.Logging.SAME);

  @Test
  @Clauses({"FAIL-7", "ATOM-3", "FAIL-1", "FAIL-2", "FAIL-6"})
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void atomicityUnderFailingWrites(World world) {
    List<Step> alphabet = new ArrayList<>(List.of(COMMIT, Step.backup(FULL)));
    add(world, Capability.ATOMIC, Step.backup(ATOMIC), alphabet);
    add(world, Capability.INCREMENTAL, Step.backup(INCREMENTAL), alphabet);
    List<Step> last = alphabet.stream().filter(Step.Backup.class::isInstance).toList();
    int length = world.settings().storage() == Storage.MEMORY ? 3 : 1;
    Enumeration enumeration = new Enumeration(world, alphabet);
    enumeration.upTo(length, history -> {
      for (Step step : last) {
        sweep(enumeration, history, ((Step.Backup) step).kind());
      }
    });
    enumeration.report("a backup whose n-th change of a file fails, for every n");
  }

  @Test
  @Clauses({"INC-4", "INC-6", "INC-7", "INC-1", "INC-10", "RET-1"})
  @Requires(Capability.INCREMENTAL)
  void incrementalOnlyAfterFull(World world) {
    List<Step> alphabet = new ArrayList<>(List.of(
        COMMIT,
        Step.backup(INCREMENTAL),
        Step.backup(FULL),
        REOPEN,
        new Step.Elsewhere(),
        new Step.Restore(Step.Restore.Manner.IN_PLACE)));
    add(world, Capability.ATOMIC, Step.backup(ATOMIC), alphabet);
    Enumeration enumeration = new Enumeration(world, alphabet);
    enumeration.upTo(world.settings().storage() == Storage.MEMORY ? 4 : 2, enumeration::play);
    enumeration.report("all played to the end and restored");
  }

  @Test
  @Clauses({"RET-7", "CIRC-1", "CIRC-3", "CIRC-4"})
  @Requires({Capability.INCREMENTAL, Capability.CIRCULAR_LOGGING})
  void rejectionUnderCircularLogging(World world) {
    List<Step> alphabet = new ArrayList<>(List.of(
        new Step.Reopen(Step.Reopen.Logging.CIRCULAR),
        Step.backup(INCREMENTAL),
        Step.backup(FULL),
        new Step.Reopen(Step.Reopen.Logging.PLAIN),
        new Step.Commit(List.of("big=z*40000"))));
    add(world, Capability.ATOMIC, Step.backup(ATOMIC), alphabet);
    Enumeration enumeration = new Enumeration(world, alphabet);
    enumeration.upTo(world.settings().storage() == Storage.MEMORY ? 4 : 2, enumeration::play);
    enumeration.report("all played to the end and restored");
  }

  /** Lets the n-th change fail for n = 1, 2, ... until the backup makes fewer changes than that. */
  private static void sweep(Enumeration enumeration, History before, Step.Backup.Kind kind) {
    for (int n = 1; ; n++) {
      Fault fault = Fault.parse("any-mutation ** #" + n + " once before-effect");
      if (!enumeration.play(before.then(new Step.Backup(kind, Optional.of(fault))))) {
        return;
      }
    }
  }

  private static void add(World world, Capability capability, Step step, List<Step> alphabet) {
    if (world.has(capability)) {
      alphabet.add(step);
    }
  }
}
