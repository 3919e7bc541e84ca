package org.jetbackup.tck.launcher;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Finds the tests of the suites, and nothing that happens to be on the class path beside them: no
 * configuration file, no listener and no filter of somebody else's has a say.
 */
final class SuiteDiscovery {

  /** Keep in step with the annotations of {@link org.jetbackup.tck.JetBackupSuite}. */
  private static final Map<String, String> CONFIGURATION = Map.of(
      "jqwik.database", "",
      "jqwik.reporting.usejunitplatform", "true",
      "jqwik.reporting.onlyfailures", "true",
      "junit.jupiter.execution.parallel.enabled", "false");

  /** Held here, because a logger that nobody holds forgets its level. */
  private static final Logger JQWIK = Logger.getLogger("net.jqwik");

  static {
    // It tells whenever its database is switched off, which is what is asked for above.
    JQWIK.setLevel(Level.WARNING);
  }

  private SuiteDiscovery() {}

  /** A launcher to which nobody else has added anything. */
  static Launcher launcher() {
    return LauncherFactory.create(LauncherConfig.builder()
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .enableTestExecutionListenerAutoRegistration(false)
        .build());
  }

  /** A request for the tests of the suites of a package that name a clause of the selection. */
  static LauncherDiscoveryRequest request(String suites, Selection selection) {
    return request(suites, ".*Suite", wanted(selection));
  }

  /** A request for the one test that plays a given history, whichever clause it breaks. */
  static LauncherDiscoveryRequest replay(String suites) {
    return request(suites, ".*\\.HistorySuite", descriptor -> FilterResult.included("a replay"));
  }

  private static LauncherDiscoveryRequest request(
      String suites, String classes, PostDiscoveryFilter filter) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectPackage(suites))
        .filters(
            ClassNameFilter.includeClassNamePatterns(classes),
            EngineFilter.includeEngines("junit-jupiter", "jqwik"),
            filter)
        .enableImplicitConfigurationParameters(false)
        .configurationParameters(CONFIGURATION)
        .build();
  }

  private static PostDiscoveryFilter wanted(Selection selection) {
    return (TestDescriptor descriptor) -> SuiteTest.of(descriptor.getSource())
        .map(test -> FilterResult.includedIf(test.clauses().stream().anyMatch(selection::includes)))
        .orElseGet(() -> FilterResult.included("not a test method"));
  }
}
