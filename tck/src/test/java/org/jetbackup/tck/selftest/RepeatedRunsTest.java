package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jetbackup.api.JetEngine;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.launcher.ConformanceRun;
import org.jetbackup.tck.launcher.Selection;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.JsonReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.VerdictLine;
import org.jetbackup.tck.selftest.model.Decisions;
import org.jetbackup.tck.selftest.model.ModelEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run says is the same every time, and is said also of engines that do not behave. */
class RepeatedRunsTest {

  private static final List<String> CHAPTERS =
      List.of("full", "incremental", "circular", "data", "progress", "crash");

  private static final List<String> QUICK = List.of(
      "full",
      "restore",
      "facade",
      "capabilities",
      "life-cycle",
      "data",
      "truncation",
      "directory",
      "null-path",
      "concurrency");

  private final Catalogue catalogue = Catalogue.load();

  @Test
  void twoRunsWithOneSeedGiveTheSameJsonApartFromTimes() throws JsonProcessingException {
    Selection some = Selection.of(catalogue, CHAPTERS, List.of());
    KitSettings settings = KitSettings.of(new ModelPlugin()).withSeed(7).withTries(20);
    KitReport first = ConformanceRun.of(settings).only(some).run();
    KitReport second = ConformanceRun.of(settings).only(some).run();
    assertTrue(first.conformant());
    assertEquals(timeless(first), timeless(second));
  }

  @Test
  void anEngineOnDiskGetsTheSameOutcomesAsInMemory() {
    Selection some = Selection.of(catalogue, List.of("atomic", "null-path"), List.of());
    KitSettings settings = KitSettings.of(new ModelPlugin()).withTries(5);
    KitReport report =
        ConformanceRun.of(settings).on(EnumSet.allOf(Storage.class)).only(some).run();
    assertTrue(report.conformant());
    report.clauses().stream()
        .filter(clause -> clause.outcome() == Outcome.PASSED)
        .forEach(
            clause -> assertEquals(Storage.values().length, clause.storages().size()));
  }

  @Test
  void anEngineThatNeverComesBackIsHung() {
    Decisions waits = new Decisions() {
      @Override
      public Instant timeOfBackup(Instant now) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return now;
      }
    };
    KitSettings settings = KitSettings.of(
            plugin(new ModelEngine(waits), EnumSet.allOf(Capability.class)))
        .withLimit(Duration.ofSeconds(1));
    ClauseReport clause = only("FULL-9", settings);
    assertEquals(Outcome.HUNG, clause.outcome());
    assertTrue(clause.why().contains("no sign of life"), clause.why());
  }

  @Test
  void whatAnEngineDoesNotDeclareIsNotApplicable() {
    Decisions lacks = new Decisions() {
      @Override
      public boolean offers(Capability capability) {
        return capability != Capability.INCREMENTAL;
      }
    };
    EnginePlugin plugin =
        plugin(new ModelEngine(lacks), EnumSet.complementOf(EnumSet.of(Capability.INCREMENTAL)));
    ClauseReport clause = only("INC-1", KitSettings.of(plugin));
    assertEquals(Outcome.NOT_APPLICABLE, clause.outcome());
    assertTrue(clause.why().contains("incremental"), clause.why());
    assertEquals(Outcome.PASSED, only("CAP-1", KitSettings.of(plugin)).outcome());
  }

  static Stream<Set<Capability>> fewerCapabilities() {
    return Stream.of(
        EnumSet.noneOf(Capability.class),
        EnumSet.complementOf(EnumSet.of(Capability.ROLL_FORWARD)),
        EnumSet.complementOf(
            EnumSet.of(Capability.RESTORE_ELSEWHERE, Capability.CONCURRENT_SESSIONS)));
  }

  @ParameterizedTest
  @MethodSource("fewerCapabilities")
  void anEngineThatOffersLessIsConformantToo(Set<Capability> offered) {
    Decisions less = new Decisions() {
      @Override
      public boolean offers(Capability capability) {
        return offered.contains(capability);
      }
    };
    KitSettings settings =
        KitSettings.of(plugin(new ModelEngine(less), offered)).withSeed(3).withTries(100);
    KitReport report = ConformanceRun.of(settings)
        .only(Selection.of(catalogue, QUICK, List.of()))
        .run();
    assertTrue(report.conformant(), () -> VerdictLine.of(report));
  }

  @Test
  void anEngineThatHoldsItsLockWhileItHangsCannotHoldTheKit() {
    Decisions holds = new Decisions() {
      @Override
      public boolean letsOthersWorkDuringBackup() {
        return false;
      }

      @Override
      public Instant timeOfBackup(Instant now) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          new Semaphore(0).acquireUninterruptibly();
        }
        return now;
      }
    };
    KitSettings settings = KitSettings.of(
            plugin(new ModelEngine(holds), EnumSet.allOf(Capability.class)))
        .withLimit(Duration.ofSeconds(1));
    assertEquals(Outcome.HUNG, only("FULL-9", settings).outcome());
  }

  @Test
  void failuresAreTheSameEveryTimeToo() throws JsonProcessingException {
    Selection some = Selection.of(catalogue, List.of(), List.of("INC-1", "FULL-1", "RET-1"));
    KitSettings settings =
        KitSettings.of(WrongEngine.LEAVES_THE_LAST_LOG_OUT.plugin()).withTries(50);
    KitReport first = ConformanceRun.of(settings).only(some).run();
    KitReport second = ConformanceRun.of(settings).only(some).run();
    assertFalse(first.conformant());
    assertEquals(timeless(first), timeless(second));
  }

  private ClauseReport only(String clause, KitSettings settings) {
    return ConformanceRun.of(settings)
        .only(Selection.of(catalogue, List.of(), List.of(clause)))
        .run()
        .clauses()
        .stream()
        .filter(report -> report.id().equals(clause))
        .findFirst()
        .orElseThrow();
  }

  private static EnginePlugin plugin(JetEngine engine, Set<Capability> capabilities) {
    return new EnginePlugin() {
      @Override
      public JetEngine engine() {
        return engine;
      }

      @Override
      public Set<Capability> capabilities() {
        return capabilities;
      }

      @Override
      public FileKind kindOf(Path file) {
        return ModelPlugin.kind(file);
      }
    };
  }

  private static String timeless(KitReport report) throws JsonProcessingException {
    JsonNode tree = new ObjectMapper().readTree(JsonReport.of(report));
    strip(tree);
    return tree.toPrettyString();
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(List.of("times", "millis"));
    }
    Stream.generate(node.elements()::next).limit(node.size()).forEach(RepeatedRunsTest::strip);
  }
}
