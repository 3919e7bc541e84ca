package org.jetbackup.engine.wrong;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.engine.conformance.ReferencePlugin;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.explore.Explorations;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.launcher.ConformanceRun;
import org.jetbackup.tck.launcher.Selection;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.TestReport;
import org.opentest4j.TestAbortedException;

/** The kit's verdict on one engine by one clause alone: in memory, with few tries. */
final class Trial {

  private static final int TRIES = 10;

  private static final Catalogue CATALOGUE = Catalogue.load();

  private Trial() {}

  /** In the order of the kit: a state belongs to the first profile that has it. */
  private static final List<Profile> PROFILES = List.of(
      Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED, Profile.WEAK, Profile.GARBAGE);

  /** The clauses that are those of all others, under one profile. */
  private static final Set<String> OF_A_PROFILE = Set.of("CRASH-12", "CRASH-13");

  /** Judges an engine; crashes and faults during these workloads only, all if there are none. */
  static KitReport judge(JetEngine engine, String clause, Set<String> during) {
    return ConformanceRun.of(settings(engine, during))
        .only(Selection.of(CATALOGUE, List.of(), List.of(clause)))
        .run();
  }

  private static KitSettings settings(JetEngine engine, Set<String> during) {
    return KitSettings.of(new Plugin(engine))
        .withTries(TRIES)
        .crashing(CrashSettings.QUICK.during(during));
  }

  /** The first crash profile under which a clause is broken. */
  static Optional<Profile> firstProfile(JetEngine engine, String clause, Set<String> during) {
    Kit.use(settings(engine, during));
    Explorations.forget();
    try (World world = World.create(Kit.settings(), "Trial", clause)) {
      return PROFILES.stream().filter(profile -> sees(world, clause, profile)).findFirst();
    }
  }

  private static boolean sees(World world, String clause, Profile profile) {
    try {
      if (OF_A_PROFILE.contains(clause)) {
        Explorations.of(world).judgeAll(world, profile);
      } else {
        Explorations.of(world).judge(world, clause, List.of(profile));
      }
      return false;
    } catch (ClauseViolation seen) {
      return true;
    } catch (TestAbortedException notInThisPart) {
      return false;
    }
  }

  /** What the kit says of the clause. */
  static ClauseReport verdict(KitReport report, String clause) {
    return report.clauses().stream()
        .filter(each -> each.id().equals(clause))
        .findFirst()
        .orElseThrow();
  }

  /** All that did not pass, for people. */
  static String described(KitReport report) {
    return report.clauses().stream()
        .map(clause -> clause.id()
            + " "
            + clause.outcome()
            + " "
            + clause.why()
            + clause.tests().stream()
                .filter(test -> test.outcome() != Outcome.PASSED)
                .map(TestReport::message)
                .map(message -> "\n" + message)
                .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  /** The reference engine's plug-in, with an engine of its own. */
  static final class Plugin extends EnginePlugin {
    private final JetEngine engine;
    private final ReferencePlugin reference = new ReferencePlugin();

    Plugin(JetEngine engine) {
      this.engine = engine;
    }

    @Override
    public JetEngine engine() {
      return engine;
    }

    @Override
    public Set<Capability> capabilities() {
      return reference.capabilities();
    }

    @Override
    public Parameters tune(Parameters parameters) {
      return reference.tune(parameters);
    }

    @Override
    public FileKind kindOf(Path file) {
      return reference.kindOf(file);
    }
  }
}
