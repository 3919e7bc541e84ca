package org.jetbackup.tck.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jetbackup.tck.report.KitReport;

/** The version of the kit, as the build wrote it into a resource. */
final class KitVersion {

  private KitVersion() {}

  static String text() {
    Properties properties = new Properties();
    try (InputStream in = KitReport.class.getResourceAsStream("kit.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version", "");
    return version.isEmpty() || version.startsWith("$") ? "of an unnamed build" : version;
  }
}
