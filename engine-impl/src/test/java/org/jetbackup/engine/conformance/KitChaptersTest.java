package org.jetbackup.engine.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The kit's chapters about data, transactions and the life of an instance, on the reference engine:
 * in every build. The profile {@code conformance} judges it by all chapters, which takes longer.
 */
class KitChaptersTest {

  private static final String SUITES =
      "org\\.jetbackup\\.tck\\.suite\\.(Data|Transactions|LifeCycle|LifeStates|LogLoss)Suite";

  private static final int TESTS_AT_LEAST = 20;

  @ParameterizedTest
  @EnumSource(Storage.class)
  void theReferenceEngineKeepsWhatIsSaidOfDataAndLife(Storage storage) {
    Kit.use(KitSettings.of(new ReferencePlugin()).on(storage));
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request(), listener);
    TestExecutionSummary summary = listener.getSummary();
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures, true), 0);
    assertEquals(0, summary.getTotalFailureCount(), failures.toString());
    assertTrue(
        summary.getTestsSucceededCount() >= TESTS_AT_LEAST,
        "tests that passed: " + summary.getTestsSucceededCount());
  }

  private static LauncherDiscoveryRequest request() {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectPackage("org.jetbackup.tck.suite"))
        .filters(
            ClassNameFilter.includeClassNamePatterns(SUITES),
            EngineFilter.includeEngines("junit-jupiter", "jqwik"))
        .configurationParameter("jqwik.database", "")
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .configurationParameter("jqwik.reporting.onlyfailures", "true")
        .build();
  }
}
