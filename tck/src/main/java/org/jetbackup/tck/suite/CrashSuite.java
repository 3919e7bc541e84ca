package org.jetbackup.tck.suite;

import java.util.List;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.workload.Choices;
import org.jetbackup.tck.workload.History;
import org.jetbackup.tck.workload.Player;
import org.junit.jupiter.api.Test;

/** Chapter {@code crash}: so far only what every enumeration of crashes stands on. */
@TckTest
class CrashSuite {

  /** One step of each kind, as {@link Choices} numbers them. */
  private static final List<Integer> EVERY_KIND =
      List.of(0, 7, 2, 10, 3, 46, 9, 0, 11, 12, 13, 4, 5, 7, 6, 10, 15, 7, 28, 10, 30, 0);

  @Test
  @Clauses("CRASH-16")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void theSameCallsMakeTheSameFileOperations(World world) {
    History history = new Choices(world.settings().capabilities()).decode(EVERY_KIND);
    List<String> first = operations(world, history);
    List<String> second = operations(world, history);
    world.record(history.toString());
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      world.expectThat("CRASH-16", first.get(i).equals(second.get(i)), first.get(i), second.get(i));
    }
    world.expectThat(
        "CRASH-16",
        first.size() == second.size(),
        first.size() + " operations",
        second.size() + " operations");
    world.note(first.size() + " file operations, twice the same");
  }

  private static List<String> operations(World world, History history) {
    try (World fresh = world.again()) {
      fresh.files().startTrace();
      Player.play(fresh, history);
      return fresh.files().trace().stream().map(Operation::toString).toList();
    }
  }
}
