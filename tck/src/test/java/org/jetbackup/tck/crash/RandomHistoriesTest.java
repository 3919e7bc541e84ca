package org.jetbackup.tck.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Thousands of short histories by chance, judged by what must be true of all of them. */
class RandomHistoriesTest {

  private static final int CAP = 256;

  /** More pending units than that are too many for {@link Sheet}. */
  private static final int UNITS_MOST = 7;

  private static final List<Profile> BY_STRENGTH = List.of(
      Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED, Profile.WEAK, Profile.GARBAGE);

  /** What to find out about one history. */
  private interface Judge {
    void judge(RandomHistory history) throws IOException;
  }

  private static void forSeeds(int count, int length, Judge judge) throws IOException {
    for (long seed = 0; seed < count; seed++) {
      try (RandomHistory history = RandomHistory.of(seed, length)) {
        judge.judge(history);
      }
    }
  }

  /** The last image that a profile without a choice leaves. */
  private static String last(Recording recording, Profile profile) {
    List<Image> images = new ArrayList<>();
    CrashStates.of(recording, profile).forEachRaw(state -> images.add(state.image()));
    return images.get(images.size() - 1).fingerprint();
  }

  /** What a profile leaves at each point; nothing if that is too much for the cap. */
  private static Optional<Map<CrashPoint, Set<String>>> prints(
      Recording recording, Profile profile) {
    Map<Image, String> known = new HashMap<>();
    Map<CrashPoint, Set<String>> prints = new HashMap<>();
    CrashStates.Extent extent = CrashStates.of(recording, profile)
        .cappedAt(CAP)
        .forEachRaw(state -> prints
            .computeIfAbsent(state.point(), point -> new HashSet<>())
            .add(known.computeIfAbsent(state.image(), Image::fingerprint)));
    return extent.exhaustive() ? Optional.of(prints) : Optional.empty();
  }

  @Test
  void aKillAtTheEndLeavesWhatIsThere() throws IOException {
    forSeeds(1200, 12, history -> {
      Content real = Content.of(history.files().root());
      Recording recording = history.recorder().end();
      assertEquals(history.sheet().now().toString(), real.toString(), history::toString);
      assertEquals(history.sheet().steps(), recording.events().size(), history::toString);
      assertEquals(real.fingerprint(), last(recording, Profile.KILL), history::toString);
    });
  }

  @Test
  void nothingIsLostOnceEverythingIsForced() throws IOException {
    forSeeds(300, 12, history -> {
      history.forceAll();
      Recording recording = history.recorder().end();
      String real = Content.of(history.files().root()).fingerprint();
      assertEquals(real, last(recording, Profile.KILL), history::toString);
      assertEquals(real, last(recording, Profile.DROP_UNSYNCED), history::toString);
      CrashPoint end = new CrashPoint(recording.events().size(), 0);
      for (Profile profile : List.of(Profile.WEAK, Profile.GARBAGE)) {
        prints(recording, profile)
            .ifPresent(prints ->
                assertEquals(Set.of(real), prints.get(end), () -> profile + " " + history));
      }
    });
  }

  @Test
  void everyProfileAllowsWhatAStrongerOneAllows() throws IOException {
    forSeeds(300, 8, history -> {
      Recording recording = history.recorder().end();
      List<Map<CrashPoint, Set<String>>> all = new ArrayList<>();
      for (Profile profile : BY_STRENGTH) {
        prints(recording, profile).ifPresent(all::add);
      }
      Map<CrashPoint, Set<String>> killed = all.remove(0);
      for (Map<CrashPoint, Set<String>> weaker : all.subList(1, all.size())) {
        assertIncluded(killed, weaker, point -> point.inside() == 0, history);
      }
      for (int i = 1; i < all.size(); i++) {
        assertIncluded(all.get(i - 1), all.get(i), point -> true, history);
      }
    });
  }

  private static void assertIncluded(
      Map<CrashPoint, Set<String>> stronger,
      Map<CrashPoint, Set<String>> weaker,
      Predicate<CrashPoint> where,
      RandomHistory history) {
    stronger.forEach((point, images) -> {
      if (where.test(point)) {
        assertTrue(
            weaker.getOrDefault(point, Set.of()).containsAll(images),
            () -> point + " of " + history);
      }
    });
  }

  @Test
  void theStatesAreThoseThatTheRulesAllow() throws IOException {
    Map<Profile, Integer> compared = new HashMap<>();
    forSeeds(250, 7, history -> {
      Recording recording = history.recorder().end();
      for (Profile profile : Profile.values()) {
        compared.merge(profile, compare(history, recording, profile), Integer::sum);
      }
    });
    compared.forEach(
        (profile, points) -> assertTrue(points > 500, profile + " only compared at " + points));
  }

  /** At how many points something could be compared. */
  private static int compare(RandomHistory history, Recording recording, Profile profile) {
    Map<CrashPoint, Set<String>> prints = prints(recording, profile).orElse(Map.of());
    int compared = 0;
    for (Map.Entry<CrashPoint, Set<String>> at : prints.entrySet()) {
      CrashPoint point = at.getKey();
      String where = profile + " at " + point + " of " + history;
      if (point.inside() > 0) {
        Set<String> inside = history.sheet().killedInside(point.events() + 1);
        assertTrue(inside.containsAll(at.getValue()), where);
        continue;
      }
      int most = profile == Profile.GARBAGE ? UNITS_MOST - 2 : UNITS_MOST;
      Set<String> expected = history
          .sheet()
          .images(
              profile,
              point.events(),
              most,
              (file, sector) -> recording.pool().sector(recording.pool().noise(file, sector)));
      if (!expected.isEmpty()) {
        assertEquals(expected, at.getValue(), where);
        compared++;
      }
    }
    return compared;
  }

  @Test
  void whatACapLeavesAndWhatAReductionFindsIsAllowedToo() throws IOException {
    forSeeds(60, 8, history -> {
      Recording recording = history.recorder().end();
      for (Profile profile : Profile.values()) {
        prints(recording, profile).ifPresent(all -> {
          CrashStates.of(recording, profile).cappedAt(12).forEachRaw(state -> {
            Set<String> allowed = all.getOrDefault(state.point(), Set.of());
            assertTrue(
                allowed.contains(state.image().fingerprint()), () -> state + " of " + history);
            int lost = state.lost().size();
            CrashState reduced = CrashStates.reduce(state, s -> s.lost().size() * 2 >= lost);
            assertTrue(
                allowed.contains(reduced.image().fingerprint()), () -> reduced + " of " + history);
          });
        });
      }
    });
  }

  @Test
  void everyStateIsFoundAgainByWhatItLost() throws IOException {
    forSeeds(60, 8, history -> {
      Recording recording = history.recorder().end();
      for (Profile profile : Profile.values()) {
        CrashStates states = CrashStates.of(recording, profile).cappedAt(60);
        states.forEachRaw(state -> {
          CrashState withRemarks = states.find(state.point(), state.lost());
          assertEquals(state.image(), withRemarks.image(), () -> state + " of " + history);
          List<String> bare = new ArrayList<>();
          state.lost().forEach(line -> bare.add(line.substring(0, line.indexOf("  #"))));
          assertEquals(state.image(), states.find(state.point(), bare).image());
          assertEquals(state.lost(), withRemarks.lost(), () -> state + " of " + history);
        });
      }
    });
  }

  @Test
  void fingerprintsAreEqualIfAndOnlyIfImagesAreAndTheSameTheNextTime() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      List<List<String>> times = new ArrayList<>();
      for (int time = 0; time < 2; time++) {
        try (RandomHistory history = RandomHistory.of(seed, 8)) {
          Map<Image, String> byImage = new HashMap<>();
          Map<String, Image> byPrint = new HashMap<>();
          List<String> prints = new ArrayList<>();
          CrashStates.of(history.recorder().end(), Profile.GARBAGE)
              .cappedAt(60)
              .forEachRaw(state -> {
                String print = state.image().fingerprint();
                prints.add(state.point() + " " + state.lost() + " " + print);
                byImage.put(state.image(), print);
                Image known = byPrint.putIfAbsent(print, state.image());
                assertTrue(known == null || known.equals(state.image()), history::toString);
              });
          assertEquals(byImage.size(), byPrint.size(), history::toString);
          times.add(prints);
        }
      }
      assertEquals(times.get(0), times.get(1), "seed " + seed);
    }
  }

  @Test
  void anOpenedImageHoldsWhatItSays() throws IOException {
    Set<String> seen = new HashSet<>();
    forSeeds(80, 8, history -> {
      Recording recording = history.recorder().end();
      CrashStates.of(recording, Profile.GARBAGE).cappedAt(20).forEach(state -> {
        Content content = Content.of(state.image());
        assertEquals(
            content.fingerprint(), state.image().fingerprint(), () -> state + " of " + history);
        assertEquals(content.items().size(), state.image().listing().size());
        seen.add(content.fingerprint());
      });
    });
    assertTrue(seen.size() > 200, "only " + seen.size() + " different images");
  }

  @Test
  void aRecordingOnTopOfAnImageIsAsGoodAsOneFromTheStart() throws IOException {
    forSeeds(60, 8, first -> {
      Recording recording = first.recorder().end();
      List<Image> images = new ArrayList<>();
      CrashStates.of(recording, Profile.WEAK).cappedAt(10).forEach(s -> images.add(s.image()));
      Image image = images.get(images.size() / 2);
      Sheet sheet = new Sheet(Lab.SECTOR);
      Content start = Content.of(image);
      try (Image.Opened opened = image.openRecorded();
          RandomHistory second =
              RandomHistory.on(opened, sheet.fill(start), first.sheet().steps() + 7L, 8)) {
        Recording again = second.recorder().end();
        String where = first + "\n" + second;
        assertEquals(
            Content.of(opened.files().root()).fingerprint(), last(again, Profile.KILL), where);
        assertEquals(
            Set.of(start.fingerprint()),
            prints(again, Profile.DROP_UNSYNCED).orElseThrow().get(new CrashPoint(0, 0)),
            where);
        for (Profile profile : BY_STRENGTH) {
          compare(second, again, profile);
        }
      }
    });
  }

  @Test
  void differentHistoriesAreNotAllTheSame() throws IOException {
    Set<String> prints = new HashSet<>();
    forSeeds(100, 12, history -> prints.add(last(history.recorder().end(), Profile.KILL)));
    assertNotEquals(0, prints.size());
    assertTrue(prints.size() > 60, "only " + prints.size() + " of 100 differ");
  }
}
