package org.jetbackup.tck.suite;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.workload.Choices;
import org.jetbackup.tck.workload.History;
import org.jetbackup.tck.workload.Player;

/**
 * Random histories of transactions, backups of every kind, and restores: every answer and every
 * restored state must be one that the oracle allows.
 */
@TckTest
class HistorySuite {

  private static final int STEPS_MAX = 24;

  @Property(shrinking = ShrinkingMode.FULL)
  @Clauses({"RET-1", "FULL-1", "FULL-4", "DATA-1", "RET-19", "RET-20", "REST-1"})
  void everyHistoryLeadsToAStateThatIsAllowed(
      @ForAll("choices") List<Integer> choices, World world) {
    History history = world
        .settings()
        .history()
        .map(History::parse)
        .orElseGet(() -> new Choices(world.settings().capabilities()).decode(choices));
    Player.play(world, history);
    world.note(
        world.settings().history().isPresent()
            ? "one given history"
            : world.settings().tries()
                + " random histories of up to "
                + STEPS_MAX
                + " steps, seed "
                + world.settings().seed());
  }

  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers()
        .between(0, Choices.BOUND - 1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(STEPS_MAX);
  }
}
