package com.example.acme;

import org.jetbackup.tck.JetBackupSuite;
import org.jetbackup.tck.Kit;
import org.junit.platform.suite.api.BeforeSuite;

/** Runs the whole kit with the other tests of the project. */
class AcmeConformanceTest extends JetBackupSuite {

  @BeforeSuite
  static void judge() {
    Kit.use(new AcmePlugin());
  }
}
