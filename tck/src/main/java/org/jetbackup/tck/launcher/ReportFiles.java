package org.jetbackup.tck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbackup.tck.explore.CrashTable;
import org.jetbackup.tck.explore.Exploration;
import org.jetbackup.tck.explore.FaultTable;
import org.jetbackup.tck.explore.SweepRow;
import org.jetbackup.tck.report.HtmlReport;
import org.jetbackup.tck.report.JsonReport;
import org.jetbackup.tck.report.JunitXml;
import org.jetbackup.tck.report.KitReport;

/** Writes the report files. */
final class ReportFiles {

  private ReportFiles() {}

  /**
   * Writes all forms of a report into a directory, which is made if it is missing.
   *
   * @param explored what crashes were explored, for a table of their own if there are any
   * @param swept what faults were swept, likewise
   * @return the files written
   */
  static List<Path> write(
      KitReport report, List<Exploration> explored, List<SweepRow> swept, Path directory)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("conformance.html", HtmlReport.of(report));
    files.put("conformance.json", JsonReport.of(report));
    files.put("TEST-conformance.xml", JunitXml.of(report));
    if (!explored.isEmpty()) {
      files.put("crash-states.md", String.join("\n", CrashTable.markdown(explored)) + "\n");
    }
    if (!swept.isEmpty()) {
      files.put("fault-sweep.md", String.join("\n", FaultTable.table(swept).markdown()) + "\n");
    }
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    return files.keySet().stream().map(directory::resolve).toList();
  }
}
