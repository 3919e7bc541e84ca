package org.jetbackup.tck.suite;

import java.util.List;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.junit.jupiter.api.Test;

/** Chapter {@code return-codes}, its end: what holds for every refusal, and which comes first. */
@TckTest
class RefusalSuite {

  @Test
  @Clauses("RET-20")
  void ofTwoCausesOneIsReported(World world) {
    for (List<Cause> pair : Cause.pairs(world.settings().capabilities())) {
      try (World fresh = world.again()) {
        Refusal.Seen seen = Refusal.of(fresh, pair, true);
        fresh.expectThat(
            "RET-20",
            seen.tellsOf(seen.causes()),
            "a code of one of the causes: " + Refusal.text(seen.causes()),
            seen.answer());
      }
    }
  }

  @Test
  @Clauses("RET-21")
  void statesComeBeforeArgumentsAndThoseBeforeTheRest(World world) {
    for (List<Cause> pair : Cause.pairs(world.settings().capabilities())) {
      Cause first = pair.get(0);
      if (first.rank() == pair.get(1).rank()) {
        continue;
      }
      try (World fresh = world.again()) {
        Refusal.Seen seen = Refusal.of(fresh, pair, true);
        fresh.expectThat(
            "RET-21",
            seen.tellsOf(List.of(first)),
            "the first of two causes: " + Refusal.text(List.of(first)),
            seen.answer());
      }
    }
  }

  @Test
  @Clauses({"RET-22", "EVT-7"})
  void aRefusedCallChangesNothing(World world) {
    for (Cause cause : Cause.possible(world.settings().capabilities()).toList()) {
      try (World fresh = world.again()) {
        Refusal.Seen seen = Refusal.of(fresh, List.of(cause), true);
        fresh.expectThat(
            cause.clause(),
            seen.tellsOf(seen.causes()),
            Refusal.text(seen.causes()),
            seen.answer());
        fresh.expectThat("RET-22", seen.unchanged(), "every file as it was", "files are changed");
        fresh.expectThat(
            "RET-22", seen.heard().isEmpty(), "the callback hears nothing", seen.heard());
        List<JetEvent> events =
            seen.events().stream().filter(event -> !isAllowed(event, cause)).toList();
        fresh.expectThat(
            "EVT-7", events.isEmpty() || cause.isOfTheDirectory(), "nothing is logged", events);
      }
    }
  }

  /** What is wrong with the directory may be found before the start or after it. */
  private static boolean isAllowed(JetEvent event, Cause cause) {
    return cause == Cause.NO_FULL
        && event
            .known()
            .filter(EventId.DATABASE_MISS_FULL_BACKUP_ERROR_ID::equals)
            .isPresent();
  }
}
