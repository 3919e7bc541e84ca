package org.jetbackup.tck.crash;

import static org.jetbackup.tck.crash.Lab.run;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far an enumeration goes when there is too much of it. */
class CapsTest {

  private static final int FILES = 4;
  private static final int SECTORS = 3;

  /** Everything that was done: a new name for each file, a write of some sectors, and a move. */
  private static final CrashPoint END = new CrashPoint(FILES * 2 + 1, 0);

  private final Lab lab = new Lab();

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  /** Leaves 4 * (1 name, 3 sectors, 1 size) and 1 move pending: far more than the usual cap. */
  @BeforeEach
  void record() throws IOException {
    lab.file("m", "x").begin();
    for (int i = 0; i < FILES; i++) {
      FileChannel channel = lab.create("f" + i);
      write(channel, run('A', SECTORS * Lab.SECTOR), 0);
    }
    Files.move(lab.at("m"), lab.at("n"));
  }

  private List<Set<String>> lostAtTheEnd(Profile profile, int cap) {
    List<Set<String>> lost = new ArrayList<>();
    CrashStates.of(lab.recording(), profile).cappedAt(cap).forEachRaw(state -> {
      if (state.point().equals(END)) {
        lost.add(names(state));
      }
    });
    return lost;
  }

  private static Set<String> names(CrashState state) {
    Set<String> names = new TreeSet<>();
    state.lost().forEach(line -> names.add(line.substring(0, line.indexOf("  #"))));
    return names;
  }

  private Set<String> everything() {
    Recording recording = lab.recording();
    Set<String> all = new TreeSet<>();
    recording.units().forEach(unit -> all.add(recording.name(unit)));
    return all;
  }

  @Test
  void noPointHasMoreStatesThanTheCap() {
    for (Profile profile : Profile.values()) {
      for (int cap : new int[] {2, 3, 10, 50, 400}) {
        Map<CrashPoint, Integer> counts = new HashMap<>();
        CrashStates.of(lab.recording(), profile)
            .cappedAt(cap)
            .forEachRaw(state -> counts.merge(state.point(), 1, Integer::sum));
        assertEquals(lab.recording().points(profile).size(), counts.size());
        counts.forEach((point, count) -> assertTrue(
            count <= cap, () -> count + " at " + point + " of " + profile + ", cap " + cap));
      }
    }
  }

  @Test
  void allAndNothingAreAlwaysAmongThem() {
    for (Profile profile : Profile.values()) {
      if (profile.chooses()) {
        for (int cap : new int[] {2, 3, 20, 200}) {
          List<Set<String>> lost = lostAtTheEnd(profile, cap);
          assertTrue(lost.contains(Set.of()), () -> "all kept, " + profile + " " + cap);
          int most = lost.stream().mapToInt(Set::size).max().orElse(0);
          int pending = profile == Profile.NON_ATOMIC_RENAME ? 22 : 21;
          assertEquals(pending, most, () -> "nothing kept, " + profile + " " + cap);
        }
      }
    }
  }

  @Test
  void cappedAtTwoItIsJustAllAndNothing() {
    assertEquals(List.of(Set.of(), everything()), lostAtTheEnd(Profile.WEAK, 2));
  }

  @Test
  void fewerThanTwoAreNoStates() {
    CrashStates states = CrashStates.of(lab.recording(), Profile.WEAK);
    assertThrows(IllegalArgumentException.class, () -> states.cappedAt(1));
  }

  @Test
  void eachSingleLossAndEachSingleSurvivorIsAmongThemWhereThereIsRoom() {
    List<Set<String>> lost = lostAtTheEnd(Profile.WEAK, 100);
    Set<String> all = everything();
    assertEquals(21, all.size());
    for (String unit : all) {
      assertTrue(lost.contains(Set.of(unit)), () -> "only lost: " + unit);
      Set<String> others = new TreeSet<>(all);
      others.remove(unit);
      assertTrue(lost.contains(others), () -> "alone surviving: " + unit);
    }
  }

  @Test
  void eachSectorIsZeroAndNoiseOnceWhereThereIsRoom() {
    List<Set<String>> lost = lostAtTheEnd(Profile.GARBAGE, 200);
    for (String unit : everything()) {
      if (unit.contains("sector")) {
        assertTrue(lost.contains(Set.of(unit + " zero")), unit);
        assertTrue(lost.contains(Set.of(unit + " noise")), unit);
      }
    }
  }

  @Test
  void eachFileIsLostAndAloneSurvivingWhereThereIsRoom() {
    List<Set<String>> lost = lostAtTheEnd(Profile.WEAK, 200);
    for (int i = 0; i < FILES; i++) {
      Set<String> data = new TreeSet<>();
      String step = String.valueOf(2 * i + 2);
      for (int sector = 0; sector < SECTORS; sector++) {
        data.add(step + " sector " + sector);
      }
      data.add(step + " size");
      assertTrue(lost.contains(data), () -> "lost: " + data);
      Set<String> others = new TreeSet<>(everything());
      others.removeAll(data);
      assertTrue(lost.contains(others), () -> "alone surviving: " + data);
    }
  }

  @Test
  void noChoiceIsMadeTwiceAtOnePoint() {
    for (int cap : new int[] {50, 300}) {
      List<Set<String>> lost = lostAtTheEnd(Profile.GARBAGE, cap);
      assertEquals(lost.size(), Set.copyOf(lost).size());
    }
  }

  @Test
  void withMoreRoomThereIsNeverLess() {
    int before = 0;
    for (int cap : new int[] {10, 100, 1000}) {
      int now = lostAtTheEnd(Profile.WEAK, cap).size();
      assertTrue(now > before, cap + ": " + now);
      before = now;
    }
  }

  @Test
  void theOrderIsAlwaysTheSame() {
    for (Profile profile : Profile.values()) {
      List<String> once = inOrder(profile);
      assertEquals(once, inOrder(profile));
    }
  }

  private List<String> inOrder(Profile profile) {
    List<String> states = new ArrayList<>();
    CrashStates.of(lab.recording(), profile)
        .cappedAt(60)
        .forEachRaw(state -> states.add(state.toString()));
    return states;
  }

  @Test
  void theExtentCountsPointsAndStates() {
    int[] counted = {0};
    CrashStates states = CrashStates.of(lab.recording(), Profile.META_ORDERED).cappedAt(20);
    CrashStates.Extent extent = states.forEachRaw(state -> counted[0]++);
    assertEquals(counted[0], extent.raw());
    assertEquals(FILES * 2 + 2, extent.points());
    assertFalse(extent.exhaustive());
    // Nothing, f0, f0 with 2 * 8 contents, and one more name: 1, 2, 17 and 33 states or 20.
    assertEquals(FILES * 2 + 2 - 3, extent.boundedPoints());
  }

  @Test
  void theExtentOfFewStatesIsExhaustive() throws IOException {
    try (Lab other = new Lab()) {
      other.create("a");
      other.create("b");
      CrashStates.Extent extent =
          CrashStates.of(other.recording(), Profile.WEAK).cappedAt(4).forEach(state -> {});
      assertEquals(new CrashStates.Extent(3, 0, 1 + 2 + 4), extent);
      assertTrue(extent.exhaustive());
      assertEquals(
          new CrashStates.Extent(3, 1, 1 + 2 + 3),
          CrashStates.of(other.recording(), Profile.WEAK).cappedAt(3).forEach(state -> {}));
    }
  }

  @Test
  void differentStatesWithEqualContentAreHandedOverOnce() throws IOException {
    try (Lab other = new Lab()) {
      other.file("f", "a").begin();
      write(other.open("f"), "b", 0);
      write(other.open("f"), "a", 0);
      List<String> once = new ArrayList<>();
      CrashStates states = CrashStates.of(other.recording(), Profile.WEAK);
      CrashStates.Extent extent =
          states.forEach(state -> once.add(Content.of(state.image()).toString()));
      assertEquals(List.of("f=a", "f=b"), once);
      assertEquals(new CrashStates.Extent(3, 0, 1 + 2 + 3), extent);
    }
  }

  @Test
  void theDataOfFilesThatNoNameLeadsToAreNotVaried() throws IOException {
    try (Lab other = new Lab()) {
      write(other.create("f"), run('A', 8 * Lab.SECTOR), 0);
      CrashStates.Extent extent =
          CrashStates.of(other.recording(), Profile.WEAK).forEachRaw(state -> {});
      // Before, after the creation with and without the name, and then 2^9 contents if it is there.
      assertEquals(1 + 2 + 1 + 512, extent.raw());
    }
  }

  @Test
  void unknownPointsAndLinesAreRefused() {
    CrashStates states = CrashStates.of(lab.recording(), Profile.WEAK);
    for (CrashPoint point : List.of(new CrashPoint(END.events() + 1, 0), new CrashPoint(1, 1))) {
      assertThrows(IllegalArgumentException.class, () -> states.find(point, List.of()));
    }
    for (String line : List.of("1 sector 0", "99 name", "2 size zero", "2 sector 0 zero", "")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> states.find(END, List.of(line)), line);
      assertTrue(e.toString().contains(line), e::toString);
    }
  }
}
