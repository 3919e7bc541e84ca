package org.jetbackup.engine.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The kit's chapters about data, transactions and the life of an instance, on the reference engine.
 * Chapters about backups follow with the backup; a test that needs one is left out here by name.
 */
class KitChaptersTest {

  private static final String SUITES =
      "org\\.jetbackup\\.tck\\.suite\\.(Data|Transactions|LifeCycle|LifeStates|LogLoss)Suite";

  /** It ends with a backup. */
  private static final Set<String> NEED_A_BACKUP = Set.of("aSecondInstanceDoesNotGetALogInUse");

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
    PostDiscoveryFilter withoutBackup =
        (TestDescriptor test) -> FilterResult.includedIf(test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(MethodSource.class::cast)
            .filter(method -> NEED_A_BACKUP.contains(method.getMethodName()))
            .isEmpty());
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectPackage("org.jetbackup.tck.suite"))
        .filters(
            ClassNameFilter.includeClassNamePatterns(SUITES),
            EngineFilter.includeEngines("junit-jupiter", "jqwik"),
            withoutBackup)
        .configurationParameter("jqwik.database", "")
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .configurationParameter("jqwik.reporting.onlyfailures", "true")
        .build();
  }
}
