package org.jetbackup.tck;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Runs the whole kit inside an implementer's own test run. Extend it, and say whom to judge:
 *
 * <pre>{@code
 * class AcmeConformanceTest extends JetBackupSuite {
 *   @BeforeSuite
 *   static void judge() {
 *     Kit.use(new AcmePlugin());
 *   }
 * }
 * }</pre>
 *
 * <p>The class name must be one that the build tool takes for a test (for Maven, {@code *Test}), and
 * Maven's surefire must be 3.x.
 */
@Suite
@SelectPackages("org.jetbackup.tck.suite")
@IncludeEngines({"junit-jupiter", "jqwik"})
@IncludeClassNamePatterns(".*Suite")
@ConfigurationParameter(key = "jqwik.database", value = "")
@ConfigurationParameter(key = "jqwik.reporting.usejunitplatform", value = "true")
@ConfigurationParameter(key = "jqwik.reporting.onlyfailures", value = "true")
public abstract class JetBackupSuite {

  /** For subclasses. */
  protected JetBackupSuite() {}
}
