package org.jetbackup.tck.workload;

import java.util.List;
import java.util.function.Consumer;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.storage.Fault;

/**
 * Plays every sequence of steps from an alphabet up to a length, the short ones first, so that the
 * first violation is one of the shortest. Each has a world of its own.
 */
public final class Enumeration {

  private final World world;
  private final List<Step> alphabet;
  private long sequences;
  private long plays;
  private int length;

  /** Over an alphabet, for the test of a world. */
  public Enumeration(World world, List<Step> alphabet) {
    this.world = world;
    this.alphabet = List.copyOf(alphabet);
  }

  /** Hands over every sequence up to a length, the empty one too. */
  public void upTo(int longest, Consumer<History> body) {
    length = longest;
    for (int steps = 0; steps <= longest; steps++) {
      extend(new History(List.of()), steps, body);
    }
  }

  private void extend(History history, int steps, Consumer<History> body) {
    if (steps == 0) {
      sequences++;
      body.accept(history);
      return;
    }
    for (Step step : alphabet) {
      extend(history.then(step), steps - 1, body);
    }
  }

  /**
   * Plays a history in a fresh world.
   *
   * @return whether a {@linkplain Fault fault} of the history struck
   */
  public boolean play(History history) {
    plays++;
    try (World fresh = world.again()) {
      return Player.play(fresh, history);
    }
  }

  /** Leaves a note in the report about how many sequences there were. */
  public void report(String what) {
    world.note("exhaustive: "
        + sequences
        + " call sequences (all up to length "
        + length
        + " from "
        + alphabet.size()
        + " calls), "
        + plays
        + " runs: "
        + what);
  }
}
