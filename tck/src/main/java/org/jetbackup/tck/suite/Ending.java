package org.jetbackup.tck.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.opentest4j.TestAbortedException;

/** The ways in which a backup is ended before its time that need nothing from the file system. */
enum Ending {
  /** The callback throws. */
  THROWN,
  /** Somebody stops the backup. */
  STOPPED,
  /** Somebody ends the instance. */
  TERMINATED;

  private static final List<Snt> MOMENTS = List.of(Snt.BEGIN, Snt.PROGRESS);

  /**
   * Ends a backup in these ways and at every moment that the engine offers.
   *
   * @param judge hears of each backup that failed
   * @throws TestAbortedException if no backup failed
   */
  static void each(
      World world, Attempt.Kind kind, List<Ending> endings, BiConsumer<Attempt, Answer> judge) {
    List<Answer> failures = new ArrayList<>();
    for (Ending ending : endings) {
      for (Snt moment : MOMENTS) {
        if (ending != STOPPED || world.has(Capability.STOP_BACKUP)) {
          try (Attempt attempt = Attempt.of(world, kind)) {
            Answer answer = attempt.make(Listening.at(moment, () -> ending.happens(attempt)));
            if (!answer.isSuccess()) {
              failures.add(answer);
              judge.accept(attempt, answer);
            }
          }
        }
      }
    }
    if (failures.isEmpty()) {
      throw new TestAbortedException(
          "the engine offers no moment at which a backup can be ended: " + kind);
    }
  }

  /** Ends a backup in all ways. */
  static void each(World world, Attempt.Kind kind, BiConsumer<Attempt, Answer> judge) {
    each(world, kind, List.of(values()), judge);
  }

  private void happens(Attempt attempt) {
    attempt.world().record("in the callback: " + this);
    switch (this) {
      case THROWN -> throw new IllegalStateException("the callback of the test throws");
      case STOPPED -> attempt.node().instance().stopBackup();
      case TERMINATED -> attempt.node().instance().terminate(TermGrbit.ABRUPT);
    }
  }
}
