package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.explore.Explorations;
import org.jetbackup.tck.fixture.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which crash profile is the first to see what a wrong engine does wrong. */
class CrashProfilesTest {

  private static final List<Profile> ORDER = List.of(
      Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED, Profile.WEAK, Profile.GARBAGE);

  static Stream<WrongEngine> wrong() {
    return Arrays.stream(WrongEngine.values()).filter(w -> w.seenFirst().isPresent());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void noStrongerProfileSeesIt(WrongEngine wrong) {
    WrongEngine.Seen seen = wrong.seenFirst().orElseThrow();
    Kit.use(KitSettings.of(wrong.plugin())
        .crashing(CrashSettings.QUICK.during(Set.of(seen.workload()))));
    assertEquals(Optional.of(seen.profile()), first(wrong.clauses().get(0)));
  }

  private static Optional<Profile> first(String clause) {
    try (World world = World.create(Kit.settings(), "CrashProfilesTest", clause)) {
      return ORDER.stream().filter(profile -> sees(world, clause, profile)).findFirst();
    }
  }

  private static boolean sees(World world, String clause, Profile profile) {
    try {
      boolean weak = List.of("CRASH-12", "CRASH-13").contains(clause);
      if (weak) {
        Explorations.of(world).judgeAll(world, profile);
      } else {
        Explorations.of(world).judge(world, clause, List.of(profile));
      }
      return false;
    } catch (ClauseViolation seen) {
      return true;
    }
  }
}
