package org.jetbackup.tck.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ScrubberTest {

  private final Scrubber scrubber =
      new Scrubber(system("/home/ann/store/tck", "/tmp/", "/home/ann"));

  @Test
  void directoriesOfThisMachineAreReplaced() {
    assertClean("./target/a.jar", "/home/ann/store/tck/target/a.jar");
    assertClean("no . there", "no /home/ann/store/tck there");
    assertClean("~/acme.jar and (~)", "/home/ann/acme.jar and (/home/ann)");
    assertClean("/home/anna/x", "/home/anna/x");
  }

  @Test
  void theRandomNameOfATemporaryDirectoryGoesWithIt() {
    assertClean("<temp>/log/edb.log", "/tmp/jetbackup-tck-81237/log/edb.log");
    assertClean("'<temp>', <temp>", "'/tmp/jetbackup-tck-81237', /tmp");
    assertClean("file:<temp>/x", "file:/tmp/jetbackup-tck-81237/x");
  }

  @Test
  void whatDiffersFromRunToRunIsReplaced() {
    assertClean("jimfs://<uuid>/work", "jimfs://1b671a64-40d5-491e-99b0-da01ff1f3341/work");
    assertClean(
        "com.acme.Page@<id>, java.lang.Object[]@<id>",
        "com.acme.Page@1b2c3d, java.lang.Object[]@7f");
    assertClean("acme.Page$$Lambda.apply", "acme.Page$$Lambda$670/0x00007fc4241ce858.apply");
    assertClean("ann@example.org", "ann@example.org");
    assertClean("java.base@17.0.15/java.lang.Thread", "java.base@17.0.15/java.lang.Thread");
  }

  @Test
  void aWorkingDirectoryThatIsTheRootIsLeftAlone() {
    Scrubber atRoot = new Scrubber(system("/", "/tmp", "/"));

    assertEquals("/var/x", atRoot.clean("/var/x"));
  }

  private void assertClean(String clean, String text) {
    assertEquals(clean, scrubber.clean(text));
  }

  private static Properties system(String work, String temp, String home) {
    Properties system = new Properties();
    system.setProperty("user.dir", work);
    system.setProperty("java.io.tmpdir", temp);
    system.setProperty("user.home", home);
    system.setProperty("file.separator", "/");
    return system;
  }
}
