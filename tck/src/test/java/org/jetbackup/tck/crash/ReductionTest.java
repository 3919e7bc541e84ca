package org.jetbackup.tck.crash;

import static org.jetbackup.tck.crash.Lab.run;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state that is made smaller is still bad, and no other one is smaller. */
class ReductionTest {

  private final Lab lab = new Lab();

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  /** Three sectors of one file, the first written twice, a size, and three names in a row. */
  @BeforeEach
  void record() throws IOException {
    lab.file("f", run('A', 40)).file("a", "x").begin();
    write(lab.open("f"), run('B', 48), 0);
    write(lab.open("f"), run('C', 8), 0);
    write(lab.open("f"), run('D', 4), 0);
    Files.move(lab.at("a"), lab.at("b"));
    lab.create("n");
    Files.move(lab.at("b"), lab.at("c"));
  }

  private List<CrashState> atTheEnd(Profile profile) {
    List<CrashState> states = new ArrayList<>();
    CrashPoint end = new CrashPoint(lab.recording().events().size(), 0);
    CrashStates.of(lab.recording(), profile).forEachRaw(state -> {
      if (state.point().equals(end)) {
        states.add(state);
      }
    });
    return states;
  }

  private static Set<String> lost(CrashState state) {
    Set<String> names = new TreeSet<>();
    state.lost().forEach(line -> names.add(line.substring(0, line.indexOf("  #"))));
    return names;
  }

  private Set<String> kept(CrashState state) {
    Set<String> kept = new TreeSet<>();
    lab.recording().units().forEach(unit -> kept.add(lab.recording().name(unit)));
    kept.removeAll(lost(state));
    return kept;
  }

  /**
   * How far from all or from nothing: names and chains that deviate count first, units of these
   * second.
   */
  private static int deviation(Set<String> units) {
    Set<String> chains = new TreeSet<>();
    units.forEach(
        unit -> chains.add(unit.endsWith("name") ? unit : unit.substring(unit.indexOf(' '))));
    return 100 * chains.size() + units.size();
  }

  private void assertSmallest(Predicate<Set<String>> isBad) {
    for (Profile profile : List.of(Profile.META_ORDERED, Profile.WEAK)) {
      List<CrashState> bad =
          atTheEnd(profile).stream().filter(state -> isBad.test(lost(state))).toList();
      assertTrue(!bad.isEmpty(), () -> "nothing is bad, " + profile);
      int fromAll = bad.stream().mapToInt(s -> deviation(lost(s))).min().orElse(-1);
      int fromNone = bad.stream().mapToInt(s -> deviation(kept(s))).min().orElse(-1);
      boolean towardsAll = fromAll / 100 <= 1 || fromAll / 100 <= fromNone / 100;
      for (CrashState state : bad) {
        CrashState reduced = CrashStates.reduce(state, candidate -> isBad.test(lost(candidate)));
        String what = profile + ": " + state + " became " + reduced;
        assertTrue(isBad.test(lost(reduced)), what);
        assertEquals(
            towardsAll ? fromAll : fromNone,
            deviation(towardsAll ? lost(reduced) : kept(reduced)),
            what);
      }
    }
  }

  @Test
  void oneUnitIsLost() {
    for (Unit unit : lab.recording().units()) {
      String name = lab.recording().name(unit);
      assertSmallest(lost -> lost.contains(name));
    }
  }

  @Test
  void oneUnitIsLostAndAnotherIsKept() {
    for (Unit one : lab.recording().units()) {
      for (Unit other : lab.recording().units()) {
        String lostName = lab.recording().name(one);
        String keptName = lab.recording().name(other);
        Predicate<Set<String>> isBad = lost -> lost.contains(lostName) && !lost.contains(keptName);
        boolean possible =
            atTheEnd(Profile.META_ORDERED).stream().anyMatch(state -> isBad.test(lost(state)));
        if (possible) {
          assertSmallest(isBad);
        }
      }
    }
  }

  @Test
  void anyTwoOfThreeUnitsAreLost() {
    List<String> three = List.of("1 sector 1", "1 sector 2", "5 name");
    assertSmallest(lost -> three.stream().filter(lost::contains).count() >= 2);
  }

  @Test
  void exactlyTwoOfThreeUnitsAreLost() {
    List<String> three = List.of("1 sector 1", "1 sector 2", "1 size");
    assertSmallest(lost -> three.stream().filter(lost::contains).count() == 2);
  }

  @Test
  void onlyTheLaterWritesOfASectorAreLost() {
    assertSmallest(lost -> lost.contains("2 sector 0") && !lost.contains("1 sector 0"));
  }

  @Test
  void everythingIsTooMuchButAnythingIsEnough() {
    int units = lab.recording().unitCount();
    assertSmallest(lost -> !lost.isEmpty() && lost.size() < units);
  }

  @Test
  void whereOnlyTheGarbageIsBadItStays() {
    CrashStates states = CrashStates.of(lab.recording(), Profile.GARBAGE);
    CrashState bad = states.find(
        new CrashPoint(6, 0), List.of("1 sector 1 noise", "1 sector 2 zero", "5 name", "6 name"));
    CrashState reduced =
        CrashStates.reduce(bad, candidate -> lost(candidate).contains("1 sector 1 noise"));
    assertEquals(Set.of("1 sector 1 noise"), lost(reduced));
  }

  @Test
  void whereTheLossIsAsBadAsTheGarbageItIsTheLossThatIsTold() {
    CrashStates states = CrashStates.of(lab.recording(), Profile.GARBAGE);
    CrashState bad = states.find(new CrashPoint(6, 0), List.of("1 sector 1 noise", "5 name"));
    Predicate<CrashState> isBad =
        candidate -> lost(candidate).stream().anyMatch(name -> name.startsWith("1 sector 1"));
    assertEquals(Set.of("1 sector 1"), lost(CrashStates.reduce(bad, isBad)));
  }

  @Test
  void withoutAChoiceThereIsNothingToReduce() {
    for (Profile profile : List.of(Profile.KILL, Profile.DROP_UNSYNCED)) {
      CrashState only = atTheEnd(profile).get(0);
      assertEquals(only.image(), CrashStates.reduce(only, state -> true).image());
    }
  }

  @Test
  void itDoesNotAskForMoreThanAFewTimesTheNumberOfUnits() {
    int[] asked = {0};
    List<CrashState> states = atTheEnd(Profile.WEAK);
    CrashStates.reduce(states.get(0), candidate -> {
      asked[0]++;
      return lost(candidate).contains("1 sector 2") && lost(candidate).contains("5 name");
    });
    assertTrue(asked[0] < 8 * lab.recording().unitCount(), () -> asked[0] + " times");
  }
}
