package org.jetbackup.tck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.workload.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayFileTest {

  private static final ReplayFile ONCE = new ReplayFile(
      "CRASH-5",
      History.parse("commit a=1; full [move backup1/** #1 once before-effect]"),
      History.parse("atomic; commit a=3"),
      Profile.META_ORDERED,
      4096,
      new ReplayFile.Moment(new CrashPoint(41, 0), List.of("38 name", "39 sector 0")),
      Optional.empty(),
      "00ff");

  private static final String TEXT = """
      # seen: nothing good
      clause CRASH-5
      prepared commit a=1; full [move backup1/** #1 once before-effect]
      recorded atomic; commit a=3
      profile meta-ordered
      sector 4096
      point 41
      inside 0
      lost 38 name
      lost 39 sector 0
      image 00ff
      """;

  @Test
  void itPrintsWhatPeopleCanRead() {
    assertEquals(TEXT, ONCE.print(List.of("seen: nothing good")));
  }

  @Test
  void whatIsPrintedIsReadBack() {
    assertEquals(ONCE, ReplayFile.parse(ONCE.print(List.of("one\ntwo"))));
    ReplayFile twice = new ReplayFile(
        "CRASH-8",
        ONCE.prepared(),
        ONCE.recorded(),
        Profile.KILL,
        512,
        new ReplayFile.Moment(new CrashPoint(3, 2), List.of()),
        Optional.of(new ReplayFile.Moment(new CrashPoint(1, 0), List.of("1 size"))),
        "ab");
    assertEquals(twice, ReplayFile.parse(twice.print(List.of())));
  }

  @Test
  void remarksBehindAUnitAreNoPartOfIt() {
    String text = TEXT.replace("lost 38 name", "lost 38 name  # 38 atomic-move a -> b");
    assertEquals(ONCE, ReplayFile.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clause", "prepared", "recorded", "profile", "sector", "point", "image"})
  void everyLineIsNeeded(String word) {
    String text = TEXT.replaceAll("(?m)^" + word + " .*\n", "");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ReplayFile.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).contains(word), refused::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour blue",
        "point 1\npoint 2",
        "sector many",
        "sector 99999999999",
        "profile optimistic",
        "prepared dance"
      })
  void whatItDoesNotKnowIsRefused(String line) {
    String first = line.split(" ", 2)[0];
    String text = TEXT.replaceAll("(?m)^" + first + " .*\n", "") + line + "\n";
    assertThrows(IllegalArgumentException.class, () -> ReplayFile.parse(text));
  }
}
