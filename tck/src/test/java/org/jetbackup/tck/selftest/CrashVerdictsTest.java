package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.launcher.ConformanceRun;
import org.jetbackup.tck.launcher.Selection;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.VerdictLine;
import org.jetbackup.tck.selftest.model.Decisions;
import org.jetbackup.tck.selftest.model.ModelEngine;
import org.junit.jupiter.api.Test;

/** What the chapter about crashes says of engines that hang, that offer less or that remember. */
class CrashVerdictsTest {

  private final Catalogue catalogue = Catalogue.load();

  @Test
  void noClauseIsKeptByStatesThatNobodyCouldJudgeBecauseTheEngineHung() {
    KitReport report = judge(
        KitSettings.of(new Plugin(new Decisions() {
              @Override
              public boolean recoversAtInit() {
                waitForEver();
                return true;
              }
            }))
            .withLimit(Duration.ofSeconds(1))
            .crashing(CrashSettings.QUICK.during(Set.of("commits"))),
        "CRASH-1",
        "CRASH-2",
        "CRASH-12");
    assertEquals(3, report.clauses().size());
    report.clauses().forEach(clause -> assertEquals(Outcome.HUNG, clause.outcome(), clause.why()));
    assertTrue(report.clauses().get(0).why().contains("explorer of commits (kill, "));
  }

  @Test
  void aClauseThatIsBrokenOnlyOnceIsBroken() {
    AtomicInteger inits = new AtomicInteger();
    KitReport report = judge(
        KitSettings.of(new Plugin(new Decisions() {
              @Override
              public boolean recoversAtInit() {
                if (inits.incrementAndGet() == 20) {
                  throw JetException.of(JetErr.DISK_IO);
                }
                return true;
              }
            }))
            .crashing(CrashSettings.QUICK.during(Set.of("commits"))),
        "CRASH-1",
        "CRASH-8",
        "CRASH-9");
    ClauseReport broken = report.clauses().stream()
        .filter(clause -> clause.outcome() == Outcome.FAILED)
        .findFirst()
        .orElseThrow();
    String message = broken.tests().get(0).message();
    assertTrue(message.contains("the same state judged once more is right"), message);
  }

  @Test
  void anEngineThatCanOnlyRestoreInPlaceIsConformantToo() {
    Set<Capability> offered = EnumSet.complementOf(
        EnumSet.of(Capability.ATOMIC, Capability.ROLL_FORWARD, Capability.RESTORE_ELSEWHERE));
    KitReport report = judge(
        KitSettings.of(new Plugin(
                new Decisions() {
                  @Override
                  public boolean offers(Capability capability) {
                    return offered.contains(capability);
                  }
                },
                offered))
            .crashing(CrashSettings.QUICK.during(Set.of("restore-without-log"))),
        "CRASH-9",
        "CRASH-10",
        "CRASH-11",
        "CRASH-12",
        "FAULT-3");
    assertTrue(report.conformant(), () -> VerdictLine.of(report));
    report.clauses().forEach(clause -> assertEquals(Outcome.PASSED, clause.outcome()));
  }

  @Test
  void aPartWithoutAnyStateSaysNothing() {
    KitReport report = judge(
        KitSettings.of(new ModelPlugin())
            .crashing(CrashSettings.QUICK.during(Set.of("commits")).part(99_999, 99_999)),
        "CRASH-1");
    assertEquals(Outcome.SKIPPED, report.clauses().get(0).outcome());
  }

  @Test
  void whatBreaksUnderAStrongProfileIsNotKeptUnderAWeakOne() {
    KitReport report = judge(
        KitSettings.of(WrongEngine.REPLACES_FILES_IN_PLACE.plugin())
            .crashing(CrashSettings.QUICK.during(Set.of("commits"))),
        "CRASH-12");
    ClauseReport weak = report.clauses().get(0);
    assertTrue(Set.of(Outcome.SKIPPED, Outcome.FAILED).contains(weak.outcome()), weak.why());
  }

  private KitReport judge(KitSettings settings, String... clauses) {
    return ConformanceRun.of(settings)
        .only(Selection.of(catalogue, List.of(), List.of(clauses)))
        .run();
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The model engine with other decisions. */
  private static final class Plugin extends EnginePlugin {
    private final JetEngine engine;
    private final Set<Capability> offered;

    Plugin(Decisions decisions) {
      this(decisions, EnumSet.allOf(Capability.class));
    }

    Plugin(Decisions decisions, Set<Capability> offered) {
      this.engine = new ModelEngine(decisions);
      this.offered = offered;
    }

    @Override
    public JetEngine engine() {
      return engine;
    }

    @Override
    public Set<Capability> capabilities() {
      return offered;
    }

    @Override
    public FileKind kindOf(Path file) {
      return ModelPlugin.kind(file);
    }
  }
}
