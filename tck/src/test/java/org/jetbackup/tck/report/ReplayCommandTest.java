package org.jetbackup.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.JetEngine;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {

  private static final String BUILD = "./mvnw -q -Pconformance -Dtck.args=";

  private final KitSettings settings = KitSettings.of(new Nobody())
      .on(Storage.MEMORY)
      .withSeed(7)
      .startedBy("java Main --engine x.Y");

  @Test
  void aProgramTakesEachArgumentForItself() {
    assertEquals(
        "java Main --engine x.Y --clause FULL-3 --storage disk --seed 7",
        ReplayCommand.of(settings.on(Storage.DISK), "FULL-3", Optional.empty()));
  }

  @Test
  void theNumberOfTriesIsNamedWhenItIsNotTheUsualOne() {
    assertEquals(
        "java Main --engine x.Y --clause FULL-3 --storage memory --seed 7 --tries 9",
        ReplayCommand.of(settings.withTries(9), "FULL-3", Optional.empty()));
  }

  @Test
  void aHistoryIsQuotedForTheShell() {
    assertEquals(
        "java Main --engine x.Y --clause FULL-3 --storage memory --seed 7 --history 'put a; it'\\''s $b'",
        ReplayCommand.of(settings, "FULL-3", Optional.of("put a; it's $b")));
  }

  @Test
  void aBuildTakesAllArgumentsAsOneProperty() {
    assertEquals(
        "./mvnw -q -Pconformance '-Dtck.args=--clause FULL-3 --storage memory --seed 7 --history"
            + " \"put a; commit\"'",
        ReplayCommand.of(settings.startedBy(BUILD), "FULL-3", Optional.of("put a; commit")));
  }

  @Test
  void whatThePropertyHoldsAlreadyStays() {
    assertEquals(
        "mvn '-Dtck.args=--engine x.Y --seed 1'",
        ReplayCommand.with("mvn -Dtck.args='--engine x.Y'", List.of("--seed", "1")));
    assertEquals(
        "mvn '-Dtck.args=--engine x.Y --seed 1'",
        ReplayCommand.with("mvn '-Dtck.args=--engine x.Y'", List.of("--seed", "1")));
  }

  @Test
  void theStylesAreToldApart() {
    assertTrue(ReplayCommand.takesProperty(BUILD));
    assertFalse(ReplayCommand.takesProperty("java -Dx.y=z -cp a.jar Main"));
    assertFalse(ReplayCommand.takesProperty("java Main"));
  }

  private static final class Nobody extends EnginePlugin {
    @Override
    public JetEngine engine() {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }
  }
}
