package org.jetbackup.tck.crash;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jetbackup.tck.storage.Fault;
import org.junit.jupiter.api.Test;

/** Whatever fails, and however: the recorder knows what is there. */
class RandomFaultsTest {

  private static final int HISTORIES = 500;
  private static final int STEPS = 25;

  private static final List<String> FAULTS = List.of(
      "any-mutation ** #1 once before-effect",
      "any-mutation ** #1 once after-effect",
      "any-mutation ** #2 once after-effect",
      "write ** #1 once short 3",
      "write ** #1 once disk-full-after 18",
      "any-mutation ** #1 once disk-full-after 0",
      "force ** #1 once drops-data",
      "force ** #1 once drops-data",
      "force ** #2 once drops-data",
      "force a #1 once drops-data");

  private final Map<String, Integer> struck = new HashMap<>();

  @Test
  void whateverFailsTheRecorderKnowsWhatIsThere() throws IOException {
    for (long seed = 0; seed < HISTORIES; seed++) {
      judge(seed);
    }
    Set<String> failing = new TreeSet<>(FAULTS);
    failing.removeIf(fault -> fault.contains("short")); // these are no failures
    failing.forEach(fault -> assertTrue(
        struck.getOrDefault(fault, 0) > 20, () -> fault + " struck too seldom: " + struck));
  }

  private void judge(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder story = new StringBuilder("replay with seed " + seed + ":");
    try (Lab lab = new Lab()) {
      lab.files().captureStacks(false);
      List<FileChannel> channels = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        if (random.nextInt(3) == 0) {
          lab.files().inject(Fault.parse(FAULTS.get(random.nextInt(FAULTS.size()))));
        }
        attempt(lab, random, channels, story);
      }
      boolean forces = random.nextBoolean();
      if (forces) {
        lab.files().clearFaults();
        for (FileChannel channel : channels) {
          channel.force(true);
        }
        lab.force("");
      }
      lab.recorder().mark("the end");
      String now = lab.now();
      assertEquals(Set.of(now), lab.left(Profile.KILL), story::toString);
      if (forces) {
        assertEquals(Set.of(now), lab.left(Profile.DROP_UNSYNCED), story::toString);
      }
    }
  }

  private void attempt(
      Lab lab, SplittableRandom random, List<FileChannel> channels, StringBuilder story) {
    try {
      int what = random.nextInt(10);
      story.append("\n  ").append(what);
      if (what < 2 || channels.isEmpty()) {
        channels.add(lab.open(name(random), WRITE, CREATE));
        return;
      }
      FileChannel channel = channels.get(random.nextInt(channels.size()));
      switch (what) {
        case 2, 3, 4 ->
          channel.write(
              Lab.bytes(Lab.run((char) ('A' + random.nextInt(3)), 1 + random.nextInt(40))),
              random.nextInt(40));
        case 5 -> channel.truncate(random.nextInt(40));
        case 6 -> channel.force(random.nextBoolean());
        case 7 -> Files.move(lab.at(name(random)), lab.at(name(random)), ATOMIC_MOVE);
        case 8 -> lab.force("");
        default -> Files.delete(lab.at(name(random)));
      }
    } catch (IOException e) {
      story.append(' ').append(e.getMessage());
      FAULTS.stream()
          .filter(fault -> String.valueOf(e.getMessage()).contains(fault))
          .forEach(fault -> struck.merge(fault, 1, Integer::sum));
    }
  }

  private static String name(SplittableRandom random) {
    return List.of("a", "b", "c").get(random.nextInt(3));
  }
}
