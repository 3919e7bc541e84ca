package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Histories of sessions in a random order of calls, compared with an oracle. Each comes from its
 * seed, which is printed with the shortest part of it that still fails.
 *
 * <p>Replay one with {@code -Djetbackup.histories.seed=N}, make more with {@code
 * -Djetbackup.histories=N}.
 */
class HistoriesTest {

  private static final int HISTORIES = Integer.getInteger("jetbackup.histories", 1500);
  private static final long SEED = Long.getLong("jetbackup.histories.seed", -1);
  private static final int IN_ONE_DATABASE = 50;

  @ParameterizedTest
  @CsvSource({"67108864, 80", "67108864, 300", "12000, 120"})
  void everyCallAnswersWhatSnapshotIsolationSays(long limit, int length) throws IOException {
    int histories = Math.max(1, HISTORIES * 80 / length);
    long first = SEED < 0 ? 1 : SEED;
    int[] seen = new int[2];
    Rig rig = new Rig(limit);
    for (long seed = first; seed < first + (SEED < 0 ? histories : 1); seed++) {
      if (seed % IN_ONE_DATABASE == 0) {
        rig.close();
        rig = new Rig(limit);
      }
      try {
        int[] counts = History.run(rig, sessions(seed), steps(seed, length));
        seen[0] += counts[0];
        seen[1] += counts[1];
      } catch (AssertionError e) {
        throw new AssertionError(
            "seed " + seed + ", limit " + limit + "\n" + shrunk(seed, limit, length), e);
      }
    }
    rig.close();
    assertTrue(SEED >= 0 || seen[1] > histories / 4, "conflicts: " + seen[1]);
    assertTrue(SEED >= 0 || (limit > 1 << 20) == (seen[0] == 0), "full: " + seen[0]);
  }

  private static int sessions(long seed) {
    return 2 + (int) (seed % 4);
  }

  private static List<History.Step> steps(long seed, int length) {
    return History.random(new Random(seed), sessions(seed), length);
  }

  /** Leaves steps out as long as it still fails. */
  private static String shrunk(long seed, long limit, int length) {
    List<History.Step> steps = steps(seed, length);
    String failure = String.valueOf(failure(seed, limit, steps));
    for (int part = steps.size() / 2; part >= 1; part /= 2) {
      for (int at = 0; at + part <= steps.size(); ) {
        List<History.Step> fewer = new ArrayList<>(steps);
        fewer.subList(at, at + part).clear();
        String same = failure(seed, limit, fewer);
        if (same == null) {
          at += part;
        } else {
          steps = fewer;
          failure = same;
        }
      }
    }
    StringBuilder text = new StringBuilder(failure);
    steps.forEach(step -> text.append('\n').append(step));
    return text.toString();
  }

  private static @Nullable String failure(long seed, long limit, List<History.Step> steps) {
    try (Rig rig = new Rig(limit)) {
      History.run(rig, sessions(seed), steps);
      return null;
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
