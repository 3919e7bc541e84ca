package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jetbackup.tck.crash.Event;
import org.jetbackup.tck.crash.Profile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a crash leaves of an instance at work: recovery gives back all that was acknowledged,
 * and nothing else but the call in flight, as a whole; and the instance works on from there. The
 * same if recovery crashes, too, and again.
 *
 * <p>The usual pace is one for every build; {@code -Djetbackup.crashes=full} goes much further.
 */
class CrashExplorerTest {

  private static final List<Tally> TALLIES = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisabledIfSystemProperty(named = Replay.PROPERTY, matches = ".*")
  void everyCrashOnDisksWithSmallSectorsIsRecovered(Workload workload) {
    explore(workload, Disk.SMALL);
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisabledIfSystemProperty(named = Replay.PROPERTY, matches = ".*")
  void everyCrashOnDisksWithLargeSectorsIsRecovered(Workload workload) {
    explore(workload, Disk.LARGE);
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisabledIfSystemProperty(named = Replay.PROPERTY, matches = ".*")
  void everyCrashOnDisksWithLargerSectorsThanTheLogKnowsIsRecovered(Workload workload) {
    explore(workload, Disk.UNDERRATED);
  }

  private static void explore(Workload workload, Disk disk) {
    Subject subject = Subject.reference();
    Explorer explorer = new Explorer(subject, Played.of(subject, workload, disk), Pace.asked());
    List<Explored> rows = new ArrayList<>();
    for (Profile profile : disk.profiles()) {
      Explored row = explorer.explore(profile);
      rows.add(row);
      TALLIES.add(row.tally());
      if (Pace.FULL.equals(
          Pace.asked())) { // it takes long, and if it breaks off, this much is known
        System.out.println(row.tally().line());
      }
    }
    rows.forEach(row -> assertEquals(0, row.wrong().size(), row::describe));
    requireExplored(rows);
  }

  /** A run that has looked at nothing, or at nothing interesting, proves nothing. */
  private static void requireExplored(List<Explored> rows) {
    String table =
        String.join("\n", rows.stream().map(row -> row.tally().line()).toList());
    Explored killed = rows.get(0);
    assertTrue(killed.extent().points() > 10, table);
    assertTrue(killed.first().size() > 10, table);
    assertTrue(rows.stream().mapToInt(Explored::fresh).skip(1).sum() > 0, table);
    assertTrue(rows.stream().mapToLong(Explored::recovered).sum() > 0, "nothing was recovered");
    assertTrue(rows.stream().mapToInt(row -> row.second().size()).sum() > 0, table);
    assertTrue(rows.stream().mapToLong(Explored::old).sum() > 0, "no call in flight was lost");
    assertTrue(rows.stream().mapToLong(Explored::ahead).sum() > 0, "none in flight was kept");
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisabledIfSystemProperty(named = Replay.PROPERTY, matches = ".*")
  void aWorkloadDoesWhatItIsFor(Workload workload) {
    List<String> events = events(workload);
    for (String proof : workload.proofs()) {
      Pattern pattern = Pattern.compile(proof);
      assertTrue(
          events.stream().anyMatch(event -> pattern.matcher(event).find()),
          () -> "no operation is " + proof + " in\n" + String.join("\n", events));
    }
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisabledIfSystemProperty(named = Replay.PROPERTY, matches = ".*")
  void withoutACrashEverythingIsThere(Workload workload) {
    Uncrashed.requireRight(Subject.reference(), workload, Disk.SMALL);
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  @DisabledIfSystemProperty(named = Replay.PROPERTY, matches = ".*")
  void theSameCallsMakeTheSameOperations(Workload workload) {
    assertEquals(events(workload), events(workload));
  }

  private static List<String> events(Workload workload) {
    return Played.of(Subject.reference(), workload, Disk.LARGE).recording().events().stream()
        .map(Event::toString)
        .toList();
  }

  @Test
  @EnabledIfSystemProperty(named = Replay.PROPERTY, matches = ".+")
  void theStateThatWasAskedForIsRecovered() {
    Replay.run(Subject.reference(), System.getProperty(Replay.PROPERTY));
  }

  @AfterAll
  static void print() {
    Tally.table(TALLIES).markdown().forEach(System.out::println);
  }
}
