package org.jetbackup.tck.selftest;

import org.jetbackup.tck.JetBackupSuite;
import org.jetbackup.tck.Kit;
import org.junit.platform.suite.api.BeforeSuite;

/** The model engine keeps every clause, in memory; the form in which implementers use the kit. */
class ModelConformanceTest extends JetBackupSuite {

  @BeforeSuite
  static void judge() {
    Kit.use(new ModelPlugin());
  }
}
